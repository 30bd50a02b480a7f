"""Cuts a web archive file into records, stepping over what is damaged; knows no meaning of a record.

WARC and ARC; plain, compressed record by record, or as a whole.  What belongs to no record is a `Gap`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from indexer.store.members import (
    BadMember,
    Member,
    Packing,
    RawBytes,
    next_member,
    opening_of,
    packing_of,
    skip_padding,
)

MAX_CONTENT = 65 << 20
"""Bytes of a record's content that are held: the largest payload that is read, with its HTTP header."""
_MAX_HEADER = 1 << 16
_MAX_LINE = 1 << 12
_MAX_JUNK = 256 << 20
"""Bytes looked through for a next record within one member before it is given up."""
_OFF_BY = 4
"""Bytes by which writers, those of ARC files above all, are known to be off in a record's length."""
_PIECE = 1 << 16
_WARC = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n")
_ARC = re.compile(rb"[a-z][a-z0-9+.-]{1,11}:[^\r\n]+\r?\n")
_ARC_DATE = re.compile(rb"\d{8,17}")
_ARC_ADDRESS = re.compile(rb"[0-9A-Fa-f.:]{2,45}|-|0")
_NEXT = re.compile(rb"\n(?=WARC/\d|[a-z][a-z0-9+.-]{1,11}:\S)")
_BLANK = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^Content-Length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_SPACE = b"\r\n"


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


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes of a file in which no record can be read."""

    start: int
    end: int
    why: str
    seen: bytes = b""
    """What can be read of their beginning: it may name the record."""


def read_blocks(file: BinaryIO, name: str, start: int = 0, end: int | None = None) -> Iterator[Block | Gap]:
    """Give the records of a file from an offset on, as if it ended at `end`, and the gaps between them."""
    raw = RawBytes(file, start, end)
    packing = packing_of(raw, name)
    if packing is None:
        yield from _cut(_Feed(lambda: raw.take(_PIECE), start))
        return
    while True:
        skip_padding(raw)
        if not raw.peek(1):
            return
        here = raw.at
        if not raw.peek(len(packing.magic)).startswith(packing.magic):
            next_member(raw, packing, opens)
            yield Gap(here, raw.at, "no record begins here")
            continue
        try:
            yield from _member(raw, packing)
        except BadMember as error:
            raw.move(here)
            seen = opening_of(raw, packing, _MAX_LINE)
            raw.move(here + 1)
            next_member(raw, packing, opens)
            yield Gap(here, raw.at, str(error), seen)


def opens(content: bytes) -> bool:
    """Say whether a record's first line stands here, white space aside."""
    content = content.lstrip(_SPACE)
    return bool(_WARC.match(content)) or arc_fields(content) is not None


def arc_fields(content: bytes) -> tuple[bytes, bytes, bytes, int] | None:
    """Read the line that opens an ARC record, of either version: URL, date, media type, length; None for others."""
    line = _ARC.match(content[:_MAX_LINE])
    if not line:
        return None
    parts = line[0].rstrip(_SPACE).split(b" ")
    if not (parts[-1].isdigit() and len(parts[-1]) < 16):
        return None
    for at in range(2, len(parts) - 2):
        if _ARC_DATE.fullmatch(parts[at]) and _ARC_ADDRESS.fullmatch(parts[at - 1]):
            return b" ".join(parts[: at - 1]), parts[at], parts[at + 1], int(parts[-1])
    return None


class _Feed:
    """Bytes that come piece by piece, of which a window is held."""

    def __init__(self, more: Callable[[], bytes], at: int = 0, held: bytearray | None = None) -> None:
        self._more = more
        self.at = at
        """Where the first byte held lies."""
        self.held = bytearray() if held is None else held

    def fill(self, size: int) -> bool:
        """Hold so many bytes, if there are."""
        while len(self.held) < size:
            if not (piece := self._more()):
                return False
            self.held += piece
        return True

    def drop(self, size: int) -> None:
        del self.held[:size]
        self.at += size

    def skip(self, size: int) -> int:
        """Drop so many bytes without holding them; give how many there were."""
        left = size
        while left and self.fill(1):
            step = min(left, len(self.held))
            self.drop(step)
            left -= step
        return size - left

    def skip_space(self) -> None:
        while self.fill(1):
            space = len(self.held) - len(self.held.lstrip(_SPACE))
            self.drop(space)
            if self.held:
                return


