"""Finds an entry's document number by its id, and the other way round."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.search.whoosh.files import npy


class EntryIds:
    """The ids of a generation, memory-mapped."""

    def __init__(self, folder: Path, entries: int) -> None:
        """Open the arrays of a generation that has `entries` entries.

        Raises `OSError` if they cannot be read, `ValueError` if they do not fit that many entries.
        """
        self._ids: NDArray[np.bytes_] = npy.load(folder, "ids")
        """Sorted, as UTF-8."""
        self._numbers = npy.load(folder, "id-numbers")
        """The document number of each id."""
        npy.require(len(self._ids) == len(self._numbers) == entries, "ids")
        npy.require(not entries or (self._numbers.min() >= 0 and self._numbers.max() < entries), "id-numbers")

        self._places = np.zeros(entries, dtype=np.int32)
        self._places[self._numbers] = np.arange(entries, dtype=np.int32)
        """The place of each document's id among the sorted ones."""

    def name(self, number: int) -> str:
        """Return the id of the entry with a document number."""
        return bytes(self._ids[self._places[number]]).decode("utf-8", "surrogatepass")

    def number(self, entry_id: str) -> int | None:
        """Return the document number of the entry with an id, or None."""
        wanted = entry_id.encode("utf-8", "surrogatepass")
        if len(wanted) > self._ids.dtype.itemsize:
            return None  # NumPy would widen all ids to its length
        at = int(np.searchsorted(self._ids, np.bytes_(wanted)))
        return int(self._numbers[at]) if at < len(self._ids) and self._ids[at] == wanted else None
