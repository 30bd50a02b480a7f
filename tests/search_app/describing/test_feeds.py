"""The feed of a search, as Feedparser reads it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import feedparser
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer.config import DataFolder
from indexer.files.entrystore import write_entries
from indexer.files.ids import read_meanings
from indexer.model import Entry
from indexer.stages.pipeline import index_entries
from search_app.shown.addresses import entry_url
from search_app.shown.citing.reference import UNTITLED, reference
from search_app.shown.describing.atom import feed
from search_app.shown.describing.newest import SHOWN, Newest
from search_app.shown.describing.xmltext import xml_text
from search_app.shown.links import SearchState
from search_app.shown.naming import Names

PUBLIC = "https://nianjian.example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
AT = datetime(2026, 11, 28, 12, tzinfo=UTC)


def read(client: FlaskClient, path: str) -> feedparser.FeedParserDict:
    """Give a feed as a program reads it, which must find nothing wrong with it."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    found = feedparser.parse(answer.data)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_a_feed_says_of_entries_what_they_print(
    public: FlaskClient, expected: tuple[Entry, ...], sample: DataFolder
) -> None:
    """Title, authors, section, the beginning of the text, the permanent address, and when it was last changed."""
    found = read(public, "/feed?q=" + quote("工会 培训") + "&year=2002")
    entries = {PUBLIC + entry_url(each.id): each for each in expected}
    times = {each.id: each.at for each in read_meanings(sample.ids)}
    assert 0 < len(found.entries) < SHOWN
    for each in found.entries:
        entry = entries[each.link]
        assert (each.id, each.title, each.updated) == (each.link, entry.title, times[entry.id])
        assert tuple(author.get("name", "") for author in each.get("authors", [])) == entry.authors
        assert [tag.term for tag in each.get("tags", [])] == ([entry.section] if entry.section else [])
        assert each.get("summary", "").removesuffix("…") == entry.body[:300].strip()
        assert "summary" not in each or each.summary_detail.type == "text/plain"
    total = public.get("/api/v1/search?q=" + quote("工会 培训") + "&year=2002").json["total"]
    assert len(found.entries) == total


def test_a_feed_says_what_it_is_of(public: FlaskClient) -> None:
    """Its own address, the page of the search, the archive's language, and the last change of anything in it."""
    address = "?q=%E5%B7%A5%E4%BC%9A&year=2002"
    found = read(public, f"/feed{address}").feed
    assert (found.id, found.language, found.link) == (f"{PUBLIC}/feed{address}", "zh-CN", f"{PUBLIC}/{address}")
    assert {each.rel: each.href for each in found.links if each.rel == "self"} == {"self": f"{PUBLIC}/feed{address}"}
    assert "工会" in found.title
    assert "2002" in found.title


def test_pages_of_a_feed_have_every_entry_once(public: FlaskClient, expected: tuple[Entry, ...]) -> None:
    """Fifty a page, from the first to the last, by the links that each has (RFC 5005); past the last is the last."""
    path, found = "/feed", []
    while path:
        page = read(public, path)
        assert len(page.entries) <= SHOWN
        found += [each.id for each in page.entries]
        links = {each.rel: each.href.removeprefix(PUBLIC) for each in page.feed.links}
        assert links["self"] == path
        path, last = links.get("next", ""), links["last"]
    assert sorted(found) == sorted(PUBLIC + entry_url(each.id) for each in expected)
    assert links["self"] == last
    assert [each.id for each in read(public, "/feed?page=999").entries] == [each.id for each in page.entries]


