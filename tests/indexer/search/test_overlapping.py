"""Strings that overlap are counted from how often each stands, and how often two stand over one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.query.overlapping import shared
from indexer.search.query.plan import Leaf
from indexer.search.query.terms import Term
from indexer.search.shown.marks import occurrences, separate

LETTERS = "甲乙丙"


def group(*texts: str) -> tuple[Leaf, ...]:
    """Give the sources of a group."""
    return tuple(Leaf("", (Term(text),)) for text in texts)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("工会", "会议"), ["工会议"]),
        (("总工会", "工会"), ["总工会"]),
        (("工会", "信访"), []),
        (("工会", "会议", "议题"), None),
        (("哈哈",), None),
        (("中国", "国中"), None),
    ],
)
def test_what_two_share_is_told_where_no_third_can_stand_there(texts: tuple[str, ...], found: list[str] | None) -> None:
    """As one string; not where chains of them are possible."""
    told = shared(group(*texts))
    assert (told if told is None else [each.text for each in told]) == found


@given(
    st.lists(st.text(LETTERS, min_size=1, max_size=4), min_size=1, max_size=4, unique=True),
    st.text(LETTERS, max_size=40),
)
def test_sum_without_what_is_shared_is_what_a_reader_sees_marked(texts: list[str], text: str) -> None:
    """In any text."""
    told = shared(group(*texts))
    if told is not None:
        marked = separate(sorted(place for each in texts for place in occurrences(text, each)))
        strings = [*texts, *(each.text for each in told)]
        each, twice = [
            sum(text.startswith(string, at) for string in some for at in range(len(text)))
            for some in (strings[: len(texts)], strings[len(texts) :])
        ]
        assert each - twice == len(marked)
