"""A stream is cut into records by what they say of themselves, as far as that can be believed."""

from collections.abc import Iterator

import pytest
from kinds_arc import arc_head, arc_record
from kinds_making import CRLF, flip, http, page, record, url
from kinds_packing import b32

from indexer.warc.cutting import MAX_CONTENT, ArcFields, Block, Gap, arc_fields, cut, opens
from indexer.warc.feeding import PIECE, Feed
from indexer.warc.members import BadMember


def fed(data: bytes, size: int = PIECE) -> Feed:
    """Feed bytes in pieces."""
    pieces: Iterator[bytes] = iter([data[at : at + size] for at in range(0, len(data), size)])
    return Feed(lambda: next(pieces, b""))


def cut_up(data: bytes, size: int = PIECE) -> list[tuple[int, int, str]]:
    """Cut bytes up; give where each piece lies, and its content's end or why it is none."""
    found = []
    for each in cut(fed(data, size)):
        said = each.why if isinstance(each, Gap) else each.fault or f"{len(each.content)} bytes"
        found.append((each.start, each.end, said))
    return found


def fine(at: int, n: int, short: int = 4) -> tuple[int, int, str]:
    """Where a good record lies; the line ends after it are none of it."""
    return at, at + len(record(n)) - short, f"{len(http(page(n)))} bytes"


@pytest.mark.parametrize("size", [1, 7, 1000, PIECE])
def test_records_are_cut_whatever_pieces_they_come_in(size: int) -> None:
    """WARC and ARC, in one stream."""
    data = record(1) + arc_record(2) + record(3)
    found = cut_up(data, size)
    assert (found[0], found[2]) == (fine(0, 1), fine(len(record(1) + arc_record(2)), 3))
    assert found[1][2] == fine(0, 2)[2]


@pytest.mark.parametrize("off", range(-20, 21))
def test_record_is_found_wherever_it_begins(off: int) -> None:
    """Also across the end of what is looked through at once, and in the middle of a line."""
    junk = b"j" * (PIECE + off)
    for start in (record(1), arc_record(1)):
        assert cut_up(junk + start)[0] == (0, len(junk), "no record begins here")


@pytest.mark.parametrize(
    ("between", "gaps"),
    [
        (b"", []),
        (CRLF * 1000, []),
        (bytes(1023), []),
        (CRLF + bytes(500) + CRLF + bytes(500), []),
        (bytes(1024), [(0, 1024)]),
        (bytes(200_000), [(0, 200_000)]),
        (b"\0" + b"x" * 9, [(1, 10)]),
    ],
)
def test_padding_between_records_is_none_of_them(between: bytes, gaps: list[tuple[int, int]]) -> None:
    """Line ends and some zeros; many zeros may have been a record."""
    at = len(record(1)) - 4
    found = cut_up(record(1)[:-4] + between + record(2))
    assert found[0] == fine(0, 1)
    assert [(start - at, end - at) for start, end, why in found[1:-1]] == gaps
    assert found[-1] == fine(at + len(between), 2)


def test_zeros_that_end_with_a_piece_are_padding_all_the_same() -> None:
    """Nothing depends on how the bytes come."""
    data = record(1) + bytes(700) + record(2)
    for size in range(len(record(1)), len(record(1)) + 701, 50):
        assert cut_up(data, size) == [fine(0, 1), fine(len(record(1)) + 700, 2)], size


def test_patience_ends_where_no_record_comes() -> None:
    """Bytes without a record are looked through up to a limit, where there is one."""
    junk = b"x" * (5 * PIECE)
    assert [type(each) for each in cut(fed(junk + record(1)))] == [Gap, Block]
    assert [type(each) for each in cut(fed(junk + record(1)), 6 * PIECE)] == [Gap, Block]
    with pytest.raises(BadMember, match="no record in 131,072 bytes"):
        list(cut(fed(junk + record(1)), 2 * PIECE))


@pytest.mark.parametrize("off", [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5])
def test_length_a_few_bytes_off_is_mended(off: int) -> None:
    """Writers counted the line end, or forgot one; five bytes of the content are no slip."""
    true = len(http(page(1)))
    data = arc_record(1, size=true + off) + arc_record(2)
    first, *_, last = (each for each in cut(fed(data)) if isinstance(each, Block))
    right = http(page(1)) + (b"\n" if off > 0 else b"")
    assert (first.content == right, last.content) == (off > -5, http(page(2)))
    assert last.header.startswith(url(2).encode() + b" ")


