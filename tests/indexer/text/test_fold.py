"""Folded characters have their places in the text as printed, whichever way folding is done."""

import unicodedata

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.fold import (
    decode_points,
    fold,
    fold_all_for_words,
    fold_codes,
    fold_for_words,
    fold_width,
    fold_with_offsets,
)
from indexer.text.forms import CASED, forms
from indexer.text.joining import joiners


def test_width_case_and_white_space_are_folded() -> None:
    """Full-width forms, capitals and spaces make no difference; nothing else is touched."""
    assert fold("ＡＰＥＣ　会 议（２００１），㎡…“深人”") == "apec会议(2001),㎡…“深人”"


@given(st.text())
def test_width_folding_keeps_the_length(text: str) -> None:
    """Patterns found in folded text lie at the same place in the original."""
    assert len(fold_width(text)) == len(text)


@given(st.text())
def test_every_folded_character_has_its_place_in_the_original(text: str) -> None:
    """Folding the original there gives the folded character; the end of a cell, which needs its neighbours, aside."""
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    for at, char in enumerate(folded.text):
        start, end = folded.original_span(at, at + 1)
        assert fold(text[start:end])[:1] == char or (char == "\t" and text[start] in "\t\n")


def test_every_character_folds_the_same_in_short_and_long_texts() -> None:
    """Tables and arrays give the same, for every code point; what joins others joins nothing at a text's beginning."""
    texts = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    codes, kept = fold_codes("".join(texts), np.arange(len(texts)))
    folded = iter(decode_points(codes))
    assert all(fold(text) == (next(folded) if there else "") for text, there in zip(texts, kept.tolist(), strict=True))
    assert "".join(map(fold_for_words, texts)) == "".join(fold_all_for_words(texts))


def test_no_character_beyond_the_table_has_a_case_or_is_white_space() -> None:
    """The folding table ends where Unicode's cased characters do; nothing there joins anything, either."""
    beyond = list(map(chr, range(CASED, 0x110000)))
    assert [char for char in beyond if char.lower() != char or char.isspace()] == []
    assert [char for char in beyond if unicodedata.combining(char) or " " in unicodedata.decomposition(char)] == []
    one = [char for char in beyond if unicodedata.decomposition(char)]
    assert {ord(char): ord(unicodedata.normalize("NFC", char)) for char in one}.items() <= forms().items()


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """Folded text is its own folding."""
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E)))
def test_full_width_ascii_folds_as_unicode_says(text: str) -> None:
    """NFKC is the judge where it is one to one."""
    assert fold_width(text) == unicodedata.normalize("NFKC", text)


@given(st.lists(st.text(st.one_of(st.sampled_from("aZ 　\n二〇〇一年勞\t\u0301\u200b"), st.characters()), max_size=60)))
def test_texts_folded_together_are_folded_apart(texts: list[str]) -> None:
    """None looks at its neighbours."""
    assert fold_all_for_words(texts) == [fold_for_words(text) for text in texts]


def test_white_space_parts_latin_words() -> None:
    """And joins Chinese ones; at the beginning it is nothing."""
    assert fold_all_for_words(["Open", " 会 议 APEC 2001\n", "a b ", ""]) == ["open", "会议apec 2001", "a b ", ""]


def test_all_that_can_change_a_character_before_it_is_looked_at() -> None:
    """No text in which Unicode composes or orders anything has none of the characters that start that work."""
    for code in range(0x110000):
        char = chr(code)
        decomposed = "" if 0xD800 <= code < 0xE000 else unicodedata.normalize("NFD", char)
        for later in decomposed[1:]:
            assert ord(later) in joiners(), hex(code)
        if unicodedata.combining(char):
            assert forms().get(code, code) in joiners(), hex(code)
