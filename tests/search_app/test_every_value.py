"""Every value an entry may have has a link that leads back to it, as browsers follow links and send forms."""

from collections.abc import Callable

import pytest
from browser import Browser, chosen_values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.config import DataFolder
from indexer.files.entrystore import write_entries
from indexer.model import Entry
from indexer.search.fields import FACETS, FILTERS, filter_values, value_of
from indexer.stages.pipeline import index_entries
from search_app import create_app
from search_app.shown.addresses import author_url, entry_url, search_url, volume_url
from search_app.shown.links import MAX_VALUES, SearchState

IDS = (".", "..", "~", "...", "-", "@", "2002-1268100-3", "王刚", "é")
# fmt: off
NAMES = (
    "a/b", "a/b/", "/", "//", "/a", "a//b", "a/../b", "./a", "a/.", ".", "..", "...", "-", "--", "a-", "~", "%", "%2F",
    "%2e", "%2E%2e", "?", "#", "?q=1#x", "&", "a=b&c", "+", ";", "\\", "a\\b", "a\\?b", ":", "http://a/", "*", "a*",
    " ", "王 刚", " a", "a ", "\u3000", "\t", "\n", "a\nb", "a\r", "\r\n", "\r\nb", "\0", "a\0b", "\x1f", "\x7f", "\x85",
    "\u2028", "\u200b", "\ufeffa", "\uffff", "é", "e\u0301", "𠮷", '"', "'", "<b>", "&amp;", "“”", '"”」』', "0", "",
    "信息与信访", "局[产业]工会概况", "王刚", "（未标栏目）", "船厂 或 港口", "作者:王刚", "长" * 300,
)
# fmt: on
TEXT = (
    st.sampled_from(NAMES)
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
    | st.lists(st.sampled_from(NAMES), max_size=3).map("".join)
)
ENTRIES = st.lists(
    st.builds(
        Entry,
        id=st.sampled_from(IDS) | st.from_regex(r"[\w.~@-]{1,200}", fullmatch=True),
        volume=TEXT,
        year=st.sampled_from((0, 1, 2002, 9999)),
        section=TEXT,
        heading=TEXT,
        title=TEXT,
        authors=st.lists(TEXT.filter(bool), max_size=3).map(tuple),
        signature=TEXT,
        body=TEXT,
        captions=st.lists(TEXT, max_size=1).map(tuple),
        url=st.sampled_from(NAMES).map("http://example.org/{}".format),
        position=st.integers(1, 2),
        yearbook=TEXT,
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda entry: entry.id,
)


@pytest.fixture(scope="module")
def browse(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Entry]], Browser]:
    """Give a function that publishes entries by way of an entries file, where values are refused, for a browser."""
    data = DataFolder(tmp_path_factory.mktemp("values"))
    app = create_app(data.root)

    def publish(entries: list[Entry]) -> Browser:
        write_entries(data.entries, entries)
        index_entries(data)
        return Browser(app)

    return publish


def _check(browser: Browser, entries: list[Entry]) -> None:
    """Follow the links to and from what each entry has."""
    for entry in entries:
        _check_entry(browser, entry)
        _check_volume(browser, entries, entry)
        _check_section(browser, entries, entry)
        for name in entry.authors:
            _check_author(browser, entries, name)
    for field in FILTERS:
        _check_facet(browser, entries, field)


def _check_entry(browser: Browser, entry: Entry) -> None:
    for address in (entry_url(entry.id), entry_url(entry.id, "正文\n")):
        assert browser.about(address) == ("entry", entry.id)
        assert browser.linked(address, "section") == {(entry.yearbook, entry.volume, entry.section)}
        assert browser.linked(address, "volume") == {(entry.yearbook, entry.volume)}
        assert browser.linked(address, "author") == {(name,) for name in entry.authors}
    assert browser.get(f"/api/v1{entry_url(entry.id)}").json == entry.to_record() | {
        "persons": list(dict.fromkeys(entry.authors))
    }


def _apart(entries: list[Entry], entry: Entry) -> str | None:
    """Give what an address must say beside the id of an entry's volume: nothing, if one yearbook has such a volume."""
    several = len({each.yearbook for each in entries if each.volume == entry.volume}) > 1
    return value_of(entry.yearbook) if several else None


def _check_volume(browser: Browser, entries: list[Entry], entry: Entry) -> None:
    book, volume = entry.yearbook, entry.volume
    address = volume_url(volume, None, _apart(entries, entry))
    inside = [each for each in entries if (each.yearbook, each.volume) == (book, volume)]
    assert browser.about(address) == ("volume", book, volume)
    assert browser.linked(address, "entry") == {(each.id,) for each in inside}
    assert browser.linked(address, "section") == {(book, volume, each.section) for each in inside}
    beside = {(book, each.volume) for each in entries if each.yearbook == book}
    assert browser.linked(address, "volume") == beside - {(book, volume)}
    assert browser.linked("/", "volume") == {(each.yearbook, each.volume) for each in entries}


