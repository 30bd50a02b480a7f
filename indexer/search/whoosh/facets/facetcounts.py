"""Builds the facets shown beside results from counts of entries."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.search.shown.results import Facet, FacetValue
from indexer.search.sortedarrays import distinct
from indexer.search.whoosh.facets.columns import Column


class Listing(NamedTuple):
    """Which values of a facet are listed, beside those selected and excluded."""

    prefix: str
    """What they start with."""
    limit: int
    """How many at most."""


def make_facet(
    field: str,
    column: Column,
    counts: NDArray[np.int64],
    selected: Sequence[str],
    excluded: Mapping[str, int],
    listing: Listing,
) -> Facet:
    """Return the facet's most frequent values, and all that are selected or excluded.

    `counts` holds the entries that have each of the column's values, `excluded` those that have each excluded value.
    Years are listed in ascending order, other values by count, ties by value.
    """
    always = [column.ordinals[value] for value in (*selected, *excluded) if value in column.ordinals]
    if excluded:
        counts = counts.copy()
        for value, count in excluded.items():
            if value in column.ordinals:
                counts[column.ordinals[value]] = count
    order, more = _listed(field, column, counts, always, listing)
    names = [column.values[at] for at in order.tolist()]
    values = [
        FacetValue(name, count, name in selected, name in excluded)
        for name, count in zip(names, counts[order].tolist(), strict=True)
    ]
    if unknown := [value for value in dict.fromkeys((*selected, *excluded)) if value not in column.ordinals]:
        values += [FacetValue(value, 0, value in selected, value in excluded) for value in unknown]
        values.sort(key=(lambda each: each.value) if field == "year" else (lambda each: (-each.count, each.value)))
    return Facet(field, tuple(values), more)


def _listed(
    field: str, column: Column, counts: NDArray[np.int64], always: Sequence[int], listing: Listing
) -> tuple[NDArray[np.intp], int]:
    """Return the ordinals of the values to list, in order, and how many more have entries."""
    prefix, limit = listing
    if always or prefix:
        eligible = counts > 0
        if prefix:
            eligible &= np.fromiter((value.startswith(prefix) for value in column.values), np.bool_, len(counts))
        eligible[always] = True
        listed = eligible.nonzero()[0]
    else:
        listed = counts.nonzero()[0]
    # One key orders by count, then by value: ordinals are in the order of values.
    keys = listed if field == "year" else listed - counts[listed] * len(counts)
    shown = listed
    if limit < len(listed):
        first = np.argpartition(keys, limit)[:limit]
        if always:
            first = distinct(np.concatenate((first, listed.searchsorted(always))))
        shown, keys = listed[first], keys[first]
    order = shown if keys is listed else shown[keys.argsort()]
    return order, len(listed) - len(shown)
