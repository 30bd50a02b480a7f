"""WACZ files, those of several, and zips of WARC files."""

import json
from collections.abc import Iterator

from kinds_arc import arc_head, arc_record
from kinds_making import Case, by, gz, pages, record, url
from kinds_packing import Member, hexed, in_zip, raw_deflate, zipped


def package(*contents: tuple[str, bytes], profile: str = "data-package", method: int = 0, sha256: str = "") -> bytes:
    """A WACZ: the contents, and a datapackage.json that lists them; `sha256` stands for what each hash really is."""
    listed = [
        {
            "name": path.split("/")[-1],
            "path": path,
            "hash": "sha256:" + (sha256 or hexed("sha256", data)),
            "bytes": len(data),
        }
        for path, data in contents
    ]
    about = json.dumps({"profile": profile, "wacz_version": "1.1.1", "resources": listed}).encode()
    packed = [Member(path.encode(), data, method, raw_deflate(data) if method else None) for path, data in contents]
    return zipped(*packed, Member(b"datapackage.json", about))


def wacz(*numbers: int) -> bytes:
    """Make a WACZ of pages."""
    return package(*wacz_contents(*numbers))


def wacz_contents(*numbers: int) -> list[tuple[str, bytes]]:
    """Give what a WACZ of pages holds."""
    listed = b'{"format": "json-pages-1.0", "id": "pages"}\n' + b"".join(
        json.dumps({"url": url(n), "ts": "2006-05-01T00:00:00Z"}).encode() + b"\n" for n in numbers
    )
    data = b"".join(gz(record(n)) for n in numbers)
    return [("archive/data.warc.gz", data), ("indexes/index.cdx", b""), ("pages/pages.jsonl", listed)]


def waczs() -> Iterator[Case]:
    """WACZ files as they should be."""
    spec = "WACZ 1.1.1: a zip with its WARC files in archive/."
    contents = wacz_contents(1, 2)
    yield Case("F-wacz", spec, {"x.wacz": wacz(1, 2)}, pages=pages(1, 2))
    yield Case(
        "F-wacz-deflated",
        spec + " Stored is only recommended.",
        {"x.wacz": package(*contents, method=8)},
        pages=pages(1, 2),
    )
    two = [
        ("archive/a.warc.gz", gz(record(1))),
        ("archive/b.warc", record(2)),
        ("archive/c.arc", arc_head() + arc_record(3)),
    ]
    yield Case("F-wacz-several", spec, {"x.wacz": package(*two)}, pages=pages(1, 2, 3))


def odd_waczs() -> Iterator[Case]:
    """WACZ files without package, and in a folder."""
    contents = wacz_contents(1, 2)
    bare = zipped(*(Member(path.encode(), data) for path, data in contents))
    yield Case(
        "F-wacz-no-package",
        "Without datapackage.json it is still a zip with a WARC.",
        {"x.wacz": bare},
        pages=pages(1, 2),
        exit_also=(1,),
    )
    yield Case("F-wacz-named-zip", "What a file is, its content says.", {"x.zip": wacz(1, 2)}, pages=pages(1, 2))
    yield Case(
        "F-wacz-prefix-dir",
        "Zipped by hand with the folder round it: the WARC can still be found.",
        {"x.wacz": zipped(*(Member(b"my/" + path.encode(), data) for path, data in contents))},
        pages=pages(1, 2),
        exit_also=(1,),
    )


def broken_waczs() -> Iterator[Case]:
    """WACZ files with a WARC that is cut, or another than the one listed."""
    contents = wacz_contents(1, 2)
    cut = [("archive/data.warc.gz", gz(record(1)) + gz(record(2))[:300])]
    yield Case(
        "F-wacz-cut-inside",
        "The zip is sound, the WARC breaks off: named.",
        {"x.wacz": package(*cut)},
        pages=pages(1),
        named=(by(2, len(gz(record(1)))) + "|data.warc.gz",),
        exit=1,
    )
    yield Case(
        "F-wacz-hash",
        "WACZ 1.1.1, resources: this WARC is not the one listed; its records prove themselves.",
        {"x.wacz": package(*contents, sha256="0" * 64)},
        named=("data.warc.gz",),
        also=pages(1, 2),
        exit=1,
        exit_also=(2,),
    )


def multi_waczs() -> Iterator[Case]:
    """WACZ files of WACZ files."""
    multi = "multi-wacz-package"
    why = "A multi-WACZ (ReplayWeb.page, Browsertrix): the resources are .wacz files, stored inside the zip."
    yield Case(
        "F-multi",
        why,
        {"x.wacz": package(("a.wacz", wacz(1)), ("b.wacz", wacz(2, 3)), profile=multi)},
        pages=pages(1, 2, 3),
    )
    yield Case(
        "F-multi-folder",
        why,
        {"x.wacz": package(("in/a.wacz", wacz(1)), ("in/b.wacz", wacz(2)), profile=multi)},
        pages=pages(1, 2),
    )
    yield Case(
        "F-multi-deflated",
        why + " Deflated they are the same files.",
        {"x.wacz": package(("a.wacz", wacz(1)), ("b.wacz", wacz(2)), profile=multi, method=8)},
        pages=pages(1, 2),
    )


def broken_multi_waczs() -> Iterator[Case]:
    """WACZ files of WACZ files, of which one is damaged or elsewhere."""
    multi = "multi-wacz-package"
    yield Case(
        "F-multi-one-damaged",
        "The sound one comes, the other is named.",
        {"x.wacz": package(("a.wacz", wacz(1)), ("b.wacz", b"PK\x03\x04 no zip"), profile=multi)},
        pages=pages(1),
        named=("b.wacz",),
        exit=1,
    )
    listed = [
        {"name": n, "path": p, "hash": "sha256:" + "0" * 64, "bytes": 1}
        for n, p in (("a.wacz", "a.wacz"), ("b.wacz", "https://elsewhere.example/b.wacz"))
    ]
    listed[0] |= {"hash": "sha256:" + hexed("sha256", wacz(1)), "bytes": len(wacz(1))}
    about = json.dumps({"profile": multi, "resources": listed}).encode()
    yield Case(
        "F-multi-elsewhere",
        "A resource that is only a link is not here, and import asks no network: named.",
        {"x.wacz": zipped(Member(b"a.wacz", wacz(1)), Member(b"datapackage.json", about))},
        pages=pages(1),
        named=("b.wacz",),
        exit=1,
    )


def warcs_in_zip() -> Iterator[Case]:
    """Zips with WARC files in them."""
    yield Case(
        "F-zip-warc",
        "A zip may hold WARC files beside pages.",
        {"x.zip": zipped(Member(b"x.warc.gz", gz(record(1))), in_zip(2))},
        pages=pages(1, 2),
    )


CASES = (
    *waczs(),
    *odd_waczs(),
    *broken_waczs(),
    *multi_waczs(),
    *broken_multi_waczs(),
    *warcs_in_zip(),
)
