"""WARC records with wrong lengths, and what stands between records."""

from collections.abc import Iterator

from kinds_making import AT2, CRLF, Case, around, bad, by, good, gz, http, page, pages, record, url


def lengths() -> Iterator[Case]:
    """Lengths that are missing, or swallow what follows."""
    true = len(http(page(2)))
    for name, value in {"missing": None, "negative": "-5", "word": "many", "empty": "", "hex": "0x2A3"}.items():
        yield bad(
            "A-length-" + name,
            record(2, edit={"Content-Length": value}),
            "WARC 1.1, 5.3: mandatory, digits; the next record is found by its first line.",
            instead=pages(2),
        )
    for name, value in {
        "into-next": true + 100,
        "over-next": true + 4 + len(record(3)),
        "past-end": true + 10**6,
        "huge": 10**30,
    }.items():
        data = around(record(2, edit={"Content-Length": str(value)})) + record(4)
        yield Case(
            "A-length-" + name,
            "A length that swallows what follows must not take the next records along.",
            {"x.warc": data},
            pages=pages(1, 3, 4),
            named=(by(2, AT2),),
            exit=1,
            instead=pages(2),
        )


def short_lengths() -> Iterator[Case]:
    """Lengths that are too short, and one that a gzip member belies."""
    true = len(http(page(2)))
    for name, short in {"short": 20, "zero": true}.items():
        value = true - short
        rest = AT2 + len(record(2, edit={"Content-Length": str(value)})) - 4 - short
        yield bad(
            "A-length-" + name,
            record(2, edit={"Content-Length": str(value)}),
            "By the standard the block ends early; what follows it is no record and has to be named.",
            named=(by(2, AT2, rest),),
            instead=pages(2),
            also={url(2): page(2)[:-20]} if name == "short" else {},
        )
    members = [gz(record(1)), gz(record(2, edit={"Content-Length": str(true + 100)})), gz(record(3))]
    yield Case(
        "A-length-long-gz",
        "The member's end shows that the length is wrong.",
        {"x.warc.gz": b"".join(members)},
        pages=pages(1, 3),
        named=(by(2, len(members[0])),),
        exit=1,
        instead=pages(2),
    )


def blanks_between() -> Iterator[Case]:
    """What may stand between records and hides nothing."""
    for name, blank in {"one": CRLF, "ten": CRLF * 10, "lf": b"\n\n\n"}.items():
        yield good("A-blank-" + name, record(2) + blank, "Blank lines between records hide nothing.")
    yield Case(
        "A-blank-first",
        "Blank lines before the first record hide nothing.",
        {"x.warc": CRLF + CRLF + record(1)},
        pages=pages(1),
    )
    for name, left in {"none": 0, "half": 2}.items():
        yield good(
            "A-blank-" + name,
            record(2)[: len(record(2)) - 4 + left],
            exit_also=(1,),
            why="The length says where the block ends; that the two CRLF after it are missing loses nothing.",
        )
    quoted = b"<html><pre>\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://fake.example/\r\n\r\n</pre></html>"
    yield good(
        "A-warc-quoted",
        record(2, http(quoted)),
        "A page may quote a WARC header; the length rules.",
        pages=pages(1, 3) | {url(2): quoted},
    )
    yield good(
        "A-nul-padding",
        record(2) + bytes(512),
        "Padding with NUL, as tape and tar leave it, hides nothing.",
        exit_also=(1,),
    )


def junk_between() -> Iterator[Case]:
    """Bytes between records that are none."""
    at = len(record(1) + record(2))
    far = 65536 - 4 - at  # the next record starts four bytes before a buffer's end
    junk = {
        "text": b"junk junk junk\r\n",
        "binary": b"\xff\xfe\x00\x80" * 25,
        "word": b"see WARC/1.0 and WARC/1.1, the standard\r\nWARC/1.0 is good\r\n",
        "no-line-end": b"junk",
        "far": b"j" * (far - 2) + CRLF,
    }
    for name, bytes_ in junk.items():
        yield Case(
            "A-junk-" + name,
            "Bytes that are no record are named by offset; the next record is found.",
            {"x.warc": record(1) + record(2) + bytes_ + record(3)},
            pages=pages(1, 2, 3),
            named=(f"{at}|{at - 4}",),
            exit=1,
        )


def junk_around() -> Iterator[Case]:
    """Bytes before and behind records that are none."""
    yield Case(
        "A-junk-first", "As between records.", {"x.warc": b"junk\r\n" + record(1)}, pages=pages(1), named=("0",), exit=1
    )
    yield Case(
        "A-junk-last",
        "As between records.",
        {"x.warc": record(1) + b"junk\r\n"},
        pages=pages(1),
        named=(f"{AT2}|{AT2 - 4}",),
        exit=1,
    )


CASES = (
    *lengths(),
    *short_lengths(),
    *blanks_between(),
    *junk_between(),
    *junk_around(),
)