def test_header_that_breaks_off_takes_no_record_along() -> None:
    """The first line of the next record ends it, where the blank line is missing."""
    head = b"WARC/1.0\r\nWARC-Type: response\r\n"
    assert cut_up(head + record(1)) == [(0, len(head), "no record begins here"), fine(len(head), 1)]


def test_header_may_be_long_but_not_endless() -> None:
    """Up to 64 KiB; what has no end by then is none."""
    long = record(1, edit={"X": "x" * 60_000})
    assert cut_up(long + record(2)) == [
        (0, len(long) - 4, fine(0, 1)[2]),
        fine(len(long), 2),
    ]
    endless = record(1, edit={"X": "x" * 70_000})
    assert cut_up(endless + record(2)) == [(0, len(endless), "no record begins here"), fine(len(endless), 2)]


def test_record_larger_than_any_page_is_passed_over() -> None:
    """It is not held; where it is only said to be, the next record is found."""
    large = record(1, bytes(MAX_CONTENT + 1))
    assert cut_up(large + record(2)) == [
        (0, len(large) - 4, f"it has {MAX_CONTENT + 1:,} bytes"),
        fine(len(large), 2),
    ]
    lying = record(1, edit={"Content-Length": str(10**9)})
    assert cut_up(lying + record(2)) == [
        (0, len(lying), "its length, 1,000,000,000 bytes, is wrong"),
        fine(len(lying), 2),
    ]
    alone = record(1, edit={"Content-Length": str(10**9)})
    missing = 10**9 - len(http(page(1))) - 4
    assert cut_up(alone) == [(0, len(alone), f"it breaks off {missing:,} bytes before its end")]


def test_page_that_quotes_records_is_whole_when_its_digest_says_so() -> None:
    """Without a digest what looks like swallowed records is taken for that, unless there is more behind them."""
    quoting = http(b"<pre>" + CRLF + record(7) + record(8))
    swallowed = (
        f"its length, {len(quoting):,} bytes, is wrong: the next record begins after {quoting.find(record(8)):,}"
    )
    for block, said in ((quoting, swallowed), (quoting + b"more", f"{len(quoting) + 4} bytes")):
        proved = record(1, block, {"WARC-Block-Digest": f"sha1:{b32('sha1', block)}"})
        assert cut_up(proved + record(2)) == [
            (0, len(proved) - 4, f"{len(block)} bytes"),
            fine(len(proved), 2),
        ]
        false = record(1, block, {"WARC-Block-Digest": f"sha1:{b32('sha1', flip(block, 5))}"})
        assert cut_up(false + record(2))[0][2] == said


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (b"http://a/ 1.2.3.4 20010101000000 text/html 12\n", (b"http://a/", b"text/html", 0, 12)),
        (b"http://a/ b 1.2.3.4 20010101 text/html; x 12\r\n", (b"http://a/ b", b"text/html;", 0, 12)),
        (b"http://a/ ::1 20010101000000 - 200 - - 0 x.arc 12\n", (b"http://a/", b"-", 200, 12)),
        (b"dns:a 1.2.3.4 20010101000000 text/dns many\n", (b"dns:a", b"text/dns", 0, None)),
        (b"http://a/ 1.2.3.4 20010101000000 text/html 12", None),
        (b"http://a/ 1.2.3.4 2001 text/html 12\n", None),
        (b"http://a/ host 20010101000000 text/html 12\n", None),
        (b"http://a/ 1.2.3.4 20010101000000 text/html " + b"9" * 16 + b"\n", None),
        (b"/a 1.2.3.4 20010101000000 text/html 12\n", None),
        (b"http://" + b"a" * 5000 + b" 1.2.3.4 20010101000000 text/html 12\n", None),
        (b"", None),
    ],
)
def test_line_of_an_arc_record_is_read(line: bytes, fields: tuple[bytes, bytes, int, int | None] | None) -> None:
    """Address and date show where the URL ends; what has not both is none."""
    found = arc_fields(line)
    assert (found and (found.url, found.content_type, found.status, found.length)) == fields
    assert (opens(CRLF + line), isinstance(found, ArcFields)) == (fields is not None,) * 2


def test_arc_file_begins_with_a_record_of_its_own() -> None:
    """Its version block is no page, and is cut as a record."""
    found = list(cut(fed(arc_head() + arc_record(1))))
    assert [each.header.split(b" ")[0] for each in found if isinstance(each, Block)] == [
        b"filedesc://x.arc",
        url(1).encode(),
    ]
