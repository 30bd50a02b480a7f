"""Reads and makes WARC records; knows no folder and no ledger."""

import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.errors import StoreError
from indexer.model import Page
from indexer.store.ledger import Capture

MAX_PAYLOAD = 64 * 1024 * 1024
"""Largest payload read or stored; a larger one is a mistake or an attack (a gzip bomb)."""
SOURCE = "Nianjian-Source"
"""Our extension field: how the capture came."""
_KINDS = ("response", "resource", "revisit")
_CHUNK = 1 << 20
_CODINGS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_ORIGINAL = "X-Archive-Orig-"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page with what else the network said, as it is to be stored."""

    page: Page
    source: str
    response_headers: tuple[tuple[str, str], ...] | None = None
    """As received; None when no HTTP exchange was seen (a saved file)."""
    reason: str = "OK"
    request_headers: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A record read back."""

    capture: Capture
    body: bytes
    """The payload, transfer and content encodings undone."""
    headers: tuple[tuple[str, str], ...]
    intact: bool = True
    """False when a digest in the record does not hold."""
    refers_to: tuple[str, datetime] | None = None
    """For a revisit record: URL and time of the capture whose bytes it has, where it names them."""


class _Until:
    """A file that ends earlier than it does: a torn record behind that place is not looked at."""

    def __init__(self, file: BinaryIO, end: int) -> None:
        self._file = file
        self._end = end

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._end - self._file.tell())
        return self._file.read(left if size < 0 else min(size, left))

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        """Leave the file to its owner."""


def digest_of(body: bytes) -> str:
    """Give the digest as the ledger has it."""
    return f"sha256:{sha256(body).hexdigest()}"


def info_member(name: str) -> bytes:
    """Make the warcinfo record that opens a file."""
    buffer = io.BytesIO()
    writer = _writer(buffer)
    writer.write_record(
        writer.create_warcinfo_record(name, {"software": "nianjian-search", "format": "WARC File Format 1.1"})
    )
    return buffer.getvalue()


def page_member(fetched: Fetched, *, revisit_of: Capture | None = None) -> bytes:
    """Make the record of a page (gzip member), followed by that of its request where there was one."""
    page = fetched.page
    buffer = io.BytesIO()
    writer = _writer(buffer)
    at = page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    headers = {"WARC-Date": at, "WARC-Payload-Digest": digest_of(page.body), SOURCE: fetched.source}
    if revisit_of:
        headers |= {
            "WARC-Payload-Digest": revisit_of.digest,
            "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
            "WARC-Refers-To-Target-URI": revisit_of.url,
            "WARC-Refers-To-Date": revisit_of.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
    http = None
    if fetched.response_headers is not None:
        # The body is stored decoded: what said otherwise is kept under the name web archives use for it.
        kept = [(_ORIGINAL + k if k.lower() in _CODINGS else k, v) for k, v in fetched.response_headers]
        http = StatusAndHeaders(f"{page.status} {fetched.reason}", kept, protocol="HTTP/1.1")
    kind = "revisit" if revisit_of else "response" if http else "resource"
    record = writer.create_warc_record(
        page.url,
        kind,
        payload=io.BytesIO(b"" if revisit_of else page.body),
        length=0 if revisit_of else len(page.body),
        warc_content_type="" if http or revisit_of else page.content_type,
        warc_headers_dict=headers,
        http_headers=http,
    )
    writer.write_record(record)
    if fetched.request_headers is not None:
        path = page.url.split("/", 3)[-1] if page.url.count("/") > 2 else ""
        request = StatusAndHeaders(f"GET /{path} HTTP/1.1", list(fetched.request_headers), is_http_request=True)
        identity = record.rec_headers.get_header("WARC-Record-ID")
        more = {"WARC-Date": at, "WARC-Concurrent-To": identity}
        writer.write_record(
            writer.create_warc_record(page.url, "request", http_headers=request, warc_headers_dict=more)
        )
    return buffer.getvalue()


def read_records(
    file: BinaryIO,
    name: str,
    from_offset: int = 0,
    end: int | None = None,
    other: Callable[[str, str], None] = lambda kind, url: None,
) -> Iterator[Stored]:
    """Give the page records of a WARC or ARC file (gzipped or not) from an offset on, as if it ended at `end`.

    A record of another type is told to `other`: its type, and its URL or id.
    Raises `StoreError` naming file and offset where the file breaks off.
    """
    file.seek(from_offset)
    records = ArchiveIterator(file if end is None else _Until(file, end), arc2warc=True, check_digests=True)
    offset = from_offset
    try:
        for record in records:
            # `get_record_offset` would read the record to its end first.
            offset = records.offset
            if record.rec_type in _KINDS:
                yield _stored(record, name, offset)
            else:
                headers = record.rec_headers
                other(record.rec_type, headers.get_header("WARC-Target-URI") or headers.get_header("WARC-Record-ID"))
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error, KeyError, AttributeError) as error:
        raise StoreError(
            f"{name} is damaged after offset {offset} ({error}); what stands before it is whole: restore the rest "
            "from a copy"
        ) from error


def whole_members(file: BinaryIO, from_offset: int) -> int:
    """Give the offset after the last gzip member that is whole, from a member's start on."""
    file.seek(from_offset)
    end = at = from_offset
    member = zlib.decompressobj(wbits=31)
    while chunk := file.read(_CHUNK):
        while chunk:
            try:
                member.decompress(chunk)
            except zlib.error:
                return end
            used = len(chunk) - len(member.unused_data)
            at += used
            if not member.eof:
                break
            end = at
            chunk = member.unused_data
            member = zlib.decompressobj(wbits=31)
    return end


def _writer(buffer: BinaryIO) -> WARCWriter:
    return WARCWriter(buffer, gzip=True, warc_version="1.1")


def _stored(record: Any, name: str, offset: int) -> Stored:
    headers, http, kind = record.rec_headers, record.http_headers, record.rec_type
    url = headers.get_header("WARC-Target-URI")
    body = _read_all(record.content_stream())
    record.raw_stream.read()
    # warcio takes a record that breaks off for one that is short: its reader knows how much is owed.
    if missing := getattr(record.raw_stream, "limit", 0):
        raise EOFError(f"{url} breaks off {missing} bytes before its end")
    claimed = headers.get_header("WARC-Payload-Digest") or ""
    capture = Capture(
        url=url,
        fetched_at=_time(headers.get_header("WARC-Date")),
        status=int(http.get_statuscode()) if http else 304 if kind == "revisit" else 200,
        content_type=(http.get_header("Content-Type") if http else headers.get_header("Content-Type")) or "",
        digest=claimed if kind == "revisit" else digest_of(body),
        length=len(body),
        kind=kind,
        source=headers.get_header(SOURCE) or "",
        file=name,
        offset=offset,
    )
    intact = record.digest_checker is None or record.digest_checker.passed is not False
    original = headers.get_header("WARC-Refers-To-Target-URI"), headers.get_header("WARC-Refers-To-Date")
    refers_to = (original[0], _time(original[1])) if kind == "revisit" and all(original) else None
    return Stored(capture, body, tuple(http.headers) if http else (), intact, refers_to)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _read_all(stream: Any) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > MAX_PAYLOAD:
            raise ValueError(f"a payload is over {MAX_PAYLOAD:,} bytes")
        parts.append(chunk)
    return b"".join(parts)
