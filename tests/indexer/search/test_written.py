"""A query that is written from its tree is read as that tree again."""

import pytest
from asking import random_text
from hypothesis import given
from hypothesis import strategies as st
from random_archives import NODES

from indexer.model import Entry
from indexer.search.query.grammar import parse
from indexer.search.query.tree import All, Any, Exact, Match, Near, Node, Not, YearRange
from indexer.search.query.written import written


@given(NODES)
def test_what_is_written_is_read_as_it_was_meant(node: Node) -> None:
    """Or there is no way to type it."""
    text = written(node)
    assert text is None or parse(text)[0] == node


def test_what_can_be_typed_can_be_written(expected: tuple[Entry, ...], rng: st.DataObject) -> None:
    """Whatever the query: the text may differ, the tree does not."""
    for _ in range(2000):
        node, _ = parse(random_text(expected, rng))  # type: ignore[arg-type]
        if node is not None:
            text = written(node)
            assert text is not None, node
            assert parse(text)[0] == node


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (Exact('三方"会议'), "“三方\"会议”"),
        (Exact("会?", alike=True), r'~"会\?"'),
        (All((Match("甲"), Not(Any((Match("乙"), Match("丙")))))), "甲 -(乙 或 丙)"),
        (Near((Match("职工"), Exact("互助")), 5), '职工 NEAR/5 "互助"'),
        (YearRange(2001, 9999), "年份:2001-"),
        (Exact("\"“「『"), None),
        (Match("或"), None),
        (All(()), None),
    ],
)  # fmt: skip
def test_written(node: Node, text: str | None) -> None:
    """As somebody would type it, if anybody can."""
    assert written(node) == text
