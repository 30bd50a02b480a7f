"""Decoding goes by the bytes, whatever the page declares."""

from random import Random

import pytest
from decode_inputs import CASES, Case
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import DecodeError
from indexer.parse.page.decoding.decode import decode
from indexer.parse.page.decoding.gb import PRIVATE, common_characters
from indexer.parse.page.decoding.runs import Decoded

TEXT = '<meta charset="{}">工会年鉴·沪工总［2001］45号，一线职工座谈会制度'


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "big5", ""])
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_declared_encoding_does_not_matter(encoding: str, declared: str) -> None:
    """The same text comes out of any bytes under any declaration."""
    text = TEXT.format(declared)
    assert decode(text.encode(encoding)) == Decoded(text, "utf-8" if encoding == "utf-8" else "gb18030", ())


def test_middle_dot_of_gb2312_stays_a_middle_dot() -> None:
    """A1A4 is U+00B7, not the U+30FB that Python's gb2312 codec makes of it."""
    assert decode(b"\xa1\xa4").text == "·"


def test_four_byte_characters_are_read() -> None:
    """GB 18030's four-byte forms reach rare name characters."""
    assert decode("章㛃、王𠮷祥".encode("gb18030")).text == "章㛃、王𠮷祥"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_decides(encoding: str) -> None:
    """A BOM is believed and does not stay in the text."""
    assert decode("年鉴<p>".encode(encoding)).text == "年鉴<p>"


def test_long_gb_page_is_no_damaged_utf8() -> None:
    """However many bytes are wrong as UTF-8: a chronicle or a table may have 40,000 characters."""
    text = "职工代表大会听取了报告，" * 3500
    assert decode(text.encode("gb18030")) == Decoded(text, "gb18030", ())


def test_long_damaged_utf8_page_stays_utf8() -> None:
    """One bad byte in each of many lines."""
    body = ("职工代表大会听取了报告，" * 3).encode() + b"\xff"
    decoded = decode(body * 1200)
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1200


def test_printed_replacement_characters_are_no_damage() -> None:
    """A page that was damaged before it was saved as UTF-8, and once more since."""
    text = "职工代表大会听取报告工会主席召开会议\ufffd" * 40
    assert decode(text.encode() + b"\xe5\xb7") == Decoded(text + "\ufffd", "utf-8", (2280,))


def test_bad_byte_in_gb_is_one_replacement_with_its_offset() -> None:
    """One damaged character costs one character, not the rest of the line."""
    body = "工会".encode("gbk") + b"\xff" + "年鉴".encode("gbk")
    assert decode(body) == Decoded("工会\ufffd年鉴", "gb18030", (4,))


def test_damaged_trail_byte_takes_only_its_character() -> None:
    """A lead byte with a damaged trail byte becomes one U+FFFD."""
    body = "工会工会".encode("gbk") + b"\xb3\xff" + "，年鉴".encode("gbk")
    assert decode(body).text == "工会工会\ufffd，年鉴"


def test_byte_lost_from_utf8_costs_one_character_wherever_it_was() -> None:
    """Behind a lost first byte, two are left that are whole GB; behind a lost second one, the next character follows."""
    text = "上海工会年鉴二〇〇三年第三卷，工会组织建设与职工权益保障工作取得新进展。"
    page, at = f"<p>{text}</p>\n<p>{text}</p>".encode(), len(b"<p>")
    for lost in range(at, at + len(text.encode())):
        decoded = decode(page[:lost] + page[lost + 1 :])
        char = (lost - at) // 3
        assert decoded.text == f"<p>{text[:char]}\ufffd{text[char + 1 :]}</p>\n<p>{text}</p>", lost
        assert decoded.bad_offsets == (at + 3 * char,)


def test_damaged_utf8_is_not_read_as_gb() -> None:
    """Reading damaged UTF-8 as GB would give fluent nonsense without one error."""
    body = ("工会年鉴" * 30).encode() + b"\xe5\xb7" + "检索".encode()
    assert decode(body).encoding == "utf-8"
    assert decode(body).text == "工会年鉴" * 30 + "\ufffd" * len(decode(body).bad_offsets) + "检索"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_page_is_read_as_what_its_bytes_are(case: Case) -> None:
    """Inputs and answers by somebody who had not seen the code; what nobody can tell is only read twice alike."""
    try:
        decoded = decode(case.body)
    except DecodeError:
        assert case.right is None
        return
    if case.encoding == "?":
        assert decode(case.body) == decoded
        return
    if case.name == "euc_kr-undeclared-unsure":
        pytest.xfail("Korean read as GB is common Chinese characters; the page does not say what it is")
    reported = {
        "nul": decoded.nul_offsets[0] > 0,
        "bom": decoded.false_bom,
        "mixed": bool(decoded.mixed_offsets),
        "bad-byte": bool(decoded.bad_offsets),
        "private": bool(PRIVATE.search(decoded.text)),
    }
    assert decoded.text in (case.right, *case.also)
    assert {word for word, is_said in reported.items() if is_said} == set(case.reported)
    assert decoded.encoding == case.encoding


