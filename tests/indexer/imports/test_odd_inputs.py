"""Inputs that once broke an import, hung it, or were lost: each is a kind that fuzzing found."""

import io
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from kinds_arc import arc_head, arc_record
from kinds_making import AT2, BASE, HOST, PATH, around, gz, http, page, pages, record, url
from kinds_odd_zips import nested
from kinds_packing import Member, in_zip, inside, zipped
from kinds_wacz import wacz

from indexer.config import DataFolder
from indexer.manifest import Manifest
from indexer.stages.importing import import_paths, page_store
from indexer.store.held import Held
from indexer.warc.framing import read_blocks


def brought_in(path: Path, manifest: Manifest) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """Import a path; give the pages that are held then, and what was left out as lost."""
    data = DataFolder(path.parent / "data")
    result = import_paths(data, [path], manifest, None)
    held = list(page_store(data, manifest).pages())
    assert [each for each in held if not isinstance(each, Held)] == []
    found = {each.page.url: each.page.body for each in held if isinstance(each, Held)}
    return found, [(each.name, each.why) for each in result.skipped if each.lost]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("年鉴.warc".encode("gbk"), "import 年鉴.warc"),
        (b"\xff\xfe.warc", "import %FF%FE.warc"),
        (b"a\nb: c.warc", "import a%0Ab: c.warc"),
    ],
)
def test_file_whose_name_is_no_utf8_is_read(folder: Path, manifest: Manifest, name: bytes, source: str) -> None:
    """Where pages came from is said so that it can be written and printed."""
    path = folder / name.decode("utf-8", "surrogateescape")
    path.write_bytes(record(1) + b"junk")
    found, lost = brought_in(path, manifest)
    (capture,) = page_store(DataFolder(folder / "data")).captures()
    assert (found, capture.source) == (pages(1), source)
    assert [each.encode() and why[:7] for each, why in lost] == ["damaged"]


def test_mirror_with_names_in_gbk_may_lie_in_a_folder_named_in_utf8(folder: Path, manifest: Manifest) -> None:
    """Every part of a path is read by itself."""
    file = folder / "镜像一" / HOST / PATH[1:] / "年鉴.html".encode("gbk").decode("utf-8", "surrogateescape")
    file.parent.mkdir(parents=True)
    file.write_bytes(page(1))
    assert brought_in(folder / "镜像一", manifest) == ({BASE + "%E5%B9%B4%E9%89%B4.html": page(1)}, [])


@pytest.mark.parametrize(
    "line",
    [b"X-\xff: 1", "年: 1".encode(), "X: 年; a=年; 鉴".encode("gbk"), b"X: a\rb\0c", b"X: " + b"x" * 200_000],
    ids=["name", "name in Chinese", "value", "control characters", "long"],
)
def test_http_header_of_any_bytes_is_kept(folder: Path, manifest: Manifest, line: bytes) -> None:
    """A header is no reason to lose a page, much less an import."""
    (folder / "x.warc").write_bytes(around(record(2, http(page(2), line))))
    assert brought_in(folder / "x.warc", manifest) == (pages(1, 2, 3), [])


def test_page_of_the_year_987_is_kept(folder: Path, manifest: Manifest) -> None:
    """A clock that was wrong is no reason to lose a page; its date is written with four digits."""
    (folder / "x.warc").write_bytes(around(record(2, edit={"WARC-Date": "0987-01-01T00:00:00Z"})))
    assert brought_in(folder / "x.warc", manifest) == (pages(1, 2, 3), [])


@pytest.mark.parametrize("name", ["a" * 50_000, "年" * 15_000, "年" * 20_000], ids=["letters", "Chinese", "more"])
def test_url_that_no_record_can_hold_is_skipped(folder: Path, manifest: Manifest, name: str) -> None:
    """It is named, and the others come: from a record, and from a zip."""
    (folder / "x.warc").write_bytes(around(record(2, edit={"WARC-Target-URI": BASE + name})))
    found, lost = brought_in(folder / "x.warc", manifest)
    assert (found, [each for each, _ in lost]) == (pages(1, 3), [f"x.warc, offset {AT2:,}"])
    (folder / "x.zip").write_bytes(zipped(in_zip(1), Member(inside(name + ".html"), page(2)), in_zip(3)))
    found, lost = brought_in(folder / "x.zip", manifest)
    assert (found, lost) == (pages(1, 3), [(HOST + PATH + name + ".html", "its URL cannot be told")])