def _member(raw: RawBytes, packing: Packing) -> Iterator[Block | Gap]:
    """Give the records of a member: those of one that ends badly only when it is too large to be held."""
    member = Member(raw, packing)
    held = bytearray()
    while len(held) <= MAX_CONTENT:
        piece = member.read()
        if not piece:
            yield from _placed(_cut(_Feed(lambda: b"", 0, held)), member.start, lambda: raw.at)
            return
        held += piece
    yield from _placed(_cut(_Feed(member.read, 0, held), _MAX_JUNK), member.start, lambda: raw.at)


def _placed(found: Iterator[Block | Gap], start: int, end: Callable[[], int]) -> Iterator[Block | Gap]:
    """Give records cut from a member's content the member's place in the file."""
    for each in found:
        if isinstance(each, Block):
            yield replace(each, start=start, end=end(), inside=each.start)
        else:
            yield replace(each, start=start, end=end())


def _cut(feed: _Feed, patience: int | None = None) -> Iterator[Block | Gap]:
    """Cut what comes into records; `patience` is how many bytes may belong to none before `BadMember`."""
    while True:
        feed.skip_space()
        if not feed.held:
            return
        start = feed.at
        header = _header(feed)
        if header is None:
            seen = bytes(feed.held[:_MAX_LINE])
            _seek_next(feed, patience)
            yield Gap(start, feed.at, "no record begins here", seen)
            continue
        feed.drop(len(header))
        length = _length(header)
        if length is None:
            _seek_next(feed, patience)
            yield Block(start, feed.at, 0, header, b"", "its length is not given")
        elif length > MAX_CONTENT:
            missing = length - feed.skip(length)
            fault = f"it breaks off {missing:,} bytes before its end" if missing else f"it has {length:,} bytes"
            yield Block(start, feed.at, 0, header, b"", fault)
        else:
            yield _one(feed, start, header, length)


def _one(feed: _Feed, start: int, header: bytes, length: int) -> Block | Gap:
    """Give the record whose content stands here; its length is doubted when no record or end follows."""
    there = feed.fill(length)
    content = bytes(feed.held[:length])
    feed.fill(length + _MAX_LINE)
    rest = bytes(feed.held[length : length + _MAX_LINE])
    fault = ""
    if not there or not _ends_or_opens(rest):
        if swallowed := _record_in(content):
            content = content[:swallowed]
            fault = f"its length, {length:,} bytes, is wrong: the next record begins after {swallowed:,}"
        elif not there:
            missing = length - len(content)
            feed.drop(len(content))
            return Gap(start, feed.at, f"it breaks off {missing:,} bytes before its end", header)
        else:
            content = _mended(content, rest)
    feed.drop(len(content))
    return Block(start, feed.at, 0, header, content, fault)


def _ends_or_opens(rest: bytes) -> bool:
    return not rest.strip(_SPACE) or opens(rest)


def _record_in(content: bytes) -> int:
    """Give where within a content another record begins; 0 where none does."""
    return next(
        (each.end() for each in _NEXT.finditer(content) if opens(content[each.end() : each.end() + _MAX_LINE])), 0
    )


def _mended(content: bytes, rest: bytes) -> bytes:
    """Give a content whose length is a few bytes off as it was meant; else as it is."""
    for off in range(1, _OFF_BY + 1):
        if _ends_or_opens(rest[off:]) and rest[off:]:
            return content + rest[:off]
        if opens(content[-off:] + rest):
            return content[:-off]
    return content


def _header(feed: _Feed) -> bytes | None:
    """Give the lines that open a record here, without leaving them; None when none opens."""
    feed.fill(_MAX_LINE)
    if arc_fields(bytes(feed.held[:_MAX_LINE])):
        return bytes(feed.held[: feed.held.index(b"\n") + 1])
    if not _WARC.match(feed.held):
        return None
    for size in (_MAX_LINE, _MAX_HEADER):
        feed.fill(size)
        if found := _BLANK.search(feed.held, 0, size):
            return bytes(feed.held[: found.end()])
    return None


def _length(header: bytes) -> int | None:
    if arc := arc_fields(header):
        return arc[3]
    found = _LENGTH.search(header)
    return int(found[1]) if found else None


def _seek_next(feed: _Feed, patience: int | None) -> None:
    """Drop what stands here up to where a record begins, or all."""
    begun = feed.at
    while True:
        ended = not feed.fill(_PIECE + _MAX_LINE)
        edge = len(feed.held) if ended else len(feed.held) - _MAX_LINE
        for each in _NEXT.finditer(feed.held, 0, edge):
            if opens(bytes(feed.held[each.end() : each.end() + _MAX_LINE])):
                feed.drop(each.end())
                return
        feed.drop(edge - (0 if ended else 1))
        if ended:
            return
        if patience is not None and feed.at - begun > patience:
            raise BadMember(f"it holds no record in {patience:,} bytes")
