"""Finds groups of strings that stand near one another, from the places of each; knows no query."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.marks import holds_all
from indexer.search.whoosh.grams import Grams
from indexer.search.whoosh.places import Places


def near_places(
    grams: Grams, found: Sequence[Places], strings: Sequence[str], distance: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give beginnings and ends of the places that take part in a group, sorted, the same range once.

    The rule is that of `indexer.search.marks.near_occurrences`, here for all texts of the archive at once.
    """
    if not all(len(places) for places in found):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    start = np.concatenate([places.astype(np.int64) for places in found])
    length = np.repeat([len(string) for string in strings], [len(places) for places in found])
    which = np.repeat(np.arange(len(strings)), [len(places) for places in found])
    order = np.lexsort((which, start + length, start))
    start, end, which = start[order], (start + length)[order], which[order]
    reach = np.maximum.accumulate(end)
    string_of = grams.strings_of(start)
    breaks = np.ones(len(start), dtype=np.bool_)
    breaks[1:] = (start[1:] - reach[:-1] > distance) | (string_of[1:] != string_of[:-1])
    chain = np.cumsum(breaks) - 1
    # A chain holds a group when each string has a place of its own in it, no two overlapping.
    present = np.zeros((chain[-1] + 1, len(strings)), dtype=np.bool_)
    present[chain, which] = True
    good = np.asarray(present.all(axis=1))
    overlapping = np.zeros(len(start), dtype=np.bool_)
    overlapping[1:] = (start[1:] < reach[:-1]) & ~breaks[1:]
    doubtful = np.unique(chain[overlapping])
    firsts = np.flatnonzero(breaks)
    lasts = np.append(firsts[1:], len(start))
    for number in doubtful[good[doubtful]].tolist():
        part = slice(firsts[number], lasts[number])
        places = list(zip(start[part].tolist(), end[part].tolist(), which[part].tolist(), strict=True))
        good[number] = holds_all(places, len(strings))
    taken = good[chain]
    start, end = start[taken], end[taken]
    again = np.zeros(len(start), dtype=np.bool_)
    again[1:] = (start[1:] == start[:-1]) & (end[1:] == end[:-1])
    return start[~again], end[~again]
