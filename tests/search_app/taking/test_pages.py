"""The pages and the route by which entries are taken away."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.files.ids import Change, Meaning, write_meanings
from indexer.model import Entry
from indexer.search.factory import open_searcher
from indexer.search.query.tree import SORTS, SearchRequest
from search_app import create_app
from search_app.shown.exporting.exported import CHOSEN_MOST
from search_app.shown.exporting.formats import FORMATS
from search_app.words.language import LANGUAGES

IDS = ["S2001-611002-1", "S2001-610202-1", "S2004-641501-1"]
Publish = Callable[[Iterable[Entry]], None]


def ids_in(table: str) -> list[str]:
    """Give the ids of a CSV file."""
    return [row["id"] for row in csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""))]


@pytest.fixture
def on_a_day(sample: DataFolder) -> Flask:
    """The sample archive's app, on a day of 2027."""
    app = create_app(sample.root)
    app.config["TODAY"] = lambda: date(2027, 3, 4)
    return app


@pytest.mark.parametrize("sort", SORTS)
def test_everything_found_is_downloaded_in_the_order_asked_for(
    client: FlaskClient, sample: DataFolder, sort: str
) -> None:
    """From the page and from the interface alike, with the filters of the search."""
    answer = client.get(f"/export?q=工会&not.year=2003&sort={sort}&format=csv")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=nianjian.csv"
    found = client.get(f"/api/v1/entries?q=工会&not.year=2003&sort={sort}&size=500").json
    assert ids_in(answer.text) == [each["id"] for each in found["entries"]]
    assert found["total"] == len(ids_in(answer.text)) > 100
    assert client.get(f"/api/v1/export?q=工会&not.year=2003&sort={sort}").text == answer.text


@pytest.mark.parametrize("name", FORMATS)
def test_chosen_entries_are_downloaded_in_every_format(client: FlaskClient, name: str) -> None:
    """By a form or by an address; each once, in the order of choosing; one alone gives the file its name."""
    sent = {"id": [*IDS, IDS[0]], "format": name, "q": "集体合同"}
    answer = client.post("/export", data=sent)
    assert (answer.status_code, answer.mimetype) == (200, FORMATS[name].mimetype)
    assert client.get("/export", query_string=sent).text == answer.text
    assert client.get("/api/v1/export", query_string=sent).text == answer.text
    places = [answer.text.index(word) for word in ("分行业签订集体合同", "缩短船台周期")]
    assert places == sorted(places)
    alone = client.get("/export", query_string={"id": IDS[0], "format": name})
    assert alone.headers["Content-Disposition"] == f"attachment; filename={IDS[0]}.{FORMATS[name].ending}"


def test_table_of_chosen_entries_counts_what_was_sought(client: FlaskClient) -> None:
    """As the hits do; without a search the cell is empty."""
    for text, counts in (("集体合同", ["2", "0", "0"]), ("", ["", "", ""])):
        table = client.post("/export", data={"id": IDS, "format": "csv", "q": text}).text
        rows = csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
        assert [row["occurrences"] for row in rows] == counts


def test_every_format_can_be_chosen_and_the_search_is_kept(client: FlaskClient) -> None:
    """On a page without a file, which says how many entries it will have."""
    page = client.get("/export?q=集体合同&year=2001&sort=book").text
    assert set(re.findall(r'type="radio" name="format" value="([^"]*)"', page)) == FORMATS.keys()
    assert "得到的全部 5 篇" in page
    assert '<option value="book" selected>' in page
    assert re.findall(r'type="hidden" name="(q|year)" value="([^"]*)"', page)[-2:] == [
        ("q", "集体合同"),
        ("year", "2001"),
    ]
    assert "全部 289 篇" in client.get("/export").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_formats_beside_the_hits_are_all_that_there_are(client: FlaskClient, language: str) -> None:
    """Called as on the page where one is chosen."""
    pages = [client.get(path, headers={"Accept-Language": language}).text for path in ("/?q=工会", "/export?q=工会")]
    offered = re.findall(r'<option value="([^"]*)">([^<]*)</option>', pages[0])
    assert offered == re.findall(r'type="radio" name="format" value="([^"]*)"[^>]*><b>([^<]*)</b>', pages[1])
    assert [name for name, _ in offered] == list(FORMATS)


