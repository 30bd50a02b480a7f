"""Codings are undone as HTTP means them, within a limit; what cannot be undone says why."""

import zlib

import pytest
from kinds_chunks import chunks
from kinds_making import gz, page
from kinds_packing import brotli_stored, deflated_blanks, gz_blanks, raw_deflate, zstd_blanks, zstd_stored

from indexer.warc.codings import (
    MAX_PAYLOAD,
    CodingError,
    content_start,
    decode_content,
    decode_transfer,
    header_of,
    looks_like_html,
    unsaid_gzip,
)

BODY = page(1)
BINARY = bytes(range(128, 256)) * 4


@pytest.mark.parametrize(
    ("coding", "body", "undone"),
    [
        ("gzip", b"", b""),
        ("gzip", gz(BINARY), BINARY),
        ("gzip", gz(b""), b""),
        ("deflate", zlib.compress(BINARY), BINARY),
        ("deflate", raw_deflate(BINARY), BINARY),
        ("br", brotli_stored(BINARY), BINARY),
        ("zstd", zstd_stored(BINARY) + zstd_stored(BINARY), BINARY * 2),
        ('"gzip"', gz(BINARY), BINARY),
        ("UTF-8, gzip, 8bit", gz(BINARY), BINARY),
        ("br, gzip, zstd", zstd_stored(gz(brotli_stored(BINARY))), BINARY),
        ("gzip", gz(BINARY) + gz(BINARY) + b"\r\n", BINARY * 2),
        ("foo", b"<html>", b"<html>"),
        ("", BINARY, BINARY),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_content_coding_is_undone(coding: str, body: bytes, undone: bytes) -> None:
    """The last applied first; words that are no codings are passed over, and a page that stands there plainly stays."""
    assert decode_content(body, coding) == undone


@pytest.mark.parametrize(
    ("coding", "body", "why"),
    [
        ("foo, gzip", gz(BINARY), "content encoding 'foo' is not known"),
        ("gzip", gz(BINARY)[:-9], "gzip body breaks off"),
        ("gzip", BINARY, "broken gzip body: Error -3 while decompressing data: incorrect header check"),
        ("deflate", zlib.compress(bytes(500))[:-8], "broken deflate body: Error -3 while decompressing data: invalid"),
        ("br", brotli_stored(BINARY)[:-3], "br body breaks off"),
        ("br", b"\xff" * 9, "broken br body"),
        ("zstd", zstd_stored(BINARY)[:-3], "zstd body breaks off"),
        ("zstd", BINARY, "broken zstd body"),
        ("gzip", gz_blanks(65), "gzip body unpacks to more than 67,108,864 bytes"),
        ("deflate", deflated_blanks(65), "deflate body unpacks to more than 67,108,864 bytes"),
        ("zstd", zstd_blanks(65), "zstd body unpacks to more than 67,108,864 bytes"),
        ("gzip", gz_blanks(40) + gz_blanks(40), "gzip body unpacks to more than 67,108,864 bytes"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_coding_that_cannot_be_undone_says_why(coding: str, body: bytes, why: str) -> None:
    """Broken, cut, unknown, or larger than any page, in one member or in all."""
    with pytest.raises(CodingError) as error:
        decode_content(body, coding)
    assert str(error.value).startswith(why)


def test_body_of_the_largest_size_is_undone() -> None:
    """The limit itself is allowed."""
    blanks = b" " * MAX_PAYLOAD
    assert decode_content(gz_blanks(64), "gzip") == blanks
    assert decode_content(zstd_blanks(64), "zstd") == blanks


@pytest.mark.parametrize(
    ("body", "joined"),
    [
        (chunks(b"ab", b"c"), b"abc"),
        (chunks(b"ab") + b"trailing", b"ab"),
        (b"2\nab\n0\n\n", b"ab"),
        (b"2\r\nab2\r\ncd0\r\n\r\n", b"abcd"),
        (b"0\r\n\r\n", b""),
        (b"", b""),
        (b"no chunks", b"no chunks"),
        (b"123456789\r\nx", b"123456789\r\nx"),
        (b"-2\r\nab\r\n", b"-2\r\nab\r\n"),
    ],
)
def test_chunks_are_joined(body: bytes, joined: bytes) -> None:
    """What shows no chunk at its beginning is taken as it stands."""
    assert decode_transfer(body, "chunked") == joined


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"2\r\nab\r\n", "chunked body breaks off"),
        (b"9\r\nab", "chunked body breaks off"),
        (b"2\r\nab\r\nxx\r\n", "broken chunk at its byte 7"),
    ],
)
def test_chunks_that_break_off_say_so(body: bytes, why: str) -> None:
    """Without the last chunk the body is not whole."""
    with pytest.raises(CodingError) as error:
        decode_transfer(body, "chunked")
    assert str(error.value) == why


@pytest.mark.parametrize(
    ("body", "given"),
    [
        (gz(BODY), BODY),
        (BODY, BODY),
        (gz(BINARY), gz(BINARY)),
        (gz(BODY)[:-1], gz(BODY)[:-1]),
    ],
    ids=["page", "plain", "binary", "cut"],
)
def test_gzip_that_nobody_announced_is_unpacked_when_a_page_is_in_it(body: bytes, given: bytes) -> None:
    """Anything else stays as it is."""
    assert unsaid_gzip(body) == given


@pytest.mark.parametrize(
    ("start", "is_page"),
    [
        (b"<html>", True),
        (b"\xef\xbb\xbf \r\n\t\x00<!DOCTYPE", True),
        (b"</p>", True),
        (b"<?xml", True),
        ("<html>".encode("utf-16"), True),
        (b"\xfe\xff" + "\n<html>".encode("utf-16-be"), True),
        (b"<", False),
        (b"< html>", False),
        (b"1 < 2", False),
        (b"", False),
    ],
)
def test_page_is_told_by_its_beginning(start: bytes, is_page: bool) -> None:
    """A tag, after white space and a byte order mark."""
    assert looks_like_html(start) is is_page


def test_values_of_one_header_are_one_list() -> None:
    """As RFC 9110 reads several lines of one name."""
    headers = (("A", "1"), ("B", "2"), ("a", "3"))
    assert [header_of(headers, name) for name in ("a", "b", "c")] == ["1, 3", "2", ""]


RULES = b"User-agent: *\nDisallow: /x\n" * 100


@pytest.mark.parametrize(
    ("body", "coding", "start"),
    [
        (RULES, "", RULES[:99]),
        (gz(RULES), "gzip", RULES[:99]),
        (gz(RULES)[:-20], "x-gzip", RULES[:99]),
        (gz_blanks(400), "gzip", b" " * 99),
        (raw_deflate(RULES), "deflate", RULES[:99]),
        (b"", "gzip", b""),
    ],
    ids=["plain", "gzip", "breaks-off", "bomb", "deflate", "empty"],
)
def test_start_of_a_body_is_had_though_the_rest_is_missing_or_endless(body: bytes, coding: str, start: bytes) -> None:
    """As of a robots.txt, of which only so much is read."""
    assert content_start(body, coding, 99) == start


def test_start_of_a_body_that_is_not_what_is_said_says_why() -> None:
    """There is nothing to read."""
    with pytest.raises(CodingError, match="broken gzip body"):
        content_start(b"no gzip at all", "gzip", 99)
