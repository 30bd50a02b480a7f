"""The shape of the code: imports go down, types hold, styles agree."""

import subprocess
import sys
from pathlib import Path

import pytest


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


def test_modules_stay_small(root: Path) -> None:
    """A module above 320 lines holds two things (the aim is 250)."""
    files = [*root.glob("indexer/**/*.py"), *root.glob("search_app/**/*.py")]
    assert [(file.name, n) for file in files if (n := len(file.read_text("utf-8").splitlines())) > 320] == []
