"""Gathers the postings of words and gives them to the codec, term by term in order of its bytes."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.search.whoosh import arrays
from indexer.search.whoosh.codec import ArrayFieldWriter
from indexer.search.whoosh.prepare import Chunk
from indexer.search.whoosh.runs import Keys, Runs
from indexer.search.whoosh.schema import WORDS

_RUN = 1 << 22
"""Postings sorted at once: 4 million need some 160 MB."""


class WordWriter:
    """Takes chunks in the order of the index; writes terms and postings at the end."""

    def __init__(self, folder: Path, documents: int) -> None:
        """Name the generation's folder and say how many entries there are."""
        self._folder = folder
        self._dtype = np.uint16 if documents <= 1 << 16 else np.uint32
        self._known: dict[str, int] = {}
        self._runs = Runs(folder, "words")
        self._waiting: list[tuple[Keys, NDArray[Any], NDArray[np.uint8]]] = []
        self._rows = 0

    def add(self, chunk: Chunk, first: int) -> None:
        """Add a chunk whose first entry has the number `first`."""
        known = self._known
        numbers = np.array([known.setdefault(word, len(known)) for word in chunk.words], dtype=np.uint32)
        self._waiting.append((numbers[chunk.word_of], (chunk.document_of + first).astype(self._dtype), chunk.weights))
        self._rows += len(chunk.weights)
        if self._rows >= _RUN:
            self._sort()

    def finish(self, writer: ArrayFieldWriter) -> None:
        """Write the field of words."""
        self._sort()
        terms = [word.encode("utf-8", "surrogatepass") for word in self._known]
        order = sorted(range(len(terms)), key=terms.__getitem__)
        rank = np.empty(len(terms), dtype=np.int64)
        rank[order] = np.arange(len(terms))

        def place(run: Keys) -> NDArray[np.integer[Any]]:
            return rank[run]

        documents = arrays.create(self._folder, "words-documents", self._dtype, self._runs.rows)
        weights = arrays.create(self._folder, "words-weights", np.uint8, self._runs.rows)
        starts = self._runs.merge(len(terms), place, [documents, weights])
        writer.write(WORDS, [terms[at] for at in order], starts, documents, weights)
        for name in ("words-documents", "words-weights"):
            arrays.remove(self._folder, name)

    def _sort(self) -> None:
        if self._rows:
            keys, documents, weights = (np.concatenate(column) for column in zip(*self._waiting, strict=True))
            self._runs.add(keys, [documents, weights])
        self._waiting.clear()
        self._rows = 0
