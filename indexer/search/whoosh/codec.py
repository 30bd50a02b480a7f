"""Our Whoosh codec: postings as plain arrays, entries as plain JSON; no pickle in either.

Whoosh's own searcher reads an index of this codec (postings come as a `ListMatcher`); the kernel maps the
same arrays and reads them without decoding.
"""

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldWriter, PerDocumentReader, PerDocumentWriter
from whoosh.codec.whoosh3 import W3Codec, W3FieldCursor, W3TermsReader
from whoosh.filedb.structfile import StructFile
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_ushort

from indexer.search.groups import blocks
from indexer.search.whoosh.hashfile import BulkHashWriter
from indexer.search.whoosh.weighting import STEPS

RECORDS_EXT = ".rec"
"""JSON of the entries, one behind the other, then where each begins, then their number."""
_OFFSET = np.dtype("<u8")
_BLOCK = 1 << 22
"""Postings at work at once."""
_TERM = np.dtype([("start", "<u8"), ("documents", "<u4"), ("weight", "<f4")])
_ROW = struct.Struct("<QIf")
"""Of the terms file: `_TERM`, read one by one."""
_HEADER = struct.Struct("<QBxxxxxxx")
"""Of a posting file: rows, bytes of a document number.  All document numbers follow, then all weights."""


class MappedFile(StructFile):  # type: ignore[misc]
    """A file of Whoosh's, mapped: `get` keeps no position, so threads may share it, and processes share its pages."""

    def __init__(self, storage: Any, name: str) -> None:
        """Map a file of a folder."""
        with (Path(storage.folder) / name).open("rb") as file:
            self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
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
        return cls(*_ROW.unpack(row))


class Postings:
    """A posting file, mapped."""

    def __init__(self, buffer: Any) -> None:
        """Take the file's bytes."""
        rows, size = _HEADER.unpack_from(buffer)
        start = _HEADER.size
        self._documents = np.frombuffer(buffer, dtype=f"<u{size}", count=rows, offset=start)
        self._weights = np.frombuffer(buffer, dtype=np.uint8, count=rows, offset=start + rows * size)

    def of(self, info: ArrayTermInfo) -> tuple[NDArray[np.unsignedinteger[Any]], NDArray[np.uint8]]:
        """Give a term's documents, ascending, and its weight in each, in `STEPS`."""
        rows = slice(info.start, info.start + info.doc_frequency())
        return self._documents[rows], self._weights[rows]


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Without state, since Whoosh pickles it with the segment."""

    length_stats = False

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
        documents, weights = Postings(dbfile.map).of(terminfo)
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
        self._file.write(np.array(self._offsets, dtype=_OFFSET).tobytes())
        self._file.write(np.array([len(self._offsets) - 1], dtype=_OFFSET).tobytes())
        self.abandon()

    def abandon(self) -> None:
        """Close the file, finished or not."""
        if not self._file.is_closed:
            self._file.close()


class RecordReader(PerDocumentReader):  # type: ignore[misc]
    """Gives entries by document number."""

    def __init__(self, storage: Any, segment: Any) -> None:
        """Map the file."""
        self._map = MappedFile(storage, segment.make_filename(RECORDS_EXT)).map
        size = len(self._map)
        (self._count,) = np.frombuffer(self._map, dtype=_OFFSET, count=1, offset=size - 8).tolist()
        # Records have any length: the array may begin at any byte.
        self._offsets = np.frombuffer(
            self._map, dtype=_OFFSET, count=self._count + 1, offset=size - 16 - 8 * self._count
        )

    def record(self, number: int) -> bytes:
        """Give an entry's JSON."""
        start, end = self._offsets[number : number + 2].tolist()
        return self._map[start:end]

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Give an entry as Whoosh has it."""
        return {"record": self.record(docnum).decode("utf-8")}

    def doc_count(self) -> int:
        """Give the number of entries."""
        return int(self._count)

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
        return int(self._count)

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
        prefix = pack_ushort(0)
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
        self._terms.add_all([prefix + term for term in terms], rows)
        self._postings.write(_HEADER.pack(len(documents), documents.dtype.itemsize))
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

    def __init__(self, codec: ArrayCodec, dbfile: Any, length: int, postfile: Any) -> None:
        """Map both files."""
        super().__init__(codec, dbfile, length, postfile)
        self.postings = Postings(postfile.map)

    def find(self, field: str, word: bytes) -> ArrayTermInfo | None:
        """Give where a word's postings lie; None for a word that no entry has."""
        try:
            return ArrayTermInfo.from_bytes(self._tindex[self._keycoder(field, word)])
        except KeyError:
            return None

    def term_info(self, fieldname: str, tbytes: bytes) -> ArrayTermInfo:
        """Give what is known of a term."""
        info = self.find(fieldname, tbytes)
        if info is None:
            raise TermNotFound(f"No term {fieldname}:{tbytes!r}")
        return info

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """Give how many entries have a term."""
        info = self.find(fieldname, tbytes)
        return int(info.doc_frequency()) if info else 0

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """Give the sum of a term's weights."""
        info = self.find(fieldname, tbytes)
        return float(info.weight()) if info else 0.0

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
