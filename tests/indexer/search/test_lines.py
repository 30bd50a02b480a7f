"""Lines of a concordance and counts by volume, on archives and queries that are small enough for everything to happen."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from random_archives import NODES, archives, build
from scanning import ScanningSearcher

from indexer.model import Entry
from indexer.search.query.tree import SORTS, Node, SearchRequest
from indexer.search.shown.concordance import ORDERS


@pytest.mark.usefixtures("every_engine")
def test_lines_and_trend_are_those_of_a_scan(
    times: Callable[[int], int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the text and the query, in every order but that of relevance, which is an engine's own."""

    @settings(max_examples=times(30))
    @given(archives(), NODES)
    def hold(entries: tuple[Entry, ...], query: Node) -> None:
        scan = ScanningSearcher(entries)
        searcher = build(str(tmp_path_factory.mktemp("lines")), entries)
        for sort in SORTS[1:]:
            for order in ORDERS:
                request = SearchRequest(query, sort=sort)
                lines = list(searcher.occurrences(request, order))
                assert lines == list(scan.occurrences(request, order)), (sort, order)
        trend = scan.trend(request)
        assert searcher.trend(request) == trend
        assert len(lines) == searcher.search(request).occurrences == sum(each.occurrences for each in trend)

    hold()


@pytest.mark.usefixtures("every_engine")
def test_unknown_order_is_refused(searcher: object) -> None:
    """By name."""
    with pytest.raises(ValueError, match="up"):
        searcher.occurrences(SearchRequest(), "up")  # type: ignore[attr-defined]
