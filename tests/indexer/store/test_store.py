"""The page store keeps what it is given, once, survives a kill at any byte, and says where it is broken."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from indexer.errors import ConfigError, StoreError
from indexer.files.durable import locked
from indexer.model import Page
from indexer.store.held import Held, Rebuilt
from indexer.store.pagestore import PageStore
from indexer.warc.records import Fetched

Make = Callable[..., Fetched]
HEADERS = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("ETag", '"1"'))


def add(store: PageStore, *pages: Fetched, roll_at: int = 1 << 30) -> int:
    """Store pages; give how many were new."""
    with store.writing(roll_at) as writer:
        return sum(map(writer.add, pages))


def pages_of(store: PageStore) -> list[Page]:
    """Give the pages that can be read."""
    return [held.page for held in store.pages() if isinstance(held, Held)]


def check(folder: Path) -> int:
    """Let warcio's own command check every file; give its exit code."""
    files = map(str, sorted(folder.glob("*.warc.gz")))
    return subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, check=False
    ).returncode


def test_pages_come_back_as_they_were(store: PageStore, fetched: Make) -> None:
    """Bytes, time and URL are kept; pages come in order of URL."""
    first, second = fetched("http://a.example/2?x=1", b"\xb9\xa4\r\n\x00"), fetched("http://a.example/1", b"")
    add(store, first, second)
    assert pages_of(store) == [second.page, first.page]
    assert check(store.folder) == 0


def test_same_bytes_for_a_url_are_stored_once(store: PageStore, fetched: Make) -> None:
    """A second import adds nothing; changed bytes are a new capture, the latest counts."""
    old, new = fetched("http://a.example/1", b"old"), fetched("http://a.example/1", b"new", day=2)
    assert [add(store, old, old), add(store, old), add(store, new)] == [1, 0, 1]
    assert pages_of(store) == [new.page]
    assert len(store.captures()) == 2


def test_request_response_and_revisit_are_records_of_their_own(store: PageStore, fetched: Make) -> None:
    """A revisit holds no bytes, and its page comes from the capture before."""
    seen = fetched("http://a.example/1", b"<p>x", headers=HEADERS)
    again = fetched("http://a.example/1", b"", day=9, headers=HEADERS)
    with store.writing() as writer:
        writer.add(seen)
        (of,) = writer.ledger.captures()
        writer.add_revisit(again, of)
    with next(store.folder.glob("*.warc.gz")).open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
    assert kinds == ["warcinfo", "response", "request", "revisit", "request"]
    (page,) = pages_of(store)
    assert (page.body, page.fetched_at.day) == (b"<p>x", 9)
    assert check(store.folder) == 0


def test_files_roll_at_the_size_set(store: PageStore, fetched: Make) -> None:
    """A full file is closed, the next one begun, also over several runs."""
    for run in range(3):
        add(store, *(fetched(f"http://a.example/{run}/{n}", bytes([n]) * 50) for n in range(3)), roll_at=1500)
    assert len(list(store.folder.glob("nianjian-*.warc.gz"))) > 2
    assert len(pages_of(store)) == 9
    assert check(store.folder) == 0


def test_ledger_is_made_again_from_the_files_alone(store: PageStore, fetched: Make, tmp_path: Path) -> None:
    """Deleted, damaged or merely asked for: the same captures."""
    add(store, fetched("http://a.example/1", b"1", headers=HEADERS), fetched("http://a.example/2", b"2"))
    before = store.captures()
    (tmp_path / "ledger.sqlite").unlink()
    assert store.captures() == before
    (tmp_path / "ledger.sqlite").write_bytes(b"no database at all" * 99)
    with pytest.raises(StoreError, match="rebuild-ledger"):
        store.captures()
    assert store.rebuild() == Rebuilt(2, ())
    assert store.captures() == before


def test_file_put_there_by_hand_is_taken_up(store: PageStore, fetched: Make, tmp_path: Path) -> None:
    """A WARC copied into the folder is entered at the next use."""
    other = PageStore(tmp_path / "other", tmp_path / "other.sqlite")
    add(other, fetched("http://a.example/x", b"x"))
    store.folder.mkdir()
    (store.folder / "theirs.warc.gz").write_bytes((tmp_path / "other" / "nianjian-00001.warc.gz").read_bytes())
    assert [capture.file for capture in store.captures()] == ["theirs.warc.gz"]


def test_second_writer_is_refused_at_once(store: PageStore, fetched: Make) -> None:
    """Two imports never write to one store together."""
    with locked(store.folder), pytest.raises(StoreError, match="another import"):
        add(store, fetched("http://a.example/1", b"x"))


def test_unwritable_folder_is_one_clear_line(tmp_path: Path, fetched: Make) -> None:
    """A file in the folder's place cannot be written into."""
    (tmp_path / "file").write_text("")
    store = PageStore(tmp_path / "file" / "warc", tmp_path / "file" / "ledger.sqlite")
    with pytest.raises(ConfigError, match="--data"):
        add(store, fetched("http://a.example/1", b"x"))
