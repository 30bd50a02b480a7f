"""A reader goes from hit to hit without the list, and finds back to it."""

import html
import re

import pytest
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.search.factory import open_searcher
from search_app.shown.links import SearchState
from search_app.shown.searching.walking import place

STATES = (
    SearchState("集体合同"),
    SearchState("集体合同", sort="year-desc", size=5),
    SearchState("职工").with_values("year", ("2002",)),
    SearchState("工会").with_values("section", ("特载",), exclude=True).sorted_by("book"),
    SearchState().with_values("author", ("龚志远",)),
    SearchState('"三方会议"'),
)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_every_hit_is_met_once_in_the_order_of_the_list(sample: DataFolder, state: SearchState) -> None:
    """Forwards and backwards; each says its number and how many there are."""
    with open_searcher(sample.root) as searcher:
        ids = [entry.id for entry in searcher.entries(state.request()[0])]
        assert len(ids) > 3
        for number, entry_id in enumerate(ids, 1):
            found = place(searcher, state, entry_id, number)
            assert found is not None
            assert (found.number, found.total) == (number, len(ids))
            assert (found.before and found.before.id) == (ids[number - 2] if number > 1 else None)
            assert (found.after and found.after.id) == (ids[number] if number < len(ids) else None)


def test_a_number_that_is_no_longer_right_is_mended(sample: DataFolder) -> None:
    """As after another index, or a slip of the hand; an entry that is no hit has no place."""
    state = SearchState("职工")
    with open_searcher(sample.root) as searcher:
        ids = [entry.id for entry in searcher.entries(state.request()[0])]
        for told in (1, 7, 99, 100):
            found = place(searcher, state, ids[40], told)
            assert found is not None
            assert (found.number, found.before and found.before.id, found.after and found.after.id) == (
                41,
                ids[39],
                ids[41],
            )
        assert place(searcher, SearchState("集体合同"), ids[-1], 1) is None
        assert place(searcher, state, ids[0], 10**9) is None
        assert place(searcher, state, ids[0], 0) is None


def test_entry_pages_lead_through_all_hits_and_back_to_the_list(client: FlaskClient) -> None:
    """By their links alone, from the first hit of a page of five to the last of all; filters and order stay."""
    page = client.get("/?q=集体合同&not.year=2005&sort=year-desc&size=5").text
    total = int(re.findall(r"<h1><b>(\d+)</b>", page)[0])
    link = html.unescape(re.findall(r'<h3><a href="([^"]*)"', page)[0])
    for number in range(1, total + 1):
        page = client.get(link).text
        assert f"第 {number}／{total} 篇" in page
        (back,) = re.findall(r'class="back" href="([^"]*)"', page)
        address, _, anchor = html.unescape(back).partition("#")
        assert anchor == f"n{number}"
        listed = client.get(address).text
        assert f'<li id="n{number}">' in listed
        assert re.findall(rf'id="n{number}">.*?href="/entry/([^?]*)\?', listed, re.DOTALL)[0] in link
        forward = re.findall(r'<a rel="next" href="([^"]*at=[^"]*)"', page)
        assert len(forward) == (number < total)
        link = html.unescape(forward[0]) if forward else ""


def test_an_entry_that_is_no_hit_says_so(client: FlaskClient) -> None:
    """With the way back to the results; an address without a number has no bar."""
    assert "已不在该检索的结果里" in client.get("/entry/S2001-611002-1?q=量子&at=3").text
    assert 'class="walk"' not in client.get("/entry/S2001-611002-1?q=集体合同").text
    for odd in ("0", "-1", "x", "99999999999999999999"):
        assert client.get(f"/entry/S2001-611002-1?q=集体合同&at={odd}").status_code == 200
