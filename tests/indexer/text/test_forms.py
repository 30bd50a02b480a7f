"""What a reader of two texts cannot see makes no difference between them, and what can be seen does."""

import re
import unicodedata

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from plain_folding import RADICALS, alone, is_ignorable, pieces, plainly, sense

from indexer.text.fold import decode_points, fold, fold_all_for_words, fold_codes, fold_for_words, fold_with_offsets
from indexer.text.forms import invisible
from indexer.text.variants import simplified, with_arabic_years
from indexer.text.wordlists import radicals

HAN = "工会⼯⺠民⻓长龟⻳豈\uf900勞\uf92f"
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200e\u202a\u2060\u206a\u3164\ufe00\ufeff\uffa0\ufff0\U000e0061\U000e0100\0"
)
LETTERS = "aAeEöÖ\u0308\u0301\u0300\u0323\u0327\u0304İiI\u0307ẞßåÅ\u212b\u030aΩ\u2126"
KANA = "かカはハ\u3099\u309aｶﾊﾞﾟがパ"
HANGUL = "한\u1112\u1161\u11ab가\u1100\u11a8"
INDIC = "क\u093c\u0958ש\u05c1\u05bc\ufb2c\u0f71\u0f72\u0f73\u0344ৌ\u09c7\u09d7"
SPACE = " \n\u3000\t12"
MIXED = st.text(st.sampled_from(HAN + UNSEEN + LETTERS + KANA + HANGUL + SPACE), max_size=30)
ANY = st.one_of(MIXED, st.text(st.sampled_from(INDIC + LETTERS), max_size=8), st.text())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("总⼯会", "总工会"),
        ("⺠主评议", "民主评议"),
        ("⻓宁区", "长宁区"),
        ("⼥职⼯", "女职工"),
        ("⻔诊部", "门诊部"),
        ("⻋间⺟亲", "车间母亲"),
        ("⿓⾈", "龍舟"),
        ("互\u200e助会", "互助会"),
        ("葛\U000e0100城县", "葛城县"),
        ("女\u034f工委", "女工委"),
        ("书\u2062画社", "书画社"),
        ("保\u202a障\u202c法", "保障法"),
        ("沧\ufe00浦", "沧浦"),
        ("望\u3164海\uffa0", "望海"),
        ("港\u180e务局\U000e0061", "港务局"),
        ("AP\u00adEC", "apec"),
        ("Cafe\u0301", "café"),
        ("CAFÉ", "cafe\u0301"),
        ("Nguye\u0302\u0303n", "nguyễn"),
        ("Nguyê\u0303n", "nguyễn"),
        ("か\u3099", "が"),
        ("ﾊﾟｰﾄ", "パート"),
        ("ｶﾞﾗｽ", "カ\u3099ラス"),
        ("か\ufeff\u3099", "が"),
        ("\u1112\u1161\u11ab국", "한국"),
        ("\uf900\ufa0b", "豈廓"),
        ("12 34", "1234"),
    ],
)
def test_no_difference(written: str, meant: str) -> None:
    """Between these, in quotes or without."""
    assert fold(written) == fold(meant)
    assert fold_for_words(written) == fold_for_words(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("车", "車"),
        ("⻋", "⾞"),
        ("工", "土"),
        ("か", "が"),
        ("e", "é"),
        ("é", "è"),
        ("゛", "\u3099"),
        ("㎡", "m2"),
        ("ß", "ss"),
        ("12\t34", "1234"),
        ("总\t工会", "总工会"),
        ("甲\t12\n34\t乙", "甲\t1234\t乙"),
        ("\u31d0", "一"),
    ],
)
def test_difference(one: str, other: str) -> None:
    """What a reader can see, and what only looks alike."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("12\t34", "12\t34"),
        ("12 \t 34", "12\t34"),
        ("12\t\t34", "12\t34"),
        ("\t12\t", "12"),
        ("\t", ""),
        ("甲\t12\n34\t乙", "甲\t12\t34\t乙"),
        ("会员\t12\n说明", "会员\t12\t说明"),
        ("见表\n会员\t12", "见表\t会员\t12"),
        ("说\n明\n会员\t12", "说明\t会员\t12"),
        ("12\n34", "1234"),
        ("e\t\u0301", "e\t\u0301"),
    ],
)
def test_cells_stay_apart(text: str, folded: str) -> None:
    """One tab between two, whatever white space and however many empty cells; lines without tabs run on."""
    assert fold(text) == fold(folded) == folded == plainly(text)
    assert fold_for_words(text) == folded.replace("\t", " ")


def test_letters_and_marks_are_joined_within_a_text_alone() -> None:
    """A mark at the beginning of a text joins nothing of the text before it."""
    texts = ["Cafe", "\u0301a", "", "e\u0301", "\n\u0301", "1\t", "2", "\t3\t4"]
    sizes = np.array(list(map(len, texts)))
    codes, kept = fold_codes("".join(texts), np.cumsum(sizes) - sizes)
    assert decode_points(codes) == "".join(map(fold, texts)) == "cafe\u0301aé\u030112" + "3\t4"
    assert kept.sum() == len(codes)
    assert fold_all_for_words(texts) == [fold_for_words(text) for text in texts]


def test_marks_cover_letter_and_mark() -> None:
    """And nothing of what is dropped before and behind them."""
    folded = fold_with_offsets("在 e\u200b\u0301 \ufe00ﾊﾟ\n⼯")
    assert folded.text == "在éパ工"
    assert [folded.original_span(at, at + 1) for at in range(4)] == [(0, 1), (2, 5), (7, 9), (10, 11)]


def test_white_space_parts_latin_words_but_nothing_unseen_does() -> None:
    """Whatever stands between letter and space."""
    assert fold_for_words("AP\u200bEC\ufeff Open\u00ad\u200bair") == "apec openair"
    assert fold_for_words("Cafe\u0301 au lait") == fold_for_words("Café au lait")


@given(ANY, ANY)
@example("İ", "i\u0307")
@example("e\u0323\u0301", "e\u0301\u0323")
@example("\u0f71\u0f71\u0f72", "\u0f71\u0f73")
def test_texts_are_the_same_when_the_judge_says_so(one: str, other: str) -> None:
    """Folded to the same, if and only if the rules said plainly give the same; and folding is done in one go."""
    assert (fold(one) == fold(other)) == (sense(one) == sense(other))
    assert unicodedata.normalize("NFD", fold(one)).replace("I", "i") == sense(one)
    assert fold(fold(one)) == fold(one)


@given(MIXED, st.integers(1, 4))
def test_places_are_those_of_the_judge(text: str, times: int) -> None:
    """In short texts and in long ones; all together they cover what prints something."""
    text *= times
    folded = fold_with_offsets(text)
    found = [(char, *folded.original_span(at, at + 1)) for at, char in enumerate(folded.text)]
    # NFC leaves i and its dot two characters, and the two marks of U+0344.
    if "\u0307" not in unicodedata.normalize("NFD", text) and "\u0344" not in folded.text:
        assert found == [tuple(piece) for piece in pieces(text)]
    covered = {at for _, start, end in found for at in range(start, end)}
    assert covered >= {at for at, char in enumerate(text) if alone(char)}
    assert all(is_ignorable(text[at]) or text[at].isspace() or alone(text[at]) for at in covered)


@given(ANY, st.integers(1, 4))
def test_every_way_of_folding_gives_the_same(text: str, times: int) -> None:
    """For the exact index, for marks, for words."""
    text *= times
    codes, kept = fold_codes(text)
    assert decode_points(codes) == fold(text) == fold_with_offsets(text).text
    assert np.array_equal(np.flatnonzero(kept), np.asarray(fold_with_offsets(text).offsets, dtype=np.intp))
    words = fold_all_for_words([text])[0]
    assert words == fold_for_words(text)
    plain = simplified(fold(text)).replace("\t", "")
    assert with_arabic_years(words.replace(" ", "")) == with_arabic_years(plain)


def test_many_marks_on_one_letter_are_put_in_order() -> None:
    """In time that grows with their number (Python's own normalization needs minutes for these)."""
    times = 200_000
    assert (
        fold("e" + "\u0301\u0323\u0327" * times) == "ȩ" + "\u0327" * (times - 1) + "\u0323" * times + "\u0301" * times
    )


@given(st.one_of(st.text(st.sampled_from(LETTERS + KANA + HANGUL + INDIC), max_size=12), st.text()))
def test_composed_and_decomposed_texts_are_the_same(text: str) -> None:
    """Each way that Unicode has of writing a text; but for long vowels of Tibetan, of which no letter has two."""
    assume(len(re.findall("[\u0f73\u0f75\u0f81]", text)) < 2)
    ways = {unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text), text}
    assert len(set(map(fold, ways))) == 1
    assert len(set(map(fold_for_words, ways))) == 1


@pytest.mark.slow
def test_every_character_folds_as_the_judge_says() -> None:
    """By itself, and taken apart."""
    for char in map(chr, range(0x110000)):
        if "\ud800" <= char < "\ue000" or "\u2e80" <= char < "\u2f00":
            continue
        assert fold(char) == alone(char), hex(ord(char))
        if len(fold(char)) == 1:
            assert fold(unicodedata.normalize("NFD", char)) == fold(char), hex(ord(char))


def test_what_prints_nothing_is_what_unicode_says() -> None:
    """By its derivation from categories and names."""
    assert invisible() == {code for code in range(0x110000) if is_ignorable(chr(code))}


def test_radicals_of_the_supplement_have_their_ideographs() -> None:
    """All but one, those that a reader knows as he knows them, and those that Unicode decomposes as it does."""
    table = dict(radicals())
    assert table.keys() == {chr(code) for code in range(0x2E81, 0x2EF4)} - {"\u2e9a"}
    assert RADICALS.items() <= table.items()
    for radical, ideograph in table.items():
        assert unicodedata.normalize("NFKC", radical) in (radical, ideograph)
        assert unicodedata.name(ideograph).startswith("CJK UNIFIED IDEOGRAPH")
