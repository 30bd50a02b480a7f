"""Saved folders: odd names, files that are no pages, links and permissions."""

from collections.abc import Iterator
from dataclasses import replace

from kinds_folders import saved
from kinds_making import BASE, HOST, PATH, Case, page


def names_in_gbk() -> Iterator[Case]:
    """Names in GBK and in UTF-8."""
    two = page(2)
    gbk, utf8 = "年鉴.html".encode("gbk"), "%E5%B9%B4%E9%89%B4.html"
    yield saved(
        "name-gbk",
        {gbk: two},
        {BASE + utf8: two},
        "The bytes are GBK for 年鉴; browsers send a path in UTF-8 (WHATWG URL), so links to it resolve to this.",
    )
    yield saved("name-utf8", {"年鉴.html".encode(): two}, {BASE + utf8: two}, "As GBK, nothing to guess.")
    yield saved("dir-gbk", {"年鉴/a.html".encode("gbk"): two}, {BASE + utf8[:-5] + "/a.html": two}, "Folders as files.")
    yield saved(
        "name-gbk-5c",
        {"誠.html".encode("gbk"): two},
        {BASE + "%E8%AA%A0.html": two},
        "The second byte of 誠 in GBK is the backslash: no separator.",
    )
    query = f"{BASE}show.asp?name=%C4%EA%BC%F8 {BASE}show.asp?name=%E5%B9%B4%E9%89%B4"
    yield saved(
        "query-gbk",
        {b"show.asp?name=" + "年鉴".encode("gbk"): two},
        {query: two},
        "A query goes in the page's encoding (WHATWG URL), so GBK stays; UTF-8 is defensible.",
    )


def odd_names() -> Iterator[Case]:
    """Names in no encoding, with blanks and signs, of folders that look like files."""
    two = page(2)
    yield saved(
        "name-no-encoding",
        {b"\xff\xfe\xff.html": two},
        {BASE + "%FF%FE%FF.html": two},
        "Bytes in no encoding are percent-encoded as they are: the page is not lost.",
    )
    for name, file, tail in (
        ("blank", "a b.html", "a%20b.html"),
        ("hash", "a#b.html", "a%23b.html"),
        ("percent", "100%.html", "100%25.html"),
    ):
        yield saved(
            "name-" + name, {file: two}, {BASE + tail: two}, "RFC 3986, 2.4: encoded, not cut or read as a sign."
        )
    yield saved(
        "dir-like-file",
        {"index.html/a.html": two},
        {BASE + "index.html/a.html": two},
        "A folder may be called like a file.",
    )


def left_out() -> Iterator[Case]:
    """Files of the desktop."""
    double = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(60)
    yield saved(
        "appledouble",
        {"._x.html": double},
        {},
        "RFC 1740 AppleDouble: macOS's notes on a file, no page.",
        named=("._x.html",),
        exit_also=(1,),
    )
    for file, body in {
        ".DS_Store": b"\0\0\0\1Bud1" + bytes(50),
        "Thumbs.db": b"\xd0\xcf\x11\xe0" + bytes(50),
        "desktop.ini": b"[.ShellClassInfo]\r\n",
    }.items():
        yield saved("left-" + file, {file: body}, {}, "The desktop's own file: left out, no loss.")


def empty_files() -> Iterator[Case]:
    """Files without a byte."""
    yield saved(
        "empty",
        {"empty.html": b""},
        {},
        "A save that failed: no byte, no page.",
        named=("empty.html",),
        exit=1,
        exit_also=(0,),
    )
    yield Case(
        "G-empty-only",
        "Nothing could be brought in.",
        {f"site/{HOST}{PATH}empty.html": b""},
        args=("site",),
        named=("empty.html",),
        exit=2,
    )


def binary_files() -> Iterator[Case]:
    """Files that hold something else than their names say."""
    for name, body in {
        "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "exe": b"MZ\x90\0" + bytes(range(256)) * 4,
    }.items():
        yield saved(
            "binary-" + name,
            {"x.html": body},
            {},
            "The content is no HTML, whatever the name says.",
            named=("x.html",),
            exit=1,
            exit_also=(0,),
        )


def links_outside() -> Iterator[Case]:
    """Symbolic links that lead outside, or nowhere."""
    here = f"site/{HOST}{PATH}"
    soft = {"exit": 1, "exit_also": (0,)}
    outside = "A link that leaves the folder is not followed: what is outside was not given."
    up = "../../../../../"  # from `here` to beside `site`
    yield replace(
        saved(
            "link-out", {}, {}, outside, named=("out.html",), links={here + "out.html": up + "secret/s.html"}, **soft
        ),
        files={here + "userobject1ai1.html": page(1), "secret/s.html": page(9)},
    )
    yield replace(
        saved("link-out-folder", {}, {}, outside, named=("out",), links={here + "out": up + "secret"}, **soft),
        files={here + "userobject1ai1.html": page(1), "secret/s.html": page(9)},
    )
    yield saved(
        "link-broken",
        {},
        {},
        "It leads nowhere: named.",
        named=("gone.html",),
        links={here + "gone.html": "none.html"},
        **soft,
    )


def links_and_rights() -> Iterator[Case]:
    """Symbolic links that lead inside, and files that may not be read."""
    here = f"site/{HOST}{PATH}"
    soft = {"exit": 1, "exit_also": (0,)}
    yield saved(
        "link-loop",
        {},
        {},
        "A link to a folder above must not be followed for ever.",
        links={here + "loop": ".."},
        exit_also=(1,),
    )
    yield saved(
        "link-inside",
        {},
        {},
        "The same page under a second name: held, or named.",
        named=("again.html",),
        links={here + "again.html": "userobject1ai1.html"},
        instead={BASE + "again.html": page(1)},
        **soft,
    )
    rights = "A file that may not be read is a loss, named; the rest comes."
    yield saved("no-right-file", {"x.html": page(2)}, {}, rights, named=("x.html",), exit=1, modes={here + "x.html": 0})
    yield saved(
        "no-right-folder", {"closed/x.html": page(2)}, {}, rights, named=("closed",), exit=1, modes={here + "closed": 0}
    )


CASES = (
    *names_in_gbk(),
    *odd_names(),
    *left_out(),
    *empty_files(),
    *binary_files(),
    *links_outside(),
    *links_and_rights(),
)
