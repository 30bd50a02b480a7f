"""A receipt says what was asked, compared, found and missing, and later whether that still stands."""

import csv
import html
import io
import re
import tracemalloc
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.files.forgotten import Decision, decide
from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.factory import open_searcher
from search_app import create_app
from search_app.shown.links import SearchState
from search_app.shown.naming import Names
from search_app.shown.tables.receipts import COLUMNS, LISTED, take

Make = Callable[..., Entry]
Publish = Callable[[Iterable[Entry]], None]


def address(client: FlaskClient, search: str) -> str:
    """Take a receipt of a search, and give its whole address."""
    answer = client.get(f"/receipt?{search}")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def claimed(url: str) -> dict[str, str]:
    """Give the arguments of an address."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def edited(url: str, **changes: str | None) -> str:
    """Give an address with some arguments changed, or left out."""
    args = {**claimed(url), **changes}
    return f"/receipt?{urlencode({name: value for name, value in args.items() if value is not None})}"


def text_of(page: str) -> str:
    """Give what a reader sees of a page, without white space."""
    return re.sub(r"\s", "", html.unescape(re.sub(r"<[^>]+>", "", page)))


def rows_of(answer: bytes) -> list[dict[str, str]]:
    """Read a CSV file."""
    return list(csv.DictReader(io.StringIO(answer.decode("utf-8-sig"))))


@pytest.fixture
def many(tmp_path: Path, publish: Publish, make_entry: Make) -> FlaskClient:
    """Fifteen hundred entries, to be searched."""
    publish(make_entry(f"2002-{at}-1", body="工会办事。", url=f"http://a/{at}") for at in range(1500))
    return create_app(tmp_path).test_client()


def test_receipt_tells_what_was_found_and_stands(client: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """Query, totals, how many were compared, every entry with its volume; the digest is that of the CSV file."""
    url = address(client, "q=集体合同&year=2002&year=2003")
    found = client.get("/api/v1/search?q=集体合同&year=2002&year=2003&size=100").json
    page = client.get(url)
    text = text_of(page.text)
    passing = [each for each in expected if each.year in (2002, 2003)]
    assert page.status_code == 200
    for said in (
        "与回执所记一致",
        f"比对{len(passing)}篇",
        f"{found['total']}篇，{found['occurrences']}处",
        found["generation"],
        "“集体合同”：连同繁简异体字",
        "年份：2002卷",
        f"sha256:{claimed(url)['digest']}",
    ):
        assert said in text
    assert f"{datetime.now(UTC):%Y-%m-%d}" in page.text
    listed = re.findall(r"<li><code>([^<]+)</code>", page.text)
    assert sorted(listed) == sorted(hit["id"] for hit in found["hits"])
    file = client.get("/receipt.csv?q=集体合同&year=2002&year=2003")
    assert sha256(file.data).hexdigest() == claimed(url)["digest"]
    assert [row["id"] for row in rows_of(file.data)] == listed
    assert (file.mimetype, tuple(rows_of(file.data)[0])) == ("text/csv", COLUMNS)


def test_digest_depends_on_what_is_found_alone(client: FlaskClient) -> None:
    """Not on order, page, size or language."""
    digest = claimed(address(client, "q=工会"))["digest"]
    for same in ("&sort=book", "&sort=year-desc", "&page=3&size=5", "&explain=1&nearest_page=2"):
        assert claimed(address(client, f"q=工会{same}"))["digest"] == digest
    for language in ("en", "zh-TW"):
        headers = {"Accept-Language": language}
        assert claimed(client.get("/receipt?q=工会", headers=headers).headers["Location"])["digest"] == digest
        assert client.get(address(client, "q=工会"), headers=headers).status_code == 200
    assert claimed(address(client, "q=工会&not.year=2001"))["digest"] != digest


def test_links_on_a_receipt_lead_somewhere(client: FlaskClient) -> None:
    """To entries, volumes, the file, the results."""
    page = client.get(address(client, 'q="厂务公开"&not.section=大事记')).text
    inside = {html.unescape(link) for link in re.findall(r'href="(/[^"]*)"', page) if "lang=" not in link}
    assert len(inside) > 10
    for link in inside:
        with client.get(link) as answer:
            assert (link, answer.status_code) == (link, 200)


def test_string_that_is_nowhere_has_a_receipt(client: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """Every entry was compared; under filters, those that pass them."""
    url = address(client, 'q="集体合同覆盖职工一百二十万人"')
    text = text_of(client.get(url).text)
    assert claimed(url)["total"] == "0"
    assert f"全部{len(expected)}篇都已比对，没有一篇符合" in text
    assert "逐字核对" in text
    some = sum(each.year != 2003 for each in expected)
    text = text_of(client.get(address(client, 'q="没有的话"&not.year=2003')).text)
    assert f"在所选条件下的{some}篇都已比对" in text


def test_changed_archive_is_told(tmp_path: Path, publish: Publish, make_entry: Make) -> None:
    """One more and one less is the same number and another list; what is as it was is the same, though indexed again."""
    entries = [make_entry(f"2002-{at}-1", body=f"工会{at}", url=f"http://a/{at}") for at in range(4)]
    publish(entries)
    client = create_app(tmp_path).test_client()
    url = address(client, "q=工会")
    publish(entries)
    text = text_of(client.get(url).text)
    assert "与回执所记一致" in text
    assert f"重新索引过，当时是{claimed(url)['generation']}" in text
    publish([*entries[1:], make_entry("2003-1-1", body="工会四", year=2003)])
    text = text_of(client.get(url).text)
    assert "本库此后有变动：当时4篇，现在4篇" in text
    assert claimed(url)["digest"] in text
    publish([*entries, make_entry("2003-1-1", body="工会四", year=2003)])
    assert "当时4篇，现在5篇" in text_of(client.get(url).text)


def test_forgotten_page_changes_a_receipt_of_the_same_index(tmp_path: Path, publish: Publish, make_entry: Make) -> None:
    """It is told apart from another index; nothing of the page is shown."""
    publish(make_entry(f"2002-{at}-1", title=f"标题{at}", body="工会", url=f"http://a/{at}") for at in range(3))
    client = create_app(tmp_path).test_client()
    url = address(client, "q=工会")
    decide(DataFolder(tmp_path).forgotten, Decision("http://a/1", "2126-01-01T00:00:00+00:00", ""))
    page = client.get(url).text
    assert "清单与回执所记不同：当时3篇，现在2篇。索引没有变" in text_of(page)
    assert "标题1" not in page


def test_long_list_is_cut_and_the_file_is_whole(many: FlaskClient) -> None:
    """1,000 of 1,500 on the page; the file's digest is the one printed."""
    url = address(many, "q=工会")
    page = many.get(url).text
    assert page.count("<li><code>") == LISTED
    assert "此处列前1000篇，全部1500篇见CSV文件" in text_of(page)
    file = many.get("/receipt.csv?q=工会").data
    assert [row["id"] for row in rows_of(file)] == [f"2002-{at}-1" for at in range(1500)]
    assert sha256(file).hexdigest() == claimed(url)["digest"]


