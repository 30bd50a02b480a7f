"""Gathers the postings of words and gives them to the codec, term by term in order of its bytes."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.search.whoosh import arrays
from indexer.search.whoosh.codec import ArrayFieldWriter
from indexer.search.whoosh.prepare import Words
from indexer.search.whoosh.runs import Keys, Runs
from indexer.search.whoosh.schema import WORDS


class WordWriter:
    """Takes postings in the order of the index; writes terms and postings at the end."""

    def __init__(self, folder: Path, documents: int) -> None:
        """Name the generation's folder and say how many entries there are."""
        self._folder = folder
        self._dtype = np.dtype(np.uint16 if documents <= 1 << 16 else np.uint32)
        self._known: dict[str, int] = {}
        self._runs = Runs(folder, "words")

    def add(self, words: Words, first: int) -> None:
        """Add the words of a chunk whose first entry has the number `first`."""
        known = self._known
        numbers = np.array([known.setdefault(word, len(known)) for word in words.words], dtype=np.uint32)
        self._runs.add(numbers, words.counts, [(words.documents + first).astype(self._dtype), words.weights])

    def finish(self, writer: ArrayFieldWriter) -> None:
        """Write the field of words."""
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
