"""Weighs what of a query entries have that do not match it, for when none or few do."""

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT
from indexer.search.query.plan import Plan, Relaxed
from indexer.search.ranking.contributions import Contribution, Points
from indexer.search.ranking.nearness import LOOKED_AT, SHARE_OF_POINTS, SHARE_OF_WORDS, least
from indexer.search.ranking.weighing import factor
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.answering.matching import matching
from indexer.search.whoosh.answering.ranking import all_points, best, contributions, evident, together
from indexer.search.whoosh.answering.secondlook import second_look
from indexer.search.whoosh.facets.columns import Mask


class Near:
    """The entries that have some of a query, weighed by its words and bigrams."""

    seams = False
    """Whether bigrams across the seams of words count: looking them up takes a while."""

    def __init__(self, plan: Plan, relaxed: Relaxed, lookup: Lookup, among: Mask) -> None:
        """Weigh the entries in `among`."""
        self._evident = evident(plan.leaves, lookup, seams=self.seams)
        self._lookup = lookup
        self._relaxed = relaxed
        self._meets = _meets(relaxed, lookup)
        self._weighed = all_points(self._evident, lookup)
        if self._meets is not None:
            self._weighed[~self._meets] = 0
        self.numbers: NDArray[np.int64] = (self._chosen() & among).nonzero()[0]
        self.points: Points = self._weighed[self.numbers]
        self._more: list[Contribution] = []

    def _chosen(self) -> Mask:
        some: Mask = self._weighed > 0
        return some

    def parts(self, chosen: NDArray[np.int64]) -> list[Contribution]:
        """Return what makes up the points of some entries, given by their indexes in `numbers`."""
        more = [each._replace(points=each.points[chosen]) for each in self._more]
        return contributions(self._evident, self.numbers[chosen]) + more


class NearEnough(Near):
    """Those that have much of a query which no entry matches, the first of them looked at closely."""

    seams = True

    def __init__(self, plan: Plan, relaxed: Relaxed, lookup: Lookup, among: Mask) -> None:
        """Weigh the entries in `among`."""
        super().__init__(plan, relaxed, lookup, among)
        lifts = together(plan.leaves, self.numbers, lookup, self.points)
        first = sum((each.points for each in lifts), self.points)
        top = best(first, 0, LOOKED_AT)
        self.numbers = self.numbers[top]
        grams = [each.text for each in self._evident if len(each.text) == 2]
        looked = second_look(self.numbers, relaxed, grams, lookup) if len(top) else []
        self._more = [*(each._replace(points=each.points[top]) for each in lifts), *looked]
        self.points = sum((each.points for each in looked), first[top])

    def _chosen(self) -> Mask:
        held = _weights(self._relaxed, self._lookup)
        if self._meets is not None:
            held[~self._meets] = 0
        enough: Mask = self._weighed >= least(SHARE_OF_POINTS, self._weighed.max(initial=0))
        enough |= held >= least(SHARE_OF_WORDS, held.max(initial=0))
        if self._meets is not None and self._relaxed.has_strings:
            enough |= self._meets
        return enough


def words_had(relaxed: Relaxed, numbers: NDArray[np.int64], lookup: Lookup) -> list[tuple[str, ...]]:
    """Return for each of the documents `numbers` which of the query's words it has."""
    held = [(word.text, lookup.holding(ALL_TEXT, word, numbers).tolist()) for word in relaxed.words]
    return [tuple(word for word, has in held if has[at]) for at in range(len(numbers))]


def _weights(relaxed: Relaxed, lookup: Lookup) -> Points:
    """Return for every entry how much those of the query's words weigh together that it contains."""
    index = lookup.index
    found = np.zeros(len(index), dtype=np.int64)
    for word in relaxed.weighed:
        held = lookup.occurrences(ALL_TEXT, word)
        if len(held.documents):
            found[held.documents] += factor(len(held.documents), len(index))
    return found


def _meets(relaxed: Relaxed, lookup: Lookup) -> Mask | None:
    """Return the mask of entries that meet the other conditions and may be shown; None if all do."""
    visible = lookup.index.visible
    if relaxed.condition is None:
        return visible
    meets = matching(relaxed.condition, lookup)
    return meets if visible is None else meets & visible
