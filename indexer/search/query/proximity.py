"""Decides which places of strings stand near one another, exactly; knows neither texts nor queries.

Places are bits of Python's whole numbers, one a character: a shift moves all places of a stretch at once, so the work
grows with the stretch and hardly with how many places are in it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.sortedarrays import spread

MAX_STRINGS = 5
"""Strings that may be looked for together: the work doubles with each."""
_STRETCH = 1 << 18
"""Characters looked at together: sets of places stay in the processor's cache."""
_RARE = 8
"""How much rarer the rarest string must be for looking only around its places to be worth the cutting."""
_Places = NDArray[np.int64]
_Flags = NDArray[np.bool_]


def taking_part(starts: Sequence[_Places], lengths: Sequence[int], distance: int) -> list[_Flags]:
    """Say for each string which of its places take part in a group.

    A group has one place of each string, in any order; from the end of one to the beginning of the next there are
    0 to `distance` characters.  `starts` are each string's places, ascending, overlapping ones too.
    """
    flags = [np.zeros(len(each), dtype=np.bool_) for each in starts]
    if not all(map(len, starts)):
        return flags
    span = sum(lengths) + (len(starts) - 1) * distance
    rarest = min(starts, key=len)
    chosen: list[slice | _Places]
    if len(rarest) * len(starts) * _RARE < sum(map(len, starts)):
        chosen, near = _around(rarest, starts, span)
    else:
        chosen, near = [slice(None)] * len(starts), list(starts)
    for flag, which, found in zip(flags, chosen, _by_stretches(near, lengths, distance, span), strict=True):
        flag[which] = found
    return flags


def _around(anchors: _Places, starts: Sequence[_Places], span: int) -> tuple[list[slice | _Places], list[_Places]]:
    """Choose the places at most `span` away from an anchor; give which they are, and them, closer together."""
    begins = np.flatnonzero(np.diff(anchors, prepend=anchors[0] - 2 * span - 1) > 2 * span)
    firsts = anchors[begins] - span
    lasts = anchors[np.append(begins[1:], len(anchors)) - 1] + span
    sizes = lasts - firsts + 1
    shifts = firsts - (np.cumsum(sizes) - sizes)
    chosen: list[slice | _Places] = []
    near = []
    for each in starts:
        low, high = each.searchsorted(firsts), each.searchsorted(lasts, side="right")
        sizes = high - low
        which = spread(low, sizes)
        chosen.append(which)
        near.append(each[which] - np.repeat(shifts, sizes))
    return chosen, near


def _by_stretches(starts: Sequence[_Places], lengths: Sequence[int], distance: int, span: int) -> list[_Flags]:
    """Flag the places that take part, stretch by stretch, each with what a group may reach on either side of it."""
    flags = [np.zeros(len(each), dtype=np.bool_) for each in starts]
    end = max((int(each[-1]) + 1 for each in starts if len(each)), default=0)
    at = min((int(each[0]) for each in starts if len(each)), default=0)
    while at < end:
        first, last = at - span, at + _STRETCH + span
        bounds = [each.searchsorted((first, at, at + _STRETCH, last)).tolist() for each in starts]
        if all(low < high for low, _, _, high in bounds):
            sets = [
                _packed(each[low:high] - first, last - first)
                for each, (low, _, _, high) in zip(starts, bounds, strict=True)
            ]
            for flag, each, (_, low, high, _), found in zip(
                flags, starts, bounds, _groups(sets, lengths, distance), strict=True
            ):
                flag[low:high] = _held(found, each[low:high] - first, last - first)
        at += _STRETCH
    return flags


def _packed(places: _Places, size: int) -> int:
    bits = np.zeros(size, dtype=np.bool_)
    bits[places] = True
    return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")


def _held(found: int, places: _Places, size: int) -> _Flags:
    octets = np.frombuffer(found.to_bytes(size // 8 + 1, "little"), dtype=np.uint8)
    held: _Flags = (octets[places >> 3] >> (places & 7).astype(np.uint8) & 1).astype(np.bool_)
    return held


def _groups(places: Sequence[int], lengths: Sequence[int], distance: int) -> list[int]:
    """Give for each string which of its places take part: bits that say where it begins, in and out.

    Chains grow from both sides: a place takes part where a chain of some of the other strings may end before it and
    one of all the rest begin after it.
    """
    every = (1 << len(places)) - 1
    # Where the next string may begin after a chain of just these strings; where one may end before such a chain.
    after: dict[int, int] = {0: -1}
    before: dict[int, int] = {0: -1}
    for strings in range(1, every):
        ends = begins = 0
        for at, (each, length) in enumerate(zip(places, lengths, strict=True)):
            if strings >> at & 1:
                rest = strings ^ 1 << at
                ends |= (after[rest] & each) << length
                begins |= (before[rest] >> length) & each
        after[strings] = _widened(ends, distance)
        before[strings] = _widened(begins, distance) >> distance
    taken = []
    for at, (each, length) in enumerate(zip(places, lengths, strict=True)):
        rest = every ^ 1 << at
        found = 0
        strings = rest
        while True:
            found |= after[strings] & (before[rest ^ strings] >> length)
            if not strings:
                break
            strings = strings - 1 & rest
        taken.append(found & each)
    return taken


def _widened(bits: int, distance: int) -> int:
    """Set each bit's next `distance` higher ones too."""
    width = 1
    while width <= distance:
        step = min(width, distance + 1 - width)
        bits |= bits << step
        width += step
    return bits
