"""Makes web archive records of pages; the values that records are read to stand here too."""

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
"""Our extension field: how the capture came."""
_ORIGINAL = "X-Archive-Orig-"
_NO_ASCII = re.compile(r"[^ -~]+")
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""What HTTP headers, and headers of records, cannot hold as it is."""
_MAX_LINE = 1 << 13
"""Characters of a header's value that are kept: a record whose header is larger than 64 KiB is not read back."""
_UNSAID = "application/octet-stream"
"""The type of what came without one: a record of no type gets `application/warc-record`, which says something else."""
_CODINGS = frozenset({"content-encoding", "transfer-encoding", "content-length"})

ABOUT_OTHERS = frozenset({"warcinfo", "request", "metadata", "arc_header"})
"""Types of records that tell about others, and hold no capture."""
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Capture:
    """One stored response, without its bytes."""

    url: str
    """As the record writes it."""
    page: str
    """The same, canonical."""
    fetched_at: datetime
    status: int
    content_type: str
    digest: str
    """`sha256:` and 64 hex digits of the payload."""
    length: int
    """Bytes of the payload."""
    kind: str
    """WARC record type: `response`, `resource` or `revisit`."""
    source: str
    """How it came: `crawl`, `import FILE`, or the web archive with its timestamp."""
    file: str
    offset: int
    """Where the record begins in `file`."""
    end: int
    """Where it ends; 0 where an older version of this program did not note it."""
    is_page: bool
    """Whether it is HTML; else a picture, a style sheet or the like."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page with what else the network said, as it is to be stored."""

    page: Page
    source: str
    response_headers: Headers | None = None
    """As received; None when no HTTP exchange was seen (a saved file)."""
    reason: str = "OK"
    request_headers: Headers | None = None


@dataclass(frozen=True, slots=True)
class Referred:
    """Which capture a revisit record stands for, by whatever of it the record says."""

    url: str
    time: datetime | None
    record_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A record read back."""

    capture: Capture
    body: bytes
    """The payload, transfer and content encodings undone."""
    headers: Headers
    refers_to: Referred | None = None
    """For a revisit record."""
    record_id: str = ""
    digest: str = ""
    """The payload's, as the record writes it."""


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
    """Empty when it cannot be told."""
    fetched_at: datetime | None
    why: str
    kind: str = ""
    """Record type, where it can be told."""


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
        # The body is stored decoded: what said otherwise is kept under the name web archives use for it.
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
    # Not by strftime, which writes the year 987 with three digits.
    return f"{time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _as_line(text: str, odd: re.Pattern[str]) -> str:
    """Write a text so that a header can hold it: what is odd is percent-encoded."""
    return odd.sub(lambda found: quote(found[0], errors="replace"), text)[:_MAX_LINE]


def _as_lines(headers: Headers) -> list[tuple[str, str]]:
    return [(_as_line(name, _NO_ASCII), _as_line(value, _NO_ASCII)) for name, value in headers]


def _as_target(url: str) -> str:
    """Write a URL as a record can hold it: one that a browser would write otherwise is written as it would."""
    return url if url.isascii() and url.isprintable() and " " not in url else page_key(url)


def _writer(buffer: BinaryIO) -> WARCWriter:
    return WARCWriter(buffer, gzip=True, warc_version="1.1")
