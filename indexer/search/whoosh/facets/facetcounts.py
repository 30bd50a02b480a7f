"""Builds the facets shown beside results from counts of entries."""

import numpy as np
from numpy.typing import NDArray

from indexer.search.query.tree import SearchRequest
from indexer.search.shown.results import Facet, FacetValue
from indexer.search.sortedarrays import distinct
from indexer.search.whoosh.facets.columns import Column


def make_facet(
    request: SearchRequest, field: str, column: Column, counts: NDArray[np.int64], prefix: str, limit: int
) -> Facet:
    """Return the facet's `limit` most frequent values that start with `prefix`, and all selected ones.

    `counts` holds the entries that have each of the column's values.  Years are listed in ascending order, other values
    by count, ties by value.
    """
    selected = request.selected(field)
    chosen = [column.ordinals[value] for value in selected if value in column.ordinals]
    if chosen or prefix:
        eligible = counts > 0
        if prefix:
            eligible &= np.fromiter((value.startswith(prefix) for value in column.values), np.bool_, len(counts))
        eligible[chosen] = True
        listed = eligible.nonzero()[0]
    else:
        listed = counts.nonzero()[0]
    # One key orders by count, then by value: ordinals are in the order of values.
    keys = listed if field == "year" else listed - counts[listed] * len(counts)
    shown = listed
    if limit < len(listed):
        first = np.argpartition(keys, limit)[:limit]
        if chosen:
            first = distinct(np.concatenate((first, listed.searchsorted(chosen))))
        shown, keys = listed[first], keys[first]
    order = shown if keys is listed else shown[keys.argsort()]
    names = [column.values[at] for at in order.tolist()]
    values = [
        FacetValue(name, count, name in selected) for name, count in zip(names, counts[order].tolist(), strict=True)
    ]
    if unknown := [value for value in dict.fromkeys(selected) if value not in column.ordinals]:
        values += [FacetValue(value, 0, True) for value in unknown]
        values.sort(key=(lambda each: each.value) if field == "year" else (lambda each: (-each.count, each.value)))
    return Facet(field, tuple(values), more=len(listed) - len(shown))
