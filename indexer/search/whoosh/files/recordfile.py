"""Stores entries as JSON records, one after the other in one file, and reads them by number."""

from dataclasses import fields
from pathlib import Path

import msgspec
import numpy as np

from indexer.model import Entry
from indexer.search.arrays.mapping import map_file

_DECODER = msgspec.json.Decoder(Entry)
_ENCODER = msgspec.json.Encoder()
OFFSET = np.dtype("<u8")
"""Type of the numbers after the entries: where each begins, where the last one ends, how many there are."""


def shape() -> tuple[object, ...]:
    """Return what determines the file's format: the keys of an entry with their types, and the type of the numbers."""
    return tuple((field.name, str(field.type)) for field in fields(Entry)), OFFSET.str


def encode_record(entry: Entry) -> bytes:
    """Return an entry as JSON.

    Raises `ValueError` for text that cannot be encoded: half a surrogate pair.
    """
    return _ENCODER.encode(entry)


def decode_record(record: bytes) -> Entry:
    """Read an entry from JSON."""
    return _DECODER.decode(record)


class RecordFile:
    """The entries of a generation by number; the file is memory-mapped, so none of it is held in memory."""

    def __init__(self, path: Path) -> None:
        """Map the file.

        Raises `OSError` if it cannot be opened, `ValueError` if it is not a file of entries.
        """
        self._map = map_file(path)
        (count,) = np.frombuffer(self._map, OFFSET, count=1, offset=len(self._map) - OFFSET.itemsize).tolist()
        # Records have any length: the array may begin at any byte.
        start = len(self._map) - OFFSET.itemsize * (count + 2)
        self._offsets = np.frombuffer(self._map, OFFSET, count=count + 1, offset=start)
        if self._offsets[0] != 0 or self._offsets[-1] != start or (self._offsets[1:] < self._offsets[:-1]).any():
            raise ValueError(f"{path.name} does not say where its entries begin")

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._offsets) - 1

    def record(self, number: int) -> bytes:
        """Return the JSON of the entry with this number."""
        start, end = self._offsets[number : number + 2].tolist()
        return self._map[start:end]

    def entry(self, number: int) -> Entry:
        """Read the entry with this number."""
        return decode_record(self.record(number))
