"""WARC records whose dates, status lines, HTTP headers or URIs are odd."""

from collections.abc import Iterator

from kinds_making import AT2, BASE, CRLF, HOST, PATH, Case, bad, by, good, gz, http, page, pages, record, url


def missing_dates() -> Iterator[Case]:
    """Records of pages without WARC-Date."""
    undated = {"WARC-Date": None}
    shall = "WARC 1.1, 5.4: every record shall have a WARC-Date; without one the capture has no time"
    yield Case(
        "A-date-missing-first",
        shall + ", so it is skipped and the rest read.",
        {"x.warc": record(1, edit=undated) + record(2)},
        pages=pages(2),
        named=(by(1),),
        exit=1,
    )
    yield Case(
        "A-date-missing-gz",
        shall + "; in gzip the offset is the member's.",
        {"x.warc.gz": gz(record(1)) + gz(record(2, edit=undated)) + gz(record(3))},
        pages=pages(1, 3),
        named=(by(2, len(gz(record(1)))),),
        exit=1,
    )
    yield Case(
        "A-date-missing-only",
        shall + ": nothing could be brought in.",
        {"x.warc": record(1, edit=undated)},
        named=(by(1) + "|x.warc",),
        exit=2,
    )


def dateless_others() -> Iterator[Case]:
    """A record without WARC-Date that holds no page, and an empty one."""
    info = record(
        9,
        b"software: x\r\n",
        {
            "WARC-Type": "warcinfo",
            "WARC-Target-URI": None,
            "WARC-Date": None,
            "Content-Type": "application/warc-fields",
        },
    )
    yield Case(
        "A-date-missing-warcinfo",
        "A warcinfo holds no page: nothing is lost with it.",
        {"x.warc": info + record(1)},
        pages=pages(1),
        exit_also=(1,),
    )
    yield bad("A-date-empty", record(2, edit={"WARC-Date": ""}), "An empty date is no date.")


def odd_dates() -> Iterator[Case]:
    """Dates in every form that can be read."""
    readable = {
        "day": ("2006-05-01", "2006-05-01", "W3CDTF (WARC 1.1, 5.4) allows the day alone."),
        "month": ("2006-05", "2006-05", "W3CDTF allows year and month."),
        "year": ("2006", "2006", "W3CDTF allows the year alone."),
        "minutes": ("2006-05-01T08:30Z", "2006-05-01T08:30", "W3CDTF allows a time without seconds."),
        "14-digits": ("20060501083000", "2006-05-01T08:30:00", "ARC's and CDX's form: only one reading is possible."),
        "fraction": ("2006-05-01T08:30:00.123456789Z", "2006-05-01T08:30:00", "WARC 1.1: 1 to 9 digits of a second."),
        "offset": (
            "2006-05-01T08:30:00+08:00",
            "2006-05-01T00:30:00",
            "W3CDTF has offsets; WARC keeps UTC, so convert.",
        ),
        "offset-before": ("2006-05-01T07:00:00+08:00", "2006-04-30T23:00:00", "In UTC it is still the day before."),
        "no-zone": ("2006-05-01T08:30:00", "2006-05-01T08:30:00", "WARC dates are UTC, with or without Z."),
        "small-letters": ("2006-05-01t08:30:00z", "2006-05-01T08:30:00", "RFC 3339, 5.6 allows t and z."),
        "blank": ("2006-05-01 08:30:00", "2006-05-01T08:30:00", "RFC 3339, 5.6: a space may stand for T."),
        "leap-second": ("2005-12-31T23:59:60Z", "200", "2005 had this leap second (RFC 3339, appendix D)."),
    }
    for name, (date, kept, why) in readable.items():
        yield good(
            "A-date-" + name, record(2, edit={"WARC-Date": date}, version=b"WARC/1.1"), why, dates={url(2): kept}
        )


def no_dates() -> Iterator[Case]:
    """Dates of days that do not exist."""
    for name, date in {
        "month-13": "2006-13-45T00:00:00Z",
        "day-13-45": "2006-13-45",
        "feb-30": "2006-02-30T00:00:00Z",
        "zero": "0000-00-00T00:00:00Z",
        "words": "Mon, 1 Mai",
    }.items():
        yield bad("A-date-bad-" + name, record(2, edit={"WARC-Date": date}), "There is no such day: no time.")


