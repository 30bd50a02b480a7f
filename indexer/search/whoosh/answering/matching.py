"""Decides which entries match a query and pass its filters."""

import sys
from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.search.cache import CacheOf
from indexer.search.query.plan import AllOf, AnyOf, Leaf, NoneOf, Step, resolve
from indexer.search.query.terms import Term
from indexer.search.query.tree import Node, SearchRequest, YearRange
from indexer.search.sortedarrays import distinct, held
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.facets.columns import Mask
from indexer.search.whoosh.openindex import OpenIndex
from indexer.search.whoosh.strings.entries import Documents


class Matched(Struct, frozen=True, gc=False):
    """The documents that match a query: as numbers if there are few, else as a bit for each of all."""

    packed: NDArray[np.uint8] | NDArray[np.int32]
    is_bits: bool


_MATCHED = CacheOf[Matched](8 << 20)
"""The documents that match a query: what comes near, another filter and a facet's other values ask for them again."""
_FEW = 500
"""Documents in which all strings are looked for before those that lack one are left out."""
_Wanted = tuple[str, Term]
"""A scope, and a term that must stand in it."""


def matched(query: Node | None, lookup: Lookup) -> Documents:
    """Return the entries that match a query, whether or not they may be shown."""
    kept, size = lookup.index.caches.of(_MATCHED), len(lookup.index)
    found = kept.get(query)
    if found is not None:
        if found.is_bits:
            return np.unpackbits(found.packed.astype(np.uint8, copy=False), count=size).nonzero()[0]
        return found.packed.astype(np.int64)
    numbers = matching(resolve(query).root, lookup)
    is_bits = len(numbers) * numbers.itemsize * 4 > size  # in bits it is then smaller than in numbers of 32 bits
    packed = np.packbits(lookup.mask(numbers)) if is_bits else numbers.astype(np.int32)
    kept.put(query, Matched(packed, is_bits), packed.nbytes)
    return numbers


def matching(step: Step | None, lookup: Lookup, within: Documents | None = None) -> Documents:
    """Return the documents that match a plan's step, ascending, of those in `within`; None matches all.

    What is rare goes first, and all else is looked up only for what is left.
    """
    if step is None or isinstance(step, AllOf | Leaf):
        found = _all_of(step, lookup, within)
        return np.arange(len(lookup.index)) if found is None else found
    match step:
        case AnyOf(parts):
            found_by_part = [matching(part, lookup, within) for part in parts]
            return distinct(np.concatenate([np.zeros(0, np.int64), *found_by_part]))
        case NoneOf(part):
            among = np.arange(len(lookup.index)) if within is None else within
            return among[~held(among, matching(part, lookup, within))]
        case YearRange(first, last):
            years = lookup.index.years if within is None else lookup.index.years[within]
            fits = ((years >= first) & (years <= last)).nonzero()[0]
            return fits if within is None else within[fits]


def _all_of(step: AllOf | Leaf | None, lookup: Lookup, within: Documents | None) -> Documents | None:
    """Match everything that must hold; None if nothing must, so that all documents match."""
    wanted, others = _conditions(step)
    found = within
    inexact = []
    left: Mask | None = None
    for scope, term in sorted(wanted, key=lambda each: lookup.most(each[1])):
        before, found = found, lookup.narrowed(scope, term, found)
        if not lookup.sought(term).is_listed or found is before:
            inexact.append((scope, term))
    # Last, what can be told by reading alone: by now few are left to read.
    for scope, term in inexact:
        assert found is not None
        held_by = lookup.holding(scope, term, found)
        # A few more stay until all strings were looked for: the texts are then read once.
        if len(found) > _FEW and left is None:
            found = found[held_by]
        else:
            left = held_by if left is None else left & held_by
    if left is not None and found is not None:
        found = found[left]
    for part in sorted(others, key=partial(_cost, lookup)):
        if isinstance(part, Leaf):
            owners = distinct(lookup.ranges(part).documents).astype(np.int64)
            found = owners if found is None else found[held(found, owners)]
        else:
            found = matching(part, lookup, found)
    return found


def _conditions(step: Step | None) -> tuple[Sequence[_Wanted], Sequence[Step]]:
    """Return the single strings that must all stand in an entry, and what else must hold."""
    steps = list(_parts(step))
    wanted = [
        (part.scope, term) for part in steps if isinstance(part, Leaf) and not part.together for term in part.terms
    ]
    return list(dict.fromkeys(wanted)), [part for part in steps if not isinstance(part, Leaf) or part.together]


def _parts(step: Step | None) -> Iterator[Step]:
    match step:
        case AllOf(parts):
            for part in parts:
                yield from _parts(part)
        case None:
            return
        case _:
            yield step


def filtered(
    numbers: Documents, request: SearchRequest, index: OpenIndex, but: str = "", despite: str = ""
) -> Documents:
    """Limit `numbers` to the entries that may be shown and pass the request's filters.

    The selection in the facet `but` is left out, and there the exclusion of the value `despite`.
    """
    if index.visible is not None:
        numbers = numbers[index.visible[numbers]]
    for each in request.filters:
        if each.exclude:
            values = tuple(value for value in each.values if each.field != but or value != despite)
            numbers = numbers[~index.having(each.field, values, numbers)]
        elif each.field != but:
            numbers = numbers[index.having(each.field, each.values, numbers)]
    return numbers


def _cost(lookup: Lookup, step: Step) -> int:
    """Estimate what a part takes, so that the most selective part is matched first."""
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
            return min(map(lookup.most, step.terms), default=0)