CLEAN = {
    "rule": "─" * 77 + "<p>沧浦市总工会召开代表大会，会议由主席主持。",
    "table": "┌──┬──┐<br>│单位│人数│<br>└──┴──┘<br>" * 20 + "沧浦市总工会",
    "stars": "★" * 40 + "□" * 60 + "请在方框内打√",
    "letters with tones": "ā á ǎ à ō ó ǒ ò ē é ě è ī í ǐ ì ū ú ǔ ù ǖ ǘ ǚ ǜ" * 3 + "汉语拼音",
    "kana": "ソニー株式会社 トヨタ自動車 日本労働組合総連合会のみなさん、ありがとうございます",
    "units": "α=∑β≈∫γ≥≤±×÷℃∈∞㎡№" * 3 + "工会",
    "bopomofo": "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏ" * 4,
    "Cyrillic": "Правда Профсоюз" * 5 + "真理报",
    "traditional": "職工代表大會聽取報告，選舉產生新一屆工會委員會，開展勞動競賽，維護女職工權益",
    "rare names": "、".join(["钱頔", "冯㵪", "陈䶮", "王珺", "李玥", "章㛃", "王𠮷祥"] * 3),
}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_clean_page_of_odd_characters_is_read_as_it_stands(text: str, encoding: str) -> None:
    """Tables are drawn, units and other alphabets printed: nothing of it speaks against the encoding."""
    page = f"<html><p>当前位置：首页 &gt;&gt;2002年鉴先进名单<p>{text}</html>"
    assert decode(page.encode(encoding)) == Decoded(page, encoding)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_odd_characters_are_read_as_they_stand_beside_damage(text: str, encoding: str) -> None:
    """A bad byte in another line makes the page be read the likeliest way: they are no less likely for it."""
    page = f"<html><p>当前位置：首页 &gt;&gt;2002年鉴先进名单<p>{text}</html>"
    decoded = decode(page.encode(encoding) + b"\n\xff\n")
    assert decoded.text == f"{page}\n\ufffd\n"
    assert (decoded.encoding, len(decoded.bad_offsets), decoded.mixed_offsets) == (encoding, 1, ())


@pytest.mark.parametrize("own", ["gb18030", "utf-8"])
def test_parts_in_another_encoding_are_read_however_many_they_are(own: str, rng: Random) -> None:
    """Of 1,200 paragraphs every second; none is taken for rare characters of the page's own encoding."""
    texts = ["".join(rng.choices(sorted(common_characters()), k=rng.randint(10, 60))) for _ in range(1200)]
    other = "utf-8" if own == "gb18030" else "gb18030"
    lines = [f"<p>{text}</p>\n".encode(other if number % 2 else own) for number, text in enumerate(texts)]
    decoded = decode(f"<html><meta charset={own}>\n".encode() + b"".join(lines))
    assert decoded.text.splitlines()[1:] == [f"<p>{text}</p>" for text in texts]
    assert (decoded.encoding, len(decoded.mixed_offsets), decoded.bad_offsets) == (own, 600, ())


def test_utf8_that_abuts_gb_is_found_though_all_is_valid_gb() -> None:
    """No byte between them that is ASCII."""
    before, after = "全市各级工会", "职工代表大会听取了报告"
    decoded = decode(before.encode("gbk") + after.encode() + before.encode("gbk"))
    assert (decoded.text, decoded.encoding) == (before + after + before, "gb18030")
    assert decoded.mixed_offsets == (12,)


@pytest.mark.parametrize("body", ["年鉴".encode("utf-16-le") * 50, bytes(range(128, 256)) * 9, b"\x00\x01\x02" * 99])
def test_bytes_in_no_known_encoding_are_refused(body: bytes) -> None:
    """Binary files and unknown encodings are an error, not a page of replacement characters."""
    with pytest.raises(DecodeError):
        decode(body)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\ufeff"), min_size=1))
def test_any_utf8_text_comes_back(text: str) -> None:
    """Strict UTF-8 is always recognised."""
    assert decode(text.encode()).text == text


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_decode_error(body: bytes) -> None:
    """No bytes raise anything else."""
    try:
        decoded = decode(body)
    except DecodeError:
        return
    assert len(decoded.text) <= len(body)
