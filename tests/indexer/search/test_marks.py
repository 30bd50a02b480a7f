"""Marks and snippets are spans of the text as printed."""

from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.search.fields import ALL_TEXT
from indexer.search.query.grammar import parse
from indexer.search.query.plan import Leaf, Within, resolve, searched
from indexer.search.query.terms import Term
from indexer.search.shown.marks import find_marks, occurrences, standing_together
from indexer.search.shown.results import Span
from indexer.search.shown.snippet import marked, snippet
from indexer.text.variants import Likeness

SMALL = st.text(st.sampled_from("工会 　ＡaA。\n"), max_size=60)


def leaves(text: str) -> tuple[Leaf, ...]:
    """Give the leaves of a query."""
    return resolve(parse(text)[0]).leaves


def near(text: str, strings: tuple[str, ...], distance: int) -> list[tuple[int, int]]:
    """Give what stands near one another."""
    return standing_together(text, [Term(string) for string in strings], Within(distance))


def test_marks_fall_on_the_printed_characters() -> None:
    """White space inside a match is marked with it."""
    text = "共１１３ 614人，深 入。"
    assert [text[start:end] for start, end in find_marks(leaves('"113614" 深入'), "body", text).ranges] == [
        "１１３ 614",
        "深 入",
    ]


def test_overlapping_marks_are_merged() -> None:
    """A word inside another word's mark makes no second one."""
    assert find_marks(leaves('"总工会" "工会主席"'), "body", "总工会主席").ranges == [(0, 5)]


def test_scope_and_negation_are_kept() -> None:
    """A field's word marks that field only; what must not be there marks nothing."""
    found = leaves("标题:甲 乙 -丙")
    assert find_marks(found, "body", "甲乙丙").ranges == [(1, 2)]
    assert find_marks(found, "title", "甲乙丙").ranges == [(0, 2)]


def test_near_marks_only_what_stands_near() -> None:
    """A far occurrence is left unmarked; order does not matter."""
    assert near("甲一乙二二二二甲", ("乙", "甲"), 2) == [(0, 1), (2, 3)]
    assert near("甲一一一乙", ("甲", "乙"), 2) == []
    assert near("甲一一乙一一丙", ("甲", "乙", "丙"), 2) == [(0, 1), (3, 4), (6, 7)]


def test_near_needs_an_occurrence_of_its_own_for_each_string() -> None:
    """One occurrence does not stand for two, nor do overlapping ones."""
    assert near("甲一", ("甲", "甲"), 5) == []
    assert near("甲一甲", ("甲", "甲"), 5) == [(0, 1), (2, 3)]
    assert near("总工会", ("总工会", "工会"), 5) == []
    assert near("总工会工会", ("工会", "总工会"), 5) != []


@settings(max_examples=400)
@given(
    st.text(st.sampled_from("甲乙丙a"), max_size=14),
    st.lists(st.text(st.sampled_from("甲乙丙"), min_size=1, max_size=2), min_size=1, max_size=4).map(tuple),
    st.integers(0, 4),
)
def test_near_is_what_trying_all_groups_gives(text: str, strings: tuple[str, ...], distance: int) -> None:
    """One place of each string, in every order: none overlapping, none too far from the one before it."""
    places = [[at for at in range(len(text)) if text.startswith(string, at)] for string in strings]
    taken = set()
    for chosen in product(*places):
        ranges = sorted((at, at + len(string)) for at, string in zip(chosen, strings, strict=True))
        if all(0 <= later[0] - earlier[1] <= distance for earlier, later in pairwise(ranges)):
            taken.update(ranges)
    assert near(text, strings, distance) == sorted(taken)


def test_near_does_not_bridge_a_gap_by_other_places_of_a_string() -> None:
    """Nor mark a place that belongs to no group; three strings inside one another are found."""
    assert near("甲一一乙一一乙一一丙", ("甲", "乙", "丙"), 2) == []
    assert near("甲一一甲一一乙", ("甲", "乙"), 2) == [(3, 4), (6, 7)]
    assert near("代表和职工代表及职工", ("职工", "职工代表", "代表"), 20) != []


@given(SMALL, st.text(st.sampled_from("工会a"), min_size=1, max_size=3))
def test_occurrences_are_those_of_a_plain_count(text: str, string: str) -> None:
    """Non-overlapping, from the left."""
    assert len(occurrences(text, string)) == text.count(string)


@given(SMALL, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9))))
def test_text_without_marks_is_the_stored_text(text: str, ranges: list[tuple[int, int]]) -> None:
    """Spans neither add nor lose a character, and no two marked spans lie side by side."""
    apart: list[tuple[int, int]] = []
    for start, length in sorted(ranges):
        end = min(start + length, len(text))
        if start < end and (not apart or start > apart[-1][1]):
            apart.append((start, end))
    spans = marked(text, apart)
    assert "".join(span.text for span in spans) == text
    assert [span.text for span in spans if span.marked] == [text[start:end] for start, end in apart]
    assert all(span.text for span in spans)


def test_snippet_shows_the_stretch_with_most_marks() -> None:
    """It opens at a sentence where it can, and says where it is cut."""
    text = "开头甲。" + "无" * 200 + "。这里有甲也有乙。" + "尾" * 200
    ranges = find_marks(leaves('"甲" "乙"'), "body", text).ranges
    shown = snippet(text, ranges, width=40)
    assert shown[:5] == (
        Span("…", False),
        Span("这里有", False),
        Span("甲", True),
        Span("也有", False),
        Span("乙", True),
    )
    assert shown[-1] == Span("…", False)


@given(st.text(st.sampled_from("甲乙。"), max_size=400), st.integers(20, 150))
def test_snippet_is_a_piece_of_the_text(text: str, width: int) -> None:
    """Whatever is marked, and about as long as asked."""
    shown = snippet(text, find_marks(leaves('"甲乙"'), "body", text).ranges, width)
    inner = "".join(span.text for span in shown).strip("…")
    assert inner in text
    assert len(inner) <= width + 2


def test_snippet_of_one_endless_mark_is_cut() -> None:
    """Rows of the same character are no longer than twice the width."""
    text = "工" * 3000
    shown = snippet(text, find_marks(leaves('"工"'), "body", text).ranges)
    assert sum(len(span.text) for span in shown) < 300


def test_string_asked_for_twice_is_counted_once() -> None:
    """Everywhere, and in the title."""
    assert find_marks(leaves("工会 标题:工会"), "title", "工会").count == 1
    term = Term("工会", Likeness.ALIKE)
    assert searched(leaves("工会 标题:工会 作者:工会")).single == ((ALL_TEXT, term), ("author", term))
    assert searched(leaves('工会 "工会"')).single == ((ALL_TEXT, term),)
