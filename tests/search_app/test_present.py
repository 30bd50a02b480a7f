"""What is shown is arranged from values alone."""

import pytest

from indexer.search.fields import value_of
from indexer.search.shown.results import Span
from search_app.shown.naming import Names
from search_app.shown.present import Block, blocks, pages_around, split_spans
from search_app.words import answers


def test_marks_survive_splitting_into_paragraphs_and_tables() -> None:
    """A mark over a break goes on behind it."""
    body = (Span("第一", False), Span("段\n第二", True), Span("段\n甲\t乙\n丙\t", False), Span("丁", True))
    assert blocks(body) == (
        Block(spans=(Span("第一", False), Span("段", True))),
        Block(spans=(Span("第二", True), Span("段", False))),
        Block(rows=(((Span("甲", False),), (Span("乙", False),)), ((Span("丙", False),), (Span("丁", True),)))),
    )


def test_splitting_keeps_empty_cells() -> None:
    """Columns do not shift."""
    assert split_spans((Span("甲\t\t乙", False),), "\t") == [(Span("甲", False),), (), (Span("乙", False),)]


@pytest.mark.parametrize(
    ("page", "last", "shown"),
    [(1, 1, [1]), (1, 9, [1, 2, 3, 0, 9]), (5, 9, [1, 0, 3, 4, 5, 6, 7, 0, 9]), (99, 9, [1, 0, 9])],
)
def test_pager_offers_ends_and_neighbours(page: int, last: int, shown: list[int]) -> None:
    """0 is a gap; a page past the end still offers the ends."""
    assert pages_around(page, last) == shown


def test_only_the_unknown_section_is_shown_as_unknown() -> None:
    """Not a section printed as a hyphen, nor a contributor."""
    shown = [Names(None, ()).label("section", value_of(section)) for section in ("信访", "", "-")]
    assert (shown, Names(None, ()).label("author", "-")) == (["信访", answers.section(""), "-"], "-")
