"""Counts the facets of one request."""

import numpy as np

from indexer.search.fields import FACET_LIMIT, FACETS
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.results import Facet, FacetValue
from indexer.search.whoosh.answering.matching import filtered
from indexer.search.whoosh.facets.facetcounts import Listing, make_facet
from indexer.search.whoosh.openindex import OpenIndex
from indexer.search.whoosh.strings.entries import Documents


class Counting:
    """The counts of one request's facets, each made without the facet's own selection."""

    def __init__(self, request: SearchRequest, matched: Documents, index: OpenIndex) -> None:
        """Take the entries that match the query, whatever the filters."""
        self._request = request
        self._matched = matched
        self._index = index

    def page(self, numbers: Documents) -> tuple[Facet, ...]:
        """Count every facet; `numbers` are the entries that pass all filters."""
        return tuple([self._listed(field, numbers) for field in FACETS])

    def facet(self, field: str, listing: Listing) -> Facet:
        """Count one facet."""
        numbers = filtered(self._matched, self._request, self._index, but=field)
        return self._counted(field, numbers, listing)

    def _listed(self, field: str, numbers: Documents) -> Facet:
        listing = Listing("", FACET_LIMIT)
        if not self._request.filters:
            column = self._index.columns[field]
            if column.is_single:  # an archive of one yearbook
                values = (FacetValue(column.values[0], len(numbers), selected=False),) if len(numbers) else ()
                return Facet(field, values, 0)
        elif self._request.is_limited(field):  # only then other entries are needed than those found
            return self.facet(field, listing)
        return self._counted(field, numbers, listing)

    def _counted(self, field: str, numbers: Documents, listing: Listing) -> Facet:
        """Count some entries; values that are excluded are counted as if they were not."""
        column, request = self._index.columns[field], self._request
        excluded = {value: self._without(field, value) for value in request.excluded(field)}
        return make_facet(field, column, column.counts(numbers), request.selected(field), excluded, listing)

    def _without(self, field: str, value: str) -> int:
        """Return how many entries would have a value if it alone were chosen, and no longer excluded."""
        left = filtered(self._matched, self._request, self._index, but=field, despite=value)
        return int(np.count_nonzero(self._index.having(field, (value,), left)))
