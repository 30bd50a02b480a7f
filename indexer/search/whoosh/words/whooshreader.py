"""Lets Whoosh's own searcher read our segment, so that tests can judge what was written; it answers no search.

Whoosh unpickles its table of contents and what stands at the end of its file of words, which must not happen to an
index from elsewhere.  So searches read the same files through `indexer.search.whoosh.files.recordfile` and
`indexer.search.whoosh.words.lexicon`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from whoosh.codec.base import PerDocumentReader
from whoosh.codec.whoosh3 import W3FieldCursor, W3TermsReader
from whoosh.filedb.structfile import StructFile
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from indexer.search.arrays.mapping import map_file
from indexer.search.ranking.bm25f import STEPS
from indexer.search.whoosh.files import filenames
from indexer.search.whoosh.files.recordfile import RecordFile
from indexer.search.whoosh.words.lexicon import PostingFile, Row


class MappedFile(StructFile):  # type: ignore[misc]
    """A file of Whoosh's, memory-mapped.

    `get` uses no file position, so threads can share the file, and processes share its pages.
    """

    def __init__(self, storage: Any, name: str) -> None:
        """Map a file of the storage's folder."""
        self.map = map_file(Path(storage.folder) / name)
        super().__init__(self.map, name=name)

    def get(self, position: int, length: int) -> bytes:
        """Return `length` bytes from `position` on."""
        return self.map[position : position + length]

    def close(self) -> None:
        """Leave the map to the garbage collector: arrays still refer to it."""


class ArrayTermInfo(TermInfo):  # type: ignore[misc]
    """Where a term's postings lie and how many there are."""

    def __init__(self, start: int = 0, documents: int = 0, weight: float = 0.0) -> None:
        """Take the index of the term's first posting, the number of its postings and the sum of their weights."""
        super().__init__(weight=weight, df=documents, minlength=1, maxlength=1, maxweight=1.0, minid=0)
        self.start = start

    @classmethod
    def from_bytes(cls, row: bytes) -> Self:
        """Read a row of the file of terms."""
        return cls(*Row.of(row))


class RecordReader(PerDocumentReader):  # type: ignore[misc]
    """Reads entries by document number."""

    def __init__(self, storage: Any, segment: Any) -> None:
        """Map the file of entries."""
        self._records = RecordFile(Path(storage.folder) / filenames.RECORDS)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return an entry's stored fields in Whoosh's form."""
        return {"record": self._records.record(docnum).decode("utf-8")}

    def doc_count(self) -> int:
        """Return how many entries there are."""
        return len(self._records)

    doc_count_all = doc_count

    def has_deletions(self) -> bool:
        """Return False: nothing is ever deleted, a generation is built anew."""
        return False

    def is_deleted(self, docnum: int) -> bool:
        """Return False: nothing is ever deleted."""
        return False

    def deleted_docs(self) -> Iterator[int]:
        """Return an empty iterator."""
        return iter(())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return 1: a posting's weight includes the length already."""
        return 1

    def field_length(self, fieldname: str) -> int:
        """Return the number of entries, each counted with length 1."""
        return len(self._records)

    def min_field_length(self, fieldname: str) -> int:
        """Return 1, the length of every entry."""
        return 1

    max_field_length = min_field_length


class ArrayCursor(W3FieldCursor):  # type: ignore[misc]
    """Walks through a field's terms."""

    def term_info(self) -> ArrayTermInfo | None:
        """Return where the postings of the cursor's term lie, or None at the end."""
        if self._pos is None:
            return None
        return ArrayTermInfo.from_bytes(self._tindex.dbfile.get(self._datapos, self._datalen))


class ArrayTermsReader(W3TermsReader):  # type: ignore[misc]
    """Reads terms with their postings; replaces how W3 reads a term's row."""

    def term_info(self, fieldname: str, tbytes: bytes) -> ArrayTermInfo:
        """Return where a term's postings lie; raises Whoosh's `TermNotFound` if there is no such term."""
        try:
            return ArrayTermInfo.from_bytes(self._tindex[self._keycoder(fieldname, tbytes)])
        except KeyError as error:
            raise TermNotFound(f"No term {fieldname}:{tbytes!r}") from error

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """Return how many entries contain a term."""
        return int(self.term_info(fieldname, tbytes).doc_frequency()) if (fieldname, tbytes) in self else 0

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """Return the sum of a term's weights."""
        return float(self.term_info(fieldname, tbytes).weight()) if (fieldname, tbytes) in self else 0.0

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        """Return a cursor over a field's terms."""
        return ArrayCursor(self._tindex, fieldname, self._keycoder, self._keydecoder, fieldobj)

    def items(self) -> Iterator[tuple[tuple[str, bytes], ArrayTermInfo]]:
        """Iterate over all terms with their postings' places, in order."""
        return ((self._keydecoder(key), ArrayTermInfo.from_bytes(row)) for key, row in self._tindex.items())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], ArrayTermInfo]]:
        """Iterate over a field's terms from `prefix` on."""
        rows = self._tindex.items_from(self._keycoder(fieldname, prefix))
        return ((self._keydecoder(key), ArrayTermInfo.from_bytes(row)) for key, row in rows)


def list_matcher(postings: MappedFile, terminfo: ArrayTermInfo, **settings: Any) -> ListMatcher:
    """Return a term's postings as a Whoosh matcher."""
    documents, weights = PostingFile(postings.map).of(terminfo.start, terminfo.doc_frequency())
    return ListMatcher(documents.tolist(), (weights / STEPS).tolist(), terminfo=terminfo, **settings)
