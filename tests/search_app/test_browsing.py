"""Pages for readers who leaf through an archive: the shelf, volumes, sections, contributors."""

import gzip
import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Browser
from flask.testing import FlaskClient

from indexer.manifest import load_manifest
from indexer.model import Entry
from indexer.search.factory import open_searcher
from search_app import create_app
from search_app.shown.browsing.examples import ExampleKind, examples
from search_app.shown.naming import Names

Make = Callable[..., Entry]
Browse = Callable[[list[Entry]], Browser]


def large(make_entry: Make) -> list[Entry]:
    """Give a volume of 1,500 entries in thirty sections, the last of them a chronicle."""
    entries = []
    for number in range(1500):
        section, day = divmod(number, 50)
        title = (
            f"{1 + day // 5}月{1 + day // 2}日" if section == 29 else f"第{number}号条目记述{number * 7919 % 10007}件事"
        )
        entries.append(
            make_entry(
                f"V-{number}",
                volume="V",
                section=f"栏目{section}",
                heading=f"页题{number // 10}",
                title=title,
                authors=[f"王{number * 31 % 997}"],
                url=f"http://example.org/{number // 10}.html",
                order=1 + number // 10,
                position=1 + number % 10,
            )
        )
    return entries


def test_examples_find_what_they_say(client: FlaskClient) -> None:
    """Three kinds of searches on the front page; each leads to as many entries as it names."""
    page = client.get("/").text
    tries = re.findall(r'<li><a href="([^"]+)">[^<]*</a><small>[^<]*?(\d+) 篇</small>', page)
    assert len(tries) == 3
    for link, total in tries:
        assert f"<h1><b>{total}</b> 篇" in client.get(html.unescape(link)).text


def test_examples_are_chosen_from_the_archive(tmp_path: Path, publish: Callable[..., None], make_entry: Make) -> None:
    """Words that most titles have; another archive has others, and one that says nothing has none."""
    publish(make_entry(f"{at}", year=2000 + at % 4, title=f"第{at}次渔业资源调查") for at in range(8))
    searcher = open_searcher(tmp_path)
    found = {each.kind: each for each in examples(searcher, Names(None, searcher.volumes()))}
    assert set(found) == set(ExampleKind)
    texts = [found[kind].state.text for kind in (ExampleKind.WORD, ExampleKind.QUOTED)]
    assert texts[0] in ("渔业", "资源", "渔业资源", "调查")
    assert texts[1] in ('"渔业资源"', '"资源调查"', '"渔业资源调查"')
    assert [found[kind].total for kind in (ExampleKind.WORD, ExampleKind.QUOTED)] == [8, 8]
    assert found[ExampleKind.LIMITED].state.text.endswith("年份:2000-2001")
    assert found[ExampleKind.LIMITED].total == 4
    publish([make_entry("1", title="—")])
    searcher = open_searcher(tmp_path)
    assert examples(searcher, Names(None, searcher.volumes())) == ()


def test_examples_are_chosen_once_for_a_generation(
    tmp_path: Path, publish: Callable[..., None], make_entry: Make
) -> None:
    """The same objects until another generation answers."""
    archive = create_app(tmp_path).config["ARCHIVE"]
    publish([make_entry("1", title="渔业资源调查")])
    first = archive.once(examples)
    assert first
    assert archive.once(examples) is first
    publish([make_entry("1", title="海港建设规划")])
    second = archive.once(examples)
    assert {each.state.text for each in first}.isdisjoint(each.state.text for each in second)


def test_an_archive_without_entries_says_what_to_do(tmp_path: Path, publish: Callable[..., None]) -> None:
    """No examples, no shelf; the other pages answer."""
    publish([])
    client = create_app(tmp_path).test_client()
    page = client.get("/").text
    assert "nianjian build" in page
    assert "试着查" not in page
    for path in ("/contributors", "/holdings", "/about", "/facet/section"):
        assert client.get(path).status_code == 200, path


def test_the_shelf_says_what_is_held(client: FlaskClient) -> None:
    """One line for each yearbook; what is doubtful is a link."""
    page = client.get("/").text
    assert "目录所列 88 页全部收存" in page
    assert (
        '<a href="/holdings#held-S2001">另收目录未列的 2 页</a>；<a href="/holdings#held-S2001">5 页有疑问</a>' in page
    )
    assert "目录所列 6 页全部收存。" in page


def test_a_large_volume_is_folded_and_small(browse: Browse, make_entry: Make) -> None:
    """All is there, closed; a link opens everything; compressed it is under 300 KB."""
    browser = browse(large(make_entry))
    page = browser.get("/volume/V").text
    assert (page.count('<details class="fold">'), page.count('<details class="fold" open>')) == (30, 0)
    assert page.count('href="/entry/') == 1500
    assert len(gzip.compress(page.encode())) < 300_000
    (link,) = re.findall(r'<a href="(\?open=all)"', page)
    opened = browser.get(f"/volume/V{link}").text
    assert (opened.count('<details class="fold">'), opened.count('<details class="fold" open>')) == (0, 30)
    # What is named by a fragment must be inside, since browsers open only what encloses it.
    for number in range(1, 31):
        assert f'<a href="#s{number}">' in page
        assert re.search(rf'</summary><div class="leaf" id="s{number}">', page)


