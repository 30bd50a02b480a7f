"""Builds web archive records from pages; also defines the values to which records are read."""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.model import Page
from indexer.urls import page_key
from indexer.warc.digests import digest_of

SOURCE = "Nianjian-Source"
"""Name of our extension header, which says where the capture came from."""
_ORIGINAL = "X-Archive-Orig-"
_NO_ASCII = re.compile(r"[^ -~]+")
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""Characters that HTTP headers and record headers cannot hold."""
_MAX_LINE = 1 << 13
"""Characters kept of a header's value: a record whose header is larger than 64 KiB could not be read back."""
_UNSAID = "application/octet-stream"
"""The type of content that came without one; otherwise `application/warc-record` would be filled in, which means
something else."""
_CODINGS = frozenset({"content-encoding", "transfer-encoding", "content-length"})

ABOUT_OTHERS = frozenset({"warcinfo", "request", "metadata", "arc_header"})
"""Types of records that describe other records and hold no capture."""
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Capture:
    """One stored response, without its bytes."""

    url: str
    """As written in the record."""
    page: str
    """The canonical form of `url`."""
    fetched_at: datetime
    status: int
    content_type: str
    digest: str
    """`sha256:` and 64 hexadecimal digits, of the payload."""
    length: int
    """Length of the payload in bytes."""
    kind: str
    """WARC record type: `response`, `resource` or `revisit`."""
    source: str
    """Where it came from: `crawl`, `import FILE`, or the web archive with its timestamp."""
    file: str
    offset: int
    """Offset at which the record begins in `file`."""
    end: int
    """Offset at which it ends; 0 if an older version of this program did not record it."""
    is_page: bool
    """Whether it is HTML rather than a picture, a style sheet or the like."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page with the rest of its HTTP exchange, ready to be stored."""

    page: Page
    source: str
    response_headers: Headers | None = None
    """As received; None if there was no HTTP exchange (a saved file)."""
    reason: str = "OK"
    request_headers: Headers | None = None


@dataclass(frozen=True, slots=True)
class Referred:
    """The capture that a revisit record stands for, identified by whatever the record says of it."""

    url: str
    time: datetime | None
    record_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A record read back."""

    capture: Capture
    body: bytes
    """The payload, with transfer and content encodings undone."""
    headers: Headers
    refers_to: Referred | None = None
    """The original, for a revisit record."""
    record_id: str = ""
    digest: str = ""
    """The payload's digest as written in the record."""


@dataclass(frozen=True, slots=True)
class Other:
    """A record that holds no capture."""

    kind: str
    name: str
    """Its URL or id."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record, or bytes of a file, that cannot be read."""

    file: str
    start: int
    end: int
    url: str
    """Empty if unknown."""
    fetched_at: datetime | None
    why: str
    kind: str = ""
    """Record type, if known."""


def info_member(name: str) -> bytes:
    """Return the warcinfo record that opens a file, as a gzip member."""
    buffer = io.BytesIO()
    writer = _writer(buffer)
    writer.write_record(
        writer.create_warcinfo_record(name, {"software": "nianjian-search", "format": "WARC File Format 1.1"})
    )
    return buffer.getvalue()


def page_member(fetched: Fetched, *, revisit_of: Capture | None = None) -> bytes:
    """Return a page's record as a gzip member, followed by that of its request if there was one."""
    page = fetched.page
    buffer = io.BytesIO()
    writer = _writer(buffer)
    at = _as_date(page.fetched_at)
    headers = {"WARC-Date": at, "WARC-Payload-Digest": digest_of(page.body), SOURCE: _as_line(fetched.source, _NO_TEXT)}
    if revisit_of:
        headers |= {
            "WARC-Payload-Digest": revisit_of.digest,
            "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
            "WARC-Refers-To-Target-URI": revisit_of.url,
            "WARC-Refers-To-Date": _as_date(revisit_of.fetched_at),
        }
    http = None
    if fetched.response_headers is not None:
        # The body is stored decoded, so headers that say otherwise are kept under the name web archives use.
        kept = [(_ORIGINAL + k if k.lower() in _CODINGS else k, v) for k, v in _as_lines(fetched.response_headers)]
        http = StatusAndHeaders(f"{page.status} {fetched.reason}", kept, protocol="HTTP/1.1")
    kind = "revisit" if revisit_of else "response" if http else "resource"
    record = writer.create_warc_record(
        _as_target(page.url),
        kind,
        payload=io.BytesIO(b"" if revisit_of else page.body),
        length=0 if revisit_of else len(page.body),
        warc_content_type="" if http or revisit_of else page.content_type or _UNSAID,
        warc_headers_dict=headers,
        http_headers=http,
    )
    writer.write_record(record)
    if fetched.request_headers is not None:
        path = page.url.split("/", 3)[-1] if page.url.count("/") > 2 else ""
        request = StatusAndHeaders(f"GET /{path} HTTP/1.1", _as_lines(fetched.request_headers), is_http_request=True)
        identity = record.rec_headers.get_header("WARC-Record-ID")
        more = {"WARC-Date": at, "WARC-Concurrent-To": identity}
        writer.write_record(
            writer.create_warc_record(page.url, "request", http_headers=request, warc_headers_dict=more)
        )
    return buffer.getvalue()


def _as_date(time: datetime) -> str:
    # Not strftime, which writes the year 987 with three digits.
    return f"{time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _as_line(text: str, odd: re.Pattern[str]) -> str:
    """Return a text in a form that a header can hold: other characters are percent-encoded, and long texts cut."""
    return odd.sub(lambda found: quote(found[0], errors="replace"), text)[:_MAX_LINE]


def _as_lines(headers: Headers) -> list[tuple[str, str]]:
    return [(_as_line(name, _NO_ASCII), _as_line(value, _NO_ASCII)) for name, value in headers]


def _as_target(url: str) -> str:
    """Return a URL in a form that a record can hold; if need be, as a browser would write it."""
    return url if url.isascii() and url.isprintable() and " " not in url else page_key(url)


def _writer(buffer: BinaryIO) -> WARCWriter:
    return WARCWriter(buffer, gzip=True, warc_version="1.1")
