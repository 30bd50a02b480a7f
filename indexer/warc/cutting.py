"""Cuts a stream of bytes into the records of a WARC or ARC file.

It needs no file and no compression; what belongs to no record is a `Gap`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.warc.codings import GZIP
from indexer.warc.digests import holds, same_notation
from indexer.warc.feeding import PIECE, SPACE, Feed
from indexer.warc.members import BadMember

MAX_CONTENT = 65 << 20
"""Bytes of a record's content that are held in memory: the largest payload read, with its HTTP header."""
_MAX_HEADER = 1 << 16
MAX_LINE = 1 << 12
_OFF_BY = 4
"""By how many bytes writers, above all those of ARC files, are known to misstate a record's length."""
_WARC = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n")
_SCHEMES = rb"https?|ftps?|filedesc|dns|gopher|mms|rtsp|whois|news|nntp|wais|telnet|urn|data|metadata|screenshot"
# Known schemes only: if a length is two bytes off, the next line begins with ttp:.
_ARC = re.compile(rb"(?i:" + _SCHEMES + rb"):[^\r\n]+\r?\n")
_ARC_DATE = re.compile(rb"\d{8,17}")
_ARC_ADDRESS = re.compile(rb"[0-9A-Fa-f.:]{2,45}|-|0")
_ARC_MARK = re.compile(rb" (?:[0-9A-Fa-f.:]{2,45}|-|0) \d{8,17} ")
# Searching for a set of first letters is many times faster than for these words case-insensitively.
_NEXT = re.compile(rb"[WHhFfGgMmDd](?:ARC/\d\.\d|(?i:ttps?://|tp://|iledesc://|opher://|ms://|ns:))")
_LONGEST = 12
"""Length in bytes of the longest of these words: one may lie across the end of what is searched."""
_STATUS = re.compile(rb"[1-5]\d\d")
_BLANK = re.compile(rb"\r?\n\r?\n")
_HEADER_END = re.compile(rb"\r?\n(?:(\r?\n)|(?=WARC/\d\.\d{1,2}[ \t]*\r?\n))")
"""A blank line or, if it is missing, the first line of the next record."""
_LENGTH = re.compile(rb"^Content-Length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_DIGEST = re.compile(rb"^WARC-Block-Digest[ \t]*:[ \t]*([^\s]+)", re.IGNORECASE | re.MULTILINE)
_PADDING = b"\r\n\x00"
_NEWLINE = 10
ZEROS = "nothing but zeros"
"""Reason of a gap that may not be damage: tapes and gzip files are padded with zeros."""


@dataclass(frozen=True, slots=True)
class Block:
    """One record as it lies in a file."""

    start: int
    """Offset in the file at which it begins or, if members are compressed, its member does."""
    end: int
    inside: int
    """Offset within its member: 0, unless a member holds several records."""
    header: bytes
    """The record's own header lines (WARC) or line (ARC)."""
    content: bytes
    fault: str = ""
    """Why the content is not what the record meant; empty if it is."""
    unsure: bool = False
    """Whether it comes from a member that ends badly, so that without a digest of its own it cannot be trusted."""


@dataclass(frozen=True, slots=True)
class ArcFields:
    """The fields of the line that opens an ARC record."""

    url: bytes
    date: bytes
    content_type: bytes
    status: int
    """HTTP status in version 2; 0 if not given."""
    length: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes of a file in which no record can be read."""

    start: int
    end: int
    why: str
    seen: bytes = b""
    """What can be read of its beginning, which may name the record."""


def opens(content: bytes) -> bool:
    """Return whether `content` begins with a record's first line, after optional white space."""
    content = content.lstrip(SPACE)
    return bool(_WARC.match(content)) or arc_fields(content) is not None


def arc_fields(content: bytes) -> ArcFields | None:
    """Read the line that opens an ARC record, of either version; return None for anything else."""
    line = content[: content.find(b"\n", 0, MAX_LINE) + 1]
    if not _ARC.fullmatch(line) or not _ARC_MARK.search(line):
        return None
    parts = line.rstrip(SPACE).split(b" ")
    if len(parts) < 5 or len(parts[-1]) > 15:
        return None
    for at in range(2, len(parts) - 2):
        if _ARC_DATE.fullmatch(parts[at]) and _ARC_ADDRESS.fullmatch(parts[at - 1]):
            more = parts[at + 2 : -1]
            status = next((int(each) for each in more[:2] if _STATUS.fullmatch(each)), 0) if len(more) >= 5 else 0
            length = int(parts[-1]) if parts[-1].isdigit() else None
            return ArcFields(b" ".join(parts[: at - 1]), parts[at], parts[at + 1], status, length)
    return None


def cut(feed: Feed, patience: int | None = None) -> Iterator[Block | Gap]:
    """Cut what `feed` delivers into records and gaps.

    Raises `BadMember` after `patience` bytes that belong to no record.
    """
    while True:
        feed.skip_space()
        if not feed.held:
            return
        start = feed.at
        header = _header(feed)
        if header is None:
            seen = bytes(feed.held[:MAX_LINE])
            _seek_next(feed, patience)
            yield Gap(start, feed.at, "no record begins here", seen)
            continue
        feed.drop(len(header))
        length = _length(header)
        if length is None:
            _seek_next(feed, patience)
            yield Block(start, feed.at, 0, header, b"", "its length is not given")
        elif length > MAX_CONTENT:
            yield _too_long(feed, start, header, length)
        else:
            yield _one(feed, start, header, length)


def _too_long(feed: Feed, start: int, header: bytes, length: int) -> Block:
    """Skip a record that is larger than any page, or claims to be."""
    feed.fill(MAX_CONTENT, over=True)
    if swallowed := _next_in(feed.held, min(length, len(feed.held))):
        feed.drop(swallowed)
        return Block(start, feed.at, 0, header, b"", f"its length, {length:,} bytes, is wrong")
    missing = length - feed.skip(length)
    fault = f"it breaks off {missing:,} bytes before its end" if missing else f"it has {length:,} bytes"
    return Block(start, feed.at, 0, header, b"", fault)


def _one(feed: Feed, start: int, header: bytes, length: int) -> Block | Gap:
    """Return the record that begins here; its length is doubted if neither a record nor the end follows."""
    there = feed.fill(length, over=True)
    size = min(length, len(feed.held))
    feed.fill(length + MAX_LINE)
    rest = bytes(feed.held[length : length + MAX_LINE])
    ends_well = there and _ends_or_opens(rest)
    fault = ""
    # Copy nothing before it is clear how much belongs to the record: a wrong length may cover a whole file.
    swallowed = _whole_record_in(feed.held, size) if ends_well else _next_in(feed.held, size)
    if there and (swallowed or not ends_well) and _proved(header, feed.held, size):
        swallowed, ends_well = 0, True
    if swallowed:
        fault = f"its length, {length:,} bytes, is wrong: the next record begins after {swallowed:,}"
        size = swallowed
    elif not there:
        feed.drop(size)
        return Gap(start, feed.at, f"it breaks off {length - size:,} bytes before its end", header)
    content = bytes(feed.held[:size])
    if not (ends_well or swallowed):
        content = _mended(content, rest)
    feed.drop(len(content))
    return Block(start, feed.at, 0, header, content, fault)


def _proved(header: bytes, held: bytearray, size: int) -> bool:
    """Return whether a record's digest proves its length: a page may be, or quote, a whole web archive file."""
    found = _DIGEST.search(header)
    claimed = found[1].decode("latin-1") if found else ""
    return bool(same_notation(claimed)) and holds(claimed, (bytes(held[:size]),))


def _ends_or_opens(rest: bytes) -> bool:
    return not rest.strip(_PADDING) or opens(rest.lstrip(b"\r\n\x00"))


def _next_in(held: bytearray, end: int) -> int:
    """Return the offset before `end` of a record that begins at the start of a line; 0 if there is none."""
    places = (each.start() for each in _NEXT.finditer(held, 1, end) if held[each.start() - 1] == _NEWLINE)
    return next((at for at in places if opens(bytes(held[at : min(at + MAX_LINE, end)]))), 0)


def _whole_record_in(held: bytearray, end: int) -> int:
    """Return the offset at which a content that ends well contains another whole record; 0 if it does not."""
    at = held.find(b"\r\n\r\nWARC/", 0, end)
    while at > 0:
        header = _BLANK.search(held, at + 4, min(at + _MAX_HEADER, end))
        found = _LENGTH.search(held, at + 4, header.end()) if header else None
        if header and found:
            behind = header.end() + int(found[1])
            if int(found[1]) <= end and _ends_or_opens(bytes(held[behind : min(behind + MAX_LINE, end)])):
                return at + 4
        at = held.find(b"\r\n\r\nWARC/", at + 4, end)
    return 0


def _mended(content: bytes, rest: bytes) -> bytes:
    """Return a content whose length is a few bytes off as it was meant; otherwise unchanged."""
    for off in range(1, _OFF_BY + 1):
        if rest[off:] and _ends_or_opens(rest[off:]):
            return content + rest[:off]
        if opens(content[-off:] + rest):
            return content[:-off]
    return content


def _header(feed: Feed) -> bytes | None:
    """Return the header of a record that begins here, without consuming it; None if none begins."""
    feed.fill(MAX_LINE)
    if arc_fields(bytes(feed.held[:MAX_LINE])):
        return bytes(feed.held[: feed.held.index(b"\n") + 1])
    if not _WARC.match(feed.held):
        return None
    found = _HEADER_END.search(feed.held, 0, _MAX_HEADER)
    if not found:
        feed.fill(_MAX_HEADER, over=True)
        found = _HEADER_END.search(feed.held, 0, _MAX_HEADER)
    if not found or found[1] is None or feed.held.find(GZIP, 0, found.end()) >= 0:
        return None  # a gzip member inside means that the line only precedes compressed records
    return bytes(feed.held[: found.end()])


def _length(header: bytes) -> int | None:
    if arc := arc_fields(header):
        return arc.length
    found = _LENGTH.search(header)
    return int(found[1]) if found else None


def _seek_next(feed: Feed, patience: int | None) -> None:
    """Drop bytes up to the beginning of the next record, or all."""
    begun = feed.at
    while True:
        ended = not feed.fill(PIECE + MAX_LINE)
        edge = len(feed.held) if ended else len(feed.held) - MAX_LINE
        found = _opening_in(feed.held, edge)
        feed.drop(found or edge - (0 if ended else 1))
        if ended or found:
            return
        if patience is not None and feed.at - begun > patience:
            raise BadMember(f"it holds no record in {patience:,} bytes")


def _opening_in(held: bytearray, end: int) -> int:
    """Return the offset before `end` of a record that begins anywhere in a line; 0 if there is none.

    The first byte is not considered, because it has been tried.
    """
    places = (each.start() for each in _NEXT.finditer(held, 1, end + _LONGEST))
    return next((at for at in places if at < end and opens(bytes(held[at : at + MAX_LINE]))), 0)
