"""The generation in reserve answers again, and the one taken back is then in reserve."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from filelock import FileLock

from indexer.errors import IndexLocked, IndexMissing, StaleIndex
from indexer.model import Entry
from indexer.search.factory import RolledBack, open_builder, open_generation, published_generation, roll_back

Publish = Callable[..., Path]
Make = Callable[..., Entry]


def test_it_exchanges_the_two_that_are_kept(tmp_path: Path, publish: Publish, make_entry: Make) -> None:
    """There and back, as often as wanted; the next build removes what was taken back."""
    first = publish([make_entry("a")]).name
    second = publish([make_entry("a"), make_entry("b")]).name
    for _ in range(2):
        done = roll_back(tmp_path)
        opened = open_generation(tmp_path)
        assert done == RolledBack(first, opened.made_at, 1, second)
        assert (opened.whole.generation, len(opened.whole), opened.refused) == (first, 1, ())
        assert (roll_back(tmp_path).generation, published_generation(tmp_path)) == (second, second)
    roll_back(tmp_path)
    third = publish([make_entry("c")]).name
    assert {path.name for path in (tmp_path / "index").glob("gen-*")} == {first, third}
    assert roll_back(tmp_path).generation == first


def test_what_cannot_answer_is_not_put_in_place(tmp_path: Path, publish: Publish, make_entry: Make) -> None:
    """None in reserve, a damaged one, none at all, while a build is running: the published one goes on."""
    with pytest.raises(IndexMissing):
        roll_back(tmp_path)
    assert list(tmp_path.iterdir()) == []
    first = publish([make_entry("a")])
    with pytest.raises(StaleIndex, match="the only one there is"):
        roll_back(tmp_path)
    second = publish([make_entry("b")])
    with FileLock(tmp_path / "index" / ".lock"), pytest.raises(IndexLocked):
        roll_back(tmp_path)
    (first / "text.npy").write_bytes(b"x")
    with pytest.raises(StaleIndex, match=r"goes on answering.*text\.npy is damaged"):
        roll_back(tmp_path)
    assert published_generation(tmp_path) == second.name
    (second / "text.npy").write_bytes(b"x")
    with pytest.raises(StaleIndex):
        roll_back(tmp_path)


def test_it_makes_the_one_that_answers_for_a_damaged_one_the_published_one(
    tmp_path: Path, publish: Publish, make_entry: Make
) -> None:
    """So that nothing is degraded any more; the damaged one cannot come back."""
    first = publish([make_entry("a")])
    second = publish([make_entry("b")])
    (second / "text.npy").write_bytes(b"x")
    assert open_generation(tmp_path).is_degraded
    assert roll_back(tmp_path).generation == first.name
    assert not open_generation(tmp_path).is_degraded
    with pytest.raises(StaleIndex, match="goes on answering"):
        roll_back(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="kills a process as POSIX does")
@pytest.mark.slow
def test_killed_at_any_moment_one_of_the_two_answers(
    tmp_path: Path, publish: Publish, make_entry: Make, rng: Random
) -> None:
    """And the next call exchanges them."""
    names = {publish([make_entry(name)]).name for name in "ab"}
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from indexer.search.factory import roll_back\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    roll_back(Path(sys.argv[1]))\n"
    )
    for _ in range(30):
        process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(rng.uniform(0, 0.3))
        process.kill()
        process.wait()
        process.stdout.close()
        opened = open_generation(tmp_path)
        assert (opened.whole.generation in names, opened.refused) == (True, ())
        assert roll_back(tmp_path).taken_back == opened.whole.generation
    with open_builder(tmp_path) as builder:
        builder.add(make_entry("c"))
    assert not list((tmp_path / "index").glob("*.part"))
