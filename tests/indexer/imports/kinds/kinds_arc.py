"""ARC files."""

from collections.abc import Iterator

from kinds_making import BASE, HOST, Case, by, flip, gz, http, page, pages, url

V1 = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
V2 = (
    b"2 0 InternetArchive\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename "
    b"Archive-length\n"
)


def arc_head(version: bytes = V1) -> bytes:
    """Make the record that opens an ARC file."""
    rest = b" 200 - - 0 x.arc" if version == V2 else b""
    return b"filedesc://x.arc 0.0.0.0 20010101000000 text/plain%b %d\n%b\n" % (rest, len(version), version)


def arc_record(n: int, block: bytes | None = None, size: int | str | None = None, line: str = "", end=b"\n") -> bytes:
    """`line`: the header line, where {url} and {size} are put in."""
    block = http(page(n)) if block is None else block
    line = line or "{url} 10.0.0.1 20010926085547 text/html {size}"
    return line.format(url=url(n), size=len(block) if size is None else size).encode() + b"\n" + block + end


ARC2 = len(arc_head() + arc_record(1))


def arc(name: str, second: bytes, why: str, **more) -> Case:
    """Put an ARC record between two good ones."""
    data = arc_head() + arc_record(1) + second + arc_record(3)
    return Case("E-" + name, why, {"x.arc": data}, **{"pages": pages(1, 2, 3)} | more)


def arcs() -> Iterator[Case]:
    """ARC files of version 1."""
    yield Case(
        "E-v1-http",
        "ARC 1: one line of five fields, then the answer with its header.",
        {"x.arc": arc_head() + b"".join(map(arc_record, (1, 2, 3)))},
        pages=pages(1, 2, 3),
    )
    bare = b"".join(arc_record(n, page(n)) for n in (1, 2, 3))
    yield Case(
        "E-v1-bare",
        "Early ARC files hold pages without HTTP header.",
        {"x.arc": arc_head() + bare},
        pages=pages(1, 2, 3),
    )


def arcs_of_version_2() -> Iterator[Case]:
    """ARC files of version 2."""
    ten = "{url} 10.0.0.1 20010926085547 text/html 200 - - 0 x.arc {size}"
    yield Case(
        "E-v2",
        "ARC 2: ten fields, named by the file's own third line; the length is the last.",
        {"x.arc": arc_head(V2) + b"".join(arc_record(n, line=ten) for n in (1, 2, 3))},
        pages=pages(1, 2, 3),
        dates={url(1): "2001-09-26T08:55:47"},
    )
    gone = "{url} 10.0.0.1 20010926085547 text/html 404 - - 0 x.arc {size}"
    yield Case(
        "E-v2-404",
        "The result code stands in the header line.",
        {"x.arc": arc_head(V2) + arc_record(1, page(1), line=ten) + arc_record(2, page(2), line=gone)},
        pages=pages(1),
        named=(by(2),),
    )


def packed_arcs() -> Iterator[Case]:
    """ARC files in gzip."""
    members = [gz(arc_head()), *(gz(arc_record(n)) for n in (1, 2, 3))]
    yield Case(
        "E-gz",
        "The Internet Archive's form: a member per record.",
        {"x.arc.gz": b"".join(members)},
        pages=pages(1, 2, 3),
    )
    yield Case(
        "E-gz-whole-file",
        "One member unpacks to the same file.",
        {"x.arc.gz": gz(arc_head() + arc_record(1) + arc_record(2))},
        pages=pages(1, 2),
    )
    members[2] = flip(members[2], 40)
    yield Case(
        "E-gz-flip",
        "As in WARC.",
        {"x.arc.gz": b"".join(members)},
        pages=pages(1, 3),
        named=(by(2, len(members[0] + members[1])),),
        exit=1,
    )


