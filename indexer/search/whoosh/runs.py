"""Merges rows that outgrow memory: runs sorted by key, on disk, become one file; knows not what the rows mean."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.search.groups import distinct, spread

Keys = NDArray[np.integer[Any]]


class Runs:
    """Runs of rows with some columns; rows with the same key keep the order they came in."""

    def __init__(self, folder: Path, name: str) -> None:
        """Name the folder that the runs lie in until they are merged."""
        self._folder = folder
        self._name = name
        self._keys: list[Keys] = []
        self._counts: list[NDArray[np.uint32]] = []
        self.rows = 0

    def add(self, keys: Keys, counts: NDArray[np.uint32], columns: Sequence[NDArray[Any]]) -> None:
        """Keep a run on disk: its keys, each once, how many rows each has, and the rows key by key."""
        for at, column in enumerate(columns):
            np.save(self._path(len(self._keys), at), column)
        self._keys.append(keys)
        self._counts.append(counts)
        self.rows += len(columns[0])

    def keys(self) -> Keys:
        """Give every key once, in order."""
        return distinct(np.concatenate(self._keys)) if self._keys else np.zeros(0, dtype=np.uint32)

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
            for at, output in enumerate(outputs):
                path = self._path(run, at)
                output[target] = np.load(path)
                path.unlink()
        return starts

    def _path(self, run: int, column: int) -> Path:
        return self._folder / f"{self._name}-{run}-{column}.run.npy"
