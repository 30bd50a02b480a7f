"""WARC records of odd types and versions, with odd lines and line ends."""

from collections.abc import Iterator

from kinds_making import Case, bad, good, gz, http, page, pages, record, url


def types() -> Iterator[Case]:
    """Record types that are missing, unknown or hold no page."""
    yield good(
        "A-type-unknown",
        record(2, edit={"WARC-Type": "fnord"}),
        pages=pages(1, 3),
        exit_also=(1,),
        why="WARC 1.1, 5.5: software shall ignore records of unrecognised type.",
    )
    yield good("A-type-capital", record(2, edit={"WARC-Type": "Response"}), "Only one reading is possible.")
    yield bad(
        "A-type-missing",
        record(2, edit={"WARC-Type": None}),
        "WARC 1.1, 5.5: every record shall have a type.",
        instead=pages(2),
    )
    request = record(
        9,
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        {"WARC-Type": "request", "Content-Type": "application/http; msgtype=request"},
    )
    yield good("A-type-request", request, "Requests and metadata are no pages.", pages=pages(1, 3))


def segments() -> Iterator[Case]:
    """A page in segments."""
    block = http(page(2))
    first = record(2, block[:300], {"WARC-Segment-Number": "1"})
    more = record(
        22,
        block[300:],
        {
            "WARC-Type": "continuation",
            "WARC-Target-URI": url(2),
            "Content-Type": None,
            "WARC-Segment-Number": "2",
            "WARC-Segment-Total-Length": str(len(block)),
            "WARC-Segment-Origin-ID": "<urn:uuid:00000000-0000-0000-0000-000000000002>",
        },
    )
    yield bad(
        "A-type-segments",
        first + more,
        instead=pages(2),
        why="WARC 1.1, 7: a page in segments is joined, or named; never held cut short without a word.",
    )


def header_lines() -> Iterator[Case]:
    """Header lines that are folded, oddly written or none."""
    fold = "WARC 1.1, 4: a line that starts with a blank or tab goes on with the field before."
    yield good("A-fold-uri", record(2, edit={"WARC-Target-URI": "\r\n " + url(2)}), fold)
    yield good("A-fold-tab", record(2, edit={"Content-Type": "application/http;\r\n\tmsgtype=response"}), fold)
    yield good(
        "A-fold-trap",
        record(2, edit={"X-Note": "a\r\n Content-Length: 5\r\n WARC-Type: request"}),
        fold + " What looks like a field in it is none.",
    )
    folded = http(page(2), b"X-Note: a\r\n Content-Encoding: gzip")
    yield good("A-fold-http", record(2, folded), "RFC 9112, 5.2: a client takes obs-fold in an answer for blanks.")
    yield good(
        "A-name-case",
        record(2).replace(b"WARC-T", b"warc-t").replace(b"Content-Length", b"CONTENT-LENGTH"),
        "WARC 1.1, 4: field names have no case.",
    )
    yield good(
        "A-name-no-blank",
        record(2).replace(b"WARC-Date: ", b"WARC-Date:"),
        "WARC 1.1, 4: the blank after the colon is only preferred.",
    )
    yield good(
        "A-line-without-colon",
        record(2).replace(b"WARC-Date", b"what is this\r\nWARC-Date"),
        "One line that is no field spoils no record.",
    )


def line_ends() -> Iterator[Case]:
    """Lines that end in LF alone."""
    why = "Tools of the time wrote LF; the record can be read, so it is."
    data = b"".join(record(n, http(page(n), eol=b"\n"), eol=b"\n") for n in (1, 2, 3))
    yield Case("A-lf-all", why, {"x.warc": data}, pages=pages(1, 2, 3))
    yield good("A-lf-header", record(2, eol=b"\n"), why)
    yield good("A-lf-http", record(2, http(page(2), eol=b"\n")), why + " RFC 9112, 2.2 lets a reader take LF alone.")
    mixed = http(page(2)).replace(b"OK\r\n", b"OK\n")
    yield good("A-lf-mixed", record(2, mixed), why)
    yield Case(
        "A-lf-gz", why, {"x.warc.gz": b"".join(gz(record(n, eol=b"\n")) for n in (1, 2, 3))}, pages=pages(1, 2, 3)
    )


def versions() -> Iterator[Case]:
    """Versions of WARC."""
    why = "These versions have the same header lines as WARC/1.0."
    for version in ("0.17", "0.18", "1.1"):
        data = b"".join(record(n, version=f"WARC/{version}".encode()) for n in (1, 2, 3))
        yield Case("A-version-" + version, why, {"x.warc": data}, pages=pages(1, 2, 3))
    yield good("A-version-mixed", record(2, version=b"WARC/0.18"), why + " They may stand in one file.")
    yield bad(
        "A-version-2.0", record(2, version=b"WARC/2.0"), "Nobody knows what this version will mean.", instead=pages(2)
    )


CASES = (
    *types(),
    *segments(),
    *header_lines(),
    *line_ends(),
    *versions(),
)
