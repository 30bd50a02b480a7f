"""Decides which entries match a query and pass its filters."""

import sys
from functools import partial

import numpy as np
from numpy.typing import NDArray

from indexer.search.query.plan import AllOf, AnyOf, Leaf, NoneOf, Step
from indexer.search.query.terms import Term
from indexer.search.query.tree import SearchRequest, YearRange
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.facets.columns import Mask
from indexer.search.whoosh.openindex import OpenIndex


def matching(step: Step | None, lookup: Lookup, within: Mask | None = None) -> Mask:
    """Return the mask of entries that match a plan's step, limited to those in `within`; None matches all."""
    index = lookup.index
    match step:
        case AllOf(parts):
            found = within
            for part in sorted(parts, key=partial(_cost, lookup)):
                found = matching(part, lookup, found)
        case AnyOf(parts):
            found = np.zeros(len(index), dtype=np.bool_)
            for part in parts:
                found |= matching(part, lookup, within)
        case NoneOf(part):
            found = ~matching(part, lookup, within)
            return found if within is None else found & within
        case YearRange(first, last):
            found = _limited((index.years >= first) & (index.years <= last), within)
        case Leaf(scope, terms, _, together):
            if together is not None:
                return _limited(lookup.mask(lookup.range_owners(step)), within)
            found = within
            for term in sorted(terms, key=partial(lookup.holders, scope)):
                found = _holding(term, lookup, scope, found)
        case None:
            found = within
    return np.ones(len(index), dtype=np.bool_) if found is None else found


def filtered(mask: Mask, request: SearchRequest, index: OpenIndex, but: str = "", despite: str = "") -> Mask:
    """Limit `mask` to the entries that may be shown and pass the request's filters.

    The selection in the facet `but` is left out, and there the exclusion of the value `despite`.
    """
    if index.visible is not None:
        mask = mask & index.visible
    for each in request.filters:
        if each.exclude:
            values = tuple(value for value in each.values if each.field != but or value != despite)
            mask = mask & ~index.having(each.field, values)
        elif each.field != but:
            mask = mask & index.having(each.field, each.values)
    return mask


def _holding(term: Term, lookup: Lookup, scope: str, within: Mask | None) -> Mask:
    found = lookup.known(scope, term)
    if within is None:
        return lookup.mask_of(found or lookup.occurrences(scope, term))
    if found:
        return lookup.mask_of(found) & within
    numbers: NDArray[np.int64] = within.nonzero()[0]
    return lookup.mask(numbers[lookup.holding(scope, term, numbers)])


def _cost(lookup: Lookup, step: Step) -> int:
    """Estimate how many entries a part leaves, so that the most selective part is matched first."""
    match step:
        case AllOf(parts):
            return min(map(partial(_cost, lookup), parts), default=0)
        case AnyOf(parts):
            return sum(map(partial(_cost, lookup), parts))
        case YearRange():
            return 0
        case NoneOf():
            return sys.maxsize
        case Leaf():
            return min((lookup.sought(term).candidates for term in step.terms), default=0)


def _limited(mask: Mask, within: Mask | None) -> Mask:
    return mask if within is None else mask & within
