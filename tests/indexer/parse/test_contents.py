"""Where a page stands in its volume, and in which section, is what the volume's index pages say."""

import random
from collections.abc import Callable, Mapping

import pytest

from indexer.config import DataFolder
from indexer.files.entrystore import read_entries, read_reports
from indexer.manifest import Manifest
from indexer.model import Entry, Page, PageReport, Volume
from indexer.parse.contents import Place, Reported, placed, read_contents
from indexer.search.factory import open_searcher
from indexer.search.query.tree import SearchRequest
from indexer.stages.parsing.stream import parse_pages
from indexer.stages.provenance import differing_fields, rebuild_entry

ROOT = "http://nianjian.cangpu.example/v/"
Pages = dict[str, PageReport]


def volume(name: str = "V", scope: str = ROOT, seeds: tuple[str, ...] = (ROOT + "index.html",)) -> Volume:
    """Make a volume."""
    return Volume(name, "沧浦年鉴 2001", 2001, 2000, "沧浦", "CC0", "eastday-cms", "gb2312", seeds, (scope,))


def page(name: str, *links: str | tuple[str, str], kind: str = "list", section: str = "", heading: str = "") -> Pages:
    """Make the report of a page; a link without words has those of its page's name."""
    told = ((link, link) if isinstance(link, str) else link for link in links)
    where = tuple((words, ROOT + target) for words, target in told)
    return {ROOT + name: PageReport(ROOT + name, "V", section, heading, kind, "utf-8", 0, 0, where)}


def text(name: str, section: str = "") -> Pages:
    """Make the report of a page with entries."""
    return page(name, kind="entries", section=section)


def contents(pages: Pages, *chains: tuple[str, ...], of: Volume | None = None) -> dict[str, tuple[int, str]]:
    """Give order and section of each page by its name."""
    whole = [tuple(ROOT + name for name in chain) for chain in chains]
    reported = Reported(
        pages.keys(),
        pages.__getitem__,
        [url for url, each in pages.items() if each.links and each.kind != "entries"],
        {url: chain for chain in whole for url in chain},
    )
    found = read_contents([of or volume()], reported)
    return {url.removeprefix(ROOT): (place.order, place.section) for url, place in found.items()}


def test_pages_are_numbered_depth_first_in_the_order_of_links() -> None:
    """A page that two index pages list stands where it is listed first; links that are not held take a number."""
    pages = (
        page("index.html", ("特载", "b/"), ("工会概况", "a/"))
        | page("b/", "b/9.html", "b/lost.html", "b/1.html")
        | page("a/", "a/2.html", "b/1.html", ("街道", "a/x/"), "a/1.html")
        | page("a/x/", "a/x/5.html")
        | text("b/9.html")
        | text("b/1.html")
        | text("a/2.html")
        | text("a/1.html", "自己的栏目")
        | text("a/x/5.html")
    )
    assert contents(pages) == {
        "b/9.html": (1, "特载"),
        "b/1.html": (3, "特载"),
        "a/2.html": (4, "工会概况"),
        "a/x/5.html": (5, "工会概况"),
        "a/1.html": (6, "工会概况"),
    }


def test_side_bar_on_every_page_changes_nothing() -> None:
    """Each index page leads to all others and to the front page before its own pages."""
    bar = ("index.html", ("乙", "b/"), ("甲", "a/"), ("丙", "c/"))
    pages = page("index.html", *bar)
    for name in "abc":
        pages |= page(f"{name}/", *bar, f"{name}/1.html", f"{name}/2.html") | text(f"{name}/1.html")
    assert contents(pages) == {"b/1.html": (1, "乙"), "a/1.html": (3, "甲"), "c/1.html": (5, "丙")}


def test_page_shown_on_the_front_page_too_stays_in_its_section() -> None:
    """What the front page shows of a section stands in no section of its own."""
    pages = (
        page("index.html", ("要闻", "b/2.html"), ("甲", "a/"), ("乙", "b/"))
        | page("a/", "a/1.html")
        | page("b/", "b/1.html", "b/2.html")
        | text("a/1.html")
        | text("b/1.html")
        | text("b/2.html")
    )
    assert contents(pages) == {"a/1.html": (1, "甲"), "b/1.html": (2, "乙"), "b/2.html": (3, "乙")}


