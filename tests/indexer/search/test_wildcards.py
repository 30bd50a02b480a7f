"""`?` and `*` in quoted strings stand for characters that are not known."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.query.grammar import parse
from indexer.search.query.notes import NoteCode
from indexer.search.query.plan import InOrder
from indexer.search.query.terms import Term
from indexer.search.query.tree import Exact, Pattern, SearchRequest
from indexer.search.query.wildcards import escaped, plain, split
from indexer.search.shown.marks import standing_together


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ('"共有?支代表队"', Pattern(("共有", "支代表队"), ((0, 1),))),
        ("“集体*合同”", Pattern(("集体", "合同"), ((0, 10),))),
        ('"工??会*员"', Pattern(("工", "会", "员"), ((0, 2), (0, 10)))),
        ('"工 ? * 会"', Pattern(("工", "会"), ((0, 11),))),
        ('"什么？＊"', Exact("什么？＊")),
        (r'"什么\?"', Exact("什么?")),
        (r'"a\*b\\c"', Exact(r"a*b\c")),
        ('"?工会*"', Exact("工会")),
        ('"?*"', None),
    ],
)
def test_quoted_string_with_wildcards_reads_as(text: str, node: object) -> None:
    """Full-width signs and escaped ones stand for themselves; those at an end say nothing."""
    assert parse(text)[0] == node


def test_wildcards_are_noted() -> None:
    """What was understood is said; without wildcards nothing is."""
    assert [note.code for note in parse('"共有?支"')[1]] == [NoteCode.WILDCARDS]
    assert [note.code for note in parse('"工会?"')[1]] == [NoteCode.WILDCARDS_AT_END]
    assert NoteCode.ONLY_WILDCARDS in [note.code for note in parse('"?"')[1]]
    assert parse('"工会？"')[1] == ()


@given(st.text(st.sampled_from("工会?*\\？ a")))
def test_escaped_strings_stand_for_themselves(text: str) -> None:
    """Whatever signs are in them."""
    assert plain(escaped(text)) == text
    assert split(escaped(text))[1:] == ((), not text)


GAPS = st.tuples(st.integers(0, 2), st.integers(0, 3)).map(lambda gap: (gap[0], gap[0] + gap[1]))


@given(
    st.text(st.sampled_from("甲乙丙"), max_size=24),
    st.lists(st.tuples(st.text(st.sampled_from("甲乙"), min_size=1, max_size=2), GAPS), min_size=1, max_size=4),
)
def test_strings_with_gaps_are_what_a_lazy_expression_finds(
    text: str, parts: list[tuple[str, tuple[int, int]]]
) -> None:
    """From the left, without overlaps."""
    gaps = tuple(gap for _, gap in parts[1:])
    lazy = "".join(
        (f".{{{least},{most}}}?" if at else "") + string
        for at, (string, (least, most)) in enumerate(zip((s for s, _ in parts), ((0, 0), *gaps), strict=True))
    )
    wanted = [found.span() for found in re.finditer(lazy, text)]
    assert standing_together(text, [Term(string) for string, _ in parts], InOrder(gaps)) == wanted


def test_damaged_text_is_found_and_marked_whole(engine, make_entry) -> None:  # type: ignore[no-untyped-def]
    """One unknown character, printed or dropped, and not two; nothing runs from one text into the next."""
    searcher = engine(
        [
            make_entry(id="2001-1-1", title="甲", body="共有十支代表队，共有　五 支代表队，共有支代表队。"),
            make_entry(id="2001-2-1", title="乙", body="共有十二支代表队。"),
            make_entry(id="2001-3-1", title="共有", body="支代表队"),
        ]
    )
    page = searcher.search(SearchRequest(parse('"共有?支代表队"')[0]))
    assert ([hit.entry.id for hit in page.hits], page.occurrences) == (["2001-1-1"], 3)
    marked = [span.text for span in page.hits[0].snippet if span.marked]
    assert marked == ["共有十支代表队", "共有　五 支代表队", "共有支代表队"]
    assert searcher.search(SearchRequest(parse('"共有*支代表队"')[0])).total == 2
    assert searcher.search(SearchRequest(parse('标题:"甲*乙"')[0])).total == 0


def test_places_of_nothing_are_none() -> None:
    """An empty list is no error."""
    assert standing_together("甲", [Term("乙"), Term("甲")], InOrder(((0, 1),))) == []
    assert np.array_equal(standing_together("", [Term("甲")], InOrder(())), [])
