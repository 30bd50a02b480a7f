"""Writes Whoosh's ordered hash file from arrays, all at once instead of key by key.

Whoosh's own reader (`whoosh.filedb.filetables.OrderedHashReader`) is the judge: it reads the same keys and values, in
the same order.  Ours is `indexer.search.whoosh.words.lexicon`.
"""

from array import array
from collections.abc import Sequence
from itertools import chain
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filetables import HashWriter, OrderedHashWriter
from whoosh.util.numlists import GrowableArray

from indexer.search.whoosh.words.lexicon import CRC32, TABLES

_HEAD = np.dtype([("key", ">i4"), ("value", ">i4")])
"""Lengths of a key and its value, stored before them."""
_SLOT = np.dtype([("hash", ">u4"), ("place", ">i8")])


def shape() -> tuple[object, ...]:
    """Return the constants that determine the file's format."""
    return _HEAD.descr, _SLOT.descr


class BulkHashWriter(OrderedHashWriter):  # type: ignore[misc]
    """Takes all keys in one call."""

    def __init__(self, dbfile: Any) -> None:
        """Start writing the hash file into an open file."""
        HashWriter.__init__(self, dbfile, hashtype=CRC32)
        self.index = GrowableArray("H")
        self._hashes = np.zeros(0, dtype=np.uint32)
        self._places = np.zeros(0, dtype=np.int64)

    def add_all(self, keys: Sequence[bytes], values: NDArray[Any]) -> None:
        """Add all keys, ascending, with their values: an array with one record per key."""
        heads = np.empty(len(keys), dtype=_HEAD)
        heads["key"] = np.fromiter(map(len, keys), dtype=np.int64, count=len(keys))
        heads["value"] = values.itemsize
        sizes = heads["key"].astype(np.int64) + (_HEAD.itemsize + values.itemsize)
        self._places = self.dbfile.tell() + np.cumsum(sizes) - sizes
        self._hashes = np.fromiter(map(crc32, keys), dtype=np.uint32, count=len(keys))
        self.dbfile.write(b"".join(chain.from_iterable(zip(_rows(heads), keys, _rows(values), strict=True))))
        self.index.array = array("i" if self.dbfile.tell() < 1 << 31 else "q", self._places.tolist())

    def _write_hashes(self) -> None:
        bucket = self._hashes.astype(np.uint8)
        order = np.argsort(bucket, kind="stable")
        ends = np.cumsum(np.bincount(bucket, minlength=TABLES)).tolist()
        for start, end in zip([0, *ends], ends, strict=False):
            table = _table(self._hashes[order[start:end]], self._places[order[start:end]])
            self.directory.append((self.dbfile.tell(), len(table)))
            self.dbfile.write(table.tobytes())


def _rows(records: NDArray[Any]) -> list[bytes]:
    """Return the bytes of each record."""
    whole, size = records.tobytes(), records.itemsize
    return [whole[at : at + size] for at in range(0, len(whole), size)]


def _table(hashes: NDArray[np.uint32], places: NDArray[np.int64]) -> NDArray[Any]:
    """Build a hash table with open addressing: each entry is in its own slot, or in the next free one."""
    count = len(hashes)
    table = np.zeros(2 * count, dtype=_SLOT)
    if not count:
        return table
    wanted = (hashes >> 8).astype(np.int64) % len(table)
    order = np.argsort(wanted, kind="stable")
    # In order of the slots wanted, each entry gets its slot, or the one after its predecessor's.
    at = np.arange(count)
    got = at + np.maximum.accumulate(wanted[order] - at)
    inside = got < len(table)
    table["hash"][got[inside]] = hashes[order[inside]]
    table["place"][got[inside]] = places[order[inside]]
    free = iter(np.flatnonzero(table["place"] == 0).tolist())
    for late in order[~inside].tolist():  # past its end the table wraps round
        table[next(free)] = hashes[late], places[late]
    return table
