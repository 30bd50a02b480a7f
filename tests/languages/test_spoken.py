"""The command line speaks its user's language: help, click's own words, errors, what is printed, previews, JSON."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from forked import nianjian
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from sentences import CHINESE

from indexer.config import DataFolder
from indexer.errors import ConfigError
from search_app.cli import cli
from search_app.cli.preview.page import previews_html
from search_app.cli.speaking.chosen import language_of
from search_app.cli.speaking.layout import broken
from search_app.words.language import ENGLISH, SIMPLIFIED, TRADITIONAL

TYPED = re.compile(
    r"--?[a-z-]+|`[^`]*`|'[^']*'|\"[^\"]*\"|\[[a-z|-]+\]|https?://\S+|/api/\S+|\S*\.(?:jsonl|toml|html|zst|gz|txt)\)?\b"
    r"|\.\w+(?:\(\.gz, \.zst\))?|NIANJIAN_\w+|nianjian \w+|\bNEAR/5"
)
"""What is typed as it is, whatever the language."""
NAMES = {
    "AI", "CDX", "CSV", "Ctrl", "left", "relevance", "right", "DATA", "HTML", "HTTP", "HTTrack", "JSON", "MCP", "NO_COLOR", "WARC", "YYYY", "contact", "cron", "demo",
    "entries", "id", "import", "index", "merge", "candidates", "nianjian", "parse", "robots", "search", "split", "status", "tar",
    "bibtex", "csl", "csv", "gbt", "json", "jsonl", "ris", "text", "PUBLIC_URL", "NIANJIAN_PUBLIC_URL",
    "txt", "wacz", "warc", "wget", "zaijiuye", "zip", "zjy",
}  # fmt: skip
"""Names of things and of commands in the help, which Chinese has as they are."""


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a terminal that breaks no line, so that what is typed stays in one piece."""
    monkeypatch.setenv("COLUMNS", "1000")


def run(*args: object, language: str = SIMPLIFIED) -> Result:
    """Run a command in this process, in a language."""
    return CliRunner().invoke(cli, list(map(str, args)), env={"NIANJIAN_LANG": language}, prog_name="nianjian")


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    """Give the path of every command, and of the groups."""
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        else:
            yield (*path, name)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, ENGLISH),
        ({"LANG": "C"}, ENGLISH),
        ({"LANG": "POSIX"}, ENGLISH),
        ({"LANG": "C.UTF-8"}, ENGLISH),
        ({"LANG": "fr_FR.UTF-8"}, ENGLISH),
        ({"LANG": "en_GB"}, ENGLISH),
        ({"LANG": "zh_CN.UTF-8"}, SIMPLIFIED),
        ({"LANG": "zh_SG@euro"}, SIMPLIFIED),
        ({"LANG": "zh_TW"}, TRADITIONAL),
        ({"LANG": "zh_HK.Big5"}, TRADITIONAL),
        ({"LANG": "zh_CN", "LC_MESSAGES": "zh_TW"}, TRADITIONAL),
        ({"LANG": "zh_CN", "LC_MESSAGES": "zh_TW", "LC_ALL": "C"}, ENGLISH),
        ({"LANG": "zh_CN", "LC_ALL": ""}, SIMPLIFIED),
        ({"LANG": "zh_CN", "NIANJIAN_LANG": "en"}, ENGLISH),
        ({"LC_ALL": "C", "NIANJIAN_LANG": "zh-Hant"}, TRADITIONAL),
        ({"LANG": "zh_CN", "NIANJIAN_LANG": ""}, SIMPLIFIED),
    ],
)
def test_language_is_what_the_environment_asks_for(environment: dict[str, str], language: str) -> None:
    """Our own variable first, then the system's, each by the first that is set."""
    assert language_of(environment) == language


@pytest.mark.parametrize("wrong", ["klingon", "fr", "zh-Hans-"])
def test_wrong_language_is_refused_in_one_line(wrong: str) -> None:
    """It is written for this program alone, and so a slip of the hand."""
    with pytest.raises(ConfigError):
        language_of({"NIANJIAN_LANG": wrong})
    done = nianjian("--version", env={"NIANJIAN_LANG": wrong, "LANG": "zh_CN"})
    said = f"nianjian: NIANJIAN_LANG: {wrong!r} is no language of this program; write zh-Hans, zh-Hant or en\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


@pytest.mark.usefixtures("wide")
@pytest.mark.parametrize("path", [*commands(cli)], ids=" ".join)
def test_help_in_chinese_is_wholly_chinese(path: tuple[str, ...]) -> None:
    """But for what is typed, and names; in English it is wholly English but for what is asked for."""
    shown = run(*path, "--help")
    assert shown.exit_code == 0
    assert shown.output.startswith(f"用法：nianjian{''.join(f' {name}' for name in path)} [选项]")
    listed = re.sub(r"^  [a-z-]+  ", "", TYPED.sub("", shown.output), flags=re.MULTILINE)
    words = set(re.findall(r"[A-Za-z_]{2,}", listed))
    assert words - NAMES - set(path) == set()
    english = run(*path, "--help", language=ENGLISH).output
    assert english.startswith(f"Usage: nianjian{''.join(f' {name}' for name in path)} [OPTIONS]")
    assert [
        line for line in english.split("\n") if CHINESE.search(line) and not re.search(r"[A-Za-z]{3}|NEAR", line)
    ] == []


def test_help_speaks_the_language_of_each_call() -> None:
    """Whatever was spoken before, in click's own words, too."""
    for language, said in (
        (ENGLISH, "Show this message"),
        (SIMPLIFIED, "显示这一说明"),
        (TRADITIONAL, "顯示這一說明"),
    ) * 2:
        assert said in run("parse", "--help", language=language).output


