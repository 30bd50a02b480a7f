"""`nianjian preview`, as a user runs it."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from forked import nianjian

from indexer.config import DataFolder
from indexer.errors import ConfigError
from indexer.manifest import Manifest
from indexer.model import Page
from indexer.parse.entries.drafts import Kind, Rule
from indexer.stages.preview.shown import preview
from search_app.cli.preview.page import check_target, previews_html, write_previews
from search_app.words.language import ENGLISH, speak
from search_app.words.rules import KINDS, RULES

Run = Callable[..., "subprocess.CompletedProcess[str]"]
URL = "http://nianjian.cangpu.example/node6000/node6001/node6104/userobject1ai610401.html"
FILE = "corpus/2001/pages/nianjian.cangpu.example/node6000/node6001/node6104/userobject1ai610401.html"


@pytest.fixture
def run(sample: DataFolder) -> Run:
    """Run `nianjian` with the given arguments and environment over the sample archive."""

    def call(*args: object, data: Path | None = None, **env: str) -> "subprocess.CompletedProcess[str]":
        known = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
        return nianjian("--data", data or sample.root, "preview", *args, env=known | env)

    return call


def test_page_is_the_same_by_url_id_and_file(run: Run, root: Path) -> None:
    """Facts, entries, problems, then every piece with what it is and which rule decided."""
    shown = run(URL)
    assert (shown.returncode, shown.stderr) == (0, "")
    lines = shown.stdout.splitlines()
    assert lines[:10] == [
        f"URL       {URL}",
        "volume    S2001",
        "year      2001",
        "section   维护职工合法权益",
        "heading   维权工作综述",
        "kind      entries: 4",
        "encoding  gb18030",
        "titles    bracket ［",
        "layout    eastday-cms",
        "entry     S2001-610401-1  维权工作综述  秦守业",
    ]
    at = lines.index("title           ［石桥区为三百名服装女工追回欠薪］")
    assert lines[at + 1] == "                ← layout key title_brackets"
    assert lines[at + 4 : at + 6] == ["signature       （<author: 倪惠珍>）", "                ← closing parenthesis"]
    assert run("S2001-610401-3").stdout == shown.stdout
    assert run(root / FILE).stdout == shown.stdout


def test_colours_stand_in_for_labels_on_a_terminal_alone(run: Run) -> None:
    """`NO_COLOR` asks for labels there, too."""
    shown = run("S2001-610401-1", FORCE_COLOR="1", TERM="xterm-256color")
    assert shown.stdout.startswith("\x1b[")
    assert "signature       （" not in shown.stdout
    assert "← closing parenthesis" in shown.stdout
    plain = run("S2001-610401-1", FORCE_COLOR="1", TERM="xterm-256color", NO_COLOR="1").stdout
    assert plain == run("S2001-610401-1").stdout


def test_several_pages_are_shown_one_after_the_other(run: Run) -> None:
    """In the order in which they are asked for."""
    shown = run("S2003-631401-1", URL).stdout
    assert [line[-9:] for line in shown.splitlines() if line.startswith("URL")] == ["1401.html", "0401.html"]
    assert "problem   no-hyphen-row: no row of hyphens between heading and text (frame)" in shown


def test_saved_file_without_a_url_is_shown_without_a_volume(run: Run, root: Path, tmp_path: Path) -> None:
    """`--base-url` gives it one."""
    (tmp_path / "userobject1ai610401.html").write_bytes((root / FILE).read_bytes())
    shown = run(tmp_path / "userobject1ai610401.html").stdout
    assert shown.startswith(f"URL       unknown; file://{tmp_path}/userobject1ai610401.html\nvolume    2001\n")
    told = run(tmp_path / "userobject1ai610401.html", "--base-url", URL.rpartition("/")[0])
    assert told.stdout == run(URL).stdout


def test_html_is_one_file_that_needs_nothing_beside_it(run: Run, tmp_path: Path) -> None:
    """No script, no address that a browser would ask; each piece is named beside its colour."""
    done = run(URL, "S2003-631401-1", "--html", tmp_path / "seen.html")
    assert (done.returncode, done.stdout) == (0, f"Written to {tmp_path / 'seen.html'}.\n")
    html = (tmp_path / "seen.html").read_text("utf-8")
    assert [word for word in ("<script", "src=", "href=", "url(", "@import") if word in html] == []
    assert html.count("<section>") == 2
    assert '<b>title</b> <span class="rule">layout key title_brackets</span>' in html
    assert '<span class="k title">［石桥区为三百名服装女工追回欠薪］</span>' in html
    assert [path.name for path in tmp_path.iterdir()] == ["seen.html"]


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("notes.txt", "what is there is no preview, and would be lost"),
        ("link.html", "what is there is no plain file"),
        ("fifo.html", "what is there is no plain file"),
        ("new/x.html", "there is no folder "),
        ("data/x.html", "it lies in the data folder "),
        ("data/entries.jsonl", "it lies in the data folder "),
    ],
)
def test_html_takes_no_other_file_s_place(tmp_path: Path, target: str, why: str) -> None:
    """Neither the archive's nor the reader's own; an older preview is written anew."""
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "notes.txt").write_text("notes", "utf-8")
    (data / "entries.jsonl").write_text("{}", "utf-8")
    (tmp_path / "link.html").symlink_to("notes.txt")
    os.mkfifo(tmp_path / "fifo.html")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ConfigError, match=re.escape(why)):
        check_target(tmp_path / target, data)
    write_previews(tmp_path / "seen.html", [], None)
    check_target(tmp_path / "seen.html", data)
    assert sorted(tmp_path.rglob("*")) == sorted([*before, tmp_path / "seen.html"])
    assert (tmp_path / "notes.txt").read_text("utf-8") == "notes"


def test_text_that_is_no_page_s_is_told_apart(make_page: Callable[..., Page], manifest: Manifest) -> None:
    """Form fields, objects, and what stands in a script's place: each once, as no text of the page."""
    odd = "<select><option>甲</option></select><textarea>乙</textarea><noscript>丙<object>丁</object></noscript>"
    shown = preview((make_page(f"<p>[信访]职工来信。（王刚）</p>{odd}<script>戊</script>"),), manifest.volumes)
    assert [each.text for each in shown.pieces if each.rule is Rule.UNSEEN] == ["甲 乙 丙 丁"]
    assert [each.body for each in shown.entries] == ["职工来信。"]


