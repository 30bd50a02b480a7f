"""Interprets the records of a web archive file one by one."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from indexer.urls import is_url, page_key
from indexer.warc.codings import (
    MAX_PAYLOAD,
    CodingError,
    decode_content,
    decode_transfer,
    header_of,
    looks_like_html,
    unsaid_gzip,
)
from indexer.warc.cutting import Block, Gap, arc_fields
from indexer.warc.digests import digest_of, holds, same_notation
from indexer.warc.framing import read_blocks
from indexer.warc.records import SOURCE, Capture, Headers, Other, Referred, Stored, Unreadable

_UNSURE = "its gzip member is damaged, and it has no digest to tell whether it is whole"
_KINDS = ("response", "resource", "revisit")
_STATUS = re.compile(r"[A-Za-z]{2,10}(?:/\d(?:\.\d)?)?[ \t]+(\d{3})(?:[ \t]|$)")
_HTTP = re.compile(rb"(?:HTTP/\d|ICY )", re.IGNORECASE)
_HEADER_LINES = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]*\r?\n){1,100}\r?\n")
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_FOLDED = re.compile(r"\r?\n[ \t]+")
_DIGITS = re.compile(r"\d{8,17}")
_FINE = re.compile(r"(\d{2}:\d{2}:\d{2})[.,]\d+")
_NO_TYPE = {"", "-", "unk", "unknown", "no-type", "application/octet-stream", "text/plain", "application/warc-record"}
"""Types that say nothing; the last is what WARC writers, and early versions of this program, fill in."""
_PARTIAL = re.compile(r"\d{4}(?:-\d{2})?")
_URI = re.compile(rb"^WARC-Target-URI:[ \t]*<?([^\r\n>]+)", re.IGNORECASE | re.MULTILINE)
_TYPE = re.compile(rb"^WARC-Type:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(rb"^WARC-Date:[ \t]*([^\r\n]+)", re.IGNORECASE | re.MULTILINE)


def read_records(
    file: BinaryIO, name: str, start: int = 0, end: int | None = None
) -> Iterator[Stored | Other | Unreadable]:
    """Yield every record of a WARC or ARC file from an offset on, as if the file ended at `end`.

    Whatever is wrong with a record is reported in its place, and reading goes on with the next; only errors of the file
    itself are raised.
    """
    for block in read_blocks(file, name, start, end):
        if isinstance(block, Gap):
            yield _gap(block, name)
            continue
        try:
            yield _arc(block, name) if arc_fields(block.header) else _warc(block, name)
        except _Fault as fault:
            yield fault.told(block, name)


class _Fault(Exception):  # noqa: N818  (never leaves this module)
    """Why a record cannot be used."""

    def __init__(self, why: str, url: str = "", time: datetime | None = None, kind: str = "") -> None:
        super().__init__(why)
        self.told_of = url, time, kind

    def told(self, block: Block, name: str) -> Unreadable:
        url, time, kind = self.told_of
        within = f" (at {block.inside:,} within it)" if block.inside else ""
        return Unreadable(name, block.start, block.end, url, time, f"{self}{within}", kind)


def _gap(gap: Gap, name: str) -> Unreadable:
    """Report what a gap may have been, going by what can be read of its beginning."""
    url, kind, date = (found[1].decode("utf-8", "replace") if found else "" for found in _found(gap.seen))
    arc = arc_fields(gap.seen)
    if arc:
        url, kind, date = _text(arc.url), "response", arc.date.decode()
    return Unreadable(name, gap.start, gap.end, url, _time(date), f"damaged: {gap.why}", kind)


def _found(seen: bytes) -> tuple[re.Match[bytes] | None, ...]:
    return _URI.search(seen), _TYPE.search(seen), _DATE.search(seen)


def _warc(block: Block, name: str) -> Stored | Other:
    headers = _headers(block.header)
    kind = header_of(headers, "warc-type").lower()
    if kind not in _KINDS:
        return _other(block, headers, kind)
    url, time = _place(block, headers, kind)
    is_http = kind != "resource" and "http" in (header_of(headers, "content-type") or "http").lower()
    status, http, payload = _http(block.content, url, time, kind) if is_http else (200, (), block.content)
    claimed = header_of(headers, "warc-payload-digest")
    is_revisit = kind == "revisit"
    body = b"" if is_revisit else _payload(payload, http, claimed, (url, time, kind))
    content_type = header_of(http, "content-type") if http else "" if is_http else header_of(headers, "content-type")
    capture = Capture(
        url=url,
        page=page_key(url),
        fetched_at=time,
        status=status if http else 304 if is_revisit else 200,
        content_type=content_type,
        digest=claimed if is_revisit else digest_of(body),
        length=len(body),
        kind=kind,
        source=header_of(headers, SOURCE.lower()),
        file=name,
        offset=block.start,
        end=block.end,
        is_page=is_page(content_type or "html", b"") if is_revisit else is_page(content_type, body),
    )
    refers_to = _referred(headers, url) if is_revisit else None
    return Stored(capture, body, http, refers_to, header_of(headers, "warc-record-id"), claimed)


def _other(block: Block, headers: Headers, kind: str) -> Other:
    """Return a record that holds no capture; raise `_Fault` if it should have held one."""
    url, time = header_of(headers, "warc-target-uri").strip("<> "), _time(header_of(headers, "warc-date"))
    if not kind:
        raise _Fault("it has no WARC-Type", url, time)
    if block.fault or kind == "continuation":
        raise _Fault(block.fault or "it goes on with a record that was cut in segments", url, time, kind)
    return Other(kind, url or header_of(headers, "warc-record-id"))


def _place(block: Block, headers: Headers, kind: str) -> tuple[str, datetime]:
    """Return a capture's URL and time; raise `_Fault` if they are missing or the record is not intact."""
    url, date = header_of(headers, "warc-target-uri").strip("<> "), header_of(headers, "warc-date")
    time = _time(date)
    if not is_url(url):
        raise _Fault(f"its WARC-Target-URI is {url[:80]!r}" if url else "it has no WARC-Target-URI", "", time, kind)
    if block.fault:
        raise _Fault(block.fault, url, time, kind)
    if header_of(headers, "warc-segment-number"):
        raise _Fault("it was cut in segments, which are not put together", url, time, kind)
    if time is None:
        raise _Fault(f"its WARC-Date is {date[:40]!r}" if date else "it has no WARC-Date", url, None, kind)
    whole, claimed = header_of(headers, "warc-block-digest"), header_of(headers, "warc-payload-digest")
    if not holds(whole, (block.content,)):
        raise _Fault("its block digest does not hold", url, time, kind)
    if block.unsure and not (same_notation(whole) or same_notation(claimed)):
        raise _Fault(_UNSURE, url, time, kind)
    return url, time


