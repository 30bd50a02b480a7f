"""Searches through the volumes: figures as the interface gives them, each point a link that finds what it says."""

import html
import re

import pytest
from flask.testing import FlaskClient

from indexer.config import DataFolder
from search_app.following.archive import Archive
from search_app.shown.links import SearchState
from search_app.shown.tables.chart import BOTTOM, HEIGHT, MEASURES, TOP, charts
from search_app.shown.tables.trend import trends


@pytest.mark.parametrize("measure", MEASURES)
def test_points_stand_as_high_as_their_figures(sample: DataFolder, measure: str) -> None:
    """In the chart of their own yearbook; the highest at the top, nothing at the bottom, years in order."""
    searcher, names = Archive(sample.root, None).open()
    states = [SearchState("集体合同"), SearchState("学校"), SearchState("量子")]
    found = trends(states, searcher)
    drawn = charts(found, measure, names)
    assert [chart.yearbook for chart in drawn] == ["沧浦工会年鉴（样本）", "青湾教育年鉴（样本）"]
    for chart in drawn:
        assert [series.text for series in chart.series] == ["集体合同", "学校", "量子"]
        points = [point for series in chart.series for point in series.points]
        for point in points:
            room = HEIGHT - TOP - BOTTOM
            assert point.y == pytest.approx(HEIGHT - BOTTOM - room * point.value / chart.highest, abs=0.06)
            assert searcher.count(point.state.request()[0]) == point.volume.found
        for series in chart.series:
            xs = [point.x for point in series.points]
            assert xs == sorted(xs)
            assert all(0 < x < 100 for x in xs)
            years = [point.volume.year for point in series.points]
            assert years == sorted(years)


def test_a_search_that_is_nowhere_draws_nothing(sample: DataFolder) -> None:
    """And divides by nothing."""
    searcher, names = Archive(sample.root, None).open()
    assert all(chart.is_empty for chart in charts(trends([SearchState("量子")], searcher), "found", names))
    assert charts((), "found", names) == ()


@pytest.mark.parametrize("address", ["/trend?q=集体合同", "/trend?q=集体合同&q=学校&measure=found"])
def test_the_page_says_what_the_interface_says(client: FlaskClient, address: str) -> None:
    """In its table, and in the names of its points; each point's link finds as many entries as the table says."""
    page = client.get(address).text
    searches = client.get(f"/api/v1{address.partition('&measure')[0]}").json["searches"]
    drawn = {volume["yearbook"] for search in searches for volume in search["volumes"] if volume["found"]}
    for search in searches:
        points = [volume for volume in search["volumes"] if volume["yearbook"] in drawn]
        said = re.escape(f"：“{search['query']}” ")
        assert len(re.findall(f'aria-label="[^"]*{said}', page)) == len(points) > 4
        for volume in search["volumes"]:
            asked = {"q": search["query"], "volume": volume["volume"]}
            assert client.get("/api/v1/search", query_string=asked).json["total"] == volume["found"]
            if volume["found"]:
                link = html.escape("/?" + "&".join(_encoded(name, value) for name, value in asked.items()))
                assert f'<td class="n"><a href="{link}">{volume["found"]}</a></td>' in page
    assert "style=" not in page


def _encoded(name: str, value: str) -> str:
    from urllib.parse import urlencode

    return urlencode({name: value})


def test_odd_arguments_of_a_trend_are_told(client: FlaskClient) -> None:
    """Nothing asked for is a page that asks; too many are cut, which is said; an unknown measure is the first."""
    assert "画出" in client.get("/trend").text
    page = client.get("/trend?" + "&".join(f"q=工{number}" for number in range(9))).text
    assert "至多比较 6 个检索" in page
    assert client.get("/trend?q=工会&measure=x").text.count('<b aria-current="true">每十万字的处数</b>') == 1
