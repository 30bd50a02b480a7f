"""One search looked at in several ways: in full, in lines, by volume, more on a page; the choice is remembered."""

import re

import pytest
from flask.testing import FlaskClient


def test_the_compact_view_is_remembered_and_in_no_link(client: FlaskClient) -> None:
    """Chosen once, it holds for the next searches; the address stays the search's own."""
    answer = client.get("/?q=工会&year=2002&view=compact")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?q=%E5%B7%A5%E4%BC%9A&year=2002")
    for address in ("/?q=工会&year=2002", "/?q=职工"):
        page = client.get(address).text
        assert 'class="hits plain compact"' in page
        assert len(re.findall("view=", page)) == 1, "only what switches back"
    client.get("/?q=工会&view=full")
    assert "compact" not in re.findall('class="hits[^"]*"', client.get("/?q=职工").text)[0]
    assert client.get("/?q=工会&view=x").status_code == 200


@pytest.mark.parametrize("sort", ["year-asc", "year-desc", "book"])
def test_hits_in_the_order_of_volumes_stand_below_their_names(client: FlaskClient, sort: str) -> None:
    """Numbered through; under each name the hits of that volume, as many as there are."""
    found = client.get(f"/api/v1/search?q=集体合同&sort={sort}").json
    page = client.get(f"/?q=集体合同&sort={sort}").text
    names = re.findall(r'<h2 class="volume">([^<]*)</h2>', page)
    assert len(names) == len(set(names)) == 5
    assert re.findall(r'<li id="n(\d+)">', page) == [str(number + 1) for number in range(found["total"])]
    listed = [part.count("<h3>") for part in page.split('<h2 class="volume">')[1:]]
    years = [hit["year"] for hit in found["hits"]]
    assert listed == [years.count(year) for year in dict.fromkeys(years)]
    assert '<h2 class="volume">' not in client.get("/?q=集体合同").text


def test_more_hits_on_a_page_begin_with_those_that_were_in_sight(client: FlaskClient) -> None:
    """Twenty, fifty, a hundred are offered where there are more than twenty."""
    page = client.get("/?q=职工&page=4").text
    assert 'href="/?q=%E8%81%8C%E5%B7%A5&amp;page=2&amp;size=50"' in page
    assert 'href="/?q=%E8%81%8C%E5%B7%A5&amp;size=100"' in page
    assert "每页" not in client.get("/?q=集体合同").text


def test_tabs_lead_to_the_same_search(client: FlaskClient) -> None:
    """With its filters; where nothing is found there are none."""
    page = client.get("/?q=集体合同&year=2001").text
    args = "q=%E9%9B%86%E4%BD%93%E5%90%88%E5%90%8C&amp;year=2001"
    for path in ("/?", "/concordance?", "/trend?"):
        assert f'href="{path}{args}"' in page
        other = client.get(f"{path}{args}".replace("&amp;", "&"))
        assert (other.status_code, "2001 卷" in other.text) == (200, True)
    assert 'class="tabs"' not in client.get("/?q=量子计算机").text


def test_lines_are_turned_page_by_page_in_their_order(client: FlaskClient) -> None:
    """As the interface gives them; past the end there is a way back; numbers go on."""
    found = client.get("/api/v1/concordance?q=职工&sort=right&page=2").json
    page = client.get("/concordance?q=职工&sort=right&page=2").text
    starts = re.findall(r"place=([a-z]+-\d+)#here", page)
    assert starts == [f"{line['field']}-{line['start']}" for line in found["lines"]]
    assert '<ol class="kwic plain" start="101">' in page
    assert "回到第一页" in client.get("/concordance?q=职工&page=99").text
    assert "没有可以逐处列出的文字" in client.get("/concordance?year=2001").text


def test_turning_pages_of_lines_keeps_how_many_are_on_one(client: FlaskClient) -> None:
    """As do other orders of them; the next page goes on where this one ends."""
    page = client.get("/concordance?q=职工&size=50&sort=left").text
    (forward,) = re.findall(r'<a rel="next" href="([^"]*)"', page)
    assert '<ol class="kwic plain" start="51">' in client.get(forward.replace("&amp;", "&")).text
    orders = re.findall(r'href="(/concordance[?][^"]*)">按右文', page)
    assert [link.endswith("&amp;sort=right&amp;size=50") for link in orders] == [True]
    assert "size=" not in client.get("/concordance?q=职工&sort=left").text
