"""The pages, as a reader without script gets them."""

import html
import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from indexer.model import Entry
from search_app import create_app
from search_app.web.app import HEADERS
from search_app.web.policy import WITH_FRAME

PAGES = [
    "/",
    "/?q=工会",
    "/?q=工会&year=2001&author=苏雅琴&sort=year-desc",
    "/?q=工会&sort=book",
    "/?q=量子计算机",
    "/?q=工会&page=999",
    '/?q="<script>',
    "/facet/author?q=工会",
    "/entry/S2001-611002-1?q=集体合同",
    "/volume/S2003",
    "/volume/S2002/局[产业]工会概况",
    "/volume/S2002/维护职工合法权益",
    "/author/苏雅琴",
    "/entry/?id=S2001-611002-1&q=集体合同",
    "/volume/?id=S2003",
    "/volume/?id=S2002&section=维护职工合法权益",
    "/author/?name=苏雅琴",
    "/about",
    "/holdings",
    "/page/20300101000000?url=http://nianjian.cangpu.example/node6000/node6001/node6104/userobject1ai610401.html",
]


class Links(HTMLParser):
    """Collects where a page's links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        # What switches the language, or how hits are shown, leads back to the same page; a receipt is taken when asked.
        leads_back = "hreflang" in has or re.search("[?&]view=|^/receipt[?]", has.get("href") or "")
        self.found += [value for name, value in attrs if name in ("href", "src") and value and not leads_back]


@pytest.mark.parametrize("page", PAGES)
def test_page_answers_with_its_headers_and_no_dead_link(client: FlaskClient, page: str) -> None:
    """Every link on it leads to a page; no script or style stands inside, but what is data and never run."""
    response = client.get(page, follow_redirects=True)
    assert (response.status_code, response.mimetype) == (200, "text/html")
    framing = {"Content-Security-Policy": WITH_FRAME} if page.startswith("/page/") else {}
    assert {name: response.headers[name] for name in HEADERS} == HEADERS | framing
    assert not re.search(
        r"<script(?![^>]*src=| type=\"application/ld\+json\">)|<style|\sstyle=|\son\w+=", response.text
    )
    links = Links()
    links.feed(response.text)
    inside = sorted({link for link in links.found if link.startswith("/")})[:60]
    for link in inside:
        with client.get(link) as answer:
            assert (link, answer.status_code) == (link, 200)


@pytest.mark.parametrize(
    ("page", "code", "said"),
    [
        ("/nothing", 404, "没有找到"),
        ("/entry/x", 404, "没有编号"),
        ("/volume/x", 404, "没有编号"),
        ("/volume/S2001/无", 404, "栏目"),
        ("/author/无名", 404, "没有署名"),
        ("/entry/", 404, "没有编号"),
        ("/volume/?section=-", 404, "没有编号"),
        ("/volume/?id=S2001&section=无", 404, "栏目"),
        ("/author/", 404, "没有署名"),
        ("/facet/title", 404, "没有找到"),
    ],
)
def test_wrong_address_is_explained(client: FlaskClient, page: str, code: int, said: str) -> None:
    """An error page says what is not there and leads back."""
    response = client.get(page)
    assert (response.status_code, said in response.text, 'href="/"' in response.text) == (code, True, True)
    assert response.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_search_box_keeps_all_that_was_chosen(client: FlaskClient) -> None:
    """Another query keeps filters, sort, size and the wish to see what scores are made of; it begins at page 1."""
    page = client.get("/?q=工会&year=2002&section=信访&sort=year-asc&size=5&explain=1&page=2").text
    box = page[page.index('class="ask"') : page.index("</form>")]
    assert re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', box) == [
        ("year", "2002"),
        ("section", "信访"),
        ("sort", "year-asc"),
        ("size", "5"),
        ("explain", "1"),
    ]


def test_user_text_is_never_markup(client: FlaskClient) -> None:
    """Neither in the box nor in the notes nor on the entry page."""
    for page in ('/?q=<b>"x', "/entry/S2001-611002-1?q=<b>x", "/facet/author?prefix=<b>x", "/?q=a&sort=<b>x"):
        assert "<b>x" not in client.get(page).text


def test_facet_boxes_carry_the_counts_and_the_selection(client: FlaskClient) -> None:
    """Labelled checkboxes; a chosen one is ticked and listed as applied; years are bars that say how much they hold."""
    text = client.get("/?q=工会&year=2003&author=龚志远").text
    assert re.search(r'<label><input type="checkbox" name="author" value="龚志远" checked>', text)
    assert re.search(r'name="section" value="民主管理"><span class="name">民主管理</span><b>\d+</b>', text)
    assert '<a href="/?q=%E5%B7%A5%E4%BC%9A&amp;author=%E9%BE%9A%E5%BF%97%E8%BF%9C" data-swap><i>年份</i>' in text
    assert re.search(
        r'aria-current="true" rel="nofollow" title="2003 卷[^"]*" aria-label="不再只看 2003 卷[^"]*，\d+ 篇，占 \d+%"',
        text,
    )


def test_entry_page_shows_the_whole_text_marked(client: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """Every paragraph, the marks, the source and the neighbours."""
    entry = next(entry for entry in expected if entry.id == "S2003-630801-1")
    text = client.get(f'/entry/{entry.id}?q="外来务工"').text
    plain = re.sub(r"\s", "", re.sub(r"<[^>]+>", "", text))
    assert re.sub(r"\s", "", entry.body) in plain
    assert entry.captions[0] in plain
    assert len(re.findall('<mark id="o[0-9]+">外来务工</mark>', text)) == entry.body.count("外来务工")
    assert entry.url in text
    assert re.search(r"<code>nianjian-00001.warc.gz</code> 偏移 \d+，\d+ 字节</dd>", text)
    assert re.search(r"<code>sha256:[0-9a-f]{64}</code>", text)
    assert 'rel="next"' in text


def test_results_and_entry_page_count_alike(client: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """Matches that touch are counted each, and each can be gone to."""
    for text in ('"—"', "职工 NEAR/3 互助", '"维权工作综述"'):
        found = client.get("/api/v1/search", query_string={"q": text, "size": 100}).json
        pages = [client.get(f"/entry/{hit['id']}", query_string={"q": text}).text for hit in found["hits"]]
        counts = [int(re.search(r"<span>“[^<]*” (\d+) 处</span>", page)[1]) for page in pages]
        assert sum(counts) == found["occurrences"]
        for count, page in zip(counts, pages, strict=True):
            assert re.findall(r'href="#o(\d+)"', page) == re.findall(r'<mark id="o(\d+)">', page)
            assert len(re.findall(r'<mark id="o(\d+)">', page)) == count


def test_entry_page_says_nothing_of_marks_where_there_is_nothing_to_mark(client: FlaskClient) -> None:
    """A year or an exclusion marks no text."""
    assert "data-occurrences" not in client.get("/entry/S2001-610201-1?q=年份:2001 -集体").text


def test_missing_index_answers_503_with_the_command(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Page and API alike; the next request succeeds once an index is there."""
    client = create_app(tmp_path).test_client()
    assert (client.get("/").status_code, "nianjian" in client.get("/").text) == (503, True)
    api = client.get("/api/v1/search?q=x")
    assert (api.status_code, api.mimetype, api.json["status"]) == (503, "application/problem+json", 503)


