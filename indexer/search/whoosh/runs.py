"""Sorts rows that outgrow memory: sorted runs on disk, merged into one file; knows not what the rows mean."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint32]
Row = NDArray[np.generic]


class Runs:
    """Rows of a key and some columns; those with the same key keep the order they came in."""

    def __init__(self, folder: Path, name: str) -> None:
        """Name the folder that the runs lie in until they are merged."""
        self._folder = folder
        self._name = name
        self._keys: list[Keys] = []
        self._counts: list[NDArray[np.int64]] = []
        self.rows = 0

    def add(self, keys: Keys, columns: Sequence[Row]) -> None:
        """Sort rows by key and keep them on disk; needs about 40 bytes of memory a row."""
        order = stable_order(keys)
        ordered = keys[order]
        starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(keys) else order[:0]
        for at, column in enumerate(columns):
            np.save(self._path(len(self._keys), at), column[order])
        self._keys.append(ordered[starts])
        self._counts.append(np.diff(starts, append=len(ordered)))
        self.rows += len(keys)

    def keys(self) -> Keys:
        """Give every key once, in order."""
        return np.unique(np.concatenate(self._keys)) if self._keys else np.zeros(0, dtype=np.uint32)

    def merge(
        self,
        count: int,
        place: Callable[[Keys], NDArray[np.integer]],
        outputs: Sequence[Row],
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
            rows = int(counts.sum())
            before = np.cumsum(counts) - counts
            target = np.repeat(cursor[where] - before, counts) + np.arange(rows)
            cursor[where] += counts
            for at, output in enumerate(outputs):
                path = self._path(run, at)
                output[target] = np.load(path)
                path.unlink()
        return starts

    def _path(self, run: int, column: int) -> Path:
        return self._folder / f"{self._name}-{run}-{column}.run.npy"


def stable_order(keys: Keys) -> NDArray[np.int64]:
    """Give the order that sorts keys, equal ones as they came.

    Key and row are packed into one number: NumPy sorts whole numbers with vector instructions, but not by a key.
    """
    packed = keys.astype(np.uint64) << np.uint64(32) | np.arange(len(keys), dtype=np.uint64)
    packed.sort()
    return (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)
