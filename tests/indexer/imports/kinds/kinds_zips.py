"""Zips whose names, dates and sizes are odd."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace

from kinds_making import BASE, HOST, PATH, Case, page, pages
from kinds_packing import DAY, Member, crc_of_blanks, deflated_blanks, in_zip, inside, raw_deflate, zipped


def zip_case(name: str, data: bytes, why: str, **more) -> Case:
    """Make the case of one zip file."""
    return Case("H-" + name, why, {"x.zip": data}, **{"pages": pages(1)} | more)


def zip_names() -> Iterator[Case]:
    """Names in zips, in every encoding."""
    two = page(2)
    utf8 = BASE + "%E5%B9%B4%E9%89%B4.html"
    held = pages(1) | {utf8: two}
    gbk = Member(inside("年鉴.html".encode("gbk")), two)
    yield zip_case(
        "name-gbk",
        zipped(in_zip(1), gbk),
        "Chinese Windows writes GBK without flag 11 (APPNOTE, appendix D).",
        pages=held,
    )
    yield zip_case(
        "name-utf8-unflagged",
        zipped(in_zip(1), Member(inside("年鉴.html"), two)),
        "macOS writes UTF-8 without flag 11; the bytes are no good GBK name of a page.",
        pages=held,
    )
    yield zip_case(
        "name-utf8-flag",
        zipped(in_zip(1), Member(inside("年鉴.html"), two, flags=0x800)),
        "APPNOTE, 4.4.4, bit 11.",
        pages=held,
    )


def zip_name_in_a_field() -> Iterator[Case]:
    """A name in the field for names in UTF-8."""
    two = page(2)
    utf8 = BASE + "%E5%B9%B4%E9%89%B4.html"
    held = pages(1) | {utf8: two}
    gbk = Member(inside("年鉴.html".encode("gbk")), two)
    shown = inside("年鉴.html")
    field_ = struct.pack("<BI", 1, zlib.crc32(gbk.name)) + shown
    extra = struct.pack("<HH", 0x7075, len(field_)) + field_
    yield zip_case(
        "name-unicode-field",
        zipped(in_zip(1), replace(gbk, extra=extra)),
        "APPNOTE, 4.6.9: the name in UTF-8.",
        pages=held,
    )


def zip_folders() -> Iterator[Case]:
    """Folders in zips, with backslashes, queries and notes of macOS."""
    two = page(2)
    back = replace(in_zip(1), name=in_zip(1).name.replace(b"/", b"\\"))
    yield zip_case("backslash", zipped(back), "APPNOTE, 4.4.17 wants /; old Windows tools wrote its own separator.")
    mixed = Member((HOST + PATH).replace("/", "\\").encode() + "誠.html".encode("gbk"), two)
    yield zip_case(
        "backslash-gbk",
        zipped(back, mixed),
        "The second byte of 誠 in GBK is a backslash, and separates nothing.",
        pages=pages(1) | {BASE + "%E8%AA%A0.html": two},
    )
    yield zip_case(
        "query",
        zipped(in_zip(1), Member(inside("show.asp?id=4"), two)),
        "As in a saved folder.",
        pages=pages(1) | {BASE + "show.asp?id=4": two},
    )
    yield zip_case(
        "macosx",
        zipped(in_zip(1), Member(b"__MACOSX/" + inside("._userobject1ai1.html"), b"\0\5\x16\7" + bytes(60))),
        "macOS's notes on a file are no page.",
        exit_also=(1,),
    )
    yield zip_case(
        "folders",
        zipped(Member(HOST.encode() + b"/"), Member(inside("")), in_zip(1)),
        "Members for folders hold nothing.",
    )


def zip_dates() -> Iterator[Case]:
    """Dates in zips that are none."""
    why = "DOS fields can hold dates that are none; a page is no worse for it."
    for name, (date, time) in {
        "zero": (0, 0),
        "month-15": (26 << 9 | 15 << 5 | 31, 0),
        "second-60": (DAY, 30),
        "second-62": (DAY, 31),
        "hour-31": (DAY, 31 << 11 | 63 << 5 | 29),
        "all-ones": (0xFFFF, 0xFFFF),
    }.items():
        yield zip_case("date-" + name, zipped(in_zip(1, date=date, time=time)), why)


def zip_sizes() -> Iterator[Case]:
    """Sizes in zips that lie."""
    two = page(2)
    loss = {"named": ("userobject1ai2.html",), "exit": 1}
    huge = {"method": 8, "packed": deflated_blanks(200), "crc": crc_of_blanks(200)}
    refused = "It unpacks to 200 MiB: refused by name, without unpacking all of it."
    yield zip_case(
        "size-lie-huge", zipped(in_zip(1), in_zip(2, size=10, **huge), in_zip(3)), refused, pages=pages(1, 3), **loss
    )
    yield zip_case(
        "size-huge", zipped(in_zip(1), in_zip(2, size=200 << 20, **huge), in_zip(3)), refused, pages=pages(1, 3), **loss
    )
    for name, size in {"less": 10, "more": 5000}.items():
        lying = in_zip(2, method=8, packed=raw_deflate(two), size=size)
        yield zip_case(
            "size-lie-" + name,
            zipped(in_zip(1), lying, in_zip(3)),
            "APPNOTE, 4.4.9: the header says another size; the CRC fits the whole.",
            pages=pages(1, 3),
            instead=pages(2),
            **loss,
        )


def zip_bodies() -> Iterator[Case]:
    """Members whose sizes stand behind them, and broken ones."""
    two = page(2)
    loss = {"named": ("userobject1ai2.html",), "exit": 1}
    deflated = in_zip(2, method=8, packed=raw_deflate(two), descriptor=True)
    yield zip_case(
        "descriptor",
        zipped(in_zip(1, descriptor=True), deflated),
        "APPNOTE, 4.3.9: sizes stand behind the data.",
        pages=pages(1, 2),
    )
    yield zip_case(
        "crc",
        zipped(in_zip(1), in_zip(2, crc=1), in_zip(3)),
        "The bytes are not those packed.",
        pages=pages(1, 3),
        **loss,
    )
    cut = in_zip(2, method=8, packed=raw_deflate(two)[:200])
    yield zip_case(
        "deflate-cut",
        zipped(in_zip(1), cut, in_zip(3)),
        "This member breaks off, the others do not.",
        pages=pages(1, 3),
        **loss,
    )


CASES = (
    *zip_names(),
    *zip_name_in_a_field(),
    *zip_folders(),
    *zip_dates(),
    *zip_sizes(),
    *zip_bodies(),
)
