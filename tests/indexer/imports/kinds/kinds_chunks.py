"""Transfer-Encodings: right and broken."""

from collections.abc import Iterator

from kinds_making import CRLF, Case, bad, good, gz, http, page, pages, record


def chunks(*parts: bytes, size: str = "{:x}", eol: bytes = CRLF, last: bytes = b"0\r\n\r\n") -> bytes:
    """Write parts as chunks."""
    return b"".join(size.format(len(part)).encode() + eol + part + eol for part in parts) + last


def chunked(body: bytes, *lines: bytes, coding: bytes = b"chunked") -> bytes:
    """Make record 2 with a Transfer-Encoding."""
    return record(2, http(body, b"Transfer-Encoding: " + coding, *lines))


def chunked_bodies() -> Iterator[Case]:
    """Chunks in every form that can be undone."""
    two = page(2)
    a, b = two[:300], two[300:]
    rfc = "RFC 9112, 7.1: "
    table = {
        "plain": (chunks(a, b), rfc + "the marks are no part of the body."),
        "one-byte": (
            chunks(*(two[i : i + 1] for i in range(len(two)))),
            rfc + "any size, also inside a GBK character.",
        ),
        "upper-hex": (chunks(a, b, size="{:X}"), rfc + "hex digits of either case."),
        "zeros": (chunks(a, b, size="{:08x}"), rfc + "leading zeros are hex digits."),
        "extension": (chunks(a, b, size='{:x};name="a;b"'), rfc + "extensions are ignored."),
        "extension-last": (chunks(a, b, last=b"000;x=y\r\n\r\n"), rfc + "the last chunk may have them too."),
        "blanks": (chunks(a, b, size="{:x}  "), "Old servers fill the size with blanks; browsers take it."),
        "lf": (chunks(a, b, eol=b"\n", last=b"0\n\n"), "RFC 9112, 2.2 lets a reader take LF alone."),
        "trailers": (
            chunks(a, b, last=b"0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n"),
            "RFC 9112, 7.1.2: trailer fields are no body.",
        ),
        "no-final-crlf": (chunks(a, b, last=b"0\r\n"), "The last chunk is there: the body is whole."),
        "marks-gone": (
            two,
            "WARC writers that undo chunks often leave the header (so did wget and old Heritrix tools).",
        ),
    }
    for name, (body, why) in table.items():
        yield good("B-chunked-" + name, chunked(body), why)


def transfer_codings() -> Iterator[Case]:
    """Transfer-Encodings alone, and together with others."""
    two = page(2)
    a, b = two[:300], two[300:]
    yield good("B-chunked-capital", chunked(chunks(a, b), coding=b"Chunked"), "RFC 9112, 7: no case.")
    yield good(
        "B-chunked-and-length",
        chunked(chunks(a, b), b"Content-Length: 5"),
        "RFC 9112, 6.3: Transfer-Encoding overrides Content-Length.",
    )
    yield good(
        "B-te-gzip-chunked",
        chunked(chunks(gz(two)[:99], gz(two)[99:]), coding=b"gzip, chunked"),
        "RFC 9112, 6.1: first the chunks are undone, then gzip.",
    )
    yield good("B-te-gzip", chunked(gz(two), coding=b"gzip"), "RFC 9112, 7.2: gzip is a transfer coding too.")
    yield good("B-te-identity", chunked(two, coding=b"identity"), "RFC 2616, 3.6: identity changes nothing.")
    yield good(
        "B-chunked-ce-gzip", chunked(chunks(gz(two)), b"Content-Encoding: gzip"), "Transfer first, then content."
    )
    yield good("B-marks-gone-ce-gzip", chunked(gz(two), b"Content-Encoding: gzip"), "No chunks to undo, but gzip.")


def broken_chunks() -> Iterator[Case]:
    """Chunked bodies that break off."""
    a, b = page(2)[:300], page(2)[300:]
    why = "RFC 9112, 8: without the rest and the last chunk the answer is incomplete."
    yield bad("B-chunked-cut", chunked(chunks(a)[:-5] + b"300\r\n" + b[:50]), why)
    yield bad("B-chunked-no-last", chunked(chunks(a, b, last=b"")), why, instead=pages(2))
    yield bad("B-chunked-huge", chunked(chunks(a)[:-5] + b"FFFFFFFFFFFFFFFFFFFF\r\n" + b), why)
    yield bad("B-chunked-bad-size", chunked(chunks(a)[:-5] + b"zz\r\n" + b), "The second size is no number: " + why)


CASES = (
    *chunked_bodies(),
    *transfer_codings(),
    *broken_chunks(),
)