def test_what_was_changed_last_comes_first(
    tmp_path: Path, make_client: Callable[..., FlaskClient], make_entry: Callable[..., Entry]
) -> None:
    """By `ids.jsonl`: an entry whose text is read differently since goes before the others, and keeps its id."""
    data = DataFolder(tmp_path)
    entries = [make_entry(f"2002-1-{at}", title=f"题{at}", body=f"正文{at}。") for at in range(1, 4)]
    write_entries(data.entries, entries)
    index_entries(data)
    data.ids.write_text(
        re.sub(r'"at": "[^"]*"', '"at": "2020-01-01T00:00:00+00:00"', data.ids.read_text("utf-8")), "utf-8"
    )
    client = make_client(data)
    before = read(client, "/feed")
    write_entries(data.entries, [*entries[:2], replace(entries[2], body="正文三。")])
    index_entries(data)
    after = read(client, "/feed")
    assert [each.title for each in before.entries] == ["题1", "题2", "题3"]
    assert [each.title for each in after.entries] == ["题3", "题1", "题2"]
    assert {each.id for each in before.entries} == {each.id for each in after.entries}
    assert before.feed.updated == "2020-01-01T00:00:00+00:00" == after.entries[1].updated
    assert after.feed.updated == after.entries[0].updated > before.feed.updated


def test_a_search_that_finds_nothing_has_an_empty_feed(public: FlaskClient) -> None:
    """It may find something tomorrow; its time is that of the index."""
    found = read(public, "/feed?q=zzzzqq")
    assert found.entries == []
    assert datetime.fromisoformat(found.feed.updated) <= datetime.now(UTC) + timedelta(seconds=1)


def test_without_a_public_address_ids_are_whole_and_stay(client: FlaskClient) -> None:
    """They are made of the entry's address below the archive's."""
    first, second = (read(client, "/feed?year=2001") for _ in range(2))
    ids = [each.id for each in first.entries]
    assert ids == [each.id for each in second.entries]
    assert len(set(ids)) == len(ids)
    assert {each.partition(":")[0] for each in (*ids, first.feed.id)} == {"urn"}


@pytest.mark.parametrize("query", ["year=x", "page=0", "sort=x"])
def test_a_wrong_argument_of_a_feed_is_refused(client: FlaskClient, query: str) -> None:
    """As of the JSON interface: a feed of something else would be followed for years."""
    assert client.get(f"/feed?{query}").status_code == 400


@pytest.mark.parametrize("page", ["/", "/?q=工会", "/concordance?q=工会"])
def test_pages_lead_to_their_feed(public: FlaskClient, page: str) -> None:
    """By a link that readers of feeds look for."""
    (found,) = re.findall(r'<link rel="alternate" type="application/atom\+xml" href="([^"]*)"', public.get(page).text)
    assert read(public, found).feed.links


TEXTS = st.text(st.characters(), max_size=8) | st.lists(
    st.sampled_from(["]]>", "</script>", "<!--", "\0", "\x1b", "\r", "\ufffe", "\uffff", "\ud800", "&", "𠮷", "工会"])
).map("".join)


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=2))
def test_any_text_is_carried_as_far_as_xml_can(title: str, body: str, authors: list[str]) -> None:
    """What XML cannot hold is replaced by what a reader sees is not the text; everything else is as printed."""
    entry = Entry("1", "v", 2002, title, "", title, tuple(authors), "", body, (), "http://example.org/", 1)
    cited = reference(entry, Names(None, ()), PUBLIC, date(2026, 11, 28))
    found = Newest(((entry, AT),), AT, 1, 1)
    written = feed(found, SearchState(title.replace("\ud800", "")), lambda each: cited, PUBLIC, AT, title or "x")
    (read,) = ElementTree.fromstring(written).findall(f"{ATOM}entry")
    assert read.findtext(f"{ATOM}title") == xml_text(" ".join(title.split()) or UNTITLED)
    names = [each.text for each in read.iterfind(f"{ATOM}author/{ATOM}name")]
    assert names == [xml_text(" ".join(name.split())) for name in authors if name.split()]
    assert (read.findtext(f"{ATOM}summary") or "") == xml_text(body.strip())
    assert len(xml_text(body)) == len(body)
