"""Cuts a stream of bytes into the records of a WARC or ARC file; knows no file, no compression and no meaning.

What belongs to no record is a `Gap`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.warc.members import BadMember

MAX_CONTENT = 65 << 20
"""Bytes of a record's content that are held: the largest payload that is read, with its HTTP header."""
_MAX_HEADER = 1 << 16
MAX_LINE = 1 << 12
_OFF_BY = 4
"""Bytes by which writers, those of ARC files above all, are known to be off in a record's length."""
PIECE = 1 << 16
_WARC = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n")
_ARC = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]{1,11}:[^\r\n]+\r?\n")
_ARC_DATE = re.compile(rb"\d{8,17}")
_ARC_ADDRESS = re.compile(rb"[0-9A-Fa-f.:]{2,45}|-|0")
_NEXT = re.compile(rb"WARC/\d\.\d|(?:https?|ftp|filedesc|gopher|mms)://|dns:", re.IGNORECASE)
_STATUS = re.compile(rb"[1-5]\d\d")
_BLANK = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^Content-Length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_SPACE = b"\r\n"
_PADDING = b"\r\n\x00"
_MAX_PADDING = 1 << 10
"""Zeros between two records that fill up a block; more of them may have been a record."""
ZEROS = "nothing but zeros"
"""Why a gap is one that may be no damage: tapes and gzip files are filled up with them."""


@dataclass(frozen=True, slots=True)
class Block:
    """One record as it lies in a file."""

    start: int
    """Where it begins in the file; where its member does, if members are compressed."""
    end: int
    inside: int
    """Where it begins within its member: 0, unless a member holds several."""
    header: bytes
    """Its own header lines (WARC), or line (ARC)."""
    content: bytes
    fault: str = ""
    """Why the content is not what the record meant; empty when it is."""
    unsure: bool = False
    """Whether it was unpacked from a member that ends badly: without a digest of its own it cannot be trusted."""


@dataclass(frozen=True, slots=True)
class ArcFields:
    """What the line says that opens an ARC record."""

    url: bytes
    date: bytes
    content_type: bytes
    status: int
    """Of version 2; 0 where it is not said."""
    length: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes of a file in which no record can be read."""

    start: int
    end: int
    why: str
    seen: bytes = b""
    """What can be read of their beginning: it may name the record."""


def opens(content: bytes) -> bool:
    """Say whether a record's first line stands here, white space aside."""
    content = content.lstrip(_SPACE)
    return bool(_WARC.match(content)) or arc_fields(content) is not None


def arc_fields(content: bytes) -> ArcFields | None:
    """Read the line that opens an ARC record, of either version; None for others."""
    line = _ARC.match(content[:MAX_LINE])
    if not line:
        return None
    parts = line[0].rstrip(_SPACE).split(b" ")
    if len(parts) < 5 or len(parts[-1]) > 15:
        return None
    for at in range(2, len(parts) - 2):
        if _ARC_DATE.fullmatch(parts[at]) and _ARC_ADDRESS.fullmatch(parts[at - 1]):
            more = parts[at + 2 : -1]
            status = next((int(each) for each in more[:2] if _STATUS.fullmatch(each)), 0) if len(more) >= 5 else 0
            length = int(parts[-1]) if parts[-1].isdigit() else None
            return ArcFields(b" ".join(parts[: at - 1]), parts[at], parts[at + 1], status, length)
    return None


class Feed:
    """Bytes that come piece by piece, of which a window is held."""

    def __init__(
        self,
        more: Callable[[], bytes],
        at: int = 0,
        held: bytearray | None = None,
        over: Callable[[], Callable[[], bytes] | None] = lambda: None,
    ) -> None:
        self._more = more
        self._over = over
        """Goes over to the next member, where the content goes on in it: gives what reads that."""
        self.at = at
        """Where the first byte held lies."""
        self.held = bytearray() if held is None else held

    def fill(self, size: int, *, over: bool = False) -> bool:
        """Hold so many bytes, if there are: in this member, or `over` its end."""
        while len(self.held) < size:
            if piece := self._more():
                self.held += piece
            elif not over or (following := self._over()) is None:
                return False
            else:
                self._more = following
        return True

    def drop(self, size: int) -> None:
        del self.held[:size]
        self.at += size

    def skip(self, size: int) -> int:
        """Drop so many bytes without holding them; give how many there were."""
        left = size
        while left and self.fill(1, over=True):
            step = min(left, len(self.held))
            self.drop(step)
            left -= step
        return size - left

    def skip_space(self) -> None:
        """Drop what may stand between records: line ends, and zeros that fill a block."""
        while self.fill(1):
            zeros = len(self.held) - len(self.held.lstrip(b"\x00"))
            if zeros and (zeros < len(self.held) or not self.fill(len(self.held) + 1)) and zeros < _MAX_PADDING:
                self.drop(zeros)
                continue
            space = len(self.held) - len(self.held.lstrip(_SPACE))
            self.drop(space)
            if self.held and not space:
                return


