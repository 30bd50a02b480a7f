"""Finds where some characters stand with one mistake, beside others that stand there as they are.

One mistake leaves one half of what is typed intact; the places of that half are few, and the other half is compared there.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Numbers = NDArray[np.int64]

_CONFUSED, _MISSING, _WRONG, _EXTRA = range(4)
"""Ranks of mistakes: a character that sounds or looks like the right one, or two that changed places; one left out; any
other one; one too many."""
_MOST = 20_000
"""Places that are looked at; the first are of what has the best claim."""


class Mistake(NamedTuple):
    """Where something stands with a mistake of one kind."""

    rank: int
    """0 is the likeliest."""
    places: Places
    """Where it begins."""


class _Beside:
    """What stands beside some anchors, compared with what is wanted there; rows are distances, columns anchors."""

    def __init__(self, text: NDArray[np.uint16], begin: Places, wanted: Numbers, step: int) -> None:
        last, length = len(text) - 1, len(wanted)
        rows = [text[np.clip(begin + step * distance, 0, last)] for distance in range(length + 1)]
        self.there = np.stack(rows).astype(np.int64)
        self.wanted = wanted
        # No suggestion goes on behind a zero.
        self.inside = np.logical_and.accumulate(self.there > 0)
        none, all_ = np.zeros((1, len(begin)), np.bool_), np.ones((1, len(begin)), np.bool_)
        self.same = self.inside[:length] & (self.there[:length] == wanted[:, None])
        self.ahead = np.logical_and.accumulate(np.vstack((all_, self.same)))
        """Whether all before a row is as wanted."""
        self.rest = _from_end(self.same)
        """Whether all from a row on is."""
        self.later = _from_end(self.inside[1:] & (self.there[1:] == wanted[:, None]))
        """Whether it is, one place farther off."""
        nearer = self.inside[: length - 1] & (self.there[: length - 1] == wanted[1:, None])
        self.earlier = _from_end(np.vstack((none, nearer)))
        """Whether it is, one place nearer."""

    def mistakes(self, row: int, confused: NDArray[np.bool_]) -> Iterator[tuple[int, NDArray[np.bool_], int]]:
        """Yield for the mistakes that a row may have: rank, at which anchors, how many characters are there."""
        length = len(self.wanted)
        ahead, here, there = self.ahead[row], self.inside[row], self.there[row]
        is_wrong = ahead & self.rest[row + 1] & ~self.same[row] & here
        is_confused = is_wrong & confused[there]
        yield _CONFUSED, is_confused, length
        yield _WRONG, is_wrong & ~is_confused, length
        yield _MISSING, ahead & self.later[row] & here, length + 1
        if length > 1 or row:
            yield _EXTRA, ahead & self.earlier[row + 1] if row + 1 < length else ahead, length - 1
        if row + 1 < length:
            crossed = (there == self.wanted[row + 1]) & (self.there[row + 1] == self.wanted[row])
            yield _CONFUSED, ahead & crossed & self.inside[row + 1] & self.rest[row + 2] & ~self.same[row], length


def with_one_mistake(
    text: NDArray[np.uint16], anchors: Places, offset: int, wanted: Numbers, confused: NDArray[np.bool_], step: int
) -> list[Mistake]:
    """Return where `wanted` stands with one mistake beside the anchors.

    Its first character is at `offset` from an anchor and the others follow in the direction of `step`: 1 or, for what
    stands before, -1, with `wanted` from right to left.  `confused` says for each of `wanted` which characters are like
    it.
    """
    anchors = anchors[:_MOST]
    if not len(anchors) or not len(wanted):
        return []
    beside = _Beside(text, anchors + offset, wanted, step)
    return [
        Mistake(rank, anchors[at] if step > 0 else anchors[at] - taken)
        for row in range(len(wanted))
        for rank, at, taken in beside.mistakes(row, confused[row])
    ]


def _from_end(same: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return for each row, and one more, whether all from there to the end are true."""
    return np.vstack((np.logical_and.accumulate(same[::-1])[::-1], np.ones((1, same.shape[1]), np.bool_)))
