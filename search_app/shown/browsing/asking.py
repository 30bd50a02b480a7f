"""Makes the requests that pages ask without a reader having typed anything."""

from dataclasses import replace

from indexer.search.query.tree import Filter, SearchRequest


def limited(**values: tuple[str, ...]) -> SearchRequest:
    """Return the request for everything that has one of the values in each facet."""
    return SearchRequest(filters=tuple(Filter(field, chosen) for field, chosen in values.items()))


def printed(**values: tuple[str, ...]) -> SearchRequest:
    """Return the same request as `limited`, in printed order."""
    return replace(limited(**values), sort="book")
