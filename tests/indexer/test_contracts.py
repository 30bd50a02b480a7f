"""The shape of the code: imports go down, types hold, styles agree, and nothing grows beyond what one can overlook."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

MODULE = 320
"""Lines that a module may have; the aim is 250."""
FUNCTION = 45
"""Lines that a function may have, its docstring included; the aim is 30."""
LONGER = {
    "indexer/parse/entries/filling.py fill": "one decision a paragraph, in the order in which they are tried",
}
"""Functions that may be longer, each with its reason."""
FOLDER = 12
"""Modules that a folder may have, `__init__.py` aside."""


@pytest.fixture(scope="module")
def modules(root: Path) -> list[Path]:
    """The modules of the program."""
    return sorted([*root.glob("indexer/**/*.py"), *root.glob("search_app/**/*.py")])


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "ruff", "check"],
        ["-m", "ruff", "format", "--check"],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"],
    ],
    ids=["ruff", "format", "mypy", "import-linter"],
)
def test_lint_is_clean(root: Path, command: list[str]) -> None:
    """Each tool ends with 0."""
    done = subprocess.run([sys.executable, *command], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_stay_small(modules: list[Path]) -> None:
    """One that is longer holds two things."""
    assert [(file.name, n) for file in modules if (n := len(file.read_text("utf-8").splitlines())) > MODULE] == []


def test_functions_stay_short(root: Path, modules: list[Path]) -> None:
    """But for those that have a reason; one that has become short needs none."""
    long = {f"{file.relative_to(root).as_posix()} {name}" for file in modules for name in longer(file)}
    assert long == LONGER.keys()


def longer(file: Path) -> Iterator[str]:
    """Give the functions of a module that have too many lines."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= FUNCTION:
            yield node.name


def test_folders_hold_few_modules(root: Path, modules: list[Path]) -> None:
    """A newcomer finds the right one by its name."""
    sizes = Counter(file.parent.relative_to(root).as_posix() for file in modules if file.name != "__init__.py")
    assert {folder: size for folder, size in sizes.items() if size > FOLDER} == {}


def test_limits_are_those_that_contributors_are_told(root: Path) -> None:
    """In CONTRIBUTING.md."""
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    assert re.findall(r"\((\d+) at most\)|at most (\w+) modules", text) == [
        (str(MODULE), ""),
        (str(FUNCTION), ""),
        ("", "twelve"),
    ]


def test_every_suite_is_run_before_a_change_lands(root: Path) -> None:
    """What README's test command leaves out, `.ci/run` runs by its marker."""
    config = ConfigParser()
    config.read(root / "setup.cfg", "utf-8")
    options = config["tool:pytest"]
    suites = [line.partition(":")[0] for line in options["markers"].split("\n") if line]
    assert f'-m "{" and ".join(f"not {name}" for name in suites)}"' in options["addopts"]
    run = (root / ".ci" / "run").read_text("utf-8")
    assert [name for name in suites if f"pytest -m {name} " not in run] == []
