"""Saved folders: names that stand for URLs."""

import os
from collections.abc import Iterator

from kinds_making import BASE, HOST, PATH, Case, page, pages, text, url
from kinds_packing import inside


def saved(name: str, files: dict[str | bytes, bytes], urls: dict[str, bytes], why: str, **more) -> Case:
    """A folder `site` with page 1 and these files beside it; `urls` are what they must become."""
    below = {b"site/" + inside(path): body for path, body in files.items()}
    readable = {os.fsdecode(path) if path.isascii() else path: body for path, body in below.items()}
    first = {f"site/{HOST}{PATH}userobject1ai1.html": page(1)}
    return Case("G-" + name, why, first | readable, **{"args": ("site",), "pages": pages(1) | urls} | more)


def query_names() -> Iterator[Case]:
    """Names that programs gave to pages with a query."""
    two = page(2)
    as_is = "wget keeps ? in the name on Unix (url.c, FN_QUERY_SEP)."
    table = {
        "query": ("show.asp?id=4", "show.asp?id=4", as_is),
        "query-two": ("show.asp?id=4&page=2", "show.asp?id=4&page=2", as_is),
        "query-at": ("show.asp@id=4", "show.asp?id=4", "wget on Windows writes @ for ? (url.c, FN_QUERY_SEP)."),
        "query-at-html": ("show.asp@id=4.html", "show.asp?id=4", "The same with -E."),
        "no-query-at": (
            "zhang@gonghui.html",
            "zhang@gonghui.html",
            "An @ without = after a dynamic name is a letter of the path.",
        ),
        "query-html": ("show.asp?id=3.html", "show.asp?id=3", "wget -E puts .html after the query."),
        "query-html-capital": ("show.php?id=3&x=y.html", "show.php?id=3&x=y", "wget -E puts .html after the query."),
        "query-escaped": ("show.asp%3Fid=4", "show.asp?id=4", "Other tools escape the ? that Windows forbids."),
    }
    for name, (file, tail, why) in table.items():
        urls = {f"{BASE}{tail} {BASE}{file}": two} if name == "query-escaped" else {BASE + tail: two}
        yield saved(name, {file: two}, urls, why)
    mirrored = f"<!-- Mirrored from {HOST}{PATH}show.asp?id=4 by HTTrack Website Copier/3.x [XR&CO'2014] -->\n".encode()
    yield saved(
        "httrack-comment",
        {"showa1b2.html": mirrored + two},
        {f"{BASE}show.asp?id=4 {BASE}showa1b2.html": mirrored + two},
        "HTTrack names a query by a hash and writes the URL into the page; the file's own name is defensible too.",
    )


def suffixes() -> Iterator[Case]:
    """Pages whatever their suffix, and files that are none."""
    why = "Whether a file is a page, its content says; servers of the time had all of these names."
    for name in ("index.php", "x.jsp", "x.aspx", "x.asp", "x.xhtml", "x.HTM", "x.Html", "x.shtml", "x.do", "about"):
        yield saved("suffix-" + name, {name: page(2)}, {BASE + name: page(2)}, why)
    wide = b"\xff\xfe" + text(2).encode("utf-16-le")
    yield saved(
        "utf-16", {"x.html": wide}, {BASE + "x.html": wide}, "HTML in UTF-16 is full of NUL, and no binary file."
    )
    nul = page(2).replace(b"\n", b"\n\0", 1)
    yield saved("one-nul", {"x.html": nul}, {BASE + "x.html": nul}, "One NUL makes no binary file.")
    upper = page(2).replace(b"<html>", b"\r\n\r\n<HTML>")
    yield saved(
        "no-suffix-blank", {"about": upper}, {BASE + "about": upper}, "WHATWG sniffing skips white space before <HTML."
    )
    yield saved("picture", {"x.gif": b"GIF89a\x01\0\x01\0\0\0\0;"}, {}, "A picture is left out: no loss.")


def hosts() -> Iterator[Case]:
    """Folders named like a host."""
    why = {"+": "wget on Windows writes + for the : of a port.", ":": "wget on Unix keeps host:port."}
    for name, sign in {"plus": "+", "colon": ":"}.items():
        yield Case(
            "G-host-" + name,
            why[sign],
            {f"site/{HOST}{sign}8080{PATH}userobject1ai1.html": page(1)},
            args=("site",),
            pages={url(1).replace(HOST, HOST + ":8080"): page(1)},
        )
    yield Case(
        "G-host-capital",
        "A host has no case (RFC 3986, 6.2.2.1).",
        {f"site/{HOST.upper()}{PATH}userobject1ai1.html": page(1)},
        args=("site",),
        pages=pages(1),
    )
    yield Case(
        "G-host-port-80",
        "Port 80 is http's own.",
        {f"site/{HOST}+80{PATH}userobject1ai1.html": page(1)},
        args=("site",),
        pages=pages(1),
    )


def whole_hosts() -> Iterator[Case]:
    """A folder of a host given by itself, and one of HTTrack."""
    yield Case(
        "G-host-itself",
        "The host's folder may be given itself.",
        {f"{HOST}{PATH}userobject1ai1.html": page(1)},
        pages=pages(1),
    )
    log = {
        "site/hts-log.txt": b"HTTrack launched\n",
        "site/cookies.txt": b"",
        "site/hts-cache/new.txt": b"date\tsize\n",
    }
    yield Case(
        "G-httrack-project",
        "HTTrack's own files are no pages of the site.",
        {f"site/{HOST}{PATH}userobject1ai1.html": page(1)} | log,
        args=("site",),
        pages=pages(1),
        exit_also=(1,),
    )


CASES = (
    *query_names(),
    *suffixes(),
    *hosts(),
    *whole_hosts(),
)
