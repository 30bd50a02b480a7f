"""What a random test has drawn can be drawn again."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DRAWING = """
from hypothesis import given, strategies as st

def test_numbers(rng):
    with open("drawn", "a") as file:
        print(rng.random(), file=file)
    assert not rng

@given(st.integers())
def test_examples(number):
    with open("drawn", "a") as file:
        print(number, file=file)
    assert number < 100
"""


@pytest.mark.slow
def test_random_test_that_fails_says_how_to_run_it_again(tmp_path: Path, root: Path) -> None:
    """The same seed gives the same draws, of ours and of Hypothesis, without anything kept of the first run."""
    texts, drawn = [], []
    environment = {name: value for name, value in os.environ.items() if name != "NIANJIAN_SEED"}
    for run in ("first", "again"):
        folder = tmp_path / run
        folder.mkdir()
        (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {root}/tests/cluster\n")
        (folder / "conftest.py").write_text((root / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
        (folder / "test_drawing.py").write_text(DRAWING)
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        texts.append(done.stdout)
        drawn.append((folder / "drawn").read_text())
        environment["NIANJIAN_SEED"] = re.findall(r"^NIANJIAN_SEED=(\d+)$", done.stdout, re.MULTILINE)[0]
    seed = environment["NIANJIAN_SEED"]
    assert seed != os.environ["NIANJIAN_SEED"]
    assert re.findall(r"^NIANJIAN_SEED=.* pytest .*", texts[0], re.MULTILINE) == [
        f"NIANJIAN_SEED={seed} pytest -n 0 'test_drawing.py::{name}'" for name in ("test_numbers", "test_examples")
    ]
    assert drawn[0] == drawn[1]
