"""Computes with sorted NumPy arrays: groups of equal elements, ranges of rows, values by key."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LOOKED_UP, _MARKED, _CLEARED = 13, 2, 20
"""What it takes to look a number up in a sorted array, and to mark one in an array, both in nanoseconds; and how many
elements of an array are set to zero in one."""


def distinct(array: NDArray[Any]) -> NDArray[Any]:
    """Return the distinct elements of a one-dimensional array, ascending.

    NumPy's own `unique` uses a hash table, which is slower.
    """
    return distinct_of(np.sort(array))


def distinct_of(ordered: NDArray[Any]) -> NDArray[Any]:
    """Return the elements of a sorted array, each once."""
    return ordered[begins_group(ordered)]


def is_ascending(array: NDArray[Any]) -> bool:
    """Return whether no element is less than the one before it."""
    return bool((array[1:] >= array[:-1]).all())


def begins_group(ordered: NDArray[Any]) -> NDArray[np.bool_]:
    """Return for each element whether it is another one than the one before it."""
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new


def group_starts(ordered: NDArray[Any]) -> NDArray[np.int64]:
    """Return the index at which each group of equal elements begins."""
    return begins_group(ordered).nonzero()[0]


def group_sizes(starts: NDArray[np.int64], total: int) -> NDArray[np.int64]:
    """Return how many elements each group has; `total` is the number of all elements."""
    sizes = np.empty(len(starts), dtype=np.int64)
    np.subtract(starts[1:], starts[:-1], out=sizes[:-1])
    sizes[-1:] = total - starts[-1:]
    return sizes


def blocks(starts: NDArray[np.int64], size: int) -> Iterator[tuple[int, int]]:
    """Split groups into blocks of at most `size` elements each; a larger group becomes a block of its own.

    `starts` holds the index where each group begins, then the index where the last one ends.  Each block is yielded as
    a range of groups: the first, and the one after the last.
    """
    first = 0
    while first < len(starts) - 1:
        last = max(first + 1, int(starts.searchsorted(starts[first] + size, side="right")) - 1)
        yield first, last
        first = last


def spread(starts: NDArray[np.integer[Any]], sizes: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Return the row numbers of several ranges, one after the other: `sizes[n]` rows from `starts[n]` on."""
    before = np.cumsum(sizes, dtype=np.int64) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))


def values_of(wanted: NDArray[Any], keys: NDArray[Any], values: NDArray[Any]) -> NDArray[Any]:
    """Return the value of each wanted key, or 0 if it is not among `keys`, which must be ascending and not empty."""
    at, fits = located(wanted, keys)
    found: NDArray[Any] = values[at] * fits
    return found


def located(wanted: NDArray[Any], keys: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return where each wanted key would be among `keys`, and whether it is there; these are ascending and not empty."""
    at = keys.searchsorted(wanted.astype(keys.dtype, copy=False))
    at[at == len(keys)] = 0
    return at, keys[at] == wanted


def held(wanted: NDArray[Any], ascending: NDArray[Any]) -> NDArray[np.bool_]:
    """Return for each wanted number, all ascending, whether it is among others, which are ascending, too."""
    if not len(ascending):
        return np.zeros(len(wanted), dtype=np.bool_)
    if not len(wanted):
        return np.zeros(0, dtype=np.bool_)
    greatest = int(max(wanted[-1], ascending[-1]))
    marking = len(ascending) * (_MARKED + 1) + len(wanted) * _MARKED + greatest // _CLEARED
    if len(wanted) * _LOOKED_UP < marking:
        return located(wanted, ascending)[1]
    flags = np.zeros(greatest + 1, dtype=np.bool_)
    flags[ascending.astype(np.intp)] = True  # NumPy takes three times as long with numbers of another type
    marked: NDArray[np.bool_] = flags[wanted]
    return marked
