"""Folding is one to one, so offsets hold."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.fold import (
    CASED,
    decode_points,
    fold,
    fold_all_for_words,
    fold_codes,
    fold_for_words,
    fold_width,
    fold_with_offsets,
)


def test_width_case_and_white_space_are_folded() -> None:
    """Full-width forms, capitals and spaces make no difference; nothing else is touched."""
    assert fold("ＡＰＥＣ　会 议（２００１），㎡…“深人”") == "apec会议(2001),㎡…“深人”"


@given(st.text())
def test_width_folding_keeps_the_length(text: str) -> None:
    """Patterns found in folded text lie at the same place in the original."""
    assert len(fold_width(text)) == len(text)


@given(st.text())
def test_every_folded_character_has_its_place_in_the_original(text: str) -> None:
    """Folding the original at an offset gives the folded character."""
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert [fold(text[at]) for at in folded.offsets] == list(folded.text)


def test_long_texts_fold_like_short_ones() -> None:
    """Arrays and tables give the same, for every code point."""
    for start in range(0, 0x110000, 4096):
        text = "".join(chr(code) for code in range(start, start + 4096) if not 0xD800 <= code < 0xE000)
        assert fold_with_offsets(text).text == fold(text) == decode_points(fold_codes(text)[0])


def test_no_character_beyond_the_table_has_a_case_or_is_white_space() -> None:
    """The folding table ends where Unicode's cased characters do."""
    beyond = map(chr, range(CASED, 0x110000))
    assert [char for char in beyond if char.lower() != char or char.isspace()] == []


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    """Folded text is its own folding."""
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E)))
def test_full_width_ascii_folds_as_unicode_says(text: str) -> None:
    """NFKC is the judge where it is one to one."""
    assert fold_width(text) == unicodedata.normalize("NFKC", text)


@given(st.lists(st.text(st.one_of(st.sampled_from("aZ 　\n二〇〇一年勞"), st.characters()), max_size=60)))
def test_texts_folded_together_are_folded_apart(texts: list[str]) -> None:
    """None looks at its neighbours."""
    assert fold_all_for_words(texts) == [fold_for_words(text) for text in texts]


def test_white_space_parts_latin_words() -> None:
    """And joins Chinese ones; at the beginning it is nothing."""
    assert fold_all_for_words(["Open", " 会 议 APEC 2001\n", "a b ", ""]) == ["open", "会议apec 2001", "a b ", ""]
