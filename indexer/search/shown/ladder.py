"""Finds what to ask instead of a search that finds nothing: a ladder of other searches, from strict to loose.

Nothing is taken in silence: each rung says what it changes, and how many entries it finds.
"""

from dataclasses import replace
from itertools import chain

from indexer.search.query.tree import SearchRequest
from indexer.search.query.written import written
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

    Where the nearest one is not given, the engine is asked for it.

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
    rungs: dict[str | None, Rung] = {}
    for rung in chain.from_iterable(ways):
        # What cannot be written cannot be followed; what is the same search is offered once.
        text = "" if rung.request.query is None else written(rung.request.query)
        if rung.total > total and text is not None:
            rungs.setdefault(f"{text} {rung.request.filters}", rung)
    return tuple(sorted(rungs.values(), key=lambda each: list(RungCode).index(each.code)))
