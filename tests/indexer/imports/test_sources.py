"""Whatever form pages are held in, the same pages come out, and what is skipped is said."""

import gzip
import io
import json
import zipfile
from base64 import b32encode
from collections.abc import Callable
from hashlib import sha1, sha256
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.config import DataFolder
from indexer.errors import FetchError
from indexer.imports.findings import NO_URL, Original
from indexer.imports.settings import Reading
from indexer.imports.sources import find_sources, read_source
from indexer.manifest import Manifest
from indexer.model import Skipped
from indexer.stages.importing import import_paths, page_store
from indexer.warc.records import Fetched


def warc(*records: tuple[str, bytes, str, str], **changes: str) -> bytes:
    """Make a WARC of responses: URL, body, status, content type."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for url, body, status, kind in records:
        headers = [("Content-Type", kind), *(changes.items())]
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": "2006-05-01T00:00:00Z"},
            )
        )
    return buffer.getvalue()


@pytest.fixture
def read(manifest: Manifest) -> Callable[..., tuple[list[tuple[str, bytes]], list[Skipped]]]:
    """Read one path; give its pages and what is skipped."""

    def call(path: Path, base_url: str | None = None) -> tuple[list[tuple[str, bytes]], list[Skipped]]:
        (source,) = find_sources([path])
        found = list(read_source(source, Reading(path.name, base_url, manifest.volumes)))
        fetched = [each.fetched if isinstance(each, Original) else each for each in found]
        pages = [(each.page.url, each.page.body) for each in fetched if isinstance(each, Fetched)]
        return pages, [each for each in found if isinstance(each, Skipped)]

    return call


GOOD = ("http://a.example/1.html", "年鉴".encode("gbk"), "200 OK", "text/html")


def test_web_archive_gives_its_html_pages(tmp_path: Path, read) -> None:  # type: ignore[no-untyped-def]
    """Pictures and errors are counted, not fatal."""
    file = tmp_path / "x.warc.gz"
    file.write_bytes(
        warc(
            GOOD,
            ("http://a.example/i.gif", b"GIF", "200 OK", "image/gif"),
            ("http://a.example/2", b"", "404 No", "text/html"),
        )
    )
    pages, skipped = read(file)
    assert pages == [GOOD[:2]]
    assert [each.why for each in skipped] == ["status 404"]


def test_content_encoding_is_undone(tmp_path: Path, read) -> None:  # type: ignore[no-untyped-def]
    """A gzipped response gives the page; a bomb is refused."""
    file = tmp_path / "x.warc.gz"
    file.write_bytes(warc((GOOD[0], gzip.compress(GOOD[1]), *GOOD[2:]), **{"Content-Encoding": "gzip"}))
    assert read(file) == ([GOOD[:2]], [])
    file.write_bytes(warc((GOOD[0], gzip.compress(bytes(200 << 20)), *GOOD[2:]), **{"Content-Encoding": "gzip"}))
    pages, (bomb,) = read(file)
    assert (pages, "unpacks to more" in bomb.why, bomb.lost) == ([], True, True)


def test_truncated_archive_gives_what_is_whole_and_says_where_it_broke(tmp_path: Path, read) -> None:  # type: ignore[no-untyped-def]
    """The first record is kept, the second one named by offset."""
    file = tmp_path / "x.warc.gz"
    first = warc(GOOD)
    noise = b"".join(sha256(bytes([n])).digest() for n in range(200))
    file.write_bytes((first + warc(("http://a.example/2", noise, "200 OK", "text/html")))[:-3000])
    pages, skipped = read(file)
    assert pages == [GOOD[:2]]
    assert [(f"{len(first):,}" in each.name, each.lost) for each in skipped] == [(True, True)]


def revisit(url: str, of_url: str, body: bytes) -> bytes:
    """Make a WARC of one revisit record: the page had the bytes of another URL's capture."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    more = {"WARC-Date": "2006-06-01T00:00:00Z"}
    digest = f"sha1:{b32encode(sha1(body).digest()).decode()}"
    writer.write_record(
        writer.create_revisit_record(
            url, digest, of_url, "2006-05-01T00:00:00Z", http_headers=http, warc_headers_dict=more
        )
    )
    return buffer.getvalue()


