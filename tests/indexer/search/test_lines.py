"""Lines of a concordance and counts by volume, on archives and queries that are small enough for everything to happen."""

import tempfile

import pytest
from hypothesis import given, settings
from random_archives import NODES, archives, build
from scanning import ScanningSearcher

from indexer.model import Entry
from indexer.search.query.tree import SORTS, Node, SearchRequest
from indexer.search.shown.concordance import ORDERS


@settings(max_examples=30)
@given(archives(), NODES)
def test_lines_and_trend_are_those_of_a_scan(entries: tuple[Entry, ...], query: Node) -> None:
    """Whatever the text and the query, in every order but that of relevance, which is an engine's own."""
    scan = ScanningSearcher(entries)
    with tempfile.TemporaryDirectory() as folder:
        searcher = build(folder, entries)
        for sort in SORTS[1:]:
            for order in ORDERS:
                request = SearchRequest(query, sort=sort)
                lines = list(searcher.occurrences(request, order))
                assert lines == list(scan.occurrences(request, order)), (sort, order)
        assert searcher.trend(request) == scan.trend(request)
        assert (
            len(lines) == searcher.search(request).occurrences == sum(each.occurrences for each in scan.trend(request))
        )


def test_unknown_order_is_refused(searcher: object) -> None:
    """By name."""
    with pytest.raises(ValueError, match="up"):
        searcher.occurrences(SearchRequest(), "up")  # type: ignore[attr-defined]
