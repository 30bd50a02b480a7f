"""Merges sorted runs of rows by key, block by block; runs that memory does not hold are kept on disk."""

from collections.abc import Iterator, Sequence
from mmap import mmap
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.closing import Closing
from indexer.search.arrays.mapping import map_file
from indexer.search.sortedarrays import blocks, distinct_of, spread

Keys = NDArray[np.unsignedinteger[Any]]
_GATHERED = 1 << 20
"""Rows that small runs have together when they are made one: each run costs every block of merging its fixed time."""
_KEYS_AT_ONCE = 1 << 22
"""Keys of runs that are sorted at once."""
_ALIGNED = 8
"""Bytes of which each array on disk begins at a multiple."""


class Run(NamedTuple):
    """Rows ordered by key."""

    keys: Keys
    """Each key once, ascending."""
    counts: NDArray[np.uint32]
    """How many rows each has."""
    columns: Sequence[NDArray[Any]]

    @property
    def nbytes(self) -> int:
        """Return how much room it takes."""
        return sum(array.nbytes for array in (self.keys, self.counts, *self.columns))


class Block(NamedTuple):
    """All rows of some consecutive keys."""

    first: int
    """Number of its first key among all."""
    starts: NDArray[np.int64]
    """Where each key's rows begin in the columns, then where the last one's end."""
    columns: Sequence[NDArray[Any]]


class Runs(Closing):
    """Runs of rows with several columns; rows with the same key keep the order in which they were added."""

    def __init__(self, folder: Path, name: str, in_memory: int) -> None:
        """Set where runs go that memory does not hold, and how many bytes it holds."""
        self._path = folder / f"{name}.run"
        self._in_memory = in_memory
        self._held = 0
        self._small: list[Run] = []
        self._runs: list[Run | list[_Place]] = []
        self._file: BinaryIO | None = None
        self.rows = 0

    def add(self, keys: Keys, counts: NDArray[np.uint32], columns: Sequence[NDArray[Any]]) -> None:
        """Add a run: its distinct keys, ascending, how many rows each has, and the rows' columns, ordered by key."""
        if not len(keys):
            return
        self._small.append(Run(keys, counts, columns))
        self.rows += len(columns[0])
        if sum(len(run.columns[0]) for run in self._small) >= _GATHERED:
            self._gather()

    def merged(self, most: int) -> tuple[Keys, NDArray[np.int64], Iterator[Block]]:
        """Return every key once, ascending, where the rows of each begin among all, and the rows in blocks.

        Where rows begin has one element more than there are keys: how many rows there are.  A block has at most `most`
        rows, or those of a single key.  When the last one is taken, or is not wanted any more, the runs are removed.
        """
        self._gather()
        runs = self._opened()
        keys = _union([run.keys for run in runs])
        sizes = np.zeros(len(keys), dtype=np.int64)
        for run in runs:
            sizes[keys.searchsorted(run.keys)] += run.counts
        starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
        return keys, starts, self._blocks(runs, keys, starts, most)

    def close(self) -> None:
        """Let go of the runs, and remove those on disk."""
        self._small, self._runs = [], []
        if self._file is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)
            self._file = None

    def _blocks(self, runs: Sequence[Run], keys: Keys, starts: NDArray[np.int64], most: int) -> Iterator[Block]:
        with self:
            cursors = [_Cursor(run) for run in runs]
            types = [column.dtype for column in runs[0].columns] if runs else []
            for first, last in blocks(starts, most):
                begins = starts[first : last + 1] - starts[first]
                columns = [np.empty(int(begins[-1]), dtype=dtype) for dtype in types]
                free = begins[:-1].copy()
                for cursor in cursors:
                    cursor.move(keys[first:last], free, columns)
                yield Block(first, begins, columns)

    def _gather(self) -> None:
        """Make one run of those that are small."""
        small, self._small = self._small, []
        if len(small) > 1:
            keys = _union([run.keys for run in small])
            counts = np.zeros(len(keys), dtype=np.uint32)
            for run in small:
                counts[keys.searchsorted(run.keys)] += run.counts
            free = np.cumsum(counts, dtype=np.int64) - counts
            columns = [np.empty(int(counts.sum(dtype=np.int64)), column.dtype) for column in small[0].columns]
            for run in small:
                _Cursor(run).move(keys, free, columns)
            small = [Run(keys, counts, columns)]
        for run in small:
            self._keep(run)

    def _keep(self, run: Run) -> None:
        if self._held + run.nbytes <= self._in_memory:
            self._held += run.nbytes
            self._runs.append(run)
            return
        if self._file is None:
            self._file = self._path.open("wb")
        places = []
        for array in (run.keys, run.counts, *run.columns):
            self._file.write(bytes(-self._file.tell() % _ALIGNED))
            places.append(_Place(self._file.tell(), len(array), array.dtype))
            self._file.write(np.ascontiguousarray(array).data)
        self._runs.append(places)

    def _opened(self) -> list[Run]:
        """Return all runs, those on disk memory-mapped."""
        if self._file is None:
            return [run for run in self._runs if isinstance(run, Run)]
        self._file.flush()
        mapped = map_file(self._path)
        return [run if isinstance(run, Run) else _mapped(mapped, run) for run in self._runs]


class _Place(NamedTuple):
    """Where an array lies on disk."""

    start: int
    length: int
    type: np.dtype[Any]


def _mapped(file: mmap, places: Sequence[_Place]) -> Run:
    keys, counts, *columns = (np.frombuffer(file, each.type, each.length, each.start) for each in places)
    return Run(keys, counts, columns)


class _Cursor:
    """How far the rows of a run were taken."""

    def __init__(self, run: Run) -> None:
        """Begin before the first one."""
        self._run = run
        self._key = self._row = 0

    def move(self, keys: Keys, free: NDArray[np.int64], outputs: Sequence[NDArray[Any]]) -> None:
        """Move the rows of the next keys to where each key's next rows go, and move that on."""
        run = self._run
        last = int(run.keys.searchsorted(keys[-1], side="right"))
        where = keys.searchsorted(run.keys[self._key : last])
        counts = run.counts[self._key : last]
        target = spread(free[where], counts)
        free[where] += counts
        end = self._row + len(target)
        for column, output in zip(run.columns, outputs, strict=True):
            output[target] = column[self._row : end]
        self._key, self._row = last, end


def _union(arrays: Sequence[Keys]) -> Keys:
    """Return the elements of ascending arrays once each, ascending."""
    union: Keys = np.zeros(0, dtype=np.uint32)
    some: list[Keys] = []
    for at, array in enumerate(arrays):
        some.append(array)
        if sum(map(len, some)) >= max(_KEYS_AT_ONCE, len(union)) or at == len(arrays) - 1:
            # NumPy's stable sort merges what is already sorted.
            union, some = distinct_of(np.sort(np.concatenate([union, *some]), kind="stable")), []
    return union
