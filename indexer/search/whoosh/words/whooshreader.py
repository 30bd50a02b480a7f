"""Lets Whoosh's own searcher read a segment of ours: it is the judge of what is written, and answers nobody.

Nothing of ours that answers reads by it: Whoosh unpickles its table of contents and what stands at the end of its
file of words, which none may do with an index from elsewhere.  The product reads the same files by
`indexer.search.whoosh.files.recordfile` and `indexer.search.whoosh.words.lexicon`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from whoosh.codec.base import PerDocumentReader
from whoosh.codec.whoosh3 import W3FieldCursor, W3TermsReader
from whoosh.filedb.structfile import StructFile
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from indexer.search.whoosh.files import filenames
from indexer.search.whoosh.files.mapping import map_file
from indexer.search.whoosh.files.recordfile import RecordFile
from indexer.search.whoosh.words.bm25f import STEPS
from indexer.search.whoosh.words.lexicon import PostingFile, Row


class MappedFile(StructFile):  # type: ignore[misc]
    """A file of Whoosh's, mapped: `get` keeps no position, so threads may share it, and processes share its pages."""

    def __init__(self, storage: Any, name: str) -> None:
        """Map a file of a folder."""
        self.map = map_file(Path(storage.folder) / name)
        super().__init__(self.map, name=name)

    def get(self, position: int, length: int) -> bytes:
        """Give some bytes."""
        return self.map[position : position + length]

    def close(self) -> None:
        """Leave the map to the garbage collector: arrays still look into it."""


class ArrayTermInfo(TermInfo):  # type: ignore[misc]
    """Where a term's postings lie and how many they are."""

    def __init__(self, start: int = 0, documents: int = 0, weight: float = 0.0) -> None:
        """Take the first row of the term's postings, their number and the sum of their weights."""
        super().__init__(weight=weight, df=documents, minlength=1, maxlength=1, maxweight=1.0, minid=0)
        self.start = start

    @classmethod
    def from_bytes(cls, row: bytes) -> Self:
        """Read a row of the terms file."""
        return cls(*Row.of(row))


class RecordReader(PerDocumentReader):  # type: ignore[misc]
    """Gives entries by document number."""

    def __init__(self, storage: Any, segment: Any) -> None:
        """Map the file."""
        self._records = RecordFile(Path(storage.folder) / filenames.RECORDS)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Give an entry as Whoosh has it."""
        return {"record": self._records.record(docnum).decode("utf-8")}

    def doc_count(self) -> int:
        """Give the number of entries."""
        return len(self._records)

    doc_count_all = doc_count

    def has_deletions(self) -> bool:
        """Say that nothing is ever deleted: a generation is made anew."""
        return False

    def is_deleted(self, docnum: int) -> bool:
        """Say that nothing is ever deleted."""
        return False

    def deleted_docs(self) -> Iterator[int]:
        """Give nothing."""
        return iter(())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Give 1: a posting's weight has the length in it already."""
        return 1

    def field_length(self, fieldname: str) -> int:
        """Give as many as there are entries, each of length 1."""
        return len(self._records)

    def min_field_length(self, fieldname: str) -> int:
        """Give 1."""
        return 1

    max_field_length = min_field_length


class ArrayCursor(W3FieldCursor):  # type: ignore[misc]
    """Walks a field's terms."""

    def term_info(self) -> ArrayTermInfo | None:
        """Give what is known of the term that the cursor is on."""
        if self._pos is None:
            return None
        return ArrayTermInfo.from_bytes(self._tindex.dbfile.get(self._datapos, self._datalen))


class ArrayTermsReader(W3TermsReader):  # type: ignore[misc]
    """Gives terms with their postings; W3's own reading of a term's row is replaced."""

    def term_info(self, fieldname: str, tbytes: bytes) -> ArrayTermInfo:
        """Give what is known of a term."""
        try:
            return ArrayTermInfo.from_bytes(self._tindex[self._keycoder(fieldname, tbytes)])
        except KeyError as error:
            raise TermNotFound(f"No term {fieldname}:{tbytes!r}") from error

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """Give how many entries have a term."""
        return int(self.term_info(fieldname, tbytes).doc_frequency()) if (fieldname, tbytes) in self else 0

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """Give the sum of a term's weights."""
        return float(self.term_info(fieldname, tbytes).weight()) if (fieldname, tbytes) in self else 0.0

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        """Walk a field's terms."""
        return ArrayCursor(self._tindex, fieldname, self._keycoder, self._keydecoder, fieldobj)

    def items(self) -> Iterator[tuple[tuple[str, bytes], ArrayTermInfo]]:
        """Give all terms in order."""
        return ((self._keydecoder(key), ArrayTermInfo.from_bytes(row)) for key, row in self._tindex.items())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], ArrayTermInfo]]:
        """Give the terms from a prefix on."""
        rows = self._tindex.items_from(self._keycoder(fieldname, prefix))
        return ((self._keydecoder(key), ArrayTermInfo.from_bytes(row)) for key, row in rows)


def list_matcher(postings: MappedFile, terminfo: ArrayTermInfo, **settings: Any) -> ListMatcher:
    """Give a term's postings as Whoosh's matchers want them."""
    documents, weights = PostingFile(postings.map).of(terminfo.start, terminfo.doc_frequency())
    return ListMatcher(documents.tolist(), (weights / STEPS).tolist(), terminfo=terminfo, **settings)