def test_nothing_found_offers_no_download(client: FlaskClient) -> None:
    """The page says that there are no entries; a file that is asked for all the same is a whole one."""
    page = client.get("/export?q=zzzz")
    assert 'name="format"' not in page.text
    assert "全部 0 篇" in page.text
    assert ids_in(client.get("/export?q=zzzz&format=csv").text) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/export?q=工会&format=docx", "format：“docx”不是"),
        ("/export?q=工会&year=20x&format=csv", "年份：“20x”不是年份"),
        ("/export?id=a&format=docx", "format：“docx”不是"),
        ("/cite", "还没有选"),
        ("/cite?year=2001", "还没有选"),
        ("/export?" + "&".join(f"id={at}" for at in range(CHOSEN_MOST + 1)), "id：至多 500 个值"),
        ("/cite?" + "&".join(f"id={at}" for at in range(CHOSEN_MOST + 1)), "id：至多 500 个值"),
    ],
)
def test_wrong_requests_are_refused_in_one_line(client: FlaskClient, path: str, said: str) -> None:
    """No half of what was asked is given."""
    answer = client.get(path)
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize("path", ["/export", "/cite"])
def test_form_without_a_tick_says_what_to_do(client: FlaskClient, path: str) -> None:
    """Not an export of everything, which nobody asked for."""
    answer = client.post(path, data={"q": "工会", "format": "csv"})
    assert (answer.status_code, "在条目的序号旁打勾" in answer.text) == (400, True)


def test_five_hundred_entries_may_be_chosen(client: FlaskClient, sample: DataFolder) -> None:
    """The most; all of the sample are fewer."""
    ids = [each.id for each in open_searcher(sample.root).entries(SearchRequest())]
    assert len(ids_in(client.post("/export", data={"id": ids, "format": "csv"}).text)) == len(ids) == 289
    assert client.post("/cite", data={"id": ids}).text.count("[M/OL]//") == 289


def test_five_hundred_of_the_longest_ids_are_taken(client: FlaskClient) -> None:
    """What is wrong with them is said, none of which exists; a form or a file that is longer is refused unread."""
    longest = [f"{at:03}" + "字" * 197 for at in range(CHOSEN_MOST)]
    for path in ("/export", "/cite"):
        assert client.post(path, data={"id": longest}).status_code == 404
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            file = b'--x\r\nContent-Disposition: form-data; name="id"; filename="ids"\r\n\r\n' + b"a" * 1_000_000
            refused = client.post(path, data=file, content_type=kind)
            assert (refused.status_code, "一次至多可选 500 篇" in refused.text) == (413, True)


def test_foreign_ids_are_named_before_anything_is_downloaded(client: FlaskClient) -> None:
    """The page offers the others; the interface refuses; of none that exists there is nothing (404)."""
    sent = {"id": [IDS[0], "S1-1-1"], "format": "ris"}
    page = client.post("/export", data=sent)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "没有编号为“S1-1-1”的条目" in page.text
    assert re.findall(r'type="hidden" name="id" value="([^"]*)"', page.text) == [IDS[0]]
    assert 'value="ris" checked' in page.text
    refused = client.get("/api/v1/export", query_string=sent)
    assert (refused.status_code, refused.json["code"]) == (400, "foreign-ids")
    said = "没有编号为“S1-1-1”的条目"
    assert refused.json["errors"] == [{"code": "no-entry", "text": said, "name": "id", "value": "S1-1-1"}]
    for path in ("/export?id=S1-1-1", "/cite?id=S1-1-1"):
        assert client.get(path).status_code == 404
    cited = client.get("/cite", query_string=sent)
    assert (cited.status_code, said in cited.text, cited.text.count("[M/OL]//")) == (200, True, 1)


def test_moved_ids_are_given_under_their_new_one(
    tmp_path: Path, publish: Publish, make_entry: Callable[..., Entry]
) -> None:
    """And the page says so; an id whose text is gone is named."""
    publish([make_entry("2001-1-2", title="新")])
    changes = [
        Meaning(f"2001-1-{at}", "2026-01-01T00:00:00Z", "http://a.example/1.html", "旧", "0" * 64) for at in (1, 3)
    ] + [
        Change(f"2001-1-{at}", "2026-02-01T00:00:00Z", "http://a.example/1.html", "", None, "旧", "0" * 64, became)
        for at, became in ((1, "2001-1-2"), (3, None))
    ]
    write_meanings(DataFolder(tmp_path).ids, changes)
    client = create_app(tmp_path).test_client()
    page = client.get("/export?id=2001-1-1&format=csv").text
    assert "“2001-1-1”的文字现在编号为“2001-1-2”，已按它给出" in page
    assert re.findall(r'type="hidden" name="id" value="([^"]*)"', page) == ["2001-1-2"]
    errors = client.get("/api/v1/export?id=2001-1-1&id=2001-1-3").json["errors"]
    assert [(each["code"], each.get("now")) for each in errors] == [("moved", "2001-1-2"), ("gone", None)]


