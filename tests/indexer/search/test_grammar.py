"""What a user types is read as a tree, and never fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.fields import FIELDS, SCOPES
from indexer.search.query.grammar import MAX_LENGTH, parse
from indexer.search.query.notes import NoteCode
from indexer.search.query.plan import resolve
from indexer.search.query.tree import All, Any, Exact, Field, Match, Near, Node, Not, YearRange
from indexer.text.fold import fold

A, B, C = Match("甲"), Match("乙"), Match("丙")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", None),
        (" 　 ", None),
        ("甲", A),
        ("甲 乙　丙", All((A, B, C))),
        ("甲 AND 乙", All((A, B))),
        ("甲 OR 乙", Any((A, B))),
        ("甲 或 乙|丙", Any((A, B, C))),
        ("甲 乙 或 丙", Any((All((A, B)), C))),
        ("甲 -乙", All((A, Not(B)))),
        ("甲 非 乙", All((A, Not(B)))),
        ("NOT 甲", Not(A)),
        ("2-3条", Match("2-3条")),
        ("或者", Match("或者")),
        ("(甲 或 乙) 丙", All((Any((A, B)), C))),
        ("（甲）", A),
        ('"甲 乙"', Exact("甲 乙")),
        ("“甲”「乙」", All((Exact("甲"), Exact("乙")))),
        ("甲“乙”丙", All((A, Exact("乙"), C))),
        ("title:甲", Field("title", A)),
        ("标题：“甲” 乙", All((Field("title", Exact("甲")), B))),
        ("author:(甲 或 乙)", Field("author", Any((A, B)))),
        ("栏目:甲", Field("section", A)),
        ("year:2002", YearRange(2002, 2002)),
        ("年份：２００３－2001", YearRange(2001, 2003)),
        ("年份:2001年", YearRange(2001, 2001)),
        ("甲 NEAR/5 乙", Near((A, B), 5)),
        ("甲 near/5 乙", Near((A, B), 5)),
        ("甲 ＮＥＡＲ／5 乙", Near((A, B), 5)),
        ("甲 NEAR 乙", Near((A, B), 10)),
        ("甲 or 乙", Any((A, B))),
        ("甲 ＯＲ 乙", Any((A, B))),
        ("甲 && 乙", All((A, B))),
        ("甲\ue766\u200e\u0378", Match("甲\ue766\u200e\u0378")),
        ("年份:-2003", YearRange(0, 2003)),
        ("year:99-950", YearRange(99, 950)),
        ("年份:2003-", YearRange(2003, 9999)),
        ("年份:(2001 或 2003-2004)", Any((YearRange(2001, 2001), YearRange(2003, 2004)))),
        ("标题:-甲", Not(Field("title", A))),
        ("署名:甲 正文:乙", All((Field("signature", A), Field("body", B)))),
        ('甲 NEAR/5 "乙" NEAR/3 丙', Near((A, Exact("乙"), C), 5)),
        ("沪工总[2001]45号", Match("沪工总[2001]45号")),
        ("[TO]", Match("[TO]")),
        ("a:b", Match("a:b")),
    ],
)
def test_well_formed_text_is_read_without_notes(text: str, node: Node | None) -> None:
    """Both widths, both languages."""
    assert parse(text) == (node, ())


@pytest.mark.parametrize(
    ("text", "node", "note"),
    [
        ('"甲 乙', All((A, B)), NoteCode.UNCLOSED_QUOTE),
        ("甲”", A, NoteCode.UNCLOSED_QUOTE),
        ('甲 ""', A, NoteCode.EMPTY_QUOTE),
        ("(甲 乙", All((A, B)), NoteCode.UNCLOSED_PARENTHESIS),
        ("甲) 乙", All((A, B)), NoteCode.STRAY_PARENTHESIS),
        ("title:", None, NoteCode.FIELD_WITHOUT_WORDS),
        ("year:甲", A, NoteCode.FIELD_NEEDS_YEAR),
        ("(甲 乙) NEAR/3 丙", All((A, B, C)), NoteCode.NEAR_NEEDS_WORDS),
        ("(" * 12 + "甲" + ")" * 12, A, NoteCode.NESTED_TOO_DEEP),
        ("甲" * 300, Match("甲" * MAX_LENGTH), NoteCode.TOO_LONG),
        ('"' + "甲" * 300 + '"', Exact("甲" * (MAX_LENGTH - 1)), NoteCode.TOO_LONG),
        ("甲 NEAR/999 乙", Near((A, B), 100), NoteCode.NEAR_TOO_FAR),
        ("或", None, NoteCode.NOTHING_ASKED),
        ("()", None, NoteCode.NOTHING_ASKED),
    ],
)
def test_odd_text_is_read_literally_with_a_note(text: str, node: Node | None, note: NoteCode) -> None:
    """What is not understood is said."""
    found, notes = parse(text)
    assert (found, note in [each.code for each in notes]) == (node, True)


@given(st.text(st.sampled_from('甲乙 "“”「」()（）|-或非ORNOTNEAR/3title:年份:2001—\n\x00*?[]\\'), max_size=250))
def test_no_text_makes_the_grammar_fail(text: str) -> None:
    """Any string gives a tree that looks for folded strings, or nothing; and no note twice."""
    node, notes = parse(text)
    sought = [term.text for leaf in resolve(node).leaves for term in leaf.terms]
    assert [string for string in sought if not string or fold(string) != string] == []
    assert len(set(notes)) == len(notes)


@given(st.text(max_size=250))
def test_no_unicode_makes_the_grammar_fail(text: str) -> None:
    """The same for all of Unicode."""
    parse(text)


@pytest.mark.parametrize("text", ["- 甲", "甲 -", "甲 －"])
def test_lone_hyphen_is_no_word(text: str) -> None:
    """It is passed over, with a note on how to leave something out."""
    node, notes = parse(text)
    assert node == Match("甲")
    assert notes[0].code == NoteCode.LONE_HYPHEN


@pytest.mark.parametrize("text", ["年份:二〇〇一", "年份:二○○一年", "year:2001年"])
def test_years_may_be_spelt(text: str) -> None:
    """Digit by digit."""
    assert parse(text) == (YearRange(2001, 2001), ())


@pytest.mark.parametrize(
    ("name", "field"), [("標題", "title"), ("頁題", "heading"), ("圖註", "captions"), ("欄目", "section")]
)
def test_fields_may_be_named_in_traditional_characters(name: str, field: str) -> None:
    """As whoever types them would."""
    assert parse(f"{name}:甲")[0] == Field(field, Match("甲"))


@pytest.mark.parametrize(("field", "names"), FIELDS.items(), ids=FIELDS)
def test_every_field_has_names_in_both_languages(field: str, names: tuple[str, ...]) -> None:
    """All that are asked for look in the same part; `year` makes a range."""
    wanted = YearRange(2001, 2001) if field == "year" else Field(field, Match("2001"))
    assert {parse(f"{name}:2001") for name in names} == {(wanted, ())}
    assert [any(name.isascii() is way for name in names) for way in (True, False)] == [True, True]
    assert FIELDS.keys() == {*SCOPES, "year"}
