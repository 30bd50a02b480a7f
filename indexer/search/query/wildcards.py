"""Reads the wildcards `?` and `*` in a quoted string, and finds strings with gaps between them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ANY = 10
"""Most characters that one `*` may stand for."""
Gap = tuple[int, int]
"""The least and greatest number of characters between one string and the next."""
_Places = NDArray[np.int64]


def has_wildcards(text: str) -> bool:
    """Return whether a quoted string has a `?` or `*` without a backslash before it."""
    return any(wild for _, wild in _characters(text))


def split(text: str) -> tuple[tuple[str, ...], tuple[Gap, ...], bool]:
    """Split a quoted string at its wildcards into strings, the gaps between them, and whether one stood at either end.

    >>> split("共有?支")
    (('共有', '支'), ((0, 1),), False)
    """
    strings, gaps = [""], [(0, 0)]
    for char, wild in _characters(text):
        if not wild:
            strings[-1] += char
            continue
        if strings[-1]:
            strings.append("")
            gaps.append((0, 0))
        least, most = gaps[-1]
        # `?` may also stand for nothing: print or scan may have dropped the unknown character, as in 共有支代表队.
        gaps[-1] = least, most + (1 if char == "?" else ANY)
    at_end = not strings[-1]
    if at_end:
        strings.pop()
        gaps.pop()
    return tuple(strings), tuple(gaps[1:]), at_end or gaps[:1] != [(0, 0)]


def plain(text: str) -> str:
    """Return a quoted string without the backslashes that escape wildcards."""
    return "".join(char for char, _ in _characters(text))


def escaped(text: str) -> str:
    """Return a string with its wildcards escaped, so that inside quotes it stands for itself."""
    return "".join(f"\\{char}" if char in "?*\\" else char for char in text)


def places_with_gaps(starts: Sequence[_Places], lengths: Sequence[int], gaps: Sequence[Gap]) -> tuple[_Places, _Places]:
    """Return where the strings stand in this order with such gaps: begins and ends, left to right, without overlaps.

    `starts` holds each string's positions, ascending, overlapping ones included.  Where several ends are possible the
    shortest gaps win, the first gap's first: this is what a regular expression with lazy gaps finds.
    """
    begins = starts[-1]
    ends = begins + lengths[-1]
    for places, length, (least, most) in zip(starts[-2::-1], lengths[-2::-1], gaps[::-1], strict=True):
        following = begins.searchsorted(places + length + least)
        held = following < len(begins)
        held[held] = begins[following[held]] <= places[held] + length + most
        begins, ends = places[held], ends[following[held]]
    return _without_overlaps(begins, ends)


def _without_overlaps(begins: _Places, ends: _Places) -> tuple[_Places, _Places]:
    if (begins[1:] >= ends[:-1]).all():
        return begins, ends
    kept = []
    end = -1
    for at, (first, last) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True)):
        if first >= end:
            kept.append(at)
            end = last
    return begins[kept], ends[kept]


def _characters(text: str) -> list[tuple[str, bool]]:
    """Return each character with whether it is a wildcard; backslashes that escape one are dropped."""
    found = []
    at = 0
    while at < len(text):
        if text[at] == "\\" and text[at + 1 : at + 2] in ("?", "*", "\\"):
            at += 1
            found.append((text[at], False))
        else:
            found.append((text[at], text[at] in "?*"))
        at += 1
    return found