def statuses() -> Iterator[Case]:
    """Status lines as servers and writers of WARC files wrote them."""
    readable = {
        "no-reason": (b"HTTP/1.1 200", "RFC 9112, 4: the reason may be absent; clients ignore it."),
        "no-reason-blank": (b"HTTP/1.1 200 ", "RFC 9112, 4: this is the form of an empty reason."),
        "http2": (b"HTTP/2 200", "Browser-made WARCs write HTTP/2 into the status line (curl prints it so)."),
        "http2.0": (b"HTTP/2.0 200 OK", "As before, in the form with a minor version."),
        "icy": (b"ICY 200 OK", "The status line of Shoutcast; clients take ICY for HTTP/1.0."),
        "small-letters": (b"http/1.1 200 ok", "Only one reading is possible."),
        "gbk-reason": ("HTTP/1.1 200 成功".encode("gbk"), "RFC 9112, 4: a reason may hold obs-text."),
        "two-blanks": (b"HTTP/1.1  200  OK", "RFC 9112, 4: a lenient reader splits at white space."),
    }
    for name, (line, why) in readable.items():
        yield good("A-status-" + name, record(2, http(page(2), status=line)), why)
    yield bad(
        "A-status-abc",
        record(2, http(page(2), status=b"HTTP/1.1 abc OK")),
        "RFC 9110, 15: an invalid status counts as 5xx, so whether this is the page is unknown.",
        instead=pages(2),
    )
    yield good(
        "A-status-404",
        record(2, http(page(2), status=b"HTTP/1.1 404 Not Found")),
        "A 404 answer is reported, and is no loss.",
        pages=pages(1, 3),
        named=(by(2, AT2),),
    )


def no_http_header() -> Iterator[Case]:
    """Blocks without an HTTP header."""
    yield good(
        "A-http-none",
        record(2, page(2)),
        "HTTP/0.9 answers have no header (RFC 1945, 6); the block is HTML as it stands.",
    )
    yield good(
        "A-http-none-resource",
        record(2, page(2), {"WARC-Type": "resource", "Content-Type": "text/html"}),
        "WARC 1.1, 6.4: the block of a resource is the page itself.",
    )
    yield good(
        "A-http-type-missing",
        record(2, edit={"Content-Type": None}),
        "WARC 1.1, 5.6: without Content-Type a reader looks at the content, which begins HTTP/.",
    )


def odd_http_headers() -> Iterator[Case]:
    """HTTP headers that are not whole."""
    headless = b"Content-Type: text/html\r\n\r\n" + page(2)
    yield good(
        "A-http-no-status-line",
        record(2, headless),
        "Header fields without a status line: the page follows them.",
        also={url(2): headless},
    )
    yield good(
        "A-http-leading-blank",
        record(2, CRLF + http(page(2))),
        "A blank line before the status line comes from the answer before (RFC 9112, 2.2, for requests).",
    )
    yield bad(
        "A-http-header-only",
        record(2, b"HTTP/1.1 200 OK\r\nContent-Type: text/ht"),
        "The header breaks off: there is no body.",
    )
    yield bad("A-http-empty-block", record(2, b""), "An answer without a byte holds no page.", exit_also=(0,))


def uris() -> Iterator[Case]:
    """Target URIs that are missing or no URL."""
    yield bad(
        "A-uri-missing",
        record(2, edit={"WARC-Target-URI": None}),
        named=(str(AT2),),
        why="WARC 1.1, 5.14: a response shall have one; without it only the offset names the record.",
    )
    yield bad("A-uri-empty", record(2, edit={"WARC-Target-URI": ""}), "An empty URI names nothing.", named=(str(AT2),))
    yield bad(
        "A-uri-relative",
        record(2, edit={"WARC-Target-URI": PATH + "userobject1ai2.html"}),
        "RFC 3986, 4.3: without a scheme and base it names no page.",
    )
    yield bad(
        "A-uri-port-word",
        record(2, edit={"WARC-Target-URI": f"http://{HOST}:port{PATH}userobject1ai2.html"}),
        "RFC 3986, 3.2.3: a port is digits; the URL standard fails here too.",
    )


def odd_uris() -> Iterator[Case]:
    """Target URIs that are oddly written."""
    yield good(
        "A-uri-angle",
        record(2, edit={"WARC-Target-URI": f"<{url(2)}>"}),
        "WARC 1.0's grammar has <uri>, wget writes it; WARC 1.1 (note to 5.14): readers remove it.",
    )
    yield good(
        "A-uri-blanks",
        record(2, edit={"WARC-Target-URI": f"  {url(2)} \t"}),
        "WARC 1.1, 4: white space round a value means nothing.",
    )
    gbk = "年鉴".encode("gbk").decode("utf-8", "surrogateescape")
    forms = f"{BASE}%C4%EA%BC%F8.html {BASE}%E5%B9%B4%E9%89%B4.html"
    yield good(
        "A-uri-raw-gbk",
        record(2, edit={"WARC-Target-URI": f"{BASE}{gbk}.html"}),
        "Bytes outside ASCII are percent-encoded, either as they stand or as browsers send the characters.",
        pages=pages(1, 3) | {forms: page(2)},
    )
    dns = record(
        9,
        b"20060501000000\nnianjian.cangpu.example. 60 IN A 10.0.0.1\n",
        {"WARC-Target-URI": "dns:" + HOST, "Content-Type": "text/dns"},
    )
    yield good("A-uri-dns", dns, "Heritrix writes a dns: response before each host; it is no page.", pages=pages(1, 3))


CASES = (
    *missing_dates(),
    *dateless_others(),
    *odd_dates(),
    *no_dates(),
    *statuses(),
    *no_http_header(),
    *odd_http_headers(),
    *uris(),
    *odd_uris(),
)
