"""Our Whoosh codec: postings as plain arrays, entries as plain JSON; writes a segment and lets Whoosh read it.

Nothing of ours that answers reads by it: Whoosh unpickles its table of contents and what stands at the end of its
file of words, which none may do with an index from elsewhere.  The product reads the same files by
`indexer.search.whoosh.files.records` and `indexer.search.whoosh.words.lexicon`, and is judged by Whoosh's own searcher, to which
this codec gives postings as a `ListMatcher`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldWriter, PerDocumentReader, PerDocumentWriter
from whoosh.codec.whoosh3 import W3Codec, W3FieldCursor, W3Segment, W3TermsReader
from whoosh.filedb.structfile import StructFile
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from indexer.search.sortedarrays import blocks
from indexer.search.whoosh.files import filenames
from indexer.search.whoosh.files.mapping import map_file
from indexer.search.whoosh.files.records import OFFSET, RecordFile
from indexer.search.whoosh.words.bm25f import STEPS
from indexer.search.whoosh.words.hashfile import BulkHashWriter
from indexer.search.whoosh.words.lexicon import HEADER, PostingFile, Row, key_of

RECORDS_EXT = Path(filenames.RECORDS).suffix
INDEX, SEGMENT = Path(filenames.RECORDS).stem.split("_")
"""Whoosh's name of the index, and of the one segment: its own is drawn by lot."""
_BLOCK = 1 << 22
"""Postings at work at once."""
_TERM = np.dtype([("start", "<u8"), ("documents", "<u4"), ("weight", "<f4")])
"""`postings.ROW`, many at once."""


def shape() -> tuple[object, ...]:
    """Give what shapes the segment."""
    return RECORDS_EXT, INDEX, SEGMENT, _TERM.descr


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


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Without state, since Whoosh pickles it with the segment."""

    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """Name the segment as all are named: there is one in a generation."""
        return W3Segment(self, indexname, segid=SEGMENT)

    def per_document_writer(self, storage: Any, segment: Any) -> "RecordWriter":
        """Write stored entries."""
        return RecordWriter(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> "ArrayFieldWriter":
        """Write terms and postings."""
        return ArrayFieldWriter(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> "RecordReader":
        """Read stored entries."""
        return RecordReader(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> "ArrayTermsReader":
        """Read terms and postings."""
        terms = MappedFile(storage, segment.make_filename(self.TERMS_EXT))
        postings = MappedFile(storage, segment.make_filename(self.POSTS_EXT))
        return ArrayTermsReader(self, terms, len(terms.map), postings)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """Give a term's postings as Whoosh's matchers want them."""
        documents, weights = PostingFile(dbfile.map).of(terminfo.start, terminfo.doc_frequency())
        return ListMatcher(
            documents.tolist(),
            (weights / STEPS).tolist(),
            format=format_,
            scorer=scorer,
            term=term,
            terminfo=terminfo,
        )


class RecordWriter(PerDocumentWriter):  # type: ignore[misc]
    """Writes each entry's JSON as it is given."""

    def __init__(self, storage: Any, segment: Any) -> None:
        """Begin the file."""
        self._file = segment.create_file(storage, RECORDS_EXT)
        self._offsets = [0]

    def add(self, record: bytes) -> None:
        """Write the next entry."""
        self._file.write(record)
        self._offsets.append(self._offsets[-1] + len(record))

    def close(self) -> None:
        """Write where each entry begins."""
        self._file.write(np.array(self._offsets, dtype=OFFSET).tobytes())
        self._file.write(np.array([len(self._offsets) - 1], dtype=OFFSET).tobytes())
        self.abandon()

    def abandon(self) -> None:
        """Close the file, finished or not."""
        if not self._file.is_closed:
            self._file.close()


class RecordReader(PerDocumentReader):  # type: ignore[misc]
    """Gives entries by document number."""

    def __init__(self, storage: Any, segment: Any) -> None:
        """Map the file."""
        self._records = RecordFile(Path(storage.folder) / segment.make_filename(RECORDS_EXT))

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


class ArrayFieldWriter(FieldWriter):  # type: ignore[misc]
    """Writes one field's terms and postings in bulk."""

    def __init__(self, storage: Any, segment: Any) -> None:
        """Begin both files."""
        self._terms = BulkHashWriter(segment.create_file(storage, W3Codec.TERMS_EXT))
        self._postings = segment.create_file(storage, W3Codec.POSTS_EXT)

    def write(
        self,
        field: str,
        terms: list[bytes],
        starts: NDArray[np.int64],
        documents: NDArray[Any],
        weights: NDArray[np.uint8],
    ) -> None:
        """Write terms, sorted, and their postings: `starts[n]` is where the n-th term's begin in both arrays."""
        self._terms.extras["fieldmap"] = {field: 0}
        sums = [
            np.add.reduceat(weights[starts[first] : starts[last]], starts[first:last] - starts[first], dtype=np.int64)
            for first, last in blocks(starts, _BLOCK)
        ]
        rows = np.empty(len(terms), dtype=_TERM)
        rows["start"], rows["documents"], rows["weight"] = (
            starts[:-1],
            np.diff(starts),
            np.concatenate([[], *sums]) / STEPS,
        )
        self._terms.add_all([key_of(term) for term in terms], rows)
        self._postings.write(HEADER.pack(len(documents), documents.dtype.itemsize))
        for array in (documents, weights):
            for at in range(0, len(array), _BLOCK):
                self._postings.write(array[at : at + _BLOCK].tobytes())

    def close(self) -> None:
        """End both files."""
        self._terms.close()
        self._postings.close()

    def abandon(self) -> None:
        """Close both files, finished or not."""
        for file in (self._terms.dbfile, self._postings):
            if not file.is_closed:
                file.close()


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
