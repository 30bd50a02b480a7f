"""A link is the current search plus or minus one thing, and survives the address bar and the forms."""

import re
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.fields import FILTERS, name_of, value_of
from indexer.search.query.notes import note
from indexer.search.query.tree import SORTS, Filter
from search_app.shown.addresses import author_url, entry_url, search_url, volume_url
from search_app.shown.links import SearchState, exactly, form_args, from_args, to_args

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
STATES = st.builds(
    lambda text, years, sections, authors, sort, page, size: (
        SearchState(text, (), sort, page, size)
        .with_values("author", authors)
        .with_values("section", sections)
        .with_values("year", years)
        .at_page(page)
    ),
    TEXT,
    st.lists(st.sampled_from(["0", "7", "2001", "2002", "9999"]), max_size=2),
    st.lists(TEXT.map(value_of), max_size=3),
    st.lists(st.sampled_from(["\n", "\r", "\r\n", "\0", "%0A", " "]) | TEXT.filter(bool), max_size=3),
    st.sampled_from(SORTS),
    st.integers(1, 100_000),
    st.integers(1, 100),
)


@given(STATES)
def test_arguments_and_back_give_the_same_search(state: SearchState) -> None:
    """Through the address bar's encoding too."""
    args = parse_qs(urlencode(to_args(state)), keep_blank_values=True)
    assert from_args(args) == (state, ())


@given(STATES)
def test_a_form_sends_the_same_search(state: SearchState) -> None:
    """Though forms make every line break a CR LF, and HTML has no NUL; only the order of values may change."""
    shown = [(name, value.replace("\0", "\ufffd")) for name, value in form_args(state, but=())]
    sent = [(name, re.sub(r"\r\n|\r|\n", "\r\n", value)) for name, value in shown]
    found, messages = from_args(parse_qs(urlencode(sent), keep_blank_values=True))
    assert ({each.field: set(each.values) for each in found.filters}, messages) == (
        {each.field: set(each.values) for each in state.filters},
        (),
    )
    assert (found.text, found.sort, found.page, found.size) == (state.text, state.sort, state.page, state.size)


@given(st.text())
def test_sections_and_facet_values_name_each_other(section: str) -> None:
    """No value is empty, which would be no filter, and none stands for two sections."""
    assert (name_of(value_of(section)), value_of(section) != "") == (section, True)


@given(STATES)
def test_adding_and_removing_a_value_undo_each_other(state: SearchState) -> None:
    """And either goes back to page 1."""
    added = state.adding("section", "信访")
    assert added.page == 1
    assert added.removing("section", "信访") == state.at_page(1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": ["0"]},
        {"page": ["x"]},
        {"page": ["９"]},
        {"page": ["9" * 99]},
        {"size": ["101"]},
        {"size": ["-1"]},
        {"sort": ["date"]},
    ],
)
def test_senseless_arguments_fall_back_and_are_named(wrong: dict[str, list[str]]) -> None:
    """Never an error, never silence."""
    state, messages = from_args({"q": ["工会"], **wrong})
    assert (state, len(messages)) == (SearchState("工会"), 1)


def test_addresses_of_ordinary_values_stay() -> None:
    """They stand in citations: names with slashes, brackets and quotes stay one path segment."""
    assert entry_url("2002-1268100-3") == "/entry/2002-1268100-3"
    assert entry_url("2002-1-1~2", '"a&b') == "/entry/2002-1-1~2?q=%22a%26b"
    assert volume_url("S2002", "信息与信访") == "/volume/S2002/%E4%BF%A1%E6%81%AF%E4%B8%8E%E4%BF%A1%E8%AE%BF"
    assert volume_url("2002", "局[产业]/x") == "/volume/2002/%E5%B1%80%5B%E4%BA%A7%E4%B8%9A%5D%2Fx"
    assert (volume_url("2002"), volume_url("2002", "")) == ("/volume/2002", "/volume/2002/-")
    assert author_url("王刚") == "/author/%E7%8E%8B%E5%88%9A"
    assert search_url(SearchState()) == "/"


def test_values_that_no_path_carries_are_arguments() -> None:
    """Dots that browsers take away, slashes that end a volume or are merged, line breaks that servers refuse."""
    assert (entry_url("."), entry_url("..", "a b")) == ("/entry/?id=.", "/entry/?id=..&q=a+b")
    assert (volume_url("a/b"), volume_url("", "")) == ("/volume/?id=a%2Fb", "/volume/?id=&section=-")
    assert volume_url("2002", "a/../b") == "/volume/?id=2002&section=a%2F..%2Fb"
    assert (author_url("a\nb"), author_url("a/")) == ("/author/?name=a%0Ab", "/author/?name=a%2F")


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("王刚", '"王刚"'),
        ("王?*\\", '"王\\?\\*\\\\"'),
        ('王"刚', '“王"刚”'),
        ('"”」』', None),
        (" ", None),
        ("长" * 200, None),
    ],
)
def test_a_string_is_sought_as_printed_where_it_can_be(printed: str, text: str | None) -> None:
    """Wildcards stand for themselves, other quotation marks are taken; no search is offered that finds others."""
    assert exactly(printed) == (SearchState(text) if text else None)


def test_excluded_values_go_into_the_address_and_back() -> None:
    """A value is chosen or excluded, not both, but for addresses written by hand, which are said to be odd."""
    state = SearchState("工会").adding("year", "2003").excluding("year", "2003").excluding("section", "信访")
    assert to_args(state) == [("q", "工会"), ("not.year", "2003"), ("not.section", "信访")]
    assert from_args({"q": ["工会"], "not.year": ["2003"], "not.section": ["信访"]}) == (state, ())
    assert state.adding("year", "2003").filters == (
        Filter("year", ("2003",)),
        Filter("section", ("信访",), exclude=True),
    )
    assert state.including("year", "2003").including("section", "信访") == SearchState("工会")
    assert state.without_selection(FILTERS) == state
    assert from_args({"not.year": ["20x"]})[1] == (note("no-year", name="not.year", value="20x"),)
