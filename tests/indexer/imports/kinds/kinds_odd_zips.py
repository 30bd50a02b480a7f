"""Makes zips, WACZ files and folders with something wrong, at random."""

import json
from dataclasses import replace
from random import Random

from kinds_making import BASE, HOST, PATH, gz, page, record, url
from kinds_mutations import NUMBERS, WORDS, Input, odd_record, record_file, scattered
from kinds_packing import Member, deflated_blanks, hexed, in_zip, inside, raw_deflate, zipped
from kinds_wacz import package, wacz

NAMES = (
    *(b"", b"/", b"..", b"../x.html", b"a/../../x.html", b"C:\\x.html", b"\\\\a\\b.html", b"a\0b.html", b"\0", b"."),
    *(b"a" * 65000 + b".html", b"/".join([b"a"] * 3000), b"x" * 300 + b".html", b"\xff\xfe.html", b"con.html", b"%"),
    *("年鉴.html".encode("gbk"), "年鉴.html".encode(), "誠.html".encode("gbk"), b"\x80.html", b"a?b=%00.html", b"#"),
    *(
        b"\xed\xa0\x80.html",
        b"x.warc.gz",
        b"x.wacz",
        b"x.zip",
        b"x.arc",
        b"datapackage.json",
        b"._x.html",
        b"a\nb.html",
    ),
    *(
        b"http://a/",
        b"a.example/",
        b"[::1]/x.html",
        b"xn--a.example/x.html",
        b"a.example:99999/x.html",
        b"\x1b[31m.html",
    ),
)


def odd_member(rng: Random, n: int) -> Member:
    """Make a member of a zip with something wrong."""
    made = in_zip(n)
    if rng.random() < 0.5:
        made = replace(made, method=8, packed=raw_deflate(made.body))
    for _ in range(rng.randint(1, 3)):
        match rng.randrange(9):
            case 0:
                made = replace(made, name=rng.choice((b"", inside(b""))) + rng.choice(NAMES))
            case 1:
                made = replace(made, name=rng.choice(NAMES), body=rng.choice((wacz(n), record(n), gz(record(n)))))
            case 2:
                made = replace(made, size=rng.choice((0, 1, 10**6, 2**32 - 1, 2**31)))
            case 3:
                made = replace(made, crc=rng.getrandbits(32))
            case 4:
                made = replace(made, method=rng.choice((0, 1, 6, 8, 9, 12, 14, 93, 95, 97, 98, 99, 65535)))
            case 5:
                made = replace(made, packed=scattered(rng, made.packed or made.body or b"x"))
            case 6:
                made = replace(made, flags=rng.choice((1, 8, 32, 64, 1 << 6 | 1, 1 << 13, 16)))
            case 7:
                made = replace(made, date=rng.getrandbits(16), time=rng.getrandbits(16))
            case _:
                made = replace(made, descriptor=not made.descriptor)
    return made


def odd_zip(rng: Random) -> Input:
    """Make a zip with odd members beside good ones, or with changed bytes."""
    count = rng.randint(2, 4)
    odd = rng.sample(range(1, count + 1), rng.randint(0, 2))
    members = [odd_member(rng, n) if n in odd else in_zip(n) for n in range(1, count + 1)]
    stub = rng.choice((b"", b"", b"MZ" + bytes(500), b"<html>", b"#!/bin/sh\n"))
    data = zipped(*members, before=stub, moved=rng.random() < 0.5, comment=rng.choice((b"", b"", b"c" * 65535)))
    sure = {url(n): page(n) for n in range(1, count + 1) if n not in odd}
    done = [repr(members[n - 1])[:300] for n in odd]
    if rng.random() < 0.5:
        data, sure = scattered(rng, data), {}
        done.append("bytes changed")
    return Input({"x.zip": data}, sure, done)