def _check_section(browser: Browser, entries: list[Entry], entry: Entry) -> None:
    apart = _apart(entries, entry)
    place = entry.yearbook, entry.volume, entry.section
    address = volume_url(entry.volume, entry.section, apart)
    inside = [each for each in entries if (each.yearbook, each.volume, each.section) == place]
    assert browser.about(address) == ("section", *place)
    assert browser.linked(address, "entry") == {(each.id,) for each in inside}
    kind, _, chosen = browser.about(browser.open(address)[1].sent(1))
    fields = ("volume", "section", "yearbook") if apart else ("volume", "section")
    assert (kind, chosen) == ("results", _values(entry, *fields))


def _check_author(browser: Browser, entries: list[Entry], name: str) -> None:
    address = author_url(name)
    inside = [entry for entry in entries if name in entry.authors]
    assert browser.about(address) == ("author", name)
    assert browser.linked(address, "entry") == {(entry.id,) for entry in inside}
    assert browser.linked(address, "author") <= {(other,) for entry in inside for other in entry.authors} - {(name,)}
    assert ("", frozenset({("author", name)})) in browser.linked(address, "results")


def _check_facet(browser: Browser, entries: list[Entry], field: str) -> None:
    """From the facet's own page to the results with each value, and from there to the entries and on by the forms."""
    values = {value for entry in entries for value in filter_values(entry)[field]}
    if field in FACETS:
        linked = browser.linked(f"/facet/{field}", "results")
        assert linked == {("", frozenset({(field, value)})) for value in values}
    for value in values:
        address = search_url(SearchState(size=100).adding(field, value))
        inside = [entry for entry in entries if value in filter_values(entry)[field]]
        assert browser.linked(address, "entry") == {(entry.id,) for entry in inside}
        assert browser.linked(address, "author") == {(name,) for entry in inside for name in entry.authors}
        page = browser.open(address)[1]
        chosen = frozenset({(field, value)})
        assert browser.about(page.sent(0)) == browser.about(page.sent(1)) == ("results", "", chosen)
        offered = {browser.about(page.sent(1, box)) for box in page.boxes()}
        offered |= {("results", *each) for each in browser.linked(address, "results")}  # years are links
        several = len({entry.yearbook for entry in entries}) > 1
        shown = [each for each in FACETS if several or each != "yearbook"]
        pairs = {(field, other) for other in values if field in shown}.union(
            *(_values(each, *shown) for each in inside)
        )
        assert offered >= {("results", "", chosen | {pair}) for pair in pairs}


def _values(entry: Entry, *fields: str) -> frozenset[tuple[str, str]]:
    return frozenset((field, value) for field in fields for value in filter_values(entry)[field])


BROWSE = Callable[[list[Entry]], Browser]


@pytest.mark.slow
@settings(max_examples=10, print_blob=True, suppress_health_check=list(HealthCheck))
@given(ENTRIES)
def test_every_link_leads_back_to_its_value(browse: BROWSE, entries: list[Entry]) -> None:
    """Whatever values the entries file may hold; a failure prints how to run the same entries again."""
    _check(browse(entries), entries)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (at % 3 > 0)) for at, name in enumerate(NAMES)]
)
def test_odd_names_are_linked(browse: BROWSE, make_entry: Callable[..., Entry], name: str) -> None:
    """As volume, section and contributor at once, and each beside an ordinary one."""
    authors = ["王刚", name] if name else []
    entries = [
        make_entry("1", yearbook=name, volume=name, section=name, authors=authors),
        make_entry("2", section=name),
        make_entry("3", yearbook=name, volume=name, authors=authors),
    ]
    _check(browse(entries), entries)


def test_odd_ids_are_linked(browse: BROWSE, make_entry: Callable[..., Entry]) -> None:
    """A dot and two dots, which browsers take out of a path, among them."""
    entries = [make_entry(entry_id) for entry_id in IDS]
    _check(browse(entries), entries)


def test_a_full_selection_offers_no_value_it_would_lose(browse: BROWSE, make_entry: Callable[..., Entry]) -> None:
    """With as many contributors chosen as may be, each of them can be dropped, and no other is linked."""
    names = [f"名{number}" for number in range(MAX_VALUES + 1)]
    full = SearchState().with_values("author", names[1:])
    linked = browse([make_entry("1", authors=names)]).linked(search_url(full, "/facet/author"), "results")
    assert linked == {
        ("", chosen_values(full)),
        *(("", chosen_values(full.removing("author", name))) for name in names[1:]),
    }
