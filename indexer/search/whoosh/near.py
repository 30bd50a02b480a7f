"""Finds groups of strings that stand near one another, from the places of each; knows no query."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.marks import holds_all
from indexer.search.whoosh.grams import Grams
from indexer.search.whoosh.places import Places

_STRING = 16
"""Bits of a string's number beside a place."""


def near_places(
    grams: Grams, found: Sequence[Places], strings: Sequence[str], distance: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give beginnings and ends of the places that take part in a group, sorted, the same range once.

    The rule is that of `indexer.search.marks.near_occurrences`, here for all texts of the archive at once.
    """
    if not all(len(places) for places in found):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    different = list(dict.fromkeys(strings))
    wanted = np.array([strings.count(string) for string in different])
    start, end, which = _in_order([found[strings.index(string)] for string in different], different)
    reach = np.maximum.accumulate(end)
    string_of = grams.strings_of(start)
    breaks = np.ones(len(start), dtype=np.bool_)
    breaks[1:] = (start[1:] - reach[:-1] > distance) | (string_of[1:] != string_of[:-1])
    chain = np.cumsum(breaks) - 1
    # A chain holds a group when each string has a place of its own in it, no two overlapping.
    size = len(different)
    present = np.bincount(chain * size + which, minlength=(int(chain[-1]) + 1) * size).reshape(-1, size)
    good = np.asarray((present >= wanted).all(axis=1))
    overlapping = np.zeros(len(start), dtype=np.bool_)
    overlapping[1:] = (start[1:] < reach[:-1]) & ~breaks[1:]
    doubtful = np.unique(chain[overlapping])
    firsts = np.flatnonzero(breaks)
    lasts = np.append(firsts[1:], len(start))
    same = [[at for at, string in enumerate(strings) if string == each] for each in different]
    for number in doubtful[good[doubtful]].tolist():
        part = slice(firsts[number], lasts[number])
        rows = zip(start[part].tolist(), end[part].tolist(), which[part].tolist(), strict=True)
        places = [(low, high, at) for low, high, of in rows for at in same[of]]
        good[number] = holds_all(places, len(strings))
    taken = good[chain]
    start, end = start[taken], end[taken]
    again = np.zeros(len(start), dtype=np.bool_)
    again[1:] = (start[1:] == start[:-1]) & (end[1:] == end[:-1])
    return start[~again], end[~again]


def _in_order(
    found: Sequence[Places], strings: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Give beginning, end and string of all places, ordered by beginning, then end."""
    lengths = np.array([len(string) for string in strings], dtype=np.int64)
    # Strings numbered by length: then place and string in one number sort as place, end and string would.
    ranked = np.argsort(lengths, kind="stable")
    packed = np.concatenate([found[at].astype(np.int64) << _STRING | rank for rank, at in enumerate(ranked.tolist())])
    packed.sort()
    start = packed >> _STRING
    which = ranked[packed & (1 << _STRING) - 1]
    return start, start + lengths[which], which
