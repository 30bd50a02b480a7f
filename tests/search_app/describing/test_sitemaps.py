"""Site maps and robots.txt, as crawlers read them: Ultimate Sitemap Parser, Protego and Python's own reader."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import chain
from urllib.parse import unquote
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from protego import Protego
from usp.objects.page import SitemapPage

from indexer.config import DataFolder
from indexer.files.entrystore import write_entries
from indexer.files.ids import read_meanings
from indexer.model import Entry
from indexer.search.factory import open_searcher
from indexer.stages.pipeline import index_entries
from search_app.shown.addresses import entry_url, search_url
from search_app.shown.describing.sitemaps import listed, map_xml, maps
from search_app.shown.links import SearchState
from search_app.shown.naming import Names

PUBLIC = "https://nianjian.example.org"
CRAWL = Callable[[FlaskClient], list[SitemapPage]]
ODD = ("a/b", "//", "..", "-", "%2F", "?q=1#x", "a=b&c", "\\", " a ", "\n", "\0", "\x1f", "\u2028", "\ufeff", "\uffff")
ODD += ("𠮷", '"', "<b>", "&amp;", "]]>", "", "长" * 300)


def test_every_entry_is_in_one_site_map_and_every_address_answers(
    public: FlaskClient, crawled: CRAWL, expected: tuple[Entry, ...], sample: DataFolder
) -> None:
    """Found from robots.txt on, each with the time since when its text is what it is; volumes and sections, too."""
    pages = crawled(public)
    found = Counter(each.url for each in pages)
    assert set(found.values()) == {1}
    entries = {each.url: each.last_modified for each in pages if "/entry/" in each.url}
    times = {each.id: datetime.fromisoformat(each.at) for each in read_meanings(sample.ids)}
    assert entries == {PUBLIC + entry_url(each.id): times[each.id] for each in expected}
    places = {(each.volume, each.section) for each in expected}
    assert len(pages) == len(expected) + len({volume for volume, _ in places}) + len(places)
    assert {public.get(url.removeprefix(PUBLIC)).status_code for url in found} == {200}


def test_odd_names_are_listed_and_answer(
    make_client: Callable[..., FlaskClient], crawled: CRAWL, make_entry: Callable[..., Entry], tmp_path: object
) -> None:
    """As ids of volumes, names of yearbooks and of sections; one id is of volumes of several yearbooks."""
    data = DataFolder(tmp_path)  # type: ignore[arg-type]
    named = [make_entry(f"{at}", volume=name, yearbook=name, section=name) for at, name in enumerate(ODD)]
    apart = [make_entry(f"x{at}", volume="2002", yearbook=name) for at, name in enumerate(ODD)]
    dots = [make_entry(name) for name in (".", "..", "~", "é")]
    write_entries(data.entries, [*named, *apart, *dots])
    index_entries(data)
    client = make_client(data)
    # This parser takes `&section=` for the entity &sect, though XML has no such one, and it is written `&amp;section=`.
    found = Counter(each.url.removeprefix(PUBLIC).replace("§", "&sect") for each in crawled(client))
    assert {path for path in found if path.startswith("/entry/")} == {
        entry_url(each.id) for each in (*named, *apart, *dots)
    }
    assert set(found.values()) == {1}
    assert {path: status for path in found if (status := client.get(path).status_code) != 200} == {}


def test_a_large_volume_has_several_site_maps(sample: DataFolder, expected: tuple[Entry, ...]) -> None:
    """Each entry is in one of them; its volume and the sections are in the first."""
    searcher = open_searcher(sample.root)
    names = Names(None, searcher.volumes())
    of = ("S2002", next(each.yearbook for each in expected if each.volume == "S2002"))
    inside = [each.id for each in expected if each.volume == "S2002"]
    parts = [[each.path for each in listed(searcher, of, None, {}, part, 20)] for part in range(1, 10)]
    entries = [[path for path in part if path.startswith("/entry/")] for part in parts]
    filled = [part for part in entries if part]
    assert [len(part) for part in filled] == [len(inside[at : at + 20]) for at in range(0, len(inside), 20)]
    assert sorted(chain.from_iterable(entries)) == sorted(map(entry_url, inside))
    assert [len(part) > len(found) for part, found in zip(parts, entries, strict=True)] == [True] + [False] * 8
    named = [each.path for each in maps(names, None, 20) if "volume=S2002" in each.path]
    assert named == [
        "/sitemap.xml?volume=S2002",
        *(f"/sitemap.xml?volume=S2002&part={at}" for at in range(2, len(filled) + 1)),
    ]


def test_a_site_map_of_unknown_times_has_none(sample: DataFolder) -> None:
    """Nothing is made up where `ids.jsonl` does not say since when an entry is what it is."""
    found = listed(open_searcher(sample.root), ("Q2020", "青湾教育年鉴（样本）"), None, {}, 1)
    read = ElementTree.fromstring(map_xml(found, PUBLIC))
    assert {child.tag.partition("}")[2] for each in read for child in each} <= {"loc"}


@pytest.mark.parametrize("query", ["volume=none", "volume=S2001&part=2", "volume=S2001&part=x", "volume=S2001&part=0"])
def test_a_site_map_that_there_is_not_is_not_found(public: FlaskClient, query: str) -> None:
    """It says where those are listed that there are."""
    answer = public.get(f"/sitemap.xml?{query}")
    assert (answer.status_code, "/sitemap.xml" in answer.text) == (404, True)


def test_without_a_public_address_there_are_no_site_maps(client: FlaskClient) -> None:
    """They need whole addresses; what says so names the setting, and robots.txt names no site map."""
    for path in ("/sitemap.xml", "/sitemap.xml?volume=S2001", "/opensearch.xml"):
        answer = client.get(path)
        assert (answer.status_code, "NIANJIAN_PUBLIC_URL" in answer.text) == (404, True)
    assert "Sitemap" not in client.get("/robots.txt").text
    assert "Disallow: /?q=" in client.get("/robots.txt").text


def test_crawlers_fetch_entries_and_no_searches(
    sample: DataFolder, make_client: Callable[..., FlaskClient], public: FlaskClient
) -> None:
    """By two readers of robots.txt, at the top of a host and below a path; entries, volumes and static files are read."""
    state = SearchState("工会")
    ways = [
        state,
        SearchState().with_values("author", ["王"]),
        SearchState().with_values("year", ["2002"], exclude=True),
    ]
    closed = [*map(search_url, ways), "/concordance?q=a", "/trend?q=a", "/receipt?q=a", "/receipt.csv?q=a"]
    closed += [
        "/api/v1/search?q=a",
        "/feed?q=a",
        "/facet/author",
        "/page/20060501120000?url=x",
        "/suggest?q=a",
        "/export?q=a",
        "/cite?id=a",
    ]
    opened = ["/", "/entry/S2001-611002-1", "/entry/S2001-611002-1?q=a", "/volume/S2001", "/volume/?id=a", "/about"]
    opened += ["/static/style.css", "/sitemap.xml", "/contributors", "/holdings", "/author/a"]
    for root, client in (("", public), ("/a%20b", make_client(sample, f"{PUBLIC}/a b"))):
        text = client.get("/robots.txt").text
        ours, python = Protego.parse(text), RobotFileParser()
        python.parse(text.splitlines())
        for read in (lambda url, ours=ours: ours.can_fetch(url, "*"), lambda url, way=python: way.can_fetch("*", url)):
            assert [path for path in closed if read(PUBLIC + root + path)] == []
            assert [path for path in opened if not read(PUBLIC + root + path)] == []
        assert list(ours.sitemaps) == [f"{PUBLIC}{root}/sitemap.xml"]
        assert python.site_maps() == [unquote(f"{PUBLIC}{root}/sitemap.xml")], "which it reads so"
        assert not ours.can_fetch(f"{PUBLIC}{root}/about?lang=en", "*")
