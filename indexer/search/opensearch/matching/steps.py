"""Turns a plan's steps into a query that matches the same entries."""

from collections.abc import Callable

from indexer.search.opensearch.connection import Query
from indexer.search.opensearch.matching.strings import EVERYTHING, NOTHING, all_of, any_of, standing
from indexer.search.query.plan import AllOf, AnyOf, Leaf, NoneOf, Step
from indexer.search.query.tree import YearRange

_FAR = 1 << 31
"""Years are kept in 32 bits."""


def matching(step: Step | None, together: Callable[[Leaf], Query]) -> Query:
    """Return a query for the entries that match a step; None matches all.

    `together` returns the query of a leaf whose strings must stand together.
    """
    match step:
        case None:
            return EVERYTHING
        case AllOf(parts):
            return all_of([matching(part, together) for part in parts])
        case AnyOf(parts):
            return any_of([matching(part, together) for part in parts])
        case NoneOf(part):
            return {"bool": {"must_not": [matching(part, together)]}}
        case YearRange(first, last):
            if first >= _FAR or last < first:
                return NOTHING
            return {"range": {"year": {"gte": max(first, -_FAR), "lte": min(last, _FAR - 1)}}}
        case Leaf():
            if step.together is not None:
                return together(step)
            return all_of([standing(step.scope, term) for term in step.terms])


def grouped_leaves(step: Step | None) -> list[Leaf]:
    """Return the leaves of a step whose strings must stand together, those below a NOT among them."""
    match step:
        case AllOf(parts) | AnyOf(parts):
            return list(dict.fromkeys(leaf for part in parts for leaf in grouped_leaves(part)))
        case NoneOf(part):
            return grouped_leaves(part)
        case Leaf() if step.together is not None:
            return [step]
        case _:
            return []
