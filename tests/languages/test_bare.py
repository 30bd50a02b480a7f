"""No sentence goes past the catalogues: what a reader sees is looked up, in templates and in code."""

from collections.abc import Mapping
from pathlib import Path

from sentences import ROOT, Sentence, bare_in_code, bare_in_template, in_code, in_template, unspoken

DATA: Mapping[str, str] = {
    "中文（简体）": "a language is called as those call it who speak it",
    "中文（繁體）": "the same",
    "。": "where the first sentence of a Chinese help ends",
    "=+-@＝＋－＠": "with what a cell may not begin that a spreadsheet reads as a formula",
    "[=+@＝＋－＠-]|[+＋－-][0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％]?": "a pattern: what begins so and is none",
    "[无题名]": "what the national standard has cited instead of a title, whatever the reader's language",
    "(（[［〔【": "brackets that may open in a name",
    r"[+\-−＋－]?[\d０-９][\d０-９\s.,，．%％]*": "a pattern: a figure",
    "鉴": "the seal: a picture, set in type",
    "集体合同 餐饮": "a search to try, which must find something; so are those that follow",
    '"集体合同覆盖"': "",
    '"另有?支代表队"': "",
    '~"深入开展"': "",
    "船厂 或 港口": "",
    "信访 -热线": "",
    "职工 NEAR/5 互助": "",
    "标题:艺术节": "",
    "年份:2001-2003": "",
    "(船厂 或 港口) 竞赛": "",
}
"""Chinese strings of code and templates that are in no language, with the reason."""
PATTERN = r"\u2e80"
"""Stands in a string that is a pattern of Chinese characters."""


def bare(root: Path) -> list[str]:
    """Return what is said in Chinese without being looked up, with its place."""
    found = [
        f"{file.relative_to(root)}:{line}: {text}"
        for file in sorted(root.glob("search_app/**/*.py"))
        for line, text in bare_in_code(file.read_text("utf-8"))
        if text not in DATA and PATTERN not in text
    ]
    found += [
        f"{file.relative_to(root)}:{line}: {text}"
        for file in sorted(root.glob("search_app/**/*.html"))
        for line, text in bare_in_template(file.read_text("utf-8"))
        if text not in DATA
    ]
    return found


def test_nothing_is_said_in_chinese_alone() -> None:
    """In no template and no module."""
    assert bare(ROOT) == []


def test_nothing_is_printed_in_english_alone() -> None:
    """By no command."""
    aside = {"nianjian: ", "URL", "yellow", "dim"}  # names, and styles of a terminal
    found = [
        f"{file.relative_to(ROOT)}:{line}: {text}"
        for file in sorted(ROOT.glob("search_app/cli/**/*.py"))
        for line, text in unspoken(file.read_text("utf-8"))
        if text not in aside
    ]
    assert found == []


def test_exceptions_are_needed() -> None:
    """Each string that may stand alone does."""
    said = {text for file in ROOT.glob("search_app/**/*.py") for _, text in bare_in_code(file.read_text("utf-8"))}
    said |= {
        text for file in ROOT.glob("search_app/**/*.html") for _, text in bare_in_template(file.read_text("utf-8"))
    }
    assert said >= DATA.keys()


def test_a_planted_sentence_is_found(tmp_path: Path) -> None:
    """In the text of a template, in an attribute, in an expression, and in code; not in comments and docstrings."""
    (tmp_path / "search_app").mkdir()
    (tmp_path / "search_app" / "a.html").write_text(
        '{# 注 #}<p title="{{ _("标题") }}">{{ _("第 %(n)s 页", n=1) }}</p>\n'
        '<p title="提示">{{ "没有" if x else _("有") }}</p>\n{{ _("甲", n="乙") }}',
        "utf-8",
    )
    (tmp_path / "search_app" / "a.py").write_text(
        '"""说明"""\nx = gettext("有")\ny = f"{x}没有"  # 注\nz = ngettext("甲 {n}", "甲 {n}", 1)\nw = N_("乙")\n',
        "utf-8",
    )
    assert bare(tmp_path) == [
        "search_app/a.py:3: 没有",
        'search_app/a.html:1: </p> <p title="提示">',
        "search_app/a.html:2: 没有",
        "search_app/a.html:3: 乙",
    ]


def test_planted_english_is_found() -> None:
    """What a command prints, also inside an f-string; not what is looked up, typed, or only passed to a function."""
    code = (
        'click.echo("done")\nclick.echo(gettext("done"))\nclick.echo(f"{n} entries")\nclick.echo(f"{x}: {y[\'key\']}")\n'
        'raise click.UsageError(said.format(name="x y"))\nText(f"  {kind:<8}" + "so")\n'
    )
    assert list(unspoken(code)) == [(1, "done"), (3, " entries"), (6, "so")]


def test_sentences_are_found_wherever_they_are_looked_up() -> None:
    """In code also inside f-strings and in pieces; in templates with values and filters."""
    code = 'a = f"{gettext(\'in {n}\')}"\nb = N_(\n    "one "\n    "two"\n)\nc = ngettext("x", "xs", 3)\nd = gettext(name)\n'
    assert set(in_code(code, "p")) == {
        Sentence(("in {n}",), "p"),
        Sentence(("one two",), "p"),
        Sentence(("x", "xs"), "p"),
    }
    page = '{% if _("a") %}{{ _("b", n=_("c"))|upper }}{% endif %}{{ ngettext("%(n)s d", "%(n)s ds", n) }}{{ _(name) }}'
    assert set(in_template(page, "p")) == {
        Sentence(("a",), "p"),
        Sentence(("b",), "p"),
        Sentence(("c",), "p"),
        Sentence(("%(n)s d", "%(n)s ds"), "p"),
    }
