"""Reads the records of a WARC or ARC file in order, stepping over what is damaged.

The file may be plain, compressed record by record, or compressed as a whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from indexer.warc.codings import GZIP
from indexer.warc.cutting import MAX_CONTENT, MAX_LINE, ZEROS, Block, Gap, cut, opens
from indexer.warc.feeding import PIECE, Feed
from indexer.warc.members import (
    BREAKS_OFF,
    ZSTD,
    BadMember,
    Member,
    Packing,
    next_member,
    opening_of,
    packing_of,
    readable_of,
    skip_padding,
)
from indexer.warc.rawbytes import RawBytes

_MAX_JUNK = 256 << 20
"""Bytes searched for the next record within one member before it is given up."""


def read_blocks(file: BinaryIO, name: str, start: int = 0, end: int | None = None) -> Iterator[Block | Gap]:
    """Yield the records of a file from an offset on, and the gaps between them, as if the file ended at `end`."""
    raw = RawBytes(file, start, end)
    packing = packing_of(raw, name, opens)
    if packing is not None:
        yield from _packed(raw, packing)
        return
    for each in cut(Feed(lambda: raw.take(PIECE), start)):
        yield from _packed_within(file, each)
        raw.resume()


def _packed_within(file: BinaryIO, found: Block | Gap) -> Iterator[Block | Gap]:
    """Yield what was cut from a plain file; if no record could be read, look for gzip members in it.

    A file may be compressed from some place on, or its first bytes may be damaged: then the records follow later.
    """
    if isinstance(found, Block) and not found.fault:
        yield found
        return
    raw = RawBytes(file, found.start + 1, found.end)
    next_member(raw, Packing(GZIP), opens)
    yield replace(found, end=raw.at) if raw.at < found.end else found
    if raw.at < found.end:
        yield from _packed(raw, Packing(GZIP))


def _packed(raw: RawBytes, packing: Packing) -> Iterator[Block | Gap]:
    """Yield the records of a file that consists of compressed members."""
    while True:
        if packing.magic == ZSTD:
            skip_padding(raw)
        if not raw.peek(1):
            return
        here = raw.at
        if not raw.peek(len(packing.magic)).startswith(packing.magic):
            why = ZEROS if next_member(raw, packing, opens) else "no record begins here"
            yield Gap(here, raw.at, why)
            continue
        try:
            yield from _member(raw, packing)
        except BadMember as error:
            yield from _bad_member(raw, packing, here, str(error))


def _member(raw: RawBytes, packing: Packing) -> Iterator[Block | Gap]:
    """Yield the records of a member, and of following members that its last record continues in."""
    member = Member(raw, packing)
    held = bytearray()
    while len(held) <= MAX_CONTENT:
        piece = member.read()
        if not piece:
            feed = Feed(lambda: b"", 0, held, lambda: _going_on(raw, packing))
            yield from _placed(cut(feed), member.start, lambda: raw.at)
            return
        held += piece
    # The member is larger than any page: yield its records before its end is reached.
    feed = Feed(member.read, 0, held, lambda: _going_on(raw, packing))
    yield from _placed(cut(feed, _MAX_JUNK), member.start, lambda: raw.at)


def _going_on(raw: RawBytes, packing: Packing) -> Callable[[], bytes] | None:
    """Return a function that reads the next member, or None if that begins with a record of its own."""
    if packing.magic == ZSTD:
        skip_padding(raw)
    start = raw.at
    if not raw.peek(len(packing.magic)).startswith(packing.magic):
        return None
    opening = opening_of(raw, packing)
    raw.move(start)
    return None if opens(opening) else Member(raw, packing).read


def _bad_member(raw: RawBytes, packing: Packing, start: int, why: str) -> Iterator[Block | Gap]:
    """Yield what can be trusted in a member that ends badly: if it has several records, all but the last."""
    raw.move(start)
    content = readable_of(raw, packing, MAX_CONTENT)
    raw.move(start + 1)
    next_member(raw, packing, opens)
    found = list(cut(Feed(lambda: b"", 0, bytearray(content)))) if len(content) < MAX_CONTENT else []
    whole = found[:-1]
    for each in _placed(iter(whole), start, lambda: raw.at):
        # What was unpacked before a file breaks off is right; before any other fault shows, it may already be wrong.
        yield replace(each, unsure=why != BREAKS_OFF) if isinstance(each, Block) else each
    last = found[-1].start if whole else 0
    where = f"{why}, {last:,} bytes within it" if last else why
    yield Gap(start, raw.at, where, content[last : last + MAX_LINE])


def _placed(found: Iterator[Block | Gap], start: int, end: Callable[[], int]) -> Iterator[Block | Gap]:
    """Yield records cut from a member's content with the member's place in the file."""
    for each in found:
        if isinstance(each, Block):
            yield replace(each, start=start, end=end(), inside=each.start)
        else:
            yield replace(each, start=start, end=end())