def test_new_generation_is_taken_up_and_a_damaged_one_is_not(tmp_path, expected, publish) -> None:  # type: ignore[no-untyped-def]
    """The app goes on answering from the last good one."""
    from indexer.search.factory import published_generation

    publish(expected[:1])
    client = create_app(tmp_path).test_client()
    assert client.get("/healthz").json["entries"] == 1
    publish(expected[:2])
    assert client.get("/healthz").json["entries"] == 2
    publish(expected[:3])
    next((tmp_path / "index" / published_generation(tmp_path)).glob("*.trm")).write_bytes(b"x")
    assert client.get("/healthz").json["entries"] == 2
    publish(expected[:4])
    assert client.get("/healthz").json["entries"] == 4


def test_a_value_is_excluded_and_taken_in_again_by_links(client: FlaskClient) -> None:
    """From the list of all values; the page of results names it, keeps it in every form, and counts without it."""
    whole = found_on(client.get("/?q=工会").text)
    listed = client.get("/facet/year?q=工会").text
    (link,) = re.findall(r'href="([^"]*not\.year=2003)"', listed)
    page = client.get(html.unescape(link)).text
    without = found_on(page)
    assert 0 < without < whole
    assert "除去年份" in page
    assert page.count('type="hidden" name="not.year" value="2003"') == 3  # the box, the filters, what is ticked
    (back,) = re.findall(r'<li class="not"><a href="([^"]*)" data-swap rel="nofollow"', page)
    assert found_on(client.get(html.unescape(back)).text) == whole
    only = found_on(client.get("/?q=工会&year=2003").text)
    assert whole == without + only


def found_on(page: str) -> int:
    """Give the number of entries that a page of results says it found."""
    return int(re.findall(r"<h1><b>(\d+)</b>", page)[0])
