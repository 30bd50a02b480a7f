"""A link is the current search plus or minus one thing, and survives the address bar."""

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.fields import section_named, section_value
from indexer.search.query import SORTS
from search_app.links import SearchState, entry_url, from_args, search_url, to_args, volume_url

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
STATES = st.builds(
    lambda text, years, authors, sort, page, size: (
        SearchState(text, (), sort, page, size).with_values("author", authors).with_values("year", years).at_page(page)
    ),
    TEXT,
    st.lists(st.sampled_from(["2001", "2002"]), max_size=2),
    st.lists(TEXT.filter(bool), max_size=3),
    st.sampled_from(SORTS),
    st.integers(1, 100_000),
    st.integers(1, 100),
)


@given(STATES)
def test_arguments_and_back_give_the_same_search(state: SearchState) -> None:
    """Through the address bar's encoding too."""
    args = parse_qs(urlencode(to_args(state)), keep_blank_values=True)
    assert from_args(args) == (state, ())


@given(st.text())
def test_sections_and_facet_values_name_each_other(section: str) -> None:
    """No value is empty, which would be no filter, and none stands for two sections."""
    assert (section_named(section_value(section)), section_value(section) != "") == (section, True)


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


def test_addresses_are_encoded() -> None:
    """Names with slashes, brackets and quotes stay one path segment."""
    assert entry_url("2002-1-1", '"a&b') == "/entry/2002-1-1?q=%22a%26b"
    assert volume_url("2002", "局[产业]/x") == "/volume/2002/%E5%B1%80%5B%E4%BA%A7%E4%B8%9A%5D%2Fx"
    assert search_url(SearchState()) == "/"
