"""Merges rows that outgrow memory: runs sorted by key, on disk when there are many, become one; knows not what they are."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.search.sortedarrays import group_starts, spread

Keys = NDArray[np.integer[Any]]
_IN_MEMORY = 64 << 20
"""Bytes of rows that are kept in memory; further runs lie on disk."""


class Runs:
    """Runs of rows with some columns; rows with the same key keep the order they came in."""

    def __init__(self, folder: Path, name: str) -> None:
        """Name the folder for the runs that memory does not hold, until they are merged."""
        self._folder = folder
        self._name = name
        self._keys: list[Keys] = []
        self._counts: list[NDArray[np.uint32]] = []
        self._columns: list[Sequence[NDArray[Any] | Path]] = []
        self._held = 0
        self.rows = 0

    def add(self, keys: Keys, counts: NDArray[np.uint32], columns: Sequence[NDArray[Any]]) -> None:
        """Keep a run: its keys, ascending and each once, how many rows each has, and the rows key by key."""
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
        """Give every key once, in order."""
        # NumPy's stable sort merges what is in order already.
        ordered = np.sort(np.concatenate([np.zeros(0, dtype=np.uint32), *self._keys]), kind="stable")
        return ordered[group_starts(ordered)]

    def merge(
        self, count: int, place: Callable[[Keys], NDArray[np.integer[Any]]], outputs: Sequence[NDArray[Any]]
    ) -> NDArray[np.int64]:
        """Write the rows into `outputs`, grouped by key, and remove the runs; give where each group starts.

        `place` gives each key's place in the wanted order, from 0 to `count` - 1.  The starts have one more
        element than there are keys: where the last group ends.
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
