"""Zips that are packed in odd ways, lead elsewhere, or hold something before, after or twice."""

import bz2
import lzma
from collections.abc import Iterator
from dataclasses import replace

from kinds_making import BASE, Case, page, pages, url
from kinds_packing import Member, in_zip, inside, zipped, zstd_stored
from kinds_zips import zip_case


def zip_encrypted() -> Iterator[Case]:
    """Members that only a password opens."""
    two = page(2)
    loss = {"pages": pages(1, 3), "named": ("userobject1ai2.html",), "exit": 1, "unsaid": ("damaged",)}
    secret = in_zip(2, flags=1, packed=bytes(12) + two)
    yield zip_case(
        "encrypted",
        zipped(in_zip(1), secret, in_zip(3)),
        "APPNOTE, 4.4.4, bit 0: without the password it cannot be read.",
        **loss,
    )
    aes = in_zip(2, flags=1, method=99, packed=bytes(28) + two)
    yield zip_case("encrypted-aes", zipped(in_zip(1), aes, in_zip(3)), "APPNOTE, 4.4.5: 99 is AES encryption.", **loss)
    yield zip_case(
        "encrypted-only", zipped(secret), "Nothing could be brought in.", pages={}, named=loss["named"], exit=2
    )


def zip_methods() -> Iterator[Case]:
    """Ways of packing that zips know."""
    two = page(2)
    loss = {"pages": pages(1, 3), "named": ("userobject1ai2.html",), "exit": 1, "unsaid": ("damaged",)}
    for method in (1, 9, 97, 1000):
        yield zip_case(
            f"method-{method}",
            zipped(in_zip(1), in_zip(2, method=method), in_zip(3)),
            "A method that cannot be undone: this member is named, the others come.",
            **loss,
        )
    table = {
        "bzip2": (12, bz2.compress(two)),
        "lzma": (14, b"\x09\x14\x05\x00" + lzma_raw(two)),
        "zstd": (93, zstd_stored(two)),
    }
    for name, (method, packed) in table.items():
        yield zip_case(
            "method-" + name,
            zipped(in_zip(1), in_zip(2, method=method, packed=packed), in_zip(3)),
            "APPNOTE, 4.4.5 names the method: read, or named.",
            instead=pages(2),
            **loss,
        )


def lzma_raw(data: bytes) -> bytes:
    """APPNOTE, 5.8: version, size of properties, then properties and the stream; here without the first two."""
    packed = lzma.compress(data, lzma.FORMAT_ALONE)
    return packed[:5] + packed[13:]


def zip_paths() -> Iterator[Case]:
    """Names in zips that lead elsewhere."""
    two = page(2)
    loss = {"named": ("x.html",), "exit": 1, "exit_also": (0,)}
    for name, path in {
        "up": b"../../../x.html",
        "up-inside": inside("../../../../../../x.html"),
        "up-backslash": b"..\\..\\x.html",
    }.items():
        yield zip_case(
            "path-" + name, zipped(in_zip(1), Member(path, two)), "A name that leads out of the zip is refused.", **loss
        )
    yield zip_case(
        "path-up-and-back",
        zipped(in_zip(1), Member(inside("../node6501/x.html"), two)),
        instead={BASE + "x.html": two},
        why="It stays inside: taken for what it leads to, or refused.",
        **loss,
    )
    for name, first in {"absolute": b"/", "two-slashes": b"//", "drive": b"C:\\"}.items():
        yield zip_case(
            "path-" + name,
            zipped(in_zip(1), Member(first + inside("x.html"), two)),
            instead={BASE + "x.html": two},
            why="APPNOTE, 4.4.17 forbids it; unzip takes the start away and goes on, others refuse.",
            **loss,
        )


def zip_twice() -> Iterator[Case]:
    """Two members of one name."""
    other = replace(in_zip(1), body=page(7))
    yield zip_case(
        "twice",
        zipped(in_zip(1), other),
        "unzip -o leaves the last one; the first is held too, or named.",
        pages={url(1): page(7)},
        named=("userobject1ai1.html",),
        exit=1,
        exit_also=(0,),
        instead=pages(1),
    )
    yield zip_case("twice-same", zipped(in_zip(1), in_zip(1)), "The same page twice loses nothing.", exit_also=(1,))


def zip_after_program() -> Iterator[Case]:
    """Zips behind a program that unpacks them."""
    stub = b"MZ\x90\0" + b"This program cannot be run\r\n" * 40
    yield zip_case(
        "sfx",
        zipped(in_zip(1), in_zip(2), before=stub),
        "The directory stands at the end, whatever is before (APPNOTE, 4.1.9).",
        pages=pages(1, 2),
    )
    yield zip_case(
        "sfx-moved",
        zipped(in_zip(1), in_zip(2), before=stub, moved=True),
        "Offsets may count what is before.",
        pages=pages(1, 2),
    )
    yield Case(
        "H-sfx-exe", "What a file is, its content says.", {"x.exe": zipped(in_zip(1), before=stub)}, pages=pages(1)
    )


def zip_around() -> Iterator[Case]:
    """Zips with a comment or something behind them."""
    yield zip_case(
        "comment",
        zipped(in_zip(1), comment=b"PK\x05\x06 is no end" + bytes(60)),
        pages={},
        named=("x.zip",),
        exit=2,
        instead=pages(1),
        why="A comment may hold the end's mark; readers search for it backwards and fail.",
    )
    yield zip_case("comment-long", zipped(in_zip(1), comment=b"c" * 65535), "The longest comment there can be.")
    yield zip_case(
        "junk-after", zipped(in_zip(1)) + b"\r\n" * 20, "Bytes after the end record hide nothing.", exit_also=(1,)
    )


def zip_remains() -> Iterator[Case]:
    """Zips that are cut or empty."""
    yield zip_case(
        "cut",
        zipped(in_zip(1), in_zip(2))[:-80],
        "The directory is gone: the file is damaged, its members may be saved.",
        pages={},
        named=("x.zip",),
        exit=2,
        exit_also=(1,),
        also=pages(1, 2),
    )
    yield zip_case(
        "empty", zipped(), "A zip without members: nothing could be brought in.", pages={}, named=("x.zip",), exit=2
    )


CASES = (
    *zip_encrypted(),
    *zip_methods(),
    *zip_paths(),
    *zip_twice(),
    *zip_after_program(),
    *zip_around(),
    *zip_remains(),
)
