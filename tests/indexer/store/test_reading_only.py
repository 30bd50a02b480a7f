"""Reading needs no writing: read-only folders, other users, a writer at work; and nothing untrue is told."""

import ctypes
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from indexer.config import DataFolder
from indexer.manifest import Manifest
from indexer.store.held import Held
from indexer.store.pagestore import PageStore
from indexer.warc.records import Fetched
from search_app.web.app import create_app

COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]
Make = Callable[..., Fetched]


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Give every file with its size and time."""
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


@pytest.fixture
def locked_away(tmp_path: Path, sample: DataFolder) -> Iterator[DataFolder]:
    """A copy of the sample archive in which nothing can be written."""
    shutil.copytree(sample.root, tmp_path / "data")
    for path in [tmp_path / "data", *(tmp_path / "data").rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield DataFolder(tmp_path / "data")
    for path in [tmp_path / "data", *(tmp_path / "data").rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def heed_permissions() -> None:
    """Give up root's right to read and write everywhere, where there is one (capabilities 1 and 2)."""
    if os.geteuid() == 0:
        system = ctypes.CDLL(None)
        for capability in (1, 2):
            assert system.prctl(24, capability, 0, 0, 0) == 0


def run(data: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a command for whom permissions hold."""
    environment = os.environ | {"HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [*COMMAND, "--data", str(data), *args],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=environment,
        preexec_fn=heed_permissions,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="root keeps its rights on this system")
@pytest.mark.parametrize(
    "args",
    [
        ("status",),
        ("search", "工会"),
        ("show", "S2002-621501-1"),
        ("show", "S2002-621501-1", "--source"),
        ("verify",),
        ("forget",),
    ],
    ids=" ".join,
)
def test_commands_that_read_need_no_writing(locked_away: DataFolder, args: tuple[str, ...]) -> None:
    """On a folder that may not be written: an answer, exit code 0, no file made."""
    before = listing(locked_away.root)
    done = run(locked_away.root, *args)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert listing(locked_away.root) == before


def test_no_page_makes_a_file(locked_away: DataFolder, sample: DataFolder, manifest: Manifest) -> None:
    """Every type of page, asked of a folder that could be written, leaves it as it was."""
    client = create_app(sample.root, manifest).test_client()
    paths = [
        "/",
        "/?q=工会",
        "/entry/S2002-621501-1",
        "/volume/S2002",
        "/facet/year",
        "/holdings",
        "/about",
        "/healthz",
    ]
    paths += ["/author/" + quote("苏雅琴"), "/api/v1/search?q=工会", "/api/v1/entry/S2002-621501-1", "/entry/none"]
    before = listing(sample.root)
    for path in paths:
        assert client.get(path).status_code == (404 if path == "/entry/none" else 200), path
    assert listing(sample.root) == before


def test_writer_at_work_is_read_and_not_misread(store: PageStore, fetched: Make) -> None:
    """Pages are seen as soon as they are entered; what is being written is no loss."""
    with store.writing() as writer:
        for number in range(30):
            writer.add(fetched(f"http://a.example/{number}", b"<p>%d" % number))
            reader = PageStore(store.folder, store.ledger_path)
            assert len([each for each in reader.pages() if isinstance(each, Held)]) == number + 1
        (file,) = store.files()
        with file.open("ab") as torn:
            torn.write(file.read_bytes()[:200])
        assert reader.losses() == []
        assert reader.survey().lasting == ()
    assert len(list(store.pages())) == 30


def test_store_that_grows_while_it_is_checked_has_no_loss(store: PageStore, fetched: Make) -> None:
    """Every record is read again and again while batches come in: nothing is lost, nothing out of place."""
    done = threading.Event()

    def write() -> None:
        for start in range(0, 1200, 300):
            with store.writing(batch=32) as writer:
                for number in range(start, start + 300):
                    writer.add(fetched(f"http://a.example/{number}", b"<p>" + bytes(range(200)) * 9 + b"%d" % number))
        done.set()

    writing = threading.Thread(target=write)
    writing.start()
    looks = []
    while not done.is_set():
        reader = PageStore(store.folder, store.ledger_path)
        found = reader.survey()
        looks.append((found.lasting, found.made_good, found.differences, tuple(reader.losses())))
    writing.join()
    assert set(looks) == {((), (), (), ())}
    assert len(list(store.pages())) == 1200


@pytest.mark.parametrize("kept", [("",), ("", "-wal"), ("", "-wal", "-shm")], ids=["alone", "log", "log and index"])
def test_copy_made_while_a_writer_works_is_read_with_its_log(
    store: PageStore, fetched: Make, tmp_path: Path, kept: tuple[str, ...]
) -> None:
    """A ledger copied with its log has all that was entered; without it, the files themselves tell the rest."""
    copy = tmp_path / "copy"
    copy.mkdir()
    with store.writing() as writer:
        for number in range(5):
            writer.add(fetched(f"http://a.example/{number}", b"<p>%d" % number))
        shutil.copytree(store.folder, copy / "warc")
        for suffix in kept:
            shutil.copy(f"{store.ledger_path}{suffix}", f"{copy}/ledger.sqlite{suffix}")
    copied = PageStore(copy / "warc", copy / "ledger.sqlite")
    before = listing(copy)
    assert len(list(copied.pages())) == 5
    assert copied.losses() == []
    after = listing(copy)
    assert after.keys() == before.keys()
    # The log's index is memory that readers share: it alone may change.
    assert {path for path in after if after[path] != before[path]} <= {f"{copy}/ledger.sqlite-shm"}


def test_read_only_store_without_a_ledger_is_read_from_its_files(store: PageStore, fetched: Make) -> None:
    """In memory; no ledger is made by reading."""
    with store.writing() as writer:
        writer.add(fetched("http://a.example/1", b"<p>1"))
    store.ledger_path.unlink()
    before = listing(store.folder.parent)
    assert len(list(store.pages())) == 1
    assert listing(store.folder.parent) == before


def test_holdings_say_what_they_do_not_know(tmp_path: Path, sample: DataFolder, manifest: Manifest) -> None:
    """A ledger that cannot be read is no archive without pages; what was lost is on the page."""
    data = DataFolder(tmp_path / "data")
    shutil.copytree(sample.root, data.root)
    client = create_app(data.root, manifest).test_client()
    whole = client.get("/holdings").text
    assert "读不出" not in whole
    with sqlite3.connect(data.ledger) as db:
        url = db.execute("SELECT url FROM captures WHERE url LIKE '%640601.html'").fetchone()[0]
        db.execute(
            "INSERT INTO losses SELECT file, offset, end, url, page, fetched_at, digest, kind, 'x' FROM captures WHERE url = ?",
            (url,),
        )
        db.execute("DELETE FROM captures WHERE url = ?", (url,))
    db.close()
    lost = client.get("/holdings").text
    assert "1 页存档损坏" in lost
    (listed,) = set(re.findall(r'href="(/holdings/[^"]*/lost)"', lost))
    assert url in client.get(listed).text
    data.ledger.write_bytes(b"garbage" * 999)
    unread = client.get("/holdings").text
    assert "核对记录现在读不出" in unread
    assert "没有页库的记录" not in unread
