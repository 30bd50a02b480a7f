"""Weighs what of a query entries have that do not match it, for when none or few do."""

import numpy as np
from numpy.typing import NDArray

from indexer.search.cache import CacheOf
from indexer.search.fields import ALL_TEXT
from indexer.search.query.plan import Plan, Relaxed, relax, resolve
from indexer.search.query.tree import SearchRequest
from indexer.search.ranking.contributions import Contribution, Points, score_parts
from indexer.search.ranking.nearness import LOOKED_AT, SHARE_OF_POINTS, SHARE_OF_WORDS, least
from indexer.search.ranking.weighing import POINT, factor
from indexer.search.shown.results import Evidence
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.answering.matching import filtered, matched, matching
from indexer.search.whoosh.answering.ranking import all_points, best, contributions, evident, together
from indexer.search.whoosh.answering.secondlook import second_look
from indexer.search.whoosh.answering.weights import holders
from indexer.search.whoosh.facets.columns import Mask
from indexer.search.whoosh.files.npy import require
from indexer.search.whoosh.strings.index import PAIR

_EVIDENCE = CacheOf[tuple[Evidence, ...]](4 << 20)
"""The entries that come near a request: by query, filters, and how many are wanted."""
_ONE = 400
"""Bytes that one of them takes."""


def evidence(request: SearchRequest, limit: int, lookup: Lookup, *, near_enough: bool) -> tuple[Evidence, ...]:
    """Return entries that come near, best first, at most `limit`; see `indexer.search.engine.Searcher`."""
    index = lookup.index
    kept, key = (
        index.caches.of(_EVIDENCE),
        (request.query, request.filters, request.explain, limit, near_enough, index.view),
    )
    found = kept.get(key)
    if found is None:
        relaxed = relax(request.query)
        found = () if relaxed is None else _evidence(request, relaxed, limit, lookup, near_enough=near_enough)
        kept.put(key, found, _ONE * len(found))
    return found


def _evidence(
    request: SearchRequest, relaxed: Relaxed, limit: int, lookup: Lookup, *, near_enough: bool
) -> tuple[Evidence, ...]:
    index, plan = lookup.index, resolve(request.query)
    among = np.ones(len(index), dtype=np.bool_)
    among[matched(request.query, lookup)] = False
    if request.filters or index.visible is not None:
        among = lookup.mask(filtered(among.nonzero()[0], request, index))
    ranking = (NearEnough if near_enough else Near)(plan, relaxed, lookup, among)
    order = best(ranking.points, 0, limit)
    chosen = ranking.numbers[order]
    parts = score_parts(ranking.parts(order)) if request.explain else []
    points = (ranking.points[order] / POINT).tolist()
    had = _words_had(relaxed, chosen, lookup)
    names = index.ids.names(chosen)
    # By these names `near_hits` is asked: that it finds them is the generation's affair, not the caller's.
    require(np.array_equal(index.ids.numbers(names), chosen), "ids")
    return tuple(map(Evidence, names, points, had, parts or ((),) * len(had)))


class Near:
    """The entries that have some of a query, weighed by its words and bigrams."""

    seams = False
    """Whether bigrams across the seams of words count: looking them up takes a while."""

    def __init__(self, plan: Plan, relaxed: Relaxed, lookup: Lookup, among: Mask) -> None:
        """Weigh the entries in `among`."""
        self._leaves = plan.leaves
        self._lookup = lookup
        self._relaxed = relaxed
        self._meets = _meets(relaxed, lookup)
        self._weighed = all_points(plan.leaves, lookup, seams=self.seams)
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
        return contributions(self._leaves, self.numbers[chosen], self._lookup, seams=self.seams) + more


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
        grams = [each.text for each in evident(plan.leaves, lookup, seams=True) if len(each.text) == PAIR]
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


def _words_had(relaxed: Relaxed, numbers: NDArray[np.int64], lookup: Lookup) -> list[tuple[str, ...]]:
    """Return for each of the documents `numbers` which of the query's words it has."""
    held = [(word.text, lookup.holding(ALL_TEXT, word, numbers).tolist()) for word in relaxed.words]
    return [tuple(word for word, has in held if has[at]) for at in range(len(numbers))]


def _weights(relaxed: Relaxed, lookup: Lookup) -> Points:
    """Return for every entry how much those of the query's words weigh together that it contains."""
    index = lookup.index
    found = np.zeros(len(index), dtype=np.int64)
    for word in relaxed.weighed:
        held = holders(word, lookup)
        if len(held):
            found[held] += factor(len(held), len(index))
    return found


def _meets(relaxed: Relaxed, lookup: Lookup) -> Mask | None:
    """Return the mask of entries that meet the other conditions and may be shown; None if all do."""
    visible = lookup.index.visible
    if relaxed.condition is None:
        return visible
    meets = lookup.mask(matching(relaxed.condition, lookup))
    return meets if visible is None else meets & visible
