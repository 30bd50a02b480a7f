"""Words for ranking: the same from both cutters, at the right places."""

import pytest

from indexer.model import Entry
from indexer.text.analyzer import Token, analyze, words
from indexer.text.segment import cut, cut_for_search, python_tokenizer


def test_rust_and_python_cutters_give_the_same_words(expected: tuple[Entry, ...]) -> None:
    """rjieba may stand in for jieba: every body and title of the sample, both modes."""
    pytest.importorskip("rjieba", reason="rjieba is not installed: there is only one cutter")
    python = python_tokenizer()
    for entry in expected:
        for text in (entry.title, entry.body):
            assert cut_for_search(text) == python(text, "search")
            assert cut(text) == python(text, "default")


def test_words_inside_a_word_share_its_position() -> None:
    """Positions count words, not characters."""
    assert list(analyze("上海市总工会深入，ＡＰＥＣ")) == [
        Token("上海", 0, 0, 2),
        Token("海市", 0, 1, 3),
        Token("总工", 0, 3, 5),
        Token("工会", 0, 4, 6),
        Token("上海市", 0, 0, 3),
        Token("总工会", 0, 3, 6),
        Token("上海市总工会", 0, 0, 6),
        Token("深入", 1, 6, 8),
        Token("apec", 2, 9, 13),
    ]


def test_tokens_lie_where_they_say(expected: tuple[Entry, ...]) -> None:
    """The range of a token holds its text, white space aside."""
    for entry in expected[:60]:
        for token in analyze(entry.body):
            assert "".join(entry.body[token.start : token.end].split()).lower() == token.text.replace(" ", "")


@pytest.mark.parametrize(
    ("run", "found"),
    [
        ("长宁区实施", ("长宁区", "实施")),
        ("工会工会", ("工会",)),
        ("113 614人", ("113614", "人")),
        ("％", ("%",)),
        ("　", ()),
    ],
)
def test_words_of_a_run(run: str, found: tuple[str, ...]) -> None:
    """Each word once; a run without words stands for itself; nothing for nothing."""
    assert words(run) == found
