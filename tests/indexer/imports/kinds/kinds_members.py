"""WARC files whose gzip members are odd or damaged, and files that break off."""

import struct
from collections.abc import Iterator

from kinds_making import Case, by, flip, gz, http, page, pages, record


def members() -> Iterator[Case]:
    """Gzip members that are not one a record."""
    one, two, three = (record(n) for n in (1, 2, 3))
    rfc = "RFC 1952, 2.2: members in a row unpack to their contents in a row; a record per member is only recommended."
    extra = struct.pack("<H", 8) + b"sl\x04\x00\0\0\0\0" + b"x.warc\0" + b"note\0"
    files = {
        "several": gz(one + two) + gz(three),
        "whole-file": gz(one + two + three),
        "cut-across": gz(one + two[:400]) + gz(two[400:] + three),
        "cut-in-header": gz(one + two[:50]) + gz(two[50:] + three),
        "extra-fields": gz(one, flags=4 | 8 | 16, extra=extra) + gz(two) + gz(three),
        "empty-member": gz(one) + gz(b"") + gz(two) + gz(three),
        "stored": gz(one, level=0) + gz(two, level=0) + gz(three),
        "zeros-after": gz(one) + gz(two) + gz(three) + bytes(100),
    }
    for name, data in files.items():
        yield Case("A-gz-" + name, rfc, {"x.warc.gz": data}, pages=pages(1, 2, 3))
    magic = "What a file is, its first bytes say, not its name."
    yield Case("A-gz-named-warc", magic, {"x.warc": gz(one) + gz(two)}, pages=pages(1, 2))
    yield Case("A-plain-named-gz", magic, {"x.warc.gz": one + two}, pages=pages(1, 2))
    yield Case(
        "A-gz-junk-after",
        "gzip calls it trailing garbage: named, and all before it is read.",
        {"x.warc.gz": gz(one) + gz(two) + b"junk junk"},
        pages=pages(1, 2),
        named=(str(len(gz(one) + gz(two))),),
        exit=1,
        exit_also=(0,),
    )


def flipped_members() -> Iterator[Case]:
    """Gzip members with a bit turned."""
    one, two, three = (gz(record(n)) for n in (1, 2, 3))
    stored = gz(record(2), level=0)
    damaged = {
        "crc": flip(two, len(two) - 8),
        "size": flip(two, len(two) - 1),
        "data": flip(two, 10),
        "data-late": flip(two, len(two) // 2),
        "magic": flip(two, 0),
        "method": flip(two, 2),
        "text": flip(stored, 500),  # stored: only the CRC tells
        "url": flip(stored, stored.index(b"userobject1ai2")),
    }
    for name, member in damaged.items():
        yield Case(
            "A-flip-" + name,
            "RFC 1952: CRC, size or data do not agree, so this member is no evidence.",
            {"x.warc.gz": one + member + three},
            pages=pages(1, 3),
            named=(by(2, len(one)),),
            exit=1,
        )


def flipped_others() -> Iterator[Case]:
    """A bit turned in the first member, and in two."""
    one, two, three = (gz(record(n)) for n in (1, 2, 3))
    yield Case(
        "A-flip-first",
        "As in the middle.",
        {"x.warc.gz": flip(one, 40) + two + three},
        pages=pages(2, 3),
        named=(by(1, 0),),
        exit=1,
    )
    yield Case(
        "A-flip-two",
        "Each is named.",
        {"x.warc.gz": one + flip(two, 40) + flip(three, 40) + gz(record(4))},
        pages=pages(1, 4),
        named=(by(2, len(one)), by(3, len(one + two), len(one))),
        exit=1,
    )


def cut_files() -> Iterator[Case]:
    """Plain files that break off, in every part of a record."""
    one, two, three = (record(n) for n in (1, 2, 3))
    why = "The whole records come, the one that breaks off is named."
    at = len(one + two)
    for name, size in {
        "block": 400,
        "http": len(three) - 4 - len(http(page(3))) + 10,
        "header": 60,
        "first-line": 5,
    }.items():
        yield Case(
            "A-cut-" + name,
            why,
            {"x.warc": one + two + three[:size]},
            pages=pages(1, 2),
            named=(by(3, at, at - 4),),
            exit=1,
        )
    yield Case(
        "A-cut-line-ends",
        "Only the two CRLF after the block are missing: nothing is lost.",
        {"x.warc": one + two + three[:-4]},
        pages=pages(1, 2, 3),
        exit_also=(1,),
    )


def cut_members() -> Iterator[Case]:
    """Gzip files that break off."""
    one, two, three = (record(n) for n in (1, 2, 3))
    why = "The whole records come, the one that breaks off is named."
    at = len(one + two)
    yield Case(
        "A-cut-gz",
        why,
        {"x.warc.gz": gz(one) + gz(two) + gz(three)[:300]},
        pages=pages(1, 2),
        named=(by(3, len(gz(one) + gz(two))),),
        exit=1,
    )
    yield Case(
        "A-cut-gz-trailer",
        "Without CRC and size the last member is unproved (gzip: unexpected end of file).",
        {"x.warc.gz": gz(one) + gz(two) + gz(three)[:-8]},
        pages=pages(1, 2),
        named=(by(3, len(gz(one) + gz(two))),),
        exit=1,
        instead=pages(3),
    )
    yield Case(
        "A-cut-gz-whole-file",
        why,
        {"x.warc.gz": gz(one + two + three, level=0)[: at + 300]},
        pages=pages(1, 2),
        named=(by(3, at),),
        exit=1,
    )


def cut_to_nothing() -> Iterator[Case]:
    """Files of which nothing is left."""
    one = record(1)
    yield Case(
        "A-cut-only", "Nothing could be brought in.", {"x.warc": one[:400]}, named=(by(1, 0) + "|x.warc",), exit=2
    )
    yield Case("A-cut-empty", "A file without a byte holds no page.", {"x.warc": b""}, named=("x.warc",), exit=2)
    yield Case(
        "A-cut-one-of-two",
        "A file that holds nothing is a loss, named beside what came.",
        {"a.warc": one, "b.warc": b""},
        args=("a.warc", "b.warc"),
        pages=pages(1),
        named=("b.warc",),
        exit=1,
    )


CASES = (
    *members(),
    *flipped_members(),
    *flipped_others(),
    *cut_files(),
    *cut_members(),
    *cut_to_nothing(),
)
