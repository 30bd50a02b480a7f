"""Answers a request but for its hits, and keeps that: the next page asks for the same again, and so do other readers."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.search.cache import CacheOf
from indexer.search.query.plan import resolve
from indexer.search.query.tree import SearchRequest
from indexer.search.ranking.contributions import Points, score_parts
from indexer.search.shown.results import Facet, RunReading, ScorePart
from indexer.search.whoosh.answering.counting import Counting
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.answering.matching import filtered, matched
from indexer.search.whoosh.answering.occurrences import count
from indexer.search.whoosh.answering.ranking import Ranking, best, sort_keys
from indexer.search.whoosh.answering.remarks import readings

_WINDOWS = (200, 5000)
"""Entries of an answer, the first ones, that are kept: as many as the page asked for needs.  What lies behind all windows
is ranked again."""
_FACETS = 100
"""Bytes that one value of a facet takes."""


class Answer(Struct, frozen=True, gc=False):
    """What a request finds, whichever page of it is shown."""

    total: int
    occurrences: int
    alike: int
    """How many entries have one of the strings only in the form of a look-alike."""
    facets: tuple[Facet, ...]
    readings: tuple[RunReading, ...]
    numbers: NDArray[np.int32]
    """The first documents, in the request's order."""
    points: Points
    """Their points."""

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return self.numbers.nbytes + self.points.nbytes + _FACETS * sum(len(facet.values) for facet in self.facets)


class Page(NamedTuple):
    """An answer, and the entries of one page of it."""

    answer: Answer
    numbers: NDArray[np.int64]
    points: Points
    parts: Sequence[tuple[ScorePart, ...]]
    """What makes up the score of each, if that was asked for."""


ANSWERS = CacheOf[Answer](24 << 20)
"""What requests found, whatever the page: by query, filters and order."""


def page_of(request: SearchRequest, lookup: Lookup) -> Page:
    """Return one page of what a request finds."""
    index, leaves = lookup.index, resolve(request.query).leaves
    first, last = (request.page - 1) * request.size, request.page * request.size
    window = next((each for each in _WINDOWS if last <= each), _WINDOWS[0])
    kept, key = index.caches.of(ANSWERS), (request.query, request.filters, request.sort, window, index.view)
    answer = kept.get(key)
    if answer is not None and not request.explain and (last <= window or answer.total <= window):
        return Page(answer, answer.numbers[first:last].astype(np.int64), answer.points[first:last], ())
    among = matched(request.query, lookup)
    numbers = filtered(among, request, index)
    ranking = Ranking(leaves, numbers, lookup)
    order = best(sort_keys(request.sort, numbers, ranking.points, index), 0, max(window, last))
    if answer is None:
        top = order[:window]
        answer = Answer(
            total=len(numbers),
            occurrences=count(lookup, leaves, numbers) if len(numbers) else 0,
            alike=0 if ranking.alike is None else int(np.count_nonzero(ranking.alike)),
            facets=Counting(request, among, index).page(numbers),
            readings=readings(resolve(request.query), numbers, lookup),
            numbers=numbers[top].astype(np.int32),
            points=ranking.points[top],
        )
        kept.put(key, answer, answer.size)
    shown = order[first:last]
    parts = score_parts(ranking.parts(shown)) if request.explain else ()
    return Page(answer, numbers[shown], ranking.points[shown], parts)
