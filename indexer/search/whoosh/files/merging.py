"""Merges sorted runs of rows by key; runs that memory does not hold are kept on disk."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.search.sortedarrays import group_starts, spread

Keys = NDArray[np.integer[Any]]
_IN_MEMORY = 64 << 20
"""Bytes of rows kept in memory; further runs go to disk."""


class Runs:
    """Runs of rows with several columns; rows with the same key keep the order in which they were added."""

    def __init__(self, folder: Path, name: str) -> None:
        """Set the folder, and the beginning of the file names, for runs that memory does not hold."""
        self._folder = folder
        self._name = name
        self._keys: list[Keys] = []
        self._counts: list[NDArray[np.uint32]] = []
        self._columns: list[Sequence[NDArray[Any] | Path]] = []
        self._held = 0
        self.rows = 0

    def add(self, keys: Keys, counts: NDArray[np.uint32], columns: Sequence[NDArray[Any]]) -> None:
        """Add a run: its distinct keys, ascending, how many rows each has, and the rows' columns, ordered by key."""
        size = sum(column.nbytes for column in columns)
        if self._held + size <= _IN_MEMORY:
            self._held += size
            self._columns.append(columns)
        else:
            self._columns.append([self._saved(at, column) for at, column in enumerate(columns)])
        self._keys.append(keys)
        self._counts.append(counts)
        self.rows += len(columns[0])

    def keys(self) -> Keys:
        """Return every key once, ascending."""
        # NumPy's stable sort merges runs that are already sorted.
        ordered = np.sort(np.concatenate([np.zeros(0, dtype=np.uint32), *self._keys]), kind="stable")
        return ordered[group_starts(ordered)]

    def merge(
        self, count: int, place: Callable[[Keys], NDArray[np.integer[Any]]], outputs: Sequence[NDArray[Any]]
    ) -> NDArray[np.int64]:
        """Write the rows into `outputs`, grouped by key, and remove the runs; return where each group starts.

        `place` maps keys to their places in the wanted order, from 0 to `count` - 1.  The result has one element more
        than there are keys: where the last group ends.
        """
        places = [place(keys) for keys in self._keys]
        sizes = np.zeros(count, dtype=np.int64)
        for where, counts in zip(places, self._counts, strict=True):
            sizes[where] += counts
        starts = np.concatenate(([0], np.cumsum(sizes)))
        cursor = starts[:-1].copy()
        for run, (where, counts) in enumerate(zip(places, self._counts, strict=True)):
            target = spread(cursor[where], counts)
            cursor[where] += counts
            for column, output in zip(self._columns[run], outputs, strict=True):
                output[target] = np.load(column, allow_pickle=False) if isinstance(column, Path) else column
                if isinstance(column, Path):
                    column.unlink()
            self._columns[run] = ()
        return starts

    def _saved(self, number: int, column: NDArray[Any]) -> Path:
        path = self._folder / f"{self._name}-{len(self._keys)}-{number}.run.npy"
        np.save(path, column, allow_pickle=False)
        return path
