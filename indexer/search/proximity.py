"""Decides which places of strings stand near one another, exactly; knows neither texts nor queries."""

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

MAX_STRINGS = 6
"""Strings that may be looked for together: the work doubles with each."""
_Window = tuple[NDArray[np.intp], NDArray[np.intp]]
_Flags = NDArray[np.bool_]


def taking_part(starts: Sequence[NDArray[np.int64]], lengths: Sequence[int], distance: int) -> list[_Flags]:
    """Say for each string which of its places take part in a group.

    A group has one place of each string, in any order; from the end of one to the beginning of the next there are
    0 to `distance` characters.  `starts` are each string's places, ascending, overlapping ones too.
    """
    count = len(starts)
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    every = (1 << count) - 1
    # For each place of one string, which of another's may stand before it.
    before: dict[tuple[int, int], _Window] = {
        (first, second): (
            ends[first].searchsorted(starts[second] - distance, side="left"),
            ends[first].searchsorted(starts[second], side="right"),
        )
        for first in range(count)
        for second in range(count)
        if first != second
    }

    def after_one(flags: _Flags, first: int, second: int) -> _Flags:
        """Flag the places of `second` that stand after a flagged one of `first`."""
        low, high = before[first, second]
        sums = np.concatenate(([0], np.cumsum(flags)))
        return np.asarray(sums[high] > sums[low])

    def before_one(flags: _Flags, second: int, first: int) -> _Flags:
        """Flag the places of `first` that stand before a flagged one of `second`."""
        low, high = before[first, second]
        size = len(starts[first])
        opened = np.bincount(low[flags], minlength=size + 1) - np.bincount(high[flags], minlength=size + 1)
        return np.asarray(np.cumsum(opened)[:size] > 0)

    ending, beginning = _chains(starts, after_one), _chains(starts, before_one)
    return [
        reduce(
            np.logical_or,
            (
                ending[strings, at] & beginning[every ^ strings | 1 << at, at]
                for strings in range(1, every + 1)
                if strings >> at & 1
            ),
        )
        for at in range(count)
    ]


def _chains(
    starts: Sequence[NDArray[np.int64]], step: Callable[[_Flags, int, int], _Flags]
) -> dict[tuple[int, int], _Flags]:
    """Say for each set of strings, as bits, and each string in it, at which of its places a chain of just these ends.

    `step` goes from one string's flagged places to those of another that may be next in a chain.
    """
    found: dict[tuple[int, int], _Flags] = {}
    for strings in range(1, 1 << len(starts)):
        members = [at for at in range(len(starts)) if strings >> at & 1]
        for at in members:
            rest = strings ^ 1 << at
            flags = np.full(len(starts[at]), not rest)
            for other in members:
                if other != at:
                    flags |= step(found[rest, other], other, at)
            found[strings, at] = flags
    return found
