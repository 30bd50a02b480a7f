"""Decides which entries a query matches; knows no ranking."""

import sys
from functools import partial

import numpy as np
from numpy.typing import NDArray

from indexer.search.query.leaves import leaf_of
from indexer.search.query.terms import Term
from indexer.search.query.tree import All, Any, Field, Node, Not, SearchRequest, YearRange
from indexer.search.whoosh.answering.lookup import Evaluation
from indexer.search.whoosh.facets.columns import Mask
from indexer.search.whoosh.openindex import Documents


def matching(
    node: Node | None, evaluation: Evaluation, scope: str = "", within: Mask | None = None, *, alike: bool = True
) -> Mask:
    """Give the entries that match `node`, of those in `within`; None matches all.

    What a NOT leaves out is taken as it is meant, without look-alikes (`alike`).
    """
    documents = evaluation.documents
    match node:
        case All(parts):
            found = within
            for part in sorted(parts, key=partial(_cost, evaluation)):
                found = matching(part, evaluation, scope, found, alike=alike)
        case Any(parts):
            found = np.zeros(len(documents), dtype=np.bool_)
            for part in parts:
                found |= matching(part, evaluation, scope, within, alike=alike)
        case Not(part):
            found = ~matching(part, evaluation, scope, within, alike=False)
            return found if within is None else found & within
        case Field(name, inner):
            return matching(inner, evaluation, name, within, alike=alike)
        case YearRange(first, last):
            found = _limited((documents.years >= first) & (documents.years <= last), within)
        case None:
            found = within
        case _:
            leaf = leaf_of(node) if alike else leaf_of(node).as_meant
            if leaf.arrangement is not None:
                owners = evaluation.range_owners(scope, leaf.terms, leaf.arrangement)
                return _limited(evaluation.mask(owners), within)
            found = within
            for term in sorted(leaf.terms, key=partial(evaluation.holders, scope)):
                found = _holding(term, evaluation, scope, found)
    return np.ones(len(documents), dtype=np.bool_) if found is None else found


def filtered(mask: Mask, request: SearchRequest, documents: Documents, but: str = "") -> Mask:
    """Limit `mask` to what may be shown and to the request's filters, except those of the facet `but`."""
    if documents.visible is not None:
        mask = mask & documents.visible
    for each in request.filters:
        if each.field != but:
            mask = mask & documents.having(each.field, each.values)
    return mask


def _holding(term: Term, evaluation: Evaluation, scope: str, within: Mask | None) -> Mask:
    found = evaluation.known(scope, term)
    if within is None:
        return evaluation.mask_of(found or evaluation.occurrences(scope, term))
    if found:
        return evaluation.mask_of(found) & within
    numbers: NDArray[np.int64] = within.nonzero()[0]
    return evaluation.mask(numbers[evaluation.holding(scope, term, numbers)])


def _cost(evaluation: Evaluation, node: Node) -> int:
    """Guess how many entries a part leaves: the fewest first."""
    match node:
        case Field(_, inner):
            return _cost(evaluation, inner)
        case All(parts):
            return min(map(partial(_cost, evaluation), parts), default=0)
        case Any(parts):
            return sum(map(partial(_cost, evaluation), parts))
        case YearRange():
            return 0
        case Not():
            return sys.maxsize
        case _:
            return min(map(evaluation.candidates, leaf_of(node).terms), default=0)


def _limited(mask: Mask, within: Mask | None) -> Mask:
    return mask if within is None else mask & within
