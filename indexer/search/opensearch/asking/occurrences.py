"""Counts how often a query's strings stand in the entries found: by the cluster where nothing can overlap, else by reading."""

from typing import Any

from indexer.search.opensearch.connection import Answer, Body, Query
from indexer.search.opensearch.matching.strings import standing
from indexer.search.opensearch.questions import Questions
from indexer.search.query.overlapping import groups
from indexer.search.query.plan import Leaf
from indexer.search.query.terms import Term, can_overlap
from indexer.search.shown.marks import occurrences_of

READ = 1_000
"""Entries that are read to count what the cluster cannot; of more, a page does not say how often."""
COUNTING: dict[str, Any] = {"places": {"sum": {"script": {"source": "Math.round(_score.doubleValue())"}}}}
"""Adds up scores of which each is a number of places."""


def counted_terms(leaves: tuple[Leaf, ...]) -> list[tuple[str, Term]] | None:
    """Return the strings whose places the cluster counts, each with its scope; None if some places have to be read."""
    found = []
    for sources in groups(leaves):
        (first, *others) = sources
        if others or first.together is not None or can_overlap(first.terms[0]):
            return None
        found.append((first.scope, first.terms[0]))
    return found


def placing(matched: Query, terms: list[tuple[str, Term]]) -> Query:
    """Return a query for the entries that match another one; its score is how often the strings stand in each."""
    if not terms:
        return {"bool": {"filter": [matched], "must": [{"match_all": {"boost": 0}}]}}
    return {"bool": {"filter": [matched], "should": [standing(scope, term) for scope, term in terms]}}


def counting_body(matched: Query, terms: list[tuple[str, Term]]) -> Body:
    """Return the question how often some strings stand in all entries that match."""
    return {"size": 0, "track_total_hits": False, "query": placing(matched, terms), "aggs": COUNTING}


def counted(answer: Answer) -> int:
    """Return how often, from the answer."""
    found: float = answer["aggregations"]["places"]["value"]
    return round(found)


def occurrences_by_reading(questions: Questions, matched: Query, leaves: tuple[Leaf, ...]) -> int:
    """Return how often the leaves' strings stand in the entries that match, by reading them all."""
    read = questions.stream(matched, [{"rank": "asc"}])
    return sum(occurrences_of(each.entry, leaves) for each in read)