def arc_lines() -> Iterator[Case]:
    """Lines that open an ARC record, oddly written."""
    spaced = arc_record(2, line="{url} 10.0.0.1 20010926085547 text/html {size}".replace("{url}", BASE + "a b c.html"))
    yield arc(
        "url-spaces",
        spaced,
        "Four fields end the line; all before them is the URL.",
        pages=pages(1, 3) | {BASE + "a%20b%20c.html": page(2)},
    )
    charset = "{url} 10.0.0.1 20010926085547 text/html; charset=gb2312 {size}"
    yield arc(
        "type-spaces", arc_record(2, line=charset), "IP and date show where the URL ends, whatever the type holds."
    )
    yield arc("no-type", arc_record(2, line="{url} 10.0.0.1 20010926085547 no-type {size}"), "Crawlers wrote no-type.")
    yield arc("crlf", arc_record(2).replace(b"\n", b"\r\n", 1), "A header line that ends in CR LF.")
    yield arc("two-newlines", arc_record(2, end=b"\n\n\n"), "Blank lines between records hide nothing.")


def arc_others() -> Iterator[Case]:
    """ARC records that hold no page, have no date or no length."""
    yield arc(
        "dns",
        arc_record(
            2, b"20010926085547\nx 60 IN A 10.0.0.1\n", line="dns:" + HOST + " 10.0.0.1 20010926085547 text/dns {size}"
        ),
        "A dns: record is no page.",
        pages=pages(1, 3),
    )
    loss = {"pages": pages(1, 3), "named": (by(2, ARC2),), "exit": 1}
    yield arc("date-bad", arc_record(2, line="{url} 10.0.0.1 20011399999999 text/html {size}"), "No such day.", **loss)
    for name, size in {"word": "many", "negative": -5}.items():
        yield arc(
            "length-" + name,
            arc_record(2, size=size),
            "The next record is found by its header line.",
            instead=pages(2),
            **loss,
        )


def arc_lengths() -> Iterator[Case]:
    """Lengths of ARC records that are a byte off."""
    true = len(http(page(2)))
    yield arc(
        "length-plus-1",
        arc_record(2, size=true + 1),
        "The newline after the block was counted: nothing is lost.",
        also={url(2): page(2) + b"\n"},
        exit_also=(1,),
    )
    yield arc(
        "length-plus-1-bare",
        arc_record(2, page(2), size=len(page(2)) + 1),
        "As with HTTP header.",
        also={url(2): page(2) + b"\n"},
        exit_also=(1,),
    )
    left = ARC2 + len(arc_record(2)) - 2
    yield arc(
        "length-minus-1",
        arc_record(2, size=true - 1),
        "The last byte is left over: read whole, or named.",
        pages=pages(1, 3),
        named=(by(2, ARC2, left),),
        exit=1,
        instead=pages(2),
        also={url(2): page(2)[:-1]},
    )


def arc_ends() -> Iterator[Case]:
    """ARC records that end too early or too late."""
    yield arc(
        "length-past-end",
        arc_record(2, size=10**6),
        "A length that swallows the rest must not take record 3 along.",
        pages=pages(1, 3),
        named=(by(2, ARC2),),
        exit=1,
        instead=pages(2),
    )
    yield arc(
        "length-no-newline", arc_record(2, end=b""), "The length says where the next record starts.", exit_also=(1,)
    )
    whole = arc_head() + arc_record(1) + arc_record(2)
    yield Case("E-no-final-newline", "Only the separator is missing.", {"x.arc": whole[:-1]}, pages=pages(1, 2))
    yield Case(
        "E-cut",
        "The whole records come, the last is named.",
        {"x.arc": whole[:-100]},
        pages=pages(1),
        named=(by(2, ARC2),),
        exit=1,
    )


def arc_without_head() -> Iterator[Case]:
    """ARC records without the line of the file."""
    yield Case(
        "E-no-filedesc",
        "Cut out of an ARC by hand: the header lines say enough, or the file is named.",
        {"x.arc": arc_record(1) + arc_record(2)},
        named=("x.arc",),
        exit=2,
        instead=pages(1, 2),
    )


CASES = (
    *arcs(),
    *arcs_of_version_2(),
    *packed_arcs(),
    *arc_lines(),
    *arc_others(),
    *arc_lengths(),
    *arc_ends(),
    *arc_without_head(),
)
