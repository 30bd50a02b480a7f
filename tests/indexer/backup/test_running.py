"""An archive is backed up while it is written to, and whole whatever is killed."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.config import DataFolder
from indexer.files.ids import read_meanings
from indexer.manifest import Manifest
from indexer.search.factory import open_generation, open_stored
from indexer.stages.backup.making import back_up
from indexer.stages.backup.restoring import restore
from indexer.stages.importing import page_store
from indexer.stages.verifying import verify

COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]
WRITES = """
import sys, time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from indexer.model import Page
from indexer.store.pagestore import PageStore
from indexer.warc.records import Fetched
folder, batch = Path(sys.argv[1]), int(sys.argv[2])
store = PageStore(folder / "warc", folder / "ledger.sqlite")
with store.writing(roll_at=60_000, batch=batch) as writer:
    print("ready", flush=True)
    for number in count():
        body = b"<p>" + bytes((number * 7 + at) % 251 for at in range(4000))
        page = Page(f"http://a.example/{number}", datetime(2006, 5, 1, tzinfo=UTC), 200, "text/html", body)
        writer.add(Fetched(page, "test", (), "OK", ()))
        print(number, flush=True)
        time.sleep(0.003)  # so that what is read again each time stays small
"""
BUILDS = """
import sys
from pathlib import Path
from indexer.config import DataFolder
from indexer.manifest import load_manifest
from indexer.stages.pipeline import index_entries, parse_store
data = DataFolder(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    parse_store(data, load_manifest())
    index_entries(data)
"""
Started = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def started() -> Iterator[Started]:
    """Give a function that starts Python code and waits until it says that it is ready; all of it is killed at the end."""
    running: list[subprocess.Popen[bytes]] = []

    def start(code: str, *args: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen([sys.executable, "-c", code, *args], stdout=subprocess.PIPE)
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def last_said(process: "subprocess.Popen[bytes]") -> int:
    """Give the last number that a killed process said whole."""
    assert process.stdout is not None
    return max((int(line) for line in process.stdout.read().split(b"\n")[:-1]), default=-1)


@pytest.mark.parametrize("batch", [1, pytest.param(25, marks=pytest.mark.slow)])
@pytest.mark.parametrize("times", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_while_pages_come_in_each_backup_is_whole(
    tmp_path: Path, started: Started, rng: random.Random, manifest: Manifest, batch: int, times: int
) -> None:
    """At any moment: no record is half, and the ledger knows all there are; later backups have more."""
    data = DataFolder(tmp_path / "data")
    writer = started(WRITES, str(data.root), str(batch))
    held = []
    for number in range(times):
        time.sleep(rng.uniform(0.05, 0.3))
        made = back_up(data, tmp_path / "b.tar", "0.0")
        assert made.lacking == ()
        restore(tmp_path / str(number), tmp_path / "b.tar")
        store = page_store(DataFolder(tmp_path / str(number)), manifest)
        found = store.survey()
        assert (found.lasting, found.made_good) == ((), ())
        urls = {each.url for each in store.captures()}
        assert urls == {f"http://a.example/{each}" for each in range(len(urls))}, "none is missing in between"
        held.append(len(urls))
        shutil.rmtree(tmp_path / str(number))
    assert held == sorted(held)
    assert held[-1] > 0
    writer.kill()
    writer.wait()
    said = last_said(writer)
    after = back_up(data, tmp_path / "b.tar", "0.0")
    restore(tmp_path / "last", tmp_path / "b.tar")
    urls = {each.url for each in page_store(DataFolder(tmp_path / "last"), manifest).captures()}
    assert after.lacking == ()
    assert urls == {each.url for each in page_store(data, manifest).captures()}
    assert len(urls) > (said if batch == 1 else said - batch), "what was acknowledged is held"
    with page_store(DataFolder(tmp_path / "last"), manifest).writing() as again:
        assert again.lost == ()


@pytest.mark.parametrize("times", [1, pytest.param(12, marks=pytest.mark.slow)])
def test_while_the_archive_is_parsed_and_indexed_each_backup_is_of_one_moment(
    sample: DataFolder, tmp_path: Path, started: Started, rng: random.Random, manifest: Manifest, times: int
) -> None:
    """Index, entries and ids belong together; verify is clean, and no older index answers for a damaged one."""
    data = DataFolder(tmp_path / "data")
    shutil.copytree(sample.root, data.root)
    started(BUILDS, str(data.root))
    generations = set()
    for number in range(times):
        time.sleep(rng.uniform(0.2, 1.5))
        made = back_up(data, tmp_path / "b.tar", "0.0")
        assert made.lacking == ()
        restore(tmp_path / str(number), tmp_path / "b.tar")
        new = DataFolder(tmp_path / str(number))
        assert not verify(new, manifest).has_losses
        assert open_generation(new.root).refused == ()
        assert {each.id for each in read_meanings(new.ids)} >= {entry.id for entry in open_stored(new.root)}
        generations.add(made.contents.generation)
        shutil.rmtree(new.root)
    assert all(generations)


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_killed_backups_leave_the_one_before(
    sample: DataFolder, kept: Path, tmp_path: Path, rng: random.Random, kills: int
) -> None:
    """At any moment; the next one takes away what was left."""
    shutil.copy(kept, tmp_path / "b.tar")
    for _ in range(kills):
        kill_soon([*COMMAND, "--data", str(sample.root), "backup", str(tmp_path / "b.tar")], rng)
        restore(tmp_path / "new", tmp_path / "b.tar")
        shutil.rmtree(tmp_path / "new")
    back_up(sample, tmp_path / "b.tar", "0.0")
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_killed_restores_leave_nothing_or_all(
    kept: Path, tmp_path: Path, rng: random.Random, manifest: Manifest, kills: int
) -> None:
    """At any moment; the next one takes away what was left."""
    for _ in range(kills):
        kill_soon([*COMMAND, "--data", str(tmp_path / "new"), "restore", str(kept)], rng)
        if (tmp_path / "new").exists():
            assert not verify(DataFolder(tmp_path / "new"), manifest).has_losses
            shutil.rmtree(tmp_path / "new")
    restore(tmp_path / "new", kept)
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def kill_soon(command: list[str], rng: random.Random) -> None:
    """Start a command, and kill it at a moment in which it may be at work."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(rng.uniform(0.3, 1.2))
    process.kill()
    process.wait()
