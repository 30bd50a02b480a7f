"""Errors are a code and values; each code has a sentence, and each sentence gets the values that it names."""

import ast
import copy
import pickle
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple, get_args

import pytest

from indexer import errors
from indexer.errors import ConfigError, FetchError, StoreError, YearbookError, near_word, reason_of
from indexer.files.jsonlines import Record

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, YearbookError)]
NEVER = {"entry-malformed", "entry-key-unknown"}
"""Codes that no line gets, since an entry is looked at key by key."""


class Made(NamedTuple):
    """A place where an error is made, with one code that it may get there."""

    where: str
    code: str
    values: frozenset[str]


@pytest.fixture(scope="module")
def sentences(root: Path) -> dict[str, str]:
    """The sentence of each code."""
    return tomllib.loads((root / "indexer" / "errors.en.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def calls(root: Path) -> list[tuple[str, ast.Call]]:
    """Every call in the program, with its place."""
    return [
        (f"{file.relative_to(root).as_posix()}:{node.lineno}", node)
        for top in ("indexer", "search_app")
        for file in sorted(root.glob(f"{top}/**/*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]


@pytest.fixture(scope="module")
def made(calls: list[tuple[str, ast.Call]], sentences: dict[str, str]) -> list[Made]:
    """Every error that the program makes: by the name of its class, or with a code that is one."""
    names = {kind.__name__ for kind in KINDS}
    found = []
    for where, call in calls:
        codes = list(codes_of(call))
        if called(call) in names or sentences.keys() & codes:
            values = frozenset(str(each.arg) for each in call.keywords)
            found += [Made(where, code, values) for code in codes or [ast.unparse(call)]]
    return [each for each in found if each.code not in NEVER]


def called(call: ast.Call) -> str:
    """Return the last part of the name of what is called; empty if it has none."""
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def codes_of(call: ast.Call) -> Iterator[str]:
    """Give the codes that a call's only positional argument may be: a literal, or one that begins with a record's name."""
    match call.args:
        case [ast.Constant(str(code))]:
            yield code
        case [ast.JoinedStr([ast.FormattedValue(), ast.Constant(rest)])]:
            yield from (f"{record}{rest}" for record in get_args(Record))


def named(sentence: str) -> set[str]:
    """Return the values that a sentence names."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_error_has_a_sentence_and_exactly_the_values_that_it_names(
    made: list[Made], sentences: dict[str, str]
) -> None:
    """Wherever it is made, whatever its class; no code is made up while the program runs."""
    assert len(made) > 150
    wrong = [each for each in made if each.code not in sentences or each.values != named(sentences[each.code])]
    assert wrong == []


def test_every_sentence_is_said_somewhere(made: list[Made], sentences: dict[str, str]) -> None:
    """And no error is made that has none."""
    assert {each.code for each in made} == sentences.keys()


def test_no_kind_of_error_is_made_behind_the_back_of_these_tests(root: Path, calls: list[tuple[str, ast.Call]]) -> None:
    """All classes are in one module, and none is passed on to be called elsewhere, but for the table of Whoosh's."""
    names = {kind.__name__ for kind in KINDS}
    assert [
        where for where, call in calls for each in call.args if called(call) == "partial" and names & words(each)
    ] == []
    classes = {
        (file.name, node.name)
        for file in [*root.glob("indexer/**/*.py"), *root.glob("search_app/**/*.py")]
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and any(names & words(base) for base in node.bases)
    }
    assert classes == {("errors.py", name) for name in names - {"YearbookError"}}


def words(node: ast.AST) -> set[str]:
    """Return the names in an expression."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def test_every_sentence_is_one_line_and_can_be_filled_in(sentences: dict[str, str]) -> None:
    """With whatever stands for its values."""
    for code, sentence in sentences.items():
        assert sentence == " ".join(sentence.split())
        said = str(YearbookError(code, **dict.fromkeys(named(sentence), 1)))
        assert said == sentence.format_map(dict.fromkeys(named(sentence), 1))


def test_codes_are_short_and_in_kebab_case(sentences: dict[str, str]) -> None:
    """Scripts write them."""
    assert [code for code in sentences if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code)] == []
    assert max(map(len, sentences)) < 40


def test_error_says_its_sentence_and_has_its_values_as_data() -> None:
    """Paths are text, numbers stay numbers; nobody can change them."""
    error = StoreError("entry-too-long", path=Path("a", "e.jsonl"), line=3, limit=67_108_864)
    assert str(error) == "a/e.jsonl, line 3: longer than 67,108,864 bytes; mend the line or run `nianjian parse`"
    assert (error.code, dict(error.values)) == ("entry-too-long", {"path": "a/e.jsonl", "line": 3, "limit": 67_108_864})
    assert repr(error) == "StoreError('entry-too-long', path='a/e.jsonl', line=3, limit=67108864)"
    assert repr(ConfigError("crawl-several-sites")) == "ConfigError('crawl-several-sites')"
    with pytest.raises(TypeError):
        error.values["line"] = 4  # type: ignore[index]


@pytest.mark.parametrize("kind", KINDS)
def test_error_crosses_to_another_process_and_is_copied_whole(kind: type[YearbookError]) -> None:
    """Of whichever class: code, values, sentence, and what was noted beside."""
    error = kind("index-current-odd", path=Path("年鉴"), found="x")
    error.add_note("beside")
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(other) is kind
        assert (other.code, other.values, other.__notes__) == (error.code, error.values, ["beside"])
        assert str(other) == str(error) == "年鉴 names no generation, but 'x'; build it again with `nianjian index`"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FetchError("the-archive-is-tired"), "the-archive-is-tired"),
        (
            FetchError("the-archive-is-tired", url="http://a.b/", status=503),
            "the-archive-is-tired (url='http://a.b/', status=503)",
        ),
        (StoreError("store-busy"), "store-busy"),
        (StoreError("store-busy", url="a\nb"), r"store-busy (url='a\nb')"),
        (
            StoreError("entry-too-long", path="e", line=1, limit="long"),
            "entry-too-long (path='e', line=1, limit='long')",
        ),
    ],
    ids=["unknown", "unknown-with-values", "missing", "another", "of-another-type"],
)
def test_error_without_its_sentence_says_code_and_values(error: YearbookError, said: str) -> None:
    """An error while wording an error would hide it."""
    assert str(error) == said


def test_sentences_are_read_when_the_first_is_asked_for() -> None:
    """A command that succeeds reads none."""
    code = (
        "import sys; from indexer.errors import StoreError; error = StoreError('store-busy', path='p'); "
        "repr(error); print('tomllib' in sys.modules); str(error); print('tomllib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_what_the_system_says_is_its_own_words() -> None:
    """Without number and path; an error that has no such words says what it says."""
    assert reason_of(PermissionError(13, "Permission denied", "/x")) == "Permission denied"
    assert reason_of(OSError("odd")) == reason_of(ValueError("odd")) == "odd"


def test_nearest_word_is_named_if_one_is_near() -> None:
    """Else none is."""
    assert (near_word("year_", ["id", "year"]), near_word("zzz", ["id", "year"])) == ("year", "")
