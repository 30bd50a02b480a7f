"""Finds where some characters stand with one mistake, beside others that stand there as they are.

One mistake leaves one half of what is typed intact; the places of that half are few, and the other half is compared there.
"""

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


def with_one_mistake(
    text: NDArray[np.uint16],
    anchors: Places,
    offset: int,
    wanted: Numbers,
    confused: NDArray[np.bool_],
    step: int,
) -> list[Mistake]:
    """Return where `wanted` stands with one mistake beside the anchors.

    Its first character is at `offset` from an anchor and the others follow in the direction of `step`: 1 or, for what
    stands before, -1, with `wanted` from right to left.  `confused` says for each of `wanted` which characters are like
    it.
    """
    anchors = anchors[:_MOST]
    length = len(wanted)
    if not len(anchors) or not length:
        return []
    last = len(text) - 1
    begin = anchors + offset

    def at(distance: int) -> NDArray[np.int64]:
        return text[np.clip(begin + step * distance, 0, last)].astype(np.int64)

    there = np.stack([at(distance) for distance in range(length + 1)])
    # No suggestion goes on behind a zero.
    inside = np.logical_and.accumulate(there > 0)
    same = inside[:length] & (there[:length] == wanted[:, None])
    ahead = np.logical_and.accumulate(np.vstack((np.ones((1, len(anchors)), np.bool_), same)))
    rest = _from_end(same)
    later = _from_end(inside[1:] & (there[1:] == wanted[:, None]))
    earlier = _from_end(
        np.vstack(
            (np.zeros((1, len(anchors)), np.bool_), inside[: length - 1] & (there[: length - 1] == wanted[1:, None]))
        )
    )
    ranks: dict[int, list[Places]] = {rank: [] for rank in (_CONFUSED, _MISSING, _WRONG, _EXTRA)}

    def note(rank: int, is_here: NDArray[np.bool_], taken: int) -> None:
        found = anchors[is_here]
        ranks[rank].append(found if step > 0 else found - taken)

    for place in range(length):
        is_wrong = ahead[place] & rest[place + 1] & ~same[place] & inside[place]
        is_confused = is_wrong & confused[place][there[place]]
        note(_CONFUSED, is_confused, length)
        note(_WRONG, is_wrong & ~is_confused, length)
        note(_MISSING, ahead[place] & later[place] & inside[place], length + 1)
        if length > 1 or place:
            note(_EXTRA, ahead[place] & earlier[place + 1] if place + 1 < length else ahead[place], length - 1)
        if place + 1 < length:
            crossed = inside[place + 1] & (there[place] == wanted[place + 1]) & (there[place + 1] == wanted[place])
            note(_CONFUSED, ahead[place] & crossed & rest[place + 2] & ~same[place], length)
    return [Mistake(rank, np.concatenate(found)) for rank, found in ranks.items() if found]


def _from_end(same: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return for each row, and one more, whether all from there to the end are true."""
    return np.vstack((np.logical_and.accumulate(same[::-1])[::-1], np.ones((1, same.shape[1]), np.bool_)))
