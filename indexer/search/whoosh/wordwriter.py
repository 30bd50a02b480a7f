"""Gathers the postings of words and gives them to the codec, term by term in order of its bytes."""

from array import array
from collections import defaultdict
from itertools import count
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
        self._known: defaultdict[str, int] = defaultdict(count().__next__)
        self._numbers: dict[int, array[int]] = {}
        """For each vocabulary, our numbers of its words."""
        self._runs = Runs(folder, "words")

    def add(self, words: Words, first: int) -> None:
        """Add the words of a chunk whose first entry has the number `first`."""
        numbers = self._numbers.setdefault(words.speaker, array("L"))
        numbers.extend(map(self._known.__getitem__, words.new))
        mine = np.frombuffer(numbers, dtype=np.dtype("L"))[words.words] if len(numbers) else words.words
        self._runs.add(
            mine.astype(np.uint32), words.counts, [(words.documents + first).astype(self._dtype), words.weights]
        )

    def finish(self, writer: ArrayFieldWriter) -> None:
        """Write the field of words."""
        used = self._runs.keys().tolist()
        known = list(self._known)
        terms = sorted((known[number].encode("utf-8", "surrogatepass"), number) for number in used)
        rank = np.zeros(len(known), dtype=np.int64)
        rank[[number for _, number in terms]] = np.arange(len(terms))

        def place(run: Keys) -> NDArray[np.integer[Any]]:
            return rank[run]

        documents = arrays.create(self._folder, "words-documents", self._dtype, self._runs.rows)
        weights = arrays.create(self._folder, "words-weights", np.uint8, self._runs.rows)
        starts = self._runs.merge(len(terms), place, [documents, weights])
        writer.write(WORDS, [term for term, _ in terms], starts, documents, weights)
        for name in ("words-documents", "words-weights"):
            arrays.remove(self._folder, name)
