"""Occurrences are the places a reader sees marked: what overlaps is counted once, read or looked up."""

import tempfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from judge import marked, occurrences, said
from random_archives import GAPS, build, entry_of

from indexer.model import Entry
from indexer.search.query.grammar import parse
from indexer.search.query.terms import Term, can_meet
from indexer.search.query.tree import All, Any, Exact, Field, Match, Near, Node, Pattern, SearchRequest

_STRINGS = st.text(st.sampled_from("工会上"), min_size=1, max_size=3)
_TEXTS = st.text(st.sampled_from("工会會上。"), max_size=15)
_LEAVES = st.one_of(
    _STRINGS.map(Exact),
    st.builds(Field, st.sampled_from(["title", "body", "section"]), _STRINGS.map(Exact)),
    st.builds(
        Near,
        st.lists(st.one_of(_STRINGS.map(Exact), _STRINGS.map(Match)), min_size=2, max_size=3).map(tuple),
        st.integers(0, 2),
    ),
    st.builds(lambda first, second, gap: Pattern((first, second), (gap,)), _STRINGS, _STRINGS, GAPS),
    _STRINGS.map(Match),
)
_QUERIES = st.builds(
    lambda kind, leaves: kind(tuple(leaves)), st.sampled_from([All, Any]), st.lists(_LEAVES, min_size=1, max_size=4)
)


def entries_of(texts: list[tuple[str, str]]) -> tuple[Entry, ...]:
    """Make entries of a title and a body each; the title is the section, too."""
    return tuple(
        entry_of(id=f"2001-{number}-1", title=title, section=title, body=body)
        for number, (title, body) in enumerate(texts)
    )


@settings(max_examples=40)
@given(st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=8), _QUERIES)
@example([("", "工会上会")], Any((Exact("工会"), Exact("会上"))))  # few entries are read …
@example([("", "工会上会")] * 8, Any((Exact("工会"), Exact("会上"))))  # … of many the index gives the places
@example([("工会", "工会")], Any((Exact("工会"), Field("title", Exact("工")))))
@example([("", "工上工")], Any((Near((Exact("工"), Exact("上")), 2), Near((Exact("上"), Exact("工")), 2))))
@example([("", "工工工")], Near((Exact("工工"), Exact("工")), 0))
@example([("", "工会上会")], All((Exact("会"), Pattern(("工", "上"), ((0, 10),)))))
@example([("", "工会")], All((Match("工會"), Match("工会"))))
def test_places_that_overlap_are_counted_once(texts: list[tuple[str, str]], node: Node) -> None:
    """The page's total is what reading gives and what its hits say."""
    entries = entries_of(texts)
    with tempfile.TemporaryDirectory() as folder:
        searcher = build(folder, entries)
        for _ in range(2):  # looked up, and then kept
            page = searcher.search(SearchRequest(node, size=100))
            sought = marked(node)
            found = {hit.entry for hit in page.hits}
            assert page.occurrences == sum(occurrences(entry, sought) for entry in found)
            assert page.occurrences == sum(map(said, page.hits))


test_places_that_overlap_often = pytest.mark.slow(
    settings(max_examples=150)(
        given(st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=8), _QUERIES)(
            test_places_that_overlap_are_counted_once.hypothesis.inner_test
        )
    )
)


@pytest.mark.parametrize(
    ("typed", "body", "count"),
    [
        ('"上"', "上上", 2),
        ('"上上"', "上上上", 1),
        ('"总工会" "工会主席"', "总工会主席", 1),
        ('"总工会" "工会"', "总工会和工会", 2),
        ('"总" "工会"', "总工会", 2),
        ("深入 深人", "深入", 1),
        ("总 NEAR/0 工会 工会", "总工会", 2),
    ],
)
def test_occurrences_of(typed: str, body: str, count: int) -> None:
    """What touches is counted each, what overlaps once."""
    with tempfile.TemporaryDirectory() as folder:
        page = build(folder, [entry_of(body=body)]).search(SearchRequest(parse(typed)[0]))
    assert (page.total, page.occurrences, [said(hit) for hit in page.hits]) == (1, count, [count])


@given(_STRINGS, _STRINGS)
def test_terms_can_meet_where_some_text_has_them_overlap(one: str, other: str) -> None:
    """Tried with the one at every place beside the other."""
    tried = range(1 - len(other), len(one))
    meet = any(
        all(one[at] == other[at - shift] for at in range(len(one)) if 0 <= at - shift < len(other)) for shift in tried
    )
    assert can_meet(Term(one), Term(other)) == meet