def odd_value(rng: Random, depth: int = 0) -> object:
    """Make a JSON value of any type."""
    kinds = (
        None,
        True,
        -1.5e308,
        10**30,
        "",
        "archive/data.warc.gz",
        "\ud800.wacz",
        "a\0b",
        "x" * 5000,
        "sha256:" + "0" * 64,
        "../x.wacz",
        "http://a.example/x.wacz",
    )
    if depth > 2 or rng.random() < 0.5:
        return rng.choice(kinds)
    if rng.random() < 0.5:
        return [odd_value(rng, depth + 1) for _ in range(rng.randint(0, 3))]
    names = ("resources", "path", "hash", "name", "profile")
    return {rng.choice(names): odd_value(rng, depth + 1) for _ in range(rng.randint(0, 4))}


def odd_package(rng: Random, data: bytes) -> bytes:
    """Make a datapackage.json that says odd things of one file."""
    listed = {"path": "archive/data.warc.gz", "hash": "sha256:" + hexed("sha256", data), "bytes": len(data)}
    about: dict[str, object] = {"profile": "data-package", "resources": [listed]}
    match rng.randrange(6):
        case 0:
            about["resources"] = odd_value(rng)
        case 1:
            listed[rng.choice(("path", "hash", "bytes"))] = odd_value(rng)  # type: ignore[assignment]
        case 2:
            about["resources"] = [listed, odd_value(rng)]
        case 3:
            return scattered(rng, json.dumps(about).encode())
        case 4:
            return rng.choice((b"[" * 100_000, b'{"a":' * 50_000, b"9" * 5000, b"", b"\xff", b"null", b'"resources"'))
        case _:
            pass
    return json.dumps(about).encode()


def odd_wacz(rng: Random) -> Input:
    """Make a WACZ with something wrong in its package, its WARC or its bytes."""
    inner = record_file(rng)
    (data,) = inner.files.values()
    name = rng.choice((b"archive/data.warc.gz", b"archive/data.warc.gz", b"archive/x.arc", rng.choice(NAMES)))
    match rng.randrange(5):
        case 0:
            made = zipped(Member(name, data), Member(b"datapackage.json", odd_package(rng, data)))
        case 1:
            made = package(("archive/data.warc.gz", data), profile=rng.choice(("multi-wacz-package", "x")))
        case 2:
            about = Member(b"datapackage.json", b"", 8, deflated_blanks(1), size=rng.choice((None, 10, 2**32 - 1)))
            made = zipped(Member(name, data), about)
        case 3:
            made = nested(wacz(1), rng.choice((1, 2, 5, 30)))
        case _:
            made = zipped(odd_member(rng, 1), Member(b"archive/" + name, gz(odd_record(rng, 2))))
    if rng.random() < 0.4:
        made = scattered(rng, made)
    return Input({rng.choice(("x.wacz", "x.wacz", "x.zip")): made}, {}, inner.done)


def nested(data: bytes, depth: int) -> bytes:
    """Put a WACZ into a WACZ, so many times."""
    for _ in range(depth):
        data = package(("a.wacz", data), profile="multi-wacz-package")
    return data


def odd_folder(rng: Random) -> Input:
    """Make a folder of a site with odd files beside a page."""
    top = f"site/{HOST}{PATH}"
    made = Input({top + "userobject1ai1.html": page(1)}, {url(1): page(1)})
    for _ in range(rng.randint(1, 4)):
        name = rng.choice(NAMES)[:250].replace(b"\0", b"0").strip(b"/.") or b"x"
        other = rng.choice((record_file, odd_zip, odd_wacz))(rng)
        body = rng.choice((page(2), scattered(rng, page(2)), rng.choice((*WORDS, *NUMBERS)), *other.files.values()))
        path = top + name.replace(b"..", b"_").decode("utf-8", "surrogateescape") + rng.choice(("", ".warc", ".wacz"))
        if not any(each == path or each.startswith(path + "/") or path.startswith(each + "/") for each in made.files):
            made.files[path[:900]] = body
    made.done = sorted(map(repr, made.files))
    assert BASE + "userobject1ai1.html" in made.sure
    return made