def test_help_keeps_to_the_columns_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chinese characters take two of them; what cannot be broken, such as an example, stands as it is."""
    monkeypatch.setenv("COLUMNS", "80")
    for path in ((), ("import-web-archive",), ("crawl",)):
        assert max(map(cell_len, run(*path, "--help").output.split("\n"))) <= 80


@given(st.text(st.sampled_from("年鉴，。“”（）ab[ ]-、"), max_size=60), st.integers(8, 30))
def test_lines_are_broken_where_that_may_be(text: str, width: int) -> None:
    """No line is wider than asked for, unless one piece is; nothing is lost; none begins with what closes."""
    lines = broken(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert cell_len(line) <= width or " " not in line
        assert line == line.strip()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["serch"], "没有命令 'serch'。"),
        (["search", "工会", "--page", "0"], "'--page' 的值不对：0 不在 1<=x<=100000 之内。"),
        (["search", "工会", "--sort", "up"], "'--sort' 的值不对：'up' 不是"),
        (["search", "工会", "--year", "二"], "--year '二' 不是年份；请写一到四位数字，要另一年请再写一次 --year"),
        (["search", "工会", "--size"], "选项 '--size' 须带 1 个值。"),
        (["show"], "缺少参数 '编号'"),
        (["parse", "x"], "多出了参数（x）"),
        (["index", "--entries", "/"], "文件 '/' 是文件夹。"),
        (["index", "--memory", "12"], "'--memory' 的值不对：12 不在 384<=x<=1048576 之内。"),
        (["--manifest", "/nowhere.toml", "parse"], "读不出清单 /nowhere.toml："),
    ],
)
def test_mistakes_are_told_in_chinese(sample: DataFolder, args: list[str], said: str) -> None:
    """Click's own sentences and ours, in one line, exit code 2."""
    done = nianjian("--data", sample.root, *args, env={"LANG": "zh_CN.UTF-8"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("nianjian: ")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_answers_speak_the_language(sample: DataFolder) -> None:
    """Numbers, reasons, notes, what comes near; and so do sentences in JSON, whose keys never change."""
    english, chinese, traditional = (
        run("--data", sample.root, "search", "再就业 NEAR/9999 信访", language=each).output
        for each in (ENGLISH, SIMPLIFIED, TRADITIONAL)
    )
    assert re.match(r"\d+ entr(y|ies)\n", english)
    assert re.match(r"\d+ 篇\n", chinese)
    assert "注意：NEAR 至多相隔" in chinese
    assert "注意：NEAR 至多相隔" in traditional
    assert "相近條目（不含所查的全部詞語，按相近程度排列）：" in traditional
    told = [
        json.loads(run("--data", sample.root, "search", "职工", "--size", 1, "--json", language=each).output)
        for each in (SIMPLIFIED, TRADITIONAL)
    ]
    assert told[0].keys() == told[1].keys()
    assert [each["hits"][0]["reasons"][0]["text"].split()[-1] for each in told] == ["处", "處"]
    assert told[0]["hits"][0]["title"] == told[1]["hits"][0]["title"]


@pytest.mark.slow
def test_a_whole_archive_is_made_in_chinese(sample: DataFolder, tmp_path: Path) -> None:
    """Each command says in Chinese what it did, and what is held."""
    source = next(sample.warc.glob("*.gz"))
    env = {"NIANJIAN_LANG": "zh"}
    built = nianjian("--data", tmp_path / "data", "build", source, env=env)
    assert re.search(r"^共 \d+ 页，新收 \d+ 页；0 页此前已收。$", built.stdout, re.MULTILINE)
    assert re.search(r"^解析 \d+ 页，得 \d+ 篇条目；疑问 \d+ 处$", built.stdout, re.MULTILINE)
    assert re.search(r"^已索引 \d+ 篇条目。$", built.stdout, re.MULTILINE)
    said = nianjian("--data", tmp_path / "data", "status", env=env).stdout
    assert re.search(r"^网页      \d+ 个网址的 \d+ 次采集$", said, re.MULTILINE)
    assert re.search(r"^索引      \S+，\d+ 篇条目$", said, re.MULTILINE)
    assert nianjian("--data", tmp_path / "data", "verify", env=env).stdout.endswith(
        "存档完好；entries.jsonl 和索引与存档相符。\n"
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (ENGLISH, ["entry ", "heading ", "URL  ", "body "]),
        (SIMPLIFIED, ["条目  ", "页题  ", "URL  ", "正文  "]),
        (TRADITIONAL, ["條目  ", "頁題  ", "URL  ", "正文  "]),
    ],
)
def test_preview_speaks_the_language(sample: DataFolder, tmp_path: Path, language: str, words: list[str]) -> None:
    """On a terminal, and as a page whose language is said, with that of the archive's text where it is another."""
    shown = run("--data", sample.root, "preview", "S2002-621501-1", language=language).output
    assert [word for word in words if not re.search(rf"^{word}", shown, re.MULTILINE)] == []
    file = tmp_path / "page.html"
    run("--data", sample.root, "preview", "S2002-621501-1", "--html", file, "--diff", language=language)
    page = file.read_text("utf-8")
    assert f'<html lang="{language}">' in page
    assert ('<div class="text" lang="zh-Hans">' in page) == (language != SIMPLIFIED)
    headings = {ENGLISH: "Problems", SIMPLIFIED: "疑问", TRADITIONAL: "疑問"}
    assert f"<h2>{headings[language]}</h2>" in page


def test_preview_without_pages_has_a_page() -> None:
    """It says that nothing would change."""
    assert "<title>重新解析会有什么变化 · nianjian preview</title>" in previews_html([], None)
