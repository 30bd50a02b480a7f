"""Errors and findings of the indexer are worded in the language in use, with all their values."""

import re
from pathlib import Path
from string import Formatter

import pytest

from indexer.errors import ConfigError, IndexMissing, StoreError, YearbookError, sentences
from indexer.model import Problem
from indexer.parse.problems import Code
from search_app.words.errors import worded
from search_app.words.findings import FINDINGS, finding
from search_app.words.language import ENGLISH, SIMPLIFIED, TRADITIONAL, speak
from search_app.words.problems import in_words


def named(sentence: str) -> set[str]:
    """Return the names of the values in a sentence."""
    return {name for _, name, *_ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", [SIMPLIFIED, TRADITIONAL])
def test_every_error_is_worded_with_all_its_values(language: str) -> None:
    """In one line, in Chinese."""
    speak(language)
    for code, sentence in sentences().items():
        values = {name: 7654321 + number for number, name in enumerate(sorted(named(sentence)))}
        said = worded(YearbookError(code, **values))
        assert re.search("[\u4e00-\u9fff]", said), code
        assert "\n" not in said
        assert [name for name, value in values.items() if not {str(value), f"{value:,}"} & _numbers(said)] == []


def _numbers(said: str) -> set[str]:
    return set(re.findall(r"[\d,]+", said))


def test_an_error_in_an_error_is_worded_too() -> None:
    """In the same language; English is the error's own sentence."""
    error = IndexMissing("index-missing-beside-sample", cause=IndexMissing("index-missing", path="a/年鉴"), path="b")
    said = (
        "a/年鉴 里没有索引；请用 `nianjian build PATH` 或 `nianjian index` 建立；"
        "`nianjian demo` 的样本年鉴可用 --data b 检索"
    )
    assert worded(error) == said
    speak(ENGLISH)
    assert worded(error) == str(error)


@pytest.mark.parametrize(
    "error",
    [
        YearbookError("the-archive-is-tired", url="http://a.b/"),
        StoreError("store-busy"),
        StoreError("entry-too-long", path="e", line=1, limit="long"),
        ConfigError("index-missing", path="{x}{0}"),
        OSError(5, "broken", "f"),
        ValueError("no"),
    ],
)
def test_wording_never_fails(error: Exception) -> None:
    """An error that no sentence fits says code and values; others say what they say."""
    assert str(error.args[-1] if isinstance(error, OSError) else "") in worded(error)
    assert worded(error) == str(error) or isinstance(error, ConfigError)
    assert "{x}{0}" in worded(error) or not isinstance(error, ConfigError)


def test_every_finding_is_said_somewhere_in_the_indexer(root: Path) -> None:
    """So that no sentence of the table is told that nothing says any more: its words stand in the code, piece by piece."""
    code = "".join(file.read_text("utf-8") for file in sorted(root.glob("indexer/**/*.py")))
    code = " ".join(re.sub(r'"\s*\n\s*f?"', "", code).split())
    for sentence in FINDINGS:
        plain = _JOINED.sub("{x}", sentence)
        pieces = [part.strip(" :") for text, *_ in Formatter().parse(plain) for part in text.split("; ")]
        assert [piece for piece in pieces if piece not in code] == [], sentence


_JOINED = re.compile(
    r"(?<=in )entries\.jsonl|entries\.jsonl(?= (?:do not )?give)|the stored pages|the index\b|nianjian \w+"
    r"|^(?:site|volume)s? | changes?(?=:)|(?<=capture) of \{time\}|(?<=capture) (?=that)"
)
"""What code puts into findings that are otherwise alike."""


def test_a_finding_is_said_in_the_language(root: Path) -> None:
    """With its values, which may be findings and errors themselves; what is not known stays."""
    assert finding("redirects to http://a.b/, outside the scope") == "转到 http://a.b/，在范围之外"
    assert finding("damaged: it breaks off 12 bytes before its end") == "损坏：差 12 字节，没有到末尾"
    line = "manifest m.toml: site x: key 'id' is missing; add it"
    assert finding(line) == line
    assert finding(str(StoreError("store-busy", path="p"))) == "另一命令正在向 p 收入网页；请等它结束"
    assert finding("3 failures one after another, the last: http://a/: status 500") == (
        "接连失败 3 次，最后一次：http://a/：状态 500"
    )
    speak(ENGLISH)
    assert finding("not HTML") == "not HTML"


def test_every_problem_is_worded(root: Path) -> None:
    """In Chinese, its values with it."""
    for code in Code:
        said = in_words(Problem("http://a/", "page", code, ("71,000 bytes", "90", "其三")))
        assert re.search("[\u4e00-\u9fff]", said) or code is Code.UNKNOWN_ENCODING
    assert in_words(Problem("u", "bytes", Code.TOO_LARGE, ("9,000 tags", "8,000"))) == (
        "有 9,000 个标记，上限是 8,000；没有解析"
    )
    assert in_words(Problem("u", "bytes", "code-of-tomorrow", ("a",))).startswith("code-of-tomorrow")
