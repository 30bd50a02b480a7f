"""Writes and reads many ascending lists of numbers in one array: each number as its distance from the one before.

A distance takes 8 bits in a list whose numbers stand close together, else 16, whichever is shorter; the greatest number
of so many bits moves on by so much and stands for nothing.  Lists are filled up with it to a whole number of words.
"""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.closing import Closing
from indexer.search.sortedarrays import is_ascending
from indexer.search.whoosh.files import npy

Numbers = NDArray[np.uint32]
NOTHING: Numbers = np.zeros(0, dtype=np.uint32)
_WORD = 4
"""Bytes of a word, the unit in which the length of a list is counted."""
_NARROW, _WIDE = 0xFF, 0xFFFF
"""What moves on by so much, in a list of 8 bits and in one of 16."""


def shape() -> tuple[object, ...]:
    """Return the constants that determine the lists' format."""
    return _WORD, _NARROW, _WIDE


class Packed(NamedTuple):
    """Lists as they are written."""

    words: NDArray[np.uint32]
    ends: NDArray[np.int64]
    """Twice the word at which each list ends, plus 1 if its distances have 16 bits."""


class GapListWriter(Closing):
    """Appends lists to an array, block by block."""

    def __init__(self, folder: Path, name: str) -> None:
        """Create the array `name`; where its lists end goes into another, `name`-ends."""
        self._folder, self._name = folder, name
        self._words = npy.Appender(folder, name)
        self._ends: list[NDArray[np.int64]] = []

    def add(self, lists: Packed) -> None:
        """Add lists."""
        self._ends.append(lists.ends + (self._words.rows << 1))
        self._words.add(lists.words)

    def close(self) -> None:
        """Write where the lists end, and close the files."""
        self._words.close()
        npy.save(self._folder, f"{self._name}-ends", np.concatenate([np.zeros(0, np.int64), *self._ends]))


def packed(numbers: NDArray[np.integer[Any]], counts: NDArray[np.integer[Any]]) -> Packed:
    """Pack lists, one after the other in `numbers`; `counts` holds how many numbers each has, 0 for none."""
    some = np.flatnonzero(counts)
    sizes = np.asarray(counts)[some].astype(np.int64)
    begins = np.cumsum(sizes) - sizes
    gaps = np.diff(numbers, prepend=numbers[:1])
    if len(some):
        gaps[begins] = np.asarray(numbers)[begins]
    narrow = sizes + np.add.reduceat(gaps // _NARROW, begins, dtype=np.int64) if len(some) else sizes
    wide = 2 * (sizes + np.add.reduceat(gaps // _WIDE, begins, dtype=np.int64)) if len(some) else sizes
    is_wide = wide <= narrow
    lengths = -(-np.where(is_wide, wide, narrow) // _WORD)
    ends = np.cumsum(lengths)
    words = np.full(int(ends[-1]) if len(ends) else 0, 0xFFFFFFFF, dtype="<u4")
    octets = words.view(np.uint8)
    # Everything is filled with what moves on; only what is left of each distance is written between.
    for chosen, most, unit in ((~is_wide, _NARROW, octets), (is_wide, _WIDE, octets.view("<u2"))):
        rows = np.repeat(chosen, sizes)
        gap = gaps[rows]
        at = np.cumsum(1 + gap // most, dtype=np.int64) - 1
        first = ((ends - lengths) * (_WORD // unit.itemsize))[chosen]
        inner = sizes[chosen]
        starts = np.cumsum(inner) - inner
        before = np.where(starts > 0, at[starts - 1] + 1, 0) if len(starts) else starts
        unit[at + np.repeat(first - before, inner)] = gap % most
    where = np.zeros(len(counts), dtype=np.int64)
    where[some] = lengths
    flags = np.zeros(len(counts), dtype=np.int64)
    flags[some] = is_wide
    return Packed(words, np.cumsum(where) << 1 | flags)


def unpacked(words: NDArray[np.uint32], *, is_wide: bool) -> Numbers:
    """Return the numbers of one list."""
    steps, most = (words.view("<u2"), _WIDE) if is_wide else (words.view(np.uint8), _NARROW)
    numbers: Numbers = steps.cumsum(dtype=np.uint32)[steps != most]
    return numbers


class GapLists:
    """The lists of one array, memory-mapped."""

    def __init__(self, folder: Path, name: str) -> None:
        """Map the arrays.  Raises `OSError` if they cannot be read, `ValueError` if they do not fit together."""
        self._words = npy.load(folder, name)
        ends = npy.load(folder, f"{name}-ends")
        npy.require(is_ascending(ends >> 1) and (not len(ends) or ends[-1] >> 1 == len(self._words)), f"{name}-ends")
        self._array = ends
        self._ends = npy.view(ends)

    def __len__(self) -> int:
        """Return how many lists there are."""
        return len(self._array)

    def most_of(self, chosen: range) -> int:
        """Return an upper estimate of how many numbers consecutive lists have together."""
        return ((self._ends[chosen[-1]] >> 1) - self._begin(chosen[0])) * _WORD if chosen else 0

    def of(self, at: int) -> Numbers:
        """Return the numbers of a list, ascending."""
        end = self._ends[at]
        begin, last = self._begin(at), end >> 1
        return unpacked(self._words[begin:last], is_wide=bool(end & 1)) if begin < last else NOTHING

    def of_range(self, chosen: range) -> Numbers:
        """Return the numbers of consecutive lists, in no order."""
        if not chosen:
            return NOTHING
        ends = self._array[chosen[0] : chosen[-1] + 1].astype(np.int64)
        first = self._begin(chosen[0])
        lengths = np.diff(ends >> 1, prepend=first)
        words = self._words[first : int(ends[-1] >> 1)]
        wide = (ends & 1).astype(np.bool_)
        of_wide = np.repeat(wide, lengths)
        parts = (words[~of_wide].view(np.uint8), _NARROW, ~wide), (words[of_wide].view("<u2"), _WIDE, wide)
        return np.concatenate([_each(steps, most, lengths[chosen]) for steps, most, chosen in parts])

    def _begin(self, at: int) -> int:
        return self._ends[at - 1] >> 1 if at else 0


def _each(steps: NDArray[np.unsignedinteger[Any]], most: int, lengths: NDArray[np.int64]) -> Numbers:
    """Return the numbers of lists whose steps stand one behind the other."""
    sizes = lengths * (_WORD // steps.itemsize)
    sizes = sizes[sizes > 0]
    if not len(sizes):
        return NOTHING
    sums = steps.cumsum(dtype=np.uint32)
    ends = np.cumsum(sizes)[:-1] - 1
    before = np.concatenate((NOTHING, np.zeros(1, np.uint32), sums[ends]))  # below 0 the difference wraps round
    numbers: Numbers = (sums - np.repeat(before, sizes))[steps != most]
    return numbers
