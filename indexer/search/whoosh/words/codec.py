"""Our Whoosh codec: stores postings as plain arrays and entries as plain JSON, in a segment that Whoosh can read.

The readers that Whoosh asks a codec for are in `indexer.search.whoosh.words.whooshreader`.
"""

from array import array
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.base import FieldWriter, PerDocumentWriter
from whoosh.codec.whoosh3 import W3Codec, W3Segment

from indexer.search.ranking.bm25f import STEPS
from indexer.search.sortedarrays import blocks, spread
from indexer.search.whoosh.files import filenames
from indexer.search.whoosh.files.gaplists import Packed, packed
from indexer.search.whoosh.files.recordfile import OFFSET
from indexer.search.whoosh.words.hashfile import BulkHashWriter
from indexer.search.whoosh.words.lexicon import HEADER, key_of, words_of
from indexer.search.whoosh.words.whooshreader import ArrayTermsReader, MappedFile, RecordReader, list_matcher

RECORDS_EXT = Path(filenames.RECORDS).suffix
INDEX, SEGMENT = Path(filenames.RECORDS).stem.split("_")
"""Whoosh's names for the index and its one segment; Whoosh itself would choose the latter at random."""
_POSTINGS_AT_ONCE = 1 << 20
"""Postings processed at once."""
_TERM = np.dtype([("start", "<u8"), ("documents", "<u4"), ("weight", "<f4")])
"""The layout of `lexicon.ROW`, for many rows at once."""


def shape() -> tuple[object, ...]:
    """Return the constants that determine the segment's format."""
    return RECORDS_EXT, INDEX, SEGMENT, _TERM.descr


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """The codec; it has no state, since Whoosh pickles it with the segment."""

    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """Return a segment with the one fixed name: a generation has only one segment."""
        return W3Segment(self, indexname, segid=SEGMENT)

    def per_document_writer(self, storage: Any, segment: Any) -> "RecordWriter":
        """Return the writer of stored entries."""
        return RecordWriter(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> "ArrayFieldWriter":
        """Return the writer of terms and postings."""
        return ArrayFieldWriter(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> "RecordReader":
        """Return the reader of stored entries."""
        return RecordReader(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> "ArrayTermsReader":
        """Return the reader of terms and postings."""
        terms = MappedFile(storage, segment.make_filename(self.TERMS_EXT))
        postings = MappedFile(storage, segment.make_filename(self.POSTS_EXT))
        return ArrayTermsReader(self, terms, len(terms.map), postings)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """Return a term's postings as Whoosh's matchers want them."""
        return list_matcher(dbfile, terminfo, format=format_, scorer=scorer, term=term)


class RecordWriter(PerDocumentWriter):  # type: ignore[misc]
    """Writes each entry's JSON unchanged."""

    def __init__(self, storage: Any, segment: Any) -> None:
        """Create the file."""
        self._file = segment.create_file(storage, RECORDS_EXT)
        self._offsets = array("Q", [0])

    def add(self, record: bytes) -> None:
        """Write the next entry."""
        self._file.write(record)
        self._offsets.append(self._offsets[-1] + len(record))

    def close(self) -> None:
        """Write where each entry begins, and close the file."""
        self._file.write(np.array(self._offsets, dtype=OFFSET).data)
        self._file.write(np.array([len(self._offsets) - 1], dtype=OFFSET).tobytes())
        self.abandon()

    def abandon(self) -> None:
        """Close the file, finished or not."""
        if not self._file.is_closed:
            self._file.close()


class ArrayFieldWriter(FieldWriter):  # type: ignore[misc]
    """Writes one field's terms and postings in bulk."""

    def __init__(self, storage: Any, segment: Any) -> None:
        """Create the files of terms and postings."""
        self._terms = BulkHashWriter(segment.create_file(storage, W3Codec.TERMS_EXT))
        self._postings = segment.create_file(storage, W3Codec.POSTS_EXT)

    def write(
        self,
        field: str,
        terms: list[bytes],
        starts: NDArray[np.int64],
        counts: NDArray[np.int64],
        documents: NDArray[Any],
        weights: NDArray[np.uint8],
    ) -> None:
        """Write sorted terms and their postings: those of the n-th term are `counts[n]` from `starts[n]` on in both
        arrays.
        """
        self._terms.extras["fieldmap"] = {field: 0}
        rows = np.empty(len(terms), dtype=_TERM)
        rows["documents"] = counts
        written = 0
        self._postings.write(HEADER.pack(0))
        before = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
        for first, last in blocks(before, _POSTINGS_AT_ONCE):
            some = counts[first:last]
            chosen = spread(starts[first:last], some)
            block = np.asarray(weights[chosen])
            words, begins = _interleaved(packed(np.asarray(documents[chosen]), some), block, some)
            self._postings.write(words.data)
            rows["start"][first:last] = begins + written
            rows["weight"][first:last] = (
                np.add.reduceat(block, before[first:last] - before[first], dtype=np.int64) / STEPS
            )
            written += len(words)
        self._postings.seek(0)
        self._postings.write(HEADER.pack(written))
        self._terms.add_all([key_of(term) for term in terms], rows)

    def close(self) -> None:
        """Finish and close both files."""
        self._terms.close()
        self._postings.close()

    def abandon(self) -> None:
        """Close both files, finished or not."""
        for file in (self._terms.dbfile, self._postings):
            if not file.is_closed:
                file.close()


def _interleaved(
    lists: Packed, weights: NDArray[np.uint8], counts: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the words of some terms' postings, as `lexicon.HEADER` says, and where each term's begin."""
    lengths = np.diff(lists.ends >> 1, prepend=0)
    sizes = 1 + lengths + words_of(counts)
    ends = np.cumsum(sizes)
    begins = ends - sizes
    words = np.zeros(int(ends[-1]) if len(ends) else 0, dtype="<u4")
    words[begins] = lengths << 1 | lists.ends & 1
    words[spread(begins + 1, lengths)] = lists.words
    words.view(np.uint8)[spread((begins + 1 + lengths) * words.itemsize, counts)] = weights
    return words, begins