def test_citations_say_the_day_of_the_request(on_a_day: Flask) -> None:
    """On the entry, on the page of citations, in files; an answer that is kept is not that of another day."""
    client = on_a_day.test_client()
    for path in (f"/entry/{IDS[0]}", f"/cite?id={IDS[0]}", f"/export?id={IDS[0]}&format=gbt7714"):
        assert "沧浦工会年鉴（样本）: 2001. 沧浦: 沧浦市总工会（虚构）, 2001[2027-03-04]. http" in client.get(path).text
    address = f"/api/v1/export?id={IDS[0]}&format=gbt7714"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    on_a_day.config["TODAY"] = lambda: date(2027, 3, 5)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_entry_is_cited_by_its_permanent_address(sample: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the archive has one; without it by its page on the site."""
    line = re.compile(r"\[\d{4}-\d\d-\d\d\]\. (\S+)\.$", re.MULTILINE)
    sent = {"id": IDS[0], "format": "gbt7714"}
    (url,) = line.findall(create_app(sample.root).test_client().get("/export", query_string=sent).text)
    assert url == "http://nianjian.cangpu.example/node6000/node6001/node6110/userobject1ai611002.html"
    monkeypatch.setenv("NIANJIAN_PUBLIC_URL", "https://nianjian.example.org/a")
    (url,) = line.findall(create_app(sample.root).test_client().get("/export", query_string=sent).text)
    assert url == f"https://nianjian.example.org/a/entry/{IDS[0]}"


def test_tables_say_when_pages_were_captured(client: FlaskClient) -> None:
    """As the entry's page does."""
    rows = [json.loads(line) for line in client.get("/export?q=集体合同&format=jsonl").text.splitlines()]
    page = client.get(f"/entry/{rows[0]['id']}").text
    assert rows[0]["captured"][:16].replace("T", " ") in page
    assert all(row["digest"].startswith("sha256:") for row in rows)


def test_export_ends_on_the_generation_that_it_began_with(
    tmp_path: Path, publish: Publish, make_entry: Callable[..., Entry]
) -> None:
    """Whatever is published meanwhile; what is asked for next is of the new one."""
    publish(make_entry(f"2001-{at}-1", body="工会办事。" * 4000, url=f"http://a/{at}") for at in range(60))
    client = create_app(tmp_path).test_client()
    answer = client.get("/export?q=工会&format=jsonl", buffered=False)
    pieces: Iterator[bytes] = answer.iter_encoded()
    held = [next(pieces)]
    assert held[0].count(b"\n") < 60
    publish([make_entry("2002-1-1", body="工会又办事。")])
    assert client.get("/api/v1/search?q=工会").json["total"] == 1
    lines = b"".join([*held, *pieces]).decode().splitlines()
    assert {json.loads(line)["id"] for line in lines} == {f"2001-{at}-1" for at in range(60)}
    assert len(lines) == 60
    answer.close()


def test_export_speaks_its_readers_language_to_its_end(
    tmp_path: Path, publish: Publish, make_entry: Callable[..., Entry]
) -> None:
    """Whoever is answered meanwhile in another one."""
    publish(make_entry(f"2001-{at}-1", title="", body="工会办事。" * 4000, url=f"http://a/{at}") for at in range(60))
    client = create_app(tmp_path).test_client()
    answer = client.get("/export?format=text", headers={"Accept-Language": "en"}, buffered=False)
    pieces: Iterator[bytes] = answer.iter_encoded()
    held = [next(pieces)]
    assert "（无题）" in client.get("/?q=工会", headers={"Accept-Language": "zh"}).text
    text = b"".join([*held, *pieces]).decode()
    assert (text.count("(untitled)\n"), text.count("（无题）")) == (60, 0)
    answer.close()