def test_record_of_a_type_not_known_is_counted(tmp_path: Path, read) -> None:  # type: ignore[no-untyped-def]
    """Records about others (warcinfo, request, metadata) are none of the archivist's business."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": "test"}))
    for kind in ("metadata", "conversion", "nianjian-x"):
        record = writer.create_warc_record(GOOD[0], "metadata", payload=io.BytesIO(b"x"), length=1)
        record.rec_type = kind
        record.rec_headers.replace_header("WARC-Type", kind)
        writer.write_record(record)
    (tmp_path / "x.warc.gz").write_bytes(buffer.getvalue() + warc(GOOD))
    pages, skipped = read(tmp_path / "x.warc.gz")
    assert pages == [GOOD[:2]]
    assert [(each.name, each.why.split()[1]) for each in skipped] == [
        (GOOD[0], "conversion"),
        (GOOD[0], "nianjian-x"),
    ]


def test_revisit_record_gets_the_bytes_of_the_capture_it_means(tmp_path: Path, manifest: Manifest) -> None:
    """Wherever that lies: in a later source, or held before; where it is not held, the file to look for is said."""
    again = "http://a.example/again.html"
    (tmp_path / "1.warc.gz").write_bytes(revisit(again, GOOD[0], GOOD[1]))
    original = warc(GOOD)
    (tmp_path / "2.warc.gz").write_bytes(original + revisit(GOOD[0], "http://a.example/elsewhere.html", b"<p>"))
    data = DataFolder(tmp_path / "data")
    result = import_paths(data, [tmp_path / "1.warc.gz", tmp_path / "2.warc.gz"], manifest, None)
    assert (result.pages, result.added) == (2, 2)
    assert {held.page.url: held.page.body for held in page_store(data).pages()} == {GOOD[0]: GOOD[1], again: GOOD[1]}
    (missing,) = result.skipped
    assert "elsewhere.html" in missing.why
    assert import_paths(data, [tmp_path / "1.warc.gz"], manifest, None).added == 0


def test_arc_file_is_read(tmp_path: Path, read) -> None:  # type: ignore[no-untyped-def]
    """The format before WARC."""
    body = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x"
    version = b"1 0 test\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://x.arc 127.0.0.1 20060501000000 text/plain %d\n%s\n" % (len(version), version)
    record = b"http://a.example/1.html 127.0.0.1 20060501000000 text/html %d\n%s\n" % (len(body), body)
    (tmp_path / "x.arc").write_bytes(head + record)
    assert read(tmp_path / "x.arc") == ([("http://a.example/1.html", b"<p>x")], [])


def test_wacz_members_are_compared_with_the_data_package(tmp_path: Path, read) -> None:  # type: ignore[no-untyped-def]
    """A changed member is skipped by name; names that lead outside are only names."""
    good = warc(GOOD)
    for digest, pages in ((sha256(good).hexdigest(), [GOOD[:2]]), ("0" * 64, [])):
        with zipfile.ZipFile(tmp_path / "x.wacz", "w") as archive:
            archive.writestr("../../evil/data.warc.gz", good)
            package = {"resources": [{"path": "../../evil/data.warc.gz", "hash": f"sha256:{digest}"}]}
            archive.writestr("datapackage.json", json.dumps(package))
        got = read(tmp_path / "x.wacz")
        assert got[0] == pages, got[1]
    assert sorted(path.name for path in tmp_path.parent.rglob("data.warc.gz")) == []


def test_zipped_mirror_is_read_in_place(tmp_path: Path, read) -> None:  # type: ignore[no-untyped-def]
    """URLs come from the names inside; one that leads outside is refused."""
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        for name in ("a.example/1.html", "a.example/x.gif", "../b.example/2.html", "loose.html"):
            archive.writestr(name, b"<p>")
    pages, skipped = read(tmp_path / "m.zip")
    assert pages == [("http://a.example/1.html", b"<p>")]
    assert [each.why for each in skipped] == ["its name leads out of the archive", NO_URL]
    assert read(tmp_path / "m.zip", "http://c.example/")[0][-1][0] == "http://c.example/loose.html"


@pytest.mark.parametrize(
    ("name", "said"),
    [("nothing", "not there"), ("a.txt", "these can be imported"), ("a.zip", "no zip file")],
)
def test_path_that_is_no_source_is_one_clear_line(tmp_path: Path, read, name: str, said: str) -> None:  # type: ignore[no-untyped-def]
    """The error names the path and says what to give instead."""
    for file in ("a.txt", "a.zip"):
        (tmp_path / file).write_text("x")
    with pytest.raises(FetchError, match=said):
        read(tmp_path / name)
