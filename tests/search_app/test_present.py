"""What is shown is arranged from values alone."""

import pytest

from indexer.search.fields import value_of
from search_app.shown.marking import Block, Piece, blocks, split_line
from search_app.shown.naming import Names
from search_app.shown.present import pages_around
from search_app.words import answers


def test_marks_survive_splitting_into_paragraphs_and_tables() -> None:
    """A mark over a break goes on behind it."""
    body = (Piece("第一"), Piece("段\n第二", True, 1), Piece("段\n甲\t乙\n丙\t"), Piece("丁", True, 2))
    assert blocks(body) == (
        Block((Piece("第一"), Piece("段", True, 1))),
        Block((Piece("第二", True), Piece("段"))),
        Block(rows=(((Piece("甲"),), (Piece("乙"),)), ((Piece("丙"),), (Piece("丁", True, 2),)))),
    )


def test_splitting_keeps_empty_cells() -> None:
    """Columns do not shift."""
    assert split_line((Piece("甲\t\t乙"),), "\t") == [(Piece("甲"),), (), (Piece("乙"),)]


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
