"""Finds and orders all occurrences of a query by the exact index, and reads the entries of those that are shown."""

import numpy as np
from numpy.typing import NDArray

from indexer.search.query.plan import Leaf
from indexer.search.shown.concordance import COMPARED, ENTRY, Occurrence, occurrences_in
from indexer.search.sortedarrays import group_sizes, group_starts
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.answering.occurrences import Standing
from indexer.search.whoosh.openindex import OpenIndex
from indexer.search.whoosh.showing.pagemarks import PageMarks
from indexer.search.whoosh.strings.index import StringIndex


class Concordance:
    """The occurrences of one query in the entries found, in one order; nothing of an entry is read before it is asked for."""

    def __init__(
        self, index: OpenIndex, leaves: tuple[Leaf, ...], standing: Standing, numbers: NDArray[np.int64], order: str
    ) -> None:
        """Order the occurrences; `numbers` holds the entries found in the request's order."""
        self._index = index
        self._leaves = leaves
        owners = standing.documents
        begins = group_starts(owners)
        # An entry's occurrences are counted from 0.
        within = np.arange(len(owners)) - np.repeat(begins, group_sizes(begins, len(owners)))
        if order == ENTRY:
            rank = np.zeros(len(index), dtype=np.int64)
            rank[numbers] = np.arange(len(numbers))
            chosen = rank[owners].argsort(kind="stable")
        else:
            chosen = _by_context(index.strings, standing, order)
        self._owners, self._within = owners[chosen], within[chosen]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._owners)

    def lines(self, first: int, last: int) -> list[Occurrence]:
        """Return the lines from number `first` to the one before `last`."""
        owners, within = self._owners[first:last].tolist(), self._within[first:last].tolist()
        documents = list(dict.fromkeys(owners))
        marks = PageMarks(Lookup(self._index), self._leaves, documents)
        found: dict[int, list[Occurrence]] = {}
        for at, number in enumerate(documents):
            entry = self._index.shown(number)
            found[number] = list(occurrences_in(entry, marks.of(at, entry)))
        return [found[number][at] for number, at in zip(owners, within, strict=True)]


def _by_context(strings: StringIndex, standing: Standing, side: str) -> NDArray[np.intp]:
    """Return the order of occurrences by what stands on one side; those that have the same there keep theirs."""
    edges = standing.starts if side == "left" else standing.ends
    begins, ends = strings.string_bounds(edges)
    order = np.arange(len(edges))
    # From the farthest character to the nearest, each time keeping the order before: a radix sort.
    for distance in reversed(range(COMPARED)):
        at = edges - 1 - distance if side == "left" else edges + distance
        inside = at >= begins if side == "left" else at < ends
        codes = np.zeros(len(edges), dtype=np.uint16)
        codes[inside] = strings.codes_at(at[inside])
        order = order[codes[order].argsort(kind="stable")]
    return order