def cut(feed: Feed, patience: int | None = None) -> Iterator[Block | Gap]:
    """Cut what comes into records; `patience` is how many bytes may belong to none before `BadMember`."""
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
    """Pass over a record that is larger than any page, or says that it is."""
    feed.fill(MAX_CONTENT, over=True)
    if swallowed := _next_in(bytes(feed.held)):
        feed.drop(swallowed)
        return Block(start, feed.at, 0, header, b"", f"its length, {length:,} bytes, is wrong")
    missing = length - feed.skip(length)
    fault = f"it breaks off {missing:,} bytes before its end" if missing else f"it has {length:,} bytes"
    return Block(start, feed.at, 0, header, b"", fault)


def _one(feed: Feed, start: int, header: bytes, length: int) -> Block | Gap:
    """Give the record whose content stands here; its length is doubted when no record or end follows."""
    there = feed.fill(length, over=True)
    content = bytes(feed.held[:length])
    feed.fill(length + MAX_LINE)
    rest = bytes(feed.held[length : length + MAX_LINE])
    fault = ""
    if not there or not _ends_or_opens(rest):
        if swallowed := _next_in(content):
            fault = f"its length, {length:,} bytes, is wrong: the next record begins after {swallowed:,}"
            content = content[:swallowed]
        elif not there:
            missing = length - len(content)
            feed.drop(len(content))
            return Gap(start, feed.at, f"it breaks off {missing:,} bytes before its end", header)
        else:
            content = _mended(content, rest)
    elif swallowed := _whole_record_in(content):
        fault = f"its length, {length:,} bytes, is wrong: the next record begins after {swallowed:,}"
        content = content[:swallowed]
    feed.drop(len(content))
    return Block(start, feed.at, 0, header, content, fault)


def _ends_or_opens(rest: bytes) -> bool:
    return not rest.strip(_PADDING) or opens(rest.lstrip(b"\r\n\x00"))


def _next_in(content: bytes) -> int:
    """Give where within bytes a record begins that stands at a line's start; 0 where none does."""
    places = (each.start() for each in _NEXT.finditer(content, 1) if content[each.start() - 1 : each.start()] == b"\n")
    return next((at for at in places if opens(content[at : at + MAX_LINE])), 0)


def _whole_record_in(content: bytes) -> int:
    """Give where a content that ends well swallows another record, which ends as well; 0 where it does not."""
    at = content.find(b"\r\n\r\nWARC/")
    while at > 0:
        header = _BLANK.search(content, at + 4, at + _MAX_HEADER)
        found = _LENGTH.search(content, at + 4, header.end()) if header else None
        if header and found:
            rest = content[header.end() + int(found[1]) :]
            if int(found[1]) <= len(content) and _ends_or_opens(rest[:MAX_LINE]):
                return at + 4
        at = content.find(b"\r\n\r\nWARC/", at + 4)
    return 0


def _mended(content: bytes, rest: bytes) -> bytes:
    """Give a content whose length is a few bytes off as it was meant; else as it is."""
    for off in range(1, _OFF_BY + 1):
        if rest[off:] and _ends_or_opens(rest[off:]):
            return content + rest[:off]
        if opens(content[-off:] + rest):
            return content[:-off]
    return content


def _header(feed: Feed) -> bytes | None:
    """Give the lines that open a record here, without leaving them; None when none opens."""
    feed.fill(MAX_LINE)
    if arc_fields(bytes(feed.held[:MAX_LINE])):
        return bytes(feed.held[: feed.held.index(b"\n") + 1])
    for size in (MAX_LINE, _MAX_HEADER):
        if not _WARC.match(feed.held) and len(feed.held) > MAX_LINE:
            return None
        if found := _BLANK.search(bytes(feed.held[:size])):
            return bytes(feed.held[: found.end()]) if _WARC.match(feed.held) else None
        feed.fill(size, over=size == _MAX_HEADER and bool(_WARC.match(feed.held)))
    found = _BLANK.search(bytes(feed.held[:_MAX_HEADER]))
    return bytes(feed.held[: found.end()]) if found and _WARC.match(feed.held) else None


def _length(header: bytes) -> int | None:
    if arc := arc_fields(header):
        return arc.length
    found = _LENGTH.search(header)
    return int(found[1]) if found else None


def _seek_next(feed: Feed, patience: int | None) -> None:
    """Drop what stands here up to where a record begins, or all."""
    begun = feed.at
    while True:
        ended = not feed.fill(PIECE + MAX_LINE)
        edge = len(feed.held) if ended else len(feed.held) - MAX_LINE
        window = bytes(feed.held)
        # Not at the first byte: what stands there has been tried.
        places = (each.start() for each in _NEXT.finditer(window, 1, edge))
        found = next((at for at in places if opens(window[at : at + MAX_LINE])), None)
        if found is not None:
            feed.drop(found)
            return
        feed.drop(edge - (0 if ended else 1))
        if ended:
            return
        if patience is not None and feed.at - begun > patience:
            raise BadMember(f"it holds no record in {patience:,} bytes")
