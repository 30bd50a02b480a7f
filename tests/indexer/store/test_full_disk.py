"""Every write is complete or an error; with room again the same command ends well."""

import random
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.store.held import Held
from indexer.store.pagestore import PageStore
from indexer.warc.records import Fetched, page_member

Make = Callable[..., Fetched]
WRITE = """
import resource, sys
from pathlib import Path
from datetime import UTC, datetime
from indexer.errors import YearbookError
from indexer.model import Page
from indexer.store.pagestore import PageStore
from indexer.warc.records import Fetched

folder, limit, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
store = PageStore(folder / "warc", folder / "ledger.sqlite")
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with store.writing() as writer:
        for number in range(count):
            body = b"<p>" + bytes((number * 7 + at) % 251 for at in range(2500))
            page = Page(f"http://a.example/{number}", datetime(2006, 5, 1, tzinfo=UTC), 200, "text/html", body)
            writer.add(Fetched(page, "test", (("ETag", "1"),), "OK", (("Host", "a.example"),)))
except YearbookError as error:
    print(error)
    sys.exit(2)
"""


def write(folder: Path, limit: int, count: int) -> subprocess.CompletedProcess[str]:
    """Store pages in a process whose files may not grow above a limit; 0 is none."""
    return subprocess.run(
        [sys.executable, "-c", WRITE, str(folder), str(limit), str(count)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def check_size(folder: Path, limit: int, count: int) -> bool:
    """Write with too little room, then with enough: everything is there, and what was before is untouched."""
    folder.mkdir()
    short = write(folder, limit, count)
    assert short.returncode in (0, 2), short.stderr
    assert "Traceback" not in short.stderr
    store = PageStore(folder / "warc", folder / "ledger.sqlite")
    first = store.files()[0].read_bytes() if store.files() else b""
    if short.returncode:
        assert "cannot write" in short.stdout
        assert store.survey().lasting == (), "a failed append is left in the file"
    again = write(folder, 0, count)
    assert again.returncode == 0, again.stdout + again.stderr
    assert len([each for each in store.pages() if isinstance(each, Held)]) == count
    surveyed = store.survey()
    assert (surveyed.lasting, surveyed.made_good, surveyed.differences) == ((), (), ())
    if first:
        assert store.files()[0].read_bytes().startswith(first)
    return short.returncode == 2


def test_any_disk_size_is_one_line_and_the_same_command_ends_well_later(tmp_path: Path, rng: random.Random) -> None:
    """Some sizes a run, from nothing to nearly enough: SQLite's files are limited as the WARC is."""
    failed = [check_size(tmp_path / str(n), rng.randint(1, 60_000), 24) for n in range(4)]
    assert any(failed)


@pytest.mark.slow
def test_forty_disk_sizes(tmp_path: Path) -> None:
    """Every size from nothing to nearly enough."""
    assert sum(check_size(tmp_path / str(n), 200 + n * 1500, 24) for n in range(40)) >= 38


def cut_at(folder: Path, fetched: Make, left: int) -> None:
    """Take a store whose last write broke off so many bytes before its end, as a kill leaves it, and go on."""
    store = PageStore(folder / "warc", folder / "ledger.sqlite")
    pages = [fetched(f"http://a.example/{n}", b"<p>" + bytes(range(256)) * 2, headers=(("A", "b"),)) for n in range(3)]
    with store.writing() as writer:
        writer.add(pages[0])
        writer.add(pages[1])
        member_start = store.files()[0].stat().st_size
        # As the writer does it: what it begins is noted, then the bytes come, and then the kill.
        with store.files()[0].open("ab") as file:
            file.write((whole := page_member(pages[2]))[:-left])
        first = zlib.decompressobj(wbits=31)
        first.decompress(whole)
        response = len(whole) - len(first.unused_data)
        answered = response if len(whole) - left >= response else 0
        writer._begun.clear()  # a killed process finishes nothing
    with store.writing() as writer:
        assert writer.lost == ()
        # The response may have been whole already: it stays.
        assert store.files()[0].stat().st_size == member_start + answered
        for page in pages:
            writer.add(page)
    assert len(list(store.pages())) == 3
    assert store.survey().lasting == ()


@pytest.mark.parametrize("left", random.Random(7).sample(range(1, 520), 12))
def test_write_cut_at_any_byte_is_taken_back(tmp_path: Path, fetched: Make, left: int) -> None:
    """Nothing of it stays, nothing before it is touched, and its page is stored when it comes again."""
    cut_at(tmp_path, fetched, left)


def test_write_that_could_not_be_taken_back_is_cut_by_the_next_writer(tmp_path: Path, fetched: Make) -> None:
    """A disk that fails twice, at the write and at the cut, leaves no damage behind."""
    store = PageStore(tmp_path / "warc", tmp_path / "ledger.sqlite")
    page, next_page = (fetched(f"http://a.example/{n}", b"<p>" + bytes(range(256))) for n in range(2))
    with store.writing() as writer:
        writer.add(page)
        (path,) = store.files()
        whole = path.stat().st_size
        with path.open("ab") as file:
            file.write(page_member(next_page)[:-9])
    with store.writing() as writer:
        assert writer.lost == ()
        assert path.stat().st_size == whole
        writer.add(next_page)
    assert len(list(store.pages())) == 2
    assert store.survey().lasting == ()


@pytest.mark.slow
def test_write_cut_at_each_of_the_last_520_bytes(tmp_path: Path, fetched: Make) -> None:
    """One after the other."""
    for left in range(1, 521):
        (tmp_path / str(left)).mkdir()
        cut_at(tmp_path / str(left), fetched, left)