def test_a_small_volume_is_open(client: FlaskClient) -> None:
    """In printed order, with what is held of it and the other volumes of its yearbook."""
    page = client.get("/volume/S2001").text
    assert page.count('<details class="fold" open>') == 14
    assert "全部展开" not in page
    assert "目录所列 19 页全部收存。" in page
    assert '<b aria-current="page">2001</b><a href="/volume/S2002"' in page
    assert "/volume/Q2020" not in page


def test_a_chronicle_says_each_date_once(client: FlaskClient) -> None:
    """After it the first words of the text, which do not say it again."""
    page = client.get("/volume/S2005").text
    chronicle = page[page.index('<dl class="chron') :]
    chronicle = chronicle[: chronicle.index("</dl>")]
    dates = re.findall(r"<dt>([^<]*)</dt>", chronicle)
    assert len(dates) == len(set(dates)) == 8
    assert dates[0] == "1月1日"
    assert re.findall(r"<dd><a [^>]*>([^<]*)</a>", chronicle)[:2] == [
        "工会经费由税务部门代收在全市推开",
        "外来务工人员平安返乡行动运送三万二千人",
    ]
    assert len(re.findall("<dd>", chronicle)) == 10


def test_a_section_is_followed_through_the_years_under_all_its_names(client: FlaskClient) -> None:
    """With the name that each volume prints, counts, and one search for all; not into another yearbook."""
    page = client.get("/volume/S2002/局[产业]工会概况").text
    table = page[page.index('<table class="whole">') : page.index("</table>")]
    rows = re.findall(r'<th scope="row">(\d+)</th><td>(?:<b>|<a [^>]*>)([^<]*)<.*?<td class="n">(\d+)</td>', table)
    assert rows == [
        ("2001", "局、产业工会", "4"),
        ("2002", "局[产业]工会概况", "3"),
        ("2003", "局、产业工会", "3"),
        ("2005", "局、产业工会", "2"),
    ]
    (link,) = re.findall(r'<a href="(/\?[^"]*)">历年共 12 篇', page)
    assert "<h1><b>12</b> 篇" in client.get(html.unescape(link)).text


def test_sections_of_a_yearbook_without_manifest_are_followed_by_their_printed_name(
    browse: Browse, make_entry: Make
) -> None:
    """Within the yearbook alone."""
    entries = [
        make_entry(f"{book}{year}-1-1", yearbook=f"{book}年鉴", volume=f"{book}{year}", year=year)
        for book in "AB"
        for year in (2001, 2002)
    ]
    assert browse(entries).linked("/volume/A2001/信息与信访", "section") == {("A年鉴", "A2002", "信息与信访")}


def test_a_large_register_is_shown_a_letter_at_a_time(browse: Browse, make_entry: Make) -> None:
    """Every name on one page and one page only; under 100 KB compressed, however many there are."""
    surnames = "白陈丁方高何江李马王"
    names = [f"{surname}{chr(0x4E00 + at)}" for surname in surnames for at in range(160)]
    browser = browse([make_entry(f"{at}", authors=[name]) for at, name in enumerate(names)])
    front = browser.get("/contributors").text
    letters = re.findall(r'href="/contributors\?letter=(\w)"', front)
    assert letters == list("CDFGHJLMW")
    shown = []
    for letter in ("B", *letters):
        page = browser.get(f"/contributors?letter={letter}").text
        assert len(gzip.compress(page.encode())) < 100_000
        shown += re.findall(r'<li><a href="/author/[^"]*">([^<]*)</a>', page)
    assert sorted(shown) == sorted(names)
    assert '<b aria-current="page">B</b>' in front
    assert browser.get("/contributors?letter=?").text.count("/author/") == 160


def test_a_contributor_is_shown_by_volume_and_section(client: FlaskClient) -> None:
    """With bars that lead to each volume, and a search in what was signed."""
    page = client.get("/author/苏雅琴").text
    bars = re.findall(r'<li><a href="#(v\d-\d)">(\d)<svg.*?</svg>(\d+)</a>', page)
    assert bars == [("v1-1", "3", "2001"), ("v1-2", "2", "2003"), ("v1-3", "1", "2004"), ("v1-4", "2", "2005")]
    for anchor, count, year in bars:
        section = page[page.index(f'<section class="signed" id="{anchor}">') :]
        section = section[: section.index("</section>")]
        assert f"沧浦 {year} 卷" in section
        assert section.count('href="/entry/') == int(count)
    assert '<input type="hidden" name="author" value="苏雅琴">' in page


@pytest.mark.parametrize(
    ("path", "sought"), [("/entry/职工教育", "职工教育"), ("/author/苏雅", "苏雅"), ("/nothing", "")]
)
def test_a_page_that_is_not_there_has_the_search_box(client: FlaskClient, path: str, sought: str) -> None:
    """Filled with what the address asked for, and a link that searches for it."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert f'name="q" type="search" value="{sought}"' in answer.text
    links = re.findall(r'<a href="(/\?q=[^"]*)" rel="nofollow">', answer.text)
    assert len(links) == bool(sought)
    assert all(f'value="{sought}"' in client.get(html.unescape(link)).text for link in links)


def test_names_of_sections_are_united_by_the_manifest() -> None:
    """What the test above rests on: the sample's manifest gives one name to both."""
    site = next(each for each in load_manifest().sites if each.id == "sample")
    assert site.canonical_section("局[产业]工会概况") == site.canonical_section("局、产业工会")
