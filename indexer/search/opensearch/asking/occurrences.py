"""Counts how often a query's strings stand in the entries found: by the cluster where nothing can overlap, else by reading."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from indexer.search.opensearch.connection import Answer, Body, Query
from indexer.search.opensearch.matching.strings import standing
from indexer.search.opensearch.questions import BY_RANK, Questions
from indexer.search.query.overlapping import groups, shared
from indexer.search.query.plan import Leaf
from indexer.search.query.terms import Term
from indexer.search.shown.marks import occurrences_of

Scoped = tuple[str, Term]
"""A string, with the scope in which it is looked for."""
READ = 1_000
"""Entries that are read to count what the cluster cannot; of more, a page does not say how often."""
COUNTING: dict[str, Any] = {"places": {"sum": {"script": {"source": "Math.round(_score.doubleValue())"}}}}
"""Adds up scores of which each is a number of places."""


class Places(NamedTuple):
    """What the cluster counts to know how often some strings stand somewhere."""

    each: list[Scoped]
    """The strings, each with its scope."""
    twice: list[Scoped]
    """Those in which two of them overlap, which are counted with both of these."""


def counted_places(leaves: tuple[Leaf, ...]) -> Places | None:
    """Return what is counted of the leaves' strings; None if some places have to be read."""
    found = Places([], [])
    for group in groups(leaves):
        overlapping = shared(group)
        if overlapping is None:
            return None
        found.each.extend((leaf.scope, leaf.terms[0]) for leaf in group)
        found.twice.extend((group[0].scope, term) for term in overlapping)
    return found


def placing(matched: Query, terms: list[Scoped]) -> Query:
    """Return a query for the entries that match another one; its score is how often the strings stand in each."""
    if not terms:
        return {"bool": {"filter": [matched], "must": [{"match_all": {"boost": 0}}]}}
    return {"bool": {"filter": [matched], "should": [standing(scope, term) for scope, term in terms]}}


def counting_bodies(matched: Query, places: Places) -> list[Body]:
    """Return the questions how often some strings stand in all entries that match."""
    asked = [terms for terms in places if terms]
    return [{"size": 0, "track_total_hits": False, "query": placing(matched, each), "aggs": COUNTING} for each in asked]


def counted(answers: Sequence[Answer]) -> int:
    """Return how often, from the answers."""
    found: list[float] = [answer["aggregations"]["places"]["value"] for answer in answers]
    return round(found[0]) - sum(map(round, found[1:]))


def occurrences_by_reading(questions: Questions, matched: Query, leaves: tuple[Leaf, ...]) -> int:
    """Return how often the leaves' strings stand in the entries that match, by reading them all."""
    read = questions.stream(matched, BY_RANK)
    return sum(occurrences_of(each.entry, leaves) for each in read)