@pytest.mark.parametrize(
    ("index", "named"),
    [
        (page("a/", "a/1.html", section="民主管理"), "民主管理"),
        (page("a/", "a/1.html", heading="页上的题"), "目录上的栏目"),
    ],
)
def test_index_page_of_a_section_names_it_itself_or_by_the_link_that_leads_there(index: Pages, named: str) -> None:
    """Marks before the link's words are none of the name."""
    pages = page("index.html", ("", "a/"), ("·目录上的栏目　", "a/")) | index | text("a/1.html")
    assert contents(pages) == {"a/1.html": (1, named)}


def test_page_that_the_volumes_index_lists_itself_is_named_by_words_only_where_words_are_sections() -> None:
    """A list of titles names no section; one that leads to sections beside does, or one whose pages say so."""
    titles = page("index.html", ("开展劳动竞赛", "1.html"), ("大事记", "2.html"))
    beside = page("index.html", ("信访", "a/"), ("大事记", "2.html")) | page("a/", "a/1.html")
    assert contents(titles | text("1.html") | text("2.html")) == {"1.html": (1, ""), "2.html": (2, "")}
    assert contents(titles | text("1.html", "开展 劳动竞赛") | text("2.html"))["2.html"] == (2, "大事记")
    assert contents(beside | text("2.html")) == {"2.html": (2, "大事记")}


def test_index_that_goes_on_and_text_that_goes_on_are_one_page_each() -> None:
    """下一页 names no section, and the second page of a text stands behind the first."""
    pages = (
        page("index.html", ("甲", "a/"), ("下一页", "index2.html"))
        | page("index2.html", ("乙", "b/"), ("上一页", "index.html"))
        | page("a/", "a/1.html", ("下一页", "a/2/"))
        | page("a/2/", "a/3.html")
        | page("b/", "b/1.html")
        | text("a/1.html")
        | text("a/1_2.html")
        | text("a/3.html")
        | text("b/1.html")
    )
    chains = ("index.html", "index2.html"), ("a/", "a/2/"), ("a/1.html", "a/1_2.html")
    assert contents(pages, *chains) == {
        "a/1.html": (1, "甲"),
        "a/1_2.html": (2, "甲"),
        "a/3.html": (3, "甲"),
        "b/1.html": (4, "乙"),
    }


def test_menu_in_a_frame_is_the_volumes_index() -> None:
    """It has no frame of the yearbook's, and is no list to the parser; a frame's name is no section's."""
    pages = (
        page("index.html", ("left", "menu.html"), ("main", "welcome.html"))
        | page("menu.html", ("甲", "a/"), ("大事记", "2.html"), kind="other")
        | page("a/", "a/1.html")
        | text("a/1.html")
        | text("2.html")
    )
    assert contents(pages) == {"a/1.html": (1, "甲"), "2.html": (2, "大事记")}


def test_without_the_volumes_index_sections_are_named_and_places_unknown() -> None:
    """Nothing says in which order several index pages stand."""
    pages = page("b/", "b/1.html", section="乙") | page("a/", "a/1.html", heading="甲")
    pages |= text("a/1.html") | text("b/1.html")
    assert contents(pages) == {"a/1.html": (0, "甲"), "b/1.html": (0, "乙")}


def test_index_that_lies_highest_stands_for_a_seed_that_is_not_held() -> None:
    """A folder's address and its index.html are one page to people."""
    pages = page("index.html", ("甲", "a/")) | page("a/", "a/1.html", "index.html") | text("a/1.html")
    assert contents(pages, of=volume(seeds=(ROOT,))) == {"a/1.html": (1, "甲")}