@pytest.mark.parametrize("address", ["http: \0", "http://[::1", "http://a:port/"])
def test_arc_record_whose_url_is_none_is_skipped(folder: Path, manifest: Manifest, address: str) -> None:
    """It is named by its offset, and the others come."""
    odd = arc_record(2, line=address + " 10.0.0.1 20010926085547 text/html {size}")
    (folder / "x.arc").write_bytes(arc_head() + arc_record(1) + odd + arc_record(3))
    at = len(arc_head() + arc_record(1))
    assert brought_in(folder / "x.arc", manifest) == (
        pages(1, 3),
        [(f"x.arc, offset {at:,}", f"its URL is {address!r}")],
    )


def test_saved_page_that_is_a_web_archive_file_comes_back(folder: Path, manifest: Manifest) -> None:
    """It holds whole records: the store's own must not be cut at them, nor give the pages in them."""
    file = folder / "site" / HOST / PATH[1:] / "userobject1ai9.html"
    file.parent.mkdir(parents=True)
    body = page(9) + b"\r\n\r\n" + record(1) + record(2)
    file.write_bytes(body)
    assert brought_in(folder / "site", manifest) == ({url(9): body}, [])


def test_package_that_lists_half_a_character_is_read(folder: Path, manifest: Manifest) -> None:
    """JSON may hold what no text can: it is named so that it can be printed."""
    about = json.dumps({"resources": [{"path": "\ud800.warc"}]}).encode()
    (folder / "x.wacz").write_bytes(zipped(Member(b"a.warc", record(1)), Member(b"datapackage.json", about)))
    found, lost = brought_in(folder / "x.wacz", manifest)
    assert (found, [name for name, _ in lost]) == (pages(1), ["x.wacz/?.warc"])


def test_archives_in_one_another_are_read_to_a_depth(folder: Path, manifest: Manifest) -> None:
    """One may hold itself; and of each a copy is made."""
    (folder / "x.wacz").write_bytes(nested(wacz(1), 5))
    assert brought_in(folder / "x.wacz", manifest) == (pages(1), [])
    deep = zipped(Member(b"a.wacz", nested(wacz(1), 3000)), in_zip(2))
    (folder / "x.zip").write_bytes(deep)
    assert brought_in(folder / "x.zip", manifest) == (
        pages(1, 2),  # the first is held since before
        [("x.zip" + "/a.wacz" * 6, "lies in 6 others; unzip them and import it by itself")],
    )


QUOTED = b"\r\n\r\nWARC/1.0\r\nContent-Length: 5\r\n\r\n"
SLOW: dict[str, tuple[str, int, Callable[[], bytes]]] = {
    "gzip headers": ("x.warc.gz", 3, lambda: gz(record(1)) + b"\x1f\x8b\x08" * 200_000 + gz(record(2))),
    "first lines": ("x.warc", 50_001, lambda: b"WARC/1.0\r\n" * 50_000 + record(1)),
    "URLs": ("x.warc", 1, lambda: b"http://a " * 220_000),
    "line ends and zeros": ("x.warc.gz", 1, lambda: gz(b"\r\n\0" * 300_000 + record(1))),
    "lengths too long": ("x.arc", 10_000, lambda: b"http://a 1.1.1.1 20010101 text/html 60000000\n" * 20_000),
    "lengths far too long": ("x.warc", 12_500, lambda: b"WARC/1.0\r\nContent-Length: 6000000000\r\n\r\n" * 25_000),
    "quoted records": ("x.warc", 2, lambda: record(1, http(b"<html>" + QUOTED * 25_000))),
    "one member": ("x.warc.gz", 3000, lambda: gz(record(1, http(b"<html>" + b"x" * 10_000)) * 3000, 1)),
    "blanks": ("x.warc", 1, lambda: b" " * (40 << 20)),
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count", "make"), SLOW.values(), ids=SLOW)
def test_large_file_takes_time_by_its_size_alone(name: str, count: int, make: Callable[[], bytes]) -> None:
    """Whatever it is full of: records in one gzip member, or what begins like one and is none."""
    data, begun = make(), time.process_time()
    found = sum(1 for _ in read_blocks(io.BytesIO(data), name))
    assert (found, time.process_time() - begun < 8) == (count, True)


def test_path_of_thousands_of_folders_takes_no_time(folder: Path, manifest: Manifest) -> None:
    """Its URL is looked for in the scope of every volume."""
    deep = Member(b"a/" * 10_000 + b"x.html", page(2))
    (folder / "x.zip").write_bytes(zipped(in_zip(1), deep))
    begun = time.process_time()
    found, lost = brought_in(folder / "x.zip", manifest)
    assert (found, [why for _, why in lost], time.process_time() - begun < 5) == (
        pages(1),
        ["its URL cannot be told"],
        True,
    )
