"""Content-Encodings: right, wrong, broken and far too large."""

import zlib
from collections.abc import Iterator

from kinds_making import Case, bad, flip, good, gz, http, page, pages, record
from kinds_packing import brotli_stored, deflated_blanks, gz_blanks, raw_deflate, zstd_blanks, zstd_stored


def coded(coding: str, body: bytes, *lines: bytes) -> bytes:
    """Make record 2 with a Content-Encoding."""
    return record(2, http(body, b"Content-Encoding: " + coding.encode(), *lines))


def content_codings() -> Iterator[Case]:
    """Content-Encodings that can be undone."""
    two = page(2)
    registered = "RFC 9110, 8.4.1: registered, and names have no case."
    table = {
        "br": ("br", brotli_stored(two), "RFC 7932; stored blocks are brotli as well."),
        "br-capital": ("BR", brotli_stored(two), registered),
        "zstd": ("zstd", zstd_stored(two), "RFC 8878 registers zstd as a content coding."),
        "zstd-two-frames": ("zstd", zstd_stored(two[:300]) + zstd_stored(two[300:]), "RFC 8878, 3: frames in a row."),
        "x-gzip": ("x-gzip", gz(two), "RFC 9110, 8.4.1.3: the same as gzip."),
        "gzip-capital": ("GZip", gz(two), registered),
        "gzip-gzip": ("gzip, gzip", gz(gz(two)), "RFC 9110, 8.4: codings are undone from the last to the first."),
        "gzip-br": ("gzip, br", brotli_stored(gz(two)), "As gzip, gzip."),
        "identity": ("gzip, identity", gz(two), "RFC 9110, 12.5.3: identity is no coding."),
        "empty": ("", two, "An empty list names no coding."),
        "deflate-zlib": ("deflate", zlib.compress(two), "RFC 9110, 8.4.1.2: deflate is the zlib form."),
        "deflate-raw": ("deflate", raw_deflate(two), "RFC 9110, 8.4.1.2 notes that many send raw; browsers take both."),
        "gzip-members": ("gzip", gz(two[:200]) + gz(two[200:400]) + gz(two[400:]), "RFC 1952, 2.2: members in a row."),
        "gzip-name": ("gzip", gz(two, flags=8, extra=b"a.html\0"), "RFC 1952: a name may stand in the header."),
    }
    for name, (coding, body, why) in table.items():
        yield good("B-" + name, coded(coding, body), why)
    lines = b"gzip\r\nContent-Encoding: gzip".decode()
    yield good("B-gzip-gzip-lines", coded(lines, gz(gz(two))), "RFC 9110, 5.2: two lines are one list.")


def codings_not_applied() -> Iterator[Case]:
    """Content-Encodings that were said and not applied, or are unknown."""
    two = page(2)
    stands = "Browsers fail here; but the body is HTML as it stands, and what can be read is read."
    for name, coding in {
        "gzip": "gzip",
        "br": "br",
        "deflate": "deflate",
        "zstd": "zstd",
        "charset": "gb2312",
        "none": "none",
        "foo": "foo",
    }.items():
        yield good(f"B-plain-said-{name}", coded(coding, two), stands, exit_also=(1,))
    yield good(
        "B-gzip-once-said-twice", coded("gzip, gzip", gz(two)), stands + " One coding was undone.", exit_also=(1,)
    )
    yield bad(
        "B-foo",
        coded("foo", bytes(range(128, 256)) * 4),
        unsaid=("damaged",),
        why="RFC 9110, 8.4: a coding nobody knows, and no HTML as it stands: this record is skipped.",
    )
    yield bad("B-gzip-foo", coded("gzip, foo", bytes(range(128, 256)) * 4), "As foo.", unsaid=("damaged",))


def odd_gzip() -> Iterator[Case]:
    """Gzip that no header announces, and gzip with something behind it."""
    two = page(2)
    yield bad(
        "B-gzip-unsaid",
        record(2, http(gz(two))),
        unsaid=("damaged",),
        instead=pages(2),
        why="Gzip that no header announces is no HTML: read it where it can be read, or name it.",
    )
    yield good(
        "B-gzip-junk-after",
        coded("gzip", gz(two) + b"\r\n\r\njunk"),
        exit_also=(1,),
        why="Browsers leave out what follows the last member; the page is whole.",
    )


def broken_codings() -> Iterator[Case]:
    """Packed bodies that break off or have a bit turned."""
    two = page(2)
    why = "The body cannot be unpacked to its end, so the page would be cut: skipped by name."
    broken = {
        "gzip-cut": ("gzip", gz(two)[:200]),
        "gzip-cut-header": ("gzip", gz(two)[:6]),
        "gzip-flip": ("gzip", flip(gz(two, level=0), 200)),
        "gzip-crc": ("gzip", flip(gz(two), len(gz(two)) - 5)),
        "gzip-second-member-cut": ("gzip", gz(two[:300]) + gz(two[300:])[:100]),
        "br-cut": ("br", brotli_stored(two)[:200]),
        "zstd-cut": ("zstd", zstd_stored(two)[:200]),
        "deflate-cut": ("deflate", zlib.compress(two)[:200]),
    }
    for name, (coding, body) in broken.items():
        yield bad("B-" + name, coded(coding, body), why)
    yield bad(
        "B-gzip-no-trailer", coded("gzip", gz(two)[:-8]), "The data is whole, but nothing proves it.", instead=pages(2)
    )


def bombs() -> Iterator[Case]:
    """Bodies that unpack to more than any page is."""
    why = "It unpacks beyond 64 MiB, which no page does: this record is skipped, the others come."
    nested = gz(gz_blanks(65))
    table = {
        "gzip": ("gzip", gz_blanks(65)),
        "gzip-gzip": ("gzip, gzip", nested),
        "zstd": ("zstd", zstd_blanks(65)),
        "deflate": ("deflate", deflated_blanks(65)),
    }
    for name, (coding, body) in table.items():
        yield bad("B-bomb-" + name, coded(coding, body), why, unsaid=("damaged",))


CASES = (
    *content_codings(),
    *codings_not_applied(),
    *odd_gzip(),
    *broken_codings(),
    *bombs(),
)