def test_html_escapes_what_a_page_says(make_page: Callable[..., Page]) -> None:
    """Mark-up that the page shows as text, and control characters."""
    shown = preview((make_page("&lt;script&gt;做了事。\x1b[31m", heading="&lt;b&gt;"),), [])
    html = previews_html([shown], None)
    assert "<script" not in html
    assert "&lt;script&gt;做了事。\u241b[31m" in html
    assert '<html lang="zh-Hans">' in html
    assert "<h1>&lt;b&gt;</h1>" in html
    speak(ENGLISH)
    html = previews_html([shown], None)
    assert '<html lang="en">' in html
    assert '<h1 lang="zh-Hans">&lt;b&gt;</h1>' in html


def test_diff_says_what_would_change_and_ends_with_1_if_anything_would(
    run: Run, sample: DataFolder, tmp_path: Path
) -> None:
    """Whether a page is shown besides or not; ids, and the fields of what would change."""
    same = run("--diff")
    assert (same.returncode, same.stdout) == (0, "Parsing again would change nothing.\n")
    data = DataFolder(tmp_path / "data")
    data.root.mkdir()
    data.warc.symlink_to(sample.warc)
    data.ledger.write_bytes(sample.ledger.read_bytes())
    first, second, *others = sample.entries.read_text("utf-8").splitlines()
    changed = json.dumps(json.loads(second) | {"title": "另题"}, ensure_ascii=False)
    more = json.dumps(json.loads(second) | {"id": "zz-1-1"}, ensure_ascii=False)
    data.entries.write_text("\n".join([changed, *others, more, ""]), "utf-8")
    told = (
        "1 new, 1 changed, 1 gone\n"
        f"  new      {json.loads(first)['id']}\n  changed  {json.loads(second)['id']}  title\n  gone     zz-1-1\n"
    )
    differs = run("--diff", data=data.root)
    assert (differs.returncode, differs.stdout) == (1, told)
    both = run("--diff", URL, data=data.root)
    assert (both.returncode, both.stdout.endswith(f"\n\n{told}"), both.stdout.startswith("URL")) == (1, True, True)
    assert run("--diff", "--html", tmp_path / "diff.html", data=data.root).returncode == 1
    assert "1 new, 1 changed, 1 gone" in (tmp_path / "diff.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "give a PAGE, or --diff"),
        ([URL.replace("0401.html", "0409.html")], "is held; the nearest that is: " + URL),
        (["S2001-610401-9"], "the nearest id is 'S2001-610401-1'"),
        (["no-such.html"], "no-such.html is not there; check the path"),
        (["corpus"], "corpus is a folder; give a saved page in it"),
        (["search_app/web/static/icon.svg"], "icon.svg: "),
        (["README.md"], "README.md: not HTML; give a saved page"),
        ([URL, "--base-url", "x"], "--base-url 'x' is no address"),
        ([URL, "--html", "corpus"], "cannot write corpus: it is a folder; give --html another file"),
        ([URL, "--html", "/proc/no/x.html"], "give --html another file"),
    ],
)
def test_mistake_is_one_line_and_exit_2(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], said: str
) -> None:
    """What, where, and what to do; the nearest that is known."""
    monkeypatch.chdir(root)
    done = run(*args)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


def test_forgotten_page_is_not_shown(run: Run, tmp_path: Path, root: Path) -> None:
    """How to take it in again is said; an archive without entries knows no ids."""
    env = {**os.environ, "NIANJIAN_DATA": str(tmp_path / "data")}
    nianjian("import", root / FILE, env=env).check_returncode()
    assert "nianjian parse" in run("S2001-610401-1", data=tmp_path / "data").stderr
    assert "nianjian parse" in run("--diff", data=tmp_path / "data").stderr
    assert run(URL, data=tmp_path / "data").returncode == 0
    nianjian("forget", URL, env=env).check_returncode()
    done = run(URL, data=tmp_path / "data")
    assert (done.returncode, f"`nianjian forget --undo {URL}`" in done.stderr) == (2, True)


def test_every_kind_and_rule_has_words() -> None:
    """And a colour of its own in the HTML."""
    assert (set(KINDS), set(RULES)) == (set(Kind), set(Rule))
    html = previews_html([], None)
    assert [kind for kind in Kind if f".{kind}{{" not in html] == []
