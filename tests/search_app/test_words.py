"""Everything that crosses the seam as a code has its words above it, and no words for readers stand below."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.search.fields import FILTERS, SCOPES
from indexer.search.query.notes import Note, NoteCode, note
from indexer.search.shown.results import Form, PartCode, Printed, Reason, ScorePart
from search_app.shown.tables.concordance import LINE_SORTS
from search_app.words import answers
from search_app.words.argumentcodes import ArgumentCode

_NUMERALS = "〇○零一二三四五六七八九十百千万"
_WORDS = re.compile(f"[^\\W\\d_a-zA-Z{_NUMERALS}]{{4,}}|[\u4e00-\u9fff][，。；！？]")
"""Four Chinese characters in a row that are no numerals, or one before a mark of a sentence."""
_DATA = ("parse", "text")
"""Rooms that hold what yearbooks print: patterns and tables of characters."""
_PATTERN = re.compile(r"[|\[(\\^]")


@pytest.mark.parametrize("code", [*NoteCode, *ArgumentCode])
def test_every_note_has_words(code: str) -> None:
    """In one line; a code that has none stands for itself."""
    fields = {name: "7" for _, name, *_ in string.Formatter().parse(answers.NOTES[code]) if name}
    said = answers.note(note(code, **fields))
    assert said != answers.note(Note("no-such-code"))
    assert "\n" not in said
    assert "no-such-code" in answers.note(Note("no-such-code", (("limit", 3),)))


def test_notes_are_given_the_values_that_their_words_name(root: Path) -> None:
    """Wherever one is made."""
    made: set[str] = set()
    for path, call in calls(root, "note"):
        if call.args and isinstance(code := call.args[0], ast.Attribute) and isinstance(code.value, ast.Name):
            kind = {"NoteCode": NoteCode, "ArgumentCode": ArgumentCode}.get(code.value.id)
            if kind is None:
                continue
            member = kind[code.attr]
            wanted = {name for _, name, *_ in string.Formatter().parse(answers.NOTES[member]) if name}
            given = {each.arg for each in call.keywords}
            assert wanted <= given <= wanted | {"name"}, (
                f"{path}:{call.lineno}"
            )  # scripts are told which argument it is
            made.add(member)
    chosen = {NoteCode.ALIKE, NoteCode.ALIKE_BEHIND}  # made by a conditional expression
    assert {*NoteCode, *ArgumentCode} - made == chosen


def test_reasons_parts_fields_and_orders_have_words() -> None:
    """For every form, part, field, filter and order there is."""
    for form in Form:
        said = answers.reason(Reason("body", form, (Printed("甲" * 50, form, "乙"),), 3))
        assert said.startswith("正文含“" + "甲" * 40 + "…”")
        assert ("乙" in said) == (form is not Form.PRINTED)
    assert len({answers.part(ScorePart(code, "甲", 1.0)) for code in PartCode}) == len(PartCode)
    assert answers.FIELD_NAMES.keys() == set(SCOPES)
    assert answers.FACET_NAMES.keys() == set(FILTERS)
    assert answers.SORT_NAMES.keys() == set(LINE_SORTS)


def test_no_words_for_readers_stand_below_the_app(root: Path) -> None:
    """What is Chinese there is a keyword of the grammar, or data: names of fields, patterns of print, characters."""
    for path, text in literals(root / "indexer"):
        is_data = path.relative_to(root / "indexer").parts[0] in _DATA and _PATTERN.search(text)
        assert is_data or not _WORDS.search(text), f"{path}: {text}"
    sentences = (root / "indexer" / "errors.en.toml").read_text("utf-8")
    assert not _WORDS.search(sentences)


def test_a_sentence_would_be_found(tmp_path: Path) -> None:
    """As one was, before; docstrings are for whoever reads the code."""
    (tmp_path / "a.py").write_text(
        '"""引号未闭合，已按普通词检索"""\nx = f"第 {1} 页已超出结果末页"\ny = "或"\n', "utf-8"
    )
    assert [text for _, text in literals(tmp_path) if _WORDS.search(text)] == [" 页已超出结果末页"]


def literals(folder: Path) -> Iterator[tuple[Path, str]]:
    """Give each string of the code in a folder that is no docstring."""
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
                yield path, node.value


def calls(root: Path, name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Give each call of a function by its bare name, in all code."""
    for folder in ("indexer", "search_app"):
        for path in sorted((root / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                    yield path, node
