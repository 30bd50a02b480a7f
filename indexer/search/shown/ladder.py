"""Finds what to ask instead of a search that finds nothing: a ladder of other searches, from strict to loose.

Nothing is taken in silence: each rung says what it changes, and how many entries it finds.
"""

from dataclasses import replace
from itertools import chain

from indexer.search.query.tree import Filter, Node, SearchRequest
from indexer.search.shown.nearest import FEW
from indexer.search.shown.results import Hit
from indexer.search.shown.rungs import (
    Helpful,
    NearestEntry,
    Rung,
    RungCode,
    nearest_title,
    respelled,
    with_fewer_words,
    with_look_alikes,
    without_conditions,
    without_filters,
    without_quotes,
)


def ladder(engine: Helpful, request: SearchRequest, total: int, nearest: Hit | None = None) -> tuple[Rung, ...]:
    """Return other searches that find something, given how many entries this one finds, and which comes nearest.

    Where the nearest one is not given, the engine is asked for it.  Another search is offered once.

    If it finds some, but fewer than `FEW`, only without its quotes and with look-alikes, and only what finds more.
    """
    if total >= FEW:
        return ()
    asked = replace(request, page=1, explain=False)
    found = (without_quotes, with_look_alikes)
    more = () if total else (without_filters, without_conditions, respelled)
    ways = [way(engine, asked) for way in (*found, *more)]
    if not total:
        near = NearestEntry(engine, asked, nearest)
        ways += [with_fewer_words(engine, asked, near), nearest_title(engine, asked, near)]
    rungs: dict[tuple[Node | None, tuple[Filter, ...]], Rung] = {}
    for rung in chain.from_iterable(ways):
        if rung.total > total:
            rungs.setdefault((rung.request.query, rung.request.filters), rung)
    return tuple(sorted(rungs.values(), key=lambda each: list(RungCode).index(each.code)))