def _referred(headers: Headers, url: str) -> Referred:
    """Return the capture that a revisit record refers to."""
    return Referred(
        header_of(headers, "warc-refers-to-target-uri").strip("<> ") or url,
        _time(header_of(headers, "warc-refers-to-date")),
        header_of(headers, "warc-refers-to"),
        header_of(headers, "warc-payload-digest"),
    )


def _arc(block: Block, name: str) -> Stored | Other:
    fields = arc_fields(block.header)
    assert fields is not None
    url = _text(fields.url)
    if url.startswith(("filedesc:", "dns:")):
        return Other("arc_header", url)
    date = fields.date.decode()
    time = _time(date)
    kind = "response"
    if not is_url(url):
        raise _Fault(f"its URL is {url[:80]!r}", "", time, kind)
    if block.fault:
        raise _Fault(block.fault, url, time, kind)
    if time is None:
        raise _Fault(f"its date is {date!r}", url, None, kind)
    if block.unsure:
        raise _Fault(_UNSURE, url, time, kind)
    status, http, payload = _http(block.content, url, time, kind)
    body = _payload(payload, http, "", (url, time, kind))
    content_type = header_of(http, "content-type") or fields.content_type.decode("latin-1")
    capture = Capture(
        url=url,
        page=page_key(url),
        fetched_at=time,
        status=status if http else fields.status or status,
        content_type=content_type,
        digest=digest_of(body),
        length=len(body),
        kind=kind,
        source="",
        file=name,
        offset=block.start,
        end=block.end,
        is_page=is_page(content_type, body),
    )
    return Stored(capture, body, http)


def _http(content: bytes, url: str, time: datetime, kind: str) -> tuple[int, Headers, bytes]:
    """Split an HTTP response into status, headers and body; content without a header is all body."""
    content = content.lstrip(b"\r\n")
    if not _HTTP.match(content):
        if (found := _HEADER_LINES.match(content)) and (kind == "revisit" or b"\nContent-" in b"\n" + found[0].title()):
            return 200, _headers(b"\n" + found[0]), content[found.end() :]
        if kind == "revisit" or looks_like_html(content) or not content.strip():
            return 200, (), content
        raise _Fault("it has no HTTP header", url, time, kind)
    found = _END_OF_HEADER.search(content)
    head, body = (content[: found.start()], content[found.end() :]) if found else (content, b"")
    first, *_ = head.split(b"\n", 1)
    status = _STATUS.match(first.decode("latin-1").strip())
    if not status:
        raise _Fault(f"its status line is {first[:60].decode('latin-1').strip()!r}", url, time, kind)
    if not found and status[1] == "200" and kind != "revisit":
        raise _Fault("its HTTP header breaks off", url, time, kind)
    return int(status[1]), _headers(head), body


def _payload(payload: bytes, http: Headers, claimed: str, place: tuple[str, datetime, str]) -> bytes:
    """Return the payload with its codings undone, after checking its digest in either reading of the standard."""
    if len(payload) > MAX_PAYLOAD:
        raise _Fault(f"its payload is over {MAX_PAYLOAD:,} bytes", *place)
    try:
        dechunked = decode_transfer(payload, header_of(http, "transfer-encoding"))
        coding = header_of(http, "content-encoding")
        body = decode_content(dechunked, coding) if coding else unsaid_gzip(dechunked)
    except CodingError as error:
        raise _Fault(str(error), *place) from error
    if claimed and not holds(claimed, (payload, dechunked, body)):
        raise _Fault("its payload digest does not hold", *place)
    return body


def _headers(head: bytes) -> Headers:
    """Read the header lines after the first one, joining folded lines and leaving malformed ones out."""
    lines = _FOLDED.sub(" ", _text(head)).split("\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return tuple((name.strip(), value.strip()) for name, colon, value in pairs if colon and name.strip())


def _text(raw: bytes) -> str:
    """Decode header bytes as UTF-8 or, as Chinese programs of the time wrote them, GBK."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _time(text: str) -> datetime | None:
    """Read a record's date: ISO 8601 in full or in part, or digits; return None for anything else.

    A date without a time zone is taken as UTC.
    """
    text = text.strip().upper().replace(":60", ":59")  # a leap second, which Python does not know
    try:
        if _DIGITS.fullmatch(text):
            return datetime.strptime(text[:14].ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        if _PARTIAL.fullmatch(text):
            text = f"{text}-01-01"[:10]
        time = datetime.fromisoformat(_FINE.sub(r"\1", text))
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return time.replace(microsecond=0)


def is_page(content_type: str, body: bytes) -> bool:
    """Return whether a payload is HTML, by its type or, if that says nothing, by how it begins."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _NO_TYPE:
        return looks_like_html(body)
    return "html" in kind
