"""Counts facets of what was found; knows no ranking."""

import numpy as np
from numpy.typing import NDArray

from indexer.search.query import SearchRequest
from indexer.search.results import Facet, FacetValue
from indexer.search.whoosh.columns import Column


def make_facet(
    request: SearchRequest, field: str, column: Column, counts: NDArray[np.int64], prefix: str, limit: int
) -> Facet:
    """Give the `limit` values that most entries have and that start with `prefix`, and the selected ones.

    Years stand in their order, other values by count, ties by value.
    """
    selected = dict.fromkeys(request.selected(field))
    if not (selected or prefix):
        return _commonest(field, column, counts, limit)
    chosen = [column.ordinals[value] for value in selected if value in column.ordinals]
    unknown = [value for value in selected if value not in column.ordinals]
    eligible = counts > 0
    if prefix:
        eligible &= np.fromiter((value.startswith(prefix) for value in column.values), np.bool_, len(counts))
    eligible[chosen] = True
    listed = np.flatnonzero(eligible)
    keys = -listed if field == "year" else counts[listed] * len(counts) - listed
    if limit < len(listed):
        shown = listed[np.argpartition(-keys, limit)[:limit]] if limit else listed[:0]
        shown = np.union1d(shown, np.array(chosen, dtype=np.int64)) if chosen else shown
        keys = -shown if field == "year" else counts[shown] * len(counts) - shown
    else:
        shown = listed
    order = shown[np.argsort(-keys)]
    values = [
        FacetValue(column.values[at], count, column.values[at] in selected)
        for at, count in zip(order.tolist(), counts[order].tolist(), strict=True)
    ]
    if unknown:
        values += [FacetValue(value, 0, True) for value in unknown]
        values.sort(key=(lambda each: each.value) if field == "year" else (lambda each: (-each.count, each.value)))
    return Facet(field, tuple(values), more=len(listed) - len(shown))


def _commonest(field: str, column: Column, counts: NDArray[np.int64], limit: int) -> Facet:
    listed = np.flatnonzero(counts)
    more = max(0, len(listed) - limit)
    if field == "year":
        order = listed[:limit]
    else:
        # One key orders by count, then by value: ordinals are in the order of values.
        keys = listed - counts[listed] * len(counts)
        if more:
            first = np.argpartition(keys, limit)[:limit]
            listed, keys = listed[first], keys[first]
        order = listed[np.argsort(keys)]
    values = column.values
    return Facet(
        field,
        tuple([FacetValue(values[at], n, False) for at, n in zip(order.tolist(), counts[order].tolist(), strict=True)]),
        more,
    )
