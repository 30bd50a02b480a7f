"""Finds an entry's document number by its id, and the other way round."""

from collections.abc import Sequence
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

    def names(self, numbers: NDArray[np.integer]) -> list[str]:
        """Return the ids of the entries with these document numbers."""
        return [name.decode("utf-8", "surrogatepass") for name in self._ids[self._places[numbers]].tolist()]

    def numbers(self, names: Sequence[str]) -> NDArray[np.int64]:
        """Return the document numbers of entries with these ids; `LookupError` if one is no entry's."""
        wanted = [name.encode("utf-8", "surrogatepass") for name in names]
        at = np.searchsorted(self._ids, np.array(wanted, dtype=self._ids.dtype))
        if self._ids[np.minimum(at, len(self._ids) - 1)].tolist() != wanted:
            raise LookupError(f"{list(names)}: not all are ids of entries")
        return self._numbers[at].astype(np.int64)

    def number(self, entry_id: str) -> int | None:
        """Return the document number of the entry with an id, or None."""
        wanted = entry_id.encode("utf-8", "surrogatepass")
        if len(wanted) > self._ids.dtype.itemsize:
            return None  # NumPy would widen all ids to its length
        at = int(np.searchsorted(self._ids, np.bytes_(wanted)))
        return int(self._numbers[at]) if at < len(self._ids) and self._ids[at] == wanted else None