def test_only_pages_of_the_volume_are_its() -> None:
    """Neighbouring volumes are led to from every page."""
    pages = page("index.html", ("甲", "a/"), "w/index.html") | page("a/", "a/1.html", "w/1.html")
    pages |= page("w/index.html", "w/1.html") | text("a/1.html") | text("w/1.html")
    inner = volume("W", ROOT + "w/", (ROOT + "w/index.html",))
    reported = Reported(pages.keys(), pages.__getitem__, [ROOT + "index.html", ROOT + "a/", ROOT + "w/index.html"], {})
    assert read_contents([inner, volume()], reported) == {
        ROOT + "a/1.html": Place("V", 1, "甲"),
        ROOT + "w/1.html": Place("W", 1, ""),
    }


def test_index_pages_ten_thousand_deep_and_in_rings_are_walked() -> None:
    """No walk is endless, and none depends on how deep Python calls."""
    size = 10_000
    pages: Pages = page("index.html", ("甲", "0/"))
    for at in range(size):
        pages |= page(f"{at}/", f"{(at + 1) % size}/", f"{at}/1.html")
    assert contents(pages | text("9999/1.html")) == {"9999/1.html": (1, "甲")}


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        (Place("2002", 7, "信访"), (7, "信息与信访")),
        (Place("2003", 7, "信访"), (0, "信息与信访")),
        (None, (0, "信息与信访")),
    ],
)
def test_what_a_page_says_itself_stands(
    make_entry: Callable[..., Entry], place: Place | None, wanted: tuple[int, str]
) -> None:
    """Its section; and a page that says it is of another volume has no place in this one."""
    entry = make_entry()
    places: Mapping[str, Place] = {entry.url: place} if place else {}
    assert placed(entry, places) == wanted


def test_entries_of_a_page_without_a_section_get_it_from_the_index(sample: DataFolder) -> None:
    """In its report, too, which the holdings are counted by."""
    url = "http://nianjian.cangpu.example/node6000/node6002/node6214/userobject1ai621401.html"
    found = {(entry.section, entry.order) for entry in read_entries(sample.entries) if entry.url == url}
    assert found == {("维护职工合法权益", 16)}
    assert [each.section for each in read_reports(sample.pages) if each.url == url] == ["维护职工合法权益"]


def test_entry_made_again_from_its_record_has_its_place(sample: DataFolder, manifest: Manifest) -> None:
    """The pages of its folder do not tell it; the whole archive does, which `verify` parses."""
    for name in ("S2002-621401-1", "S2004-640901-2"):
        entry = open_searcher(sample.root).get(name)
        assert entry is not None
        again = rebuild_entry(sample, manifest, entry)
        assert again is not None
        assert differing_fields(again, entry) == []


def test_order_of_parsing_changes_no_place(
    make_page: Callable[..., Page], manifest: Manifest, rng: random.Random
) -> None:
    """Index pages may come after the pages they list."""
    site = "http://nianjian.cangpu.example/node6000/node6001/"
    listed = "<br>".join(f'<a href="{site}node1/userobject1ai{at}.html">第{at}篇的题名</a>' for at in (3, 1, 2))
    pages = [
        make_page(f'<a href="{site}node1/index.html">信访</a>', "", "2001年鉴", site + "index.html", rule=""),
        make_page(listed, "", "2001年鉴信访", site + "node1/index.html", rule=""),
        *(
            make_page(f"第{at}件事做成。", f"第{at}篇", "2001年鉴", f"{site}node1/userobject1ai{at}.html")
            for at in (1, 2, 3)
        ),
    ]
    for _ in range(5):
        rng.shuffle(pages)
        entries, _ = parse_pages(pages, manifest.volumes)
        assert [(entry.heading, entry.section, entry.order) for entry in entries] == [
            ("第1篇", "信访", 2),
            ("第2篇", "信访", 3),
            ("第3篇", "信访", 1),
        ]


def test_volume_as_printed_follows_its_index(sample: DataFolder) -> None:
    """The sample's pages are listed in the order of their sections."""
    entries = list(open_searcher(sample.root).entries(SearchRequest(sort="book")))
    by_volume = [each.volume for each in entries]
    assert list(dict.fromkeys(by_volume)) == ["S2001", "S2002", "S2003", "S2004", "S2005", "Q2020"]
    second = [(each.order, each.position) for each in entries if each.volume == "S2002"]
    assert second == sorted(second)
