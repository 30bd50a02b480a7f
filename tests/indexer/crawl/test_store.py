"""The page store keeps what it is given, once, and says where it is broken."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from indexer.crawl.warc import PageStore
from indexer.durable import locked
from indexer.errors import ConfigError, StoreError
from indexer.model import Page


def page(url: str, body: bytes, day: int = 1) -> Page:
    """Make a page captured on a day of May 2006."""
    return Page(url, datetime(2006, 5, day, tzinfo=UTC), 200, "text/html", body)


def store(folder: Path, *pages: Page) -> int:
    """Store pages; give how many were new."""
    with PageStore(folder).writing() as writer:
        return sum(map(writer.add, pages))


def test_pages_come_back_as_they_were(tmp_path: Path) -> None:
    """Bytes, time and URL are kept; pages come in order of URL."""
    first, second = page("http://a.example/2?x=1", b"\xb9\xa4\r\n\x00"), page("http://a.example/1", b"")
    store(tmp_path, first, second)
    assert list(PageStore(tmp_path).pages()) == [second, first]


def test_same_bytes_for_a_url_are_stored_once(tmp_path: Path) -> None:
    """A second import adds nothing and makes no file; changed bytes are a new capture, the latest counts."""
    old, new = page("http://a.example/1", b"old"), page("http://a.example/1", b"new", day=2)
    assert [store(tmp_path, old, old), store(tmp_path, old), store(tmp_path, new)] == [1, 0, 1]
    assert list(PageStore(tmp_path).pages()) == [new]
    assert len(list(PageStore(tmp_path).captures())) == 2
    assert len(list(tmp_path.glob("*.warc.gz"))) == 2


def test_files_are_warc_1_1_with_digests_that_hold(tmp_path: Path) -> None:
    """warcio itself, checking digests, reads them."""
    store(tmp_path, page("http://a.example/1", "年鉴".encode("gbk")))
    with next(tmp_path.glob("*.warc.gz")).open("rb") as file:
        records = [
            (r.rec_type, r.format, r.content_stream().read()) for r in ArchiveIterator(file, check_digests="raise")
        ]
    assert [(kind, form) for kind, form, _ in records] == [("warcinfo", "warc"), ("resource", "warc")]
    assert records[1][2] == "年鉴".encode("gbk")


def test_failed_import_leaves_no_file(tmp_path: Path) -> None:
    """Nothing is half-written."""
    with pytest.raises(RuntimeError), PageStore(tmp_path).writing() as writer:
        writer.add(page("http://a.example/1", b"x"))
        raise RuntimeError
    assert list(tmp_path.glob("*.warc.gz*")) == []


def test_truncated_file_is_named_with_its_offset(tmp_path: Path) -> None:
    """The error says file, place and what to do."""
    store(tmp_path, page("http://a.example/1", b"x" * 5000), page("http://a.example/2", bytes(range(256)) * 9))
    (file,) = tmp_path.glob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(StoreError, match=rf"{file.name}.*(offset|digest)"):
        list(PageStore(tmp_path).pages())


def test_second_writer_is_refused_at_once(tmp_path: Path) -> None:
    """Two imports never write to one store together."""
    with locked(tmp_path), pytest.raises(StoreError, match="another import"):
        store(tmp_path, page("http://a.example/1", b"x"))


def test_unwritable_folder_is_one_clear_line(tmp_path: Path) -> None:
    """A file in the folder's place cannot be written into."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="--data"):
        store(tmp_path / "file" / "warc", page("http://a.example/1", b"x"))
