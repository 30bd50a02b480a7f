"""Decides exactly which occurrences of several strings stand near one another.

It works on positions alone.  Positions are bits of Python's integers, one per character: one shift moves all positions
of a stretch at once, so the work grows with the length of the stretch and hardly with the number of positions.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.sortedarrays import spread

MAX_STRINGS = 5
"""Most strings that one NEAR may connect: the work doubles with each."""
_STRETCH = 1 << 18
"""Characters processed at once, so that the sets of positions fit in the processor's cache."""
_RARE = 8
"""How many times rarer the rarest string must be for looking only around its positions to pay off."""
_Places = NDArray[np.int64]
_Flags = NDArray[np.bool_]


def taking_part(starts: Sequence[_Places], lengths: Sequence[int], distance: int) -> list[_Flags]:
    """Return for each string a flag per position: whether it belongs to a group of all strings.

    A group has one position of each string, in any order; from the end of one string to the beginning of the next there
    are 0 to `distance` characters.  `starts` holds each string's positions in characters, ascending, overlapping ones
    included; `lengths` the strings' lengths.
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
    """Choose the positions at most `span` from an anchor; return which they are, and the same moved closer together."""
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
    """Flag the positions that belong to a group, stretch by stretch, each with the margin a group may reach over."""
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
    """Return for each string which of its positions belong to a group; both input and result are bits of integers.

    Chains grow from both sides: a position belongs to a group if a chain of some of the other strings can end before it
    and a chain of all the rest can begin after it.
    """
    every = (1 << len(places)) - 1
    # By set of strings: where the next string may begin after a chain of them, and where one may end before it.
    after: dict[int, int] = {0: -1}
    before: dict[int, int] = {0: -1}
    for strings in range(1, every):
        ends = 0
        for at, (each, length) in enumerate(zip(places, lengths, strict=True)):
            if strings >> at & 1:
                ends |= (after[strings ^ 1 << at] & each) << length
        after[strings] = _widened(ends, distance)

    def ahead(strings: int) -> int:
        if strings not in before:
            begins = 0
            for at, (each, length) in enumerate(zip(places, lengths, strict=True)):
                if strings >> at & 1:
                    begins |= (ahead(strings ^ 1 << at) >> length) & each
            before[strings] = _widened(begins, distance) >> distance
        return before[strings]

    taken = []
    for at, (each, length) in enumerate(zip(places, lengths, strict=True)):
        rest = every ^ 1 << at
        found = 0
        strings = rest
        while True:
            found |= after[strings] & (ahead(rest ^ strings) >> length)
            # Of common strings all places are soon taken, and most sets need not be looked at.
            if not strings or found & each == each:
                break
            strings = strings - 1 & rest
        taken.append(found & each)
    return taken


def _widened(bits: int, distance: int) -> int:
    """Set, for each bit that is set, the next `distance` higher bits too."""
    width = 1
    while width <= distance:
        step = min(width, distance + 1 - width)
        bits |= bits << step
        width += step
    return bits
