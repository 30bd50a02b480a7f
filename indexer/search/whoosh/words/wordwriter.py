"""Gathers the postings of words and passes them to the codec, terms in the order of their UTF-8 bytes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.closing import Closing
from indexer.search.whoosh.files import npy
from indexer.search.whoosh.files.merging import Runs
from indexer.search.whoosh.words.codec import ArrayFieldWriter
from indexer.search.whoosh.words.schema import WORDS
from indexer.search.whoosh.words.wordcounts import WordCounts

_MERGED_AT_ONCE = 1 << 20
"""Postings merged at once."""


class WordWriter(Closing):
    """Takes postings in the order of the index; writes terms and postings at the end."""

    def __init__(self, folder: Path, documents: int, in_memory: int) -> None:
        """Set the generation's folder, the number of entries, and how many bytes of postings are kept in memory."""
        self._folder = folder
        self._dtype = np.dtype(np.uint16 if documents <= 1 << 16 else np.uint32)
        self._runs = Runs(folder, "words", in_memory)

    def add(self, postings: WordCounts, first: int) -> None:
        """Add the postings of a chunk whose first entry has the number `first`."""
        documents = (postings.documents + first).astype(self._dtype)
        self._runs.add(postings.words, postings.counts, [documents, postings.weights])

    def finish(self, words: Sequence[str], writer: ArrayFieldWriter) -> None:
        """Write the field of words; `words` lists the vocabulary's words by number."""
        used, starts, merged = self._runs.merged(_MERGED_AT_ONCE)
        documents = npy.create(self._folder, "words-documents", self._dtype, self._runs.rows)
        weights = npy.create(self._folder, "words-weights", np.uint8, self._runs.rows)
        for block in merged:
            begin = starts[block.first]
            for whole, column in zip((documents, weights), block.columns, strict=True):
                whole[begin : begin + len(column)] = column
        terms = [words[number].encode("utf-8", "surrogatepass") for number in used.tolist()]
        order = np.array(sorted(range(len(terms)), key=terms.__getitem__), dtype=np.int64)
        counts = np.diff(starts)[order]
        writer.write(WORDS, [terms[at] for at in order.tolist()], starts[order], counts, documents, weights)
        for name in ("words-documents", "words-weights"):
            npy.remove(self._folder, name)

    def close(self) -> None:
        """Let go of what was gathered."""
        self._runs.close()