def test_what_was_not_searched_is_told(client: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """Pages that are missing or doubtful, by volume; without a page store, that nobody knows."""
    text = text_of(client.get(address(client, "q=工会&year=2004")).text)
    compared = sum(each.year == 2004 for each in expected)
    assert re.search(rf"沧浦工会年鉴2004{compared}\d+–––1缺的", text), text
    assert "沧浦工会年鉴2003" not in text


def test_without_a_page_store_nobody_knows_what_is_missing(tmp_path: Path, publish: Publish, make_entry: Make) -> None:
    """It is said, and no column is made up."""
    publish([make_entry(body="工会")])
    client = create_app(tmp_path).test_client()
    text = text_of(client.get(address(client, "q=工会")).text)
    assert "各卷缺哪些网页无从知道" in text
    assert "损坏" not in text


@pytest.mark.parametrize(
    "change",
    [
        {"digest": None},
        {"digest": "12ab"},
        {"digest": "Z" * 64},
        {"generation": None},
        {"generation": "../../etc"},
        {"generation": "gen-1"},
        {"total": None},
        {"total": "-1"},
        {"total": "9" * 30},
        {"total": "１２"},
        {"total": "99"},
        {"year": "abc"},
        {"sort": "<b>x"},
        {"q": None},
        {"q": " "},
    ],
)
def test_edited_or_half_copied_address_is_refused_in_one_line(
    client: FlaskClient, change: dict[str, str | None]
) -> None:
    """It says what is wrong, and nothing of it is mark-up."""
    answer = client.get(edited(address(client, "q=集体合同"), **change))
    (line,) = re.findall(r"<p>([^<]+)</p>", answer.text)[:1]
    assert answer.status_code == 400
    assert any(said in line for said in ("回执", "年份", "sort"))
    assert "<b>x" not in answer.text


@pytest.mark.parametrize(
    "search",
    [
        "q=<b>x",
        'q="<script>"',
        "q=%00",
        "q=((((&author=%00",
        "q=工会&section=<b>x",
        "author=王刚",
        "q=-工会",
        "q=%F0%90%80%80",
    ],
)
def test_whatever_is_typed_has_a_receipt(client: FlaskClient, search: str) -> None:
    """As it has an answer; a query without words compares all the same."""
    page = client.get(address(client, search))
    assert page.status_code == 200
    assert "与回执所记一致" in text_of(page.text)
    assert "<b>x" not in page.text


def test_a_formula_in_a_title_is_text_in_the_file(tmp_path: Path, publish: Publish, make_entry: Make) -> None:
    """And the digest is of the file as it is sent."""
    publish([make_entry(title="=1+1", body="工会")])
    client = create_app(tmp_path).test_client()
    file = client.get("/receipt.csv?q=工会").data
    assert rows_of(file)[0]["title"] == "'=1+1"
    assert sha256(file).hexdigest() == claimed(address(client, "q=工会"))["digest"]


@pytest.mark.slow
def test_receipt_of_fifty_thousand_takes_no_more_memory_than_a_page(
    tmp_path: Path, publish: Publish, make_entry: Make
) -> None:
    """Entries are read, and let go."""
    publish(make_entry(f"2002-{at}-1", body=f"工会{at}" + "办事。" * 30, url=f"http://a/{at}") for at in range(50_000))
    searcher: Searcher = open_searcher(tmp_path)
    names = Names(None, searcher.volumes())
    take(SearchState("工会"), searcher, names)
    tracemalloc.start()
    assert take(SearchState("工会"), searcher, names).page.total == 50_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 << 20
