"""Writes the one Whoosh segment of a generation: entries as they come, and their words at the end."""

from collections.abc import Sequence
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.search.whoosh.words.codec import INDEX, ArrayCodec
from indexer.search.whoosh.words.schema import schema
from indexer.search.whoosh.words.wordcounts import WordCounts
from indexer.search.whoosh.words.wordwriter import WordWriter


class SegmentWriter:
    """Takes entries in the order of the index, and their words' postings chunk by chunk."""

    def __init__(self, folder: Path, documents: int, in_memory: int) -> None:
        """Create the files in a generation's folder; `documents` is the number of entries to come, `in_memory` how many
        bytes of postings are not kept on disk.
        """
        self._storage = FileStorage(str(folder))
        self._documents = documents
        codec = ArrayCodec()
        self._segment = codec.new_segment(self._storage, INDEX)
        self._records = codec.per_document_writer(self._storage, self._segment)
        self._terms = codec.field_writer(self._storage, self._segment)
        self._words = WordWriter(folder, documents, in_memory)

    def add(self, record: bytes) -> None:
        """Write the next entry, given as JSON."""
        self._records.add(record)

    def add_words(self, postings: WordCounts, first: int) -> None:
        """Add the postings of a chunk whose first entry has the number `first`."""
        self._words.add(postings, first)

    def end_records(self) -> None:
        """Finish the file of entries: there are no more."""
        self._records.close()

    def write_words(self, words: Sequence[str]) -> None:
        """Write lexicon and postings; `words` lists the vocabulary's words by number."""
        self._words.finish(words, self._terms)

    def finish(self) -> None:
        """Finish all files, and write the table of contents by which Whoosh's own searcher opens the segment."""
        self._terms.close()
        self._segment.set_doc_count(self._documents)
        TOC(schema(), [self._segment], 1).write(self._storage, INDEX)

    def abandon(self) -> None:
        """Close all files, finished or not."""
        self._records.abandon()
        self._terms.abandon()
        self._words.close()
