"""Gathers the postings of words and passes them to the codec, terms in the order of their UTF-8 bytes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.search.whoosh.files import npy
from indexer.search.whoosh.files.merging import Keys, Runs
from indexer.search.whoosh.words.codec import ArrayFieldWriter
from indexer.search.whoosh.words.schema import WORDS
from indexer.search.whoosh.words.wordcounts import WordCounts


class WordWriter:
    """Takes postings in the order of the index; writes terms and postings at the end."""

    def __init__(self, folder: Path, documents: int) -> None:
        """Set the generation's folder and the number of entries."""
        self._folder = folder
        self._dtype = np.dtype(np.uint16 if documents <= 1 << 16 else np.uint32)
        self._runs = Runs(folder, "words")

    def add(self, postings: WordCounts, first: int) -> None:
        """Add the postings of a chunk whose first entry has the number `first`."""
        documents = (postings.documents + first).astype(self._dtype)
        self._runs.add(postings.words, postings.counts, [documents, postings.weights])

    def finish(self, words: Sequence[str], writer: ArrayFieldWriter) -> None:
        """Write the field of words; `words` lists the vocabulary's words by number."""
        used = self._runs.keys().tolist()
        terms = sorted((words[number].encode("utf-8", "surrogatepass"), number) for number in used)
        rank = np.zeros(len(words), dtype=np.int64)
        rank[[number for _, number in terms]] = np.arange(len(terms))

        def place(run: Keys) -> NDArray[np.integer[Any]]:
            return rank[run]

        documents = npy.create(self._folder, "words-documents", self._dtype, self._runs.rows)
        weights = npy.create(self._folder, "words-weights", np.uint8, self._runs.rows)
        starts = self._runs.merge(len(terms), place, [documents, weights])
        writer.write(WORDS, [term for term, _ in terms], starts, documents, weights)
        for name in ("words-documents", "words-weights"):
            npy.remove(self._folder, name)
