"""Revisit records: what they mean, where it lies, and where it is not."""

from collections.abc import Iterator

from kinds_making import AT2, HOST, Case, by, gz, http, page, pages, record, url
from kinds_packing import b32

SAME = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
DAY2 = "2006-06-01T00:00:00Z"


def revisit(n: int, fields: dict, profile: str = SAME, status: bytes = b"HTTP/1.1 200 OK", date: str = DAY2) -> bytes:
    """A later capture of page n whose body is left out."""
    head = {"WARC-Type": "revisit", "WARC-Profile": profile, "WARC-Date": date}
    return record(n, http(b"", status=status), head | fields)


def sha1_of(n: int) -> str:
    """Give page n's digest."""
    return "sha1:" + b32("sha1", page(n))


def referring(n: int, day: str | None = "2006-05-01T00:00:00Z") -> dict:
    """Give fields that name page n's capture."""
    return {"WARC-Refers-To-Target-URI": url(n), "WARC-Refers-To-Date": day}


def revisits() -> Iterator[Case]:
    """Revisits by every field that may say what they mean."""
    same = pages(1) | {url(9): page(1)}
    record_id = {"WARC-Refers-To": "<urn:uuid:00000000-0000-0000-0000-000000000001>"}
    digest = {"WARC-Payload-Digest": sha1_of(1)}
    spelled = {"WARC-Refers-To-Target-URI": url(1).replace(HOST, HOST.upper() + ":80")}
    astray = {"WARC-Refers-To": "<urn:uuid:ffffffff-0000-0000-0000-000000000000>"}
    table = {
        "id": (record_id, "WARC 1.1, 5.11: by record id."),
        "id-digest": (record_id | digest, "The digest is of the payload left out, not of the empty block (5.9)."),
        "uri-date": (referring(1), "WARC 1.1, 5.12 and 5.13: by URI and date."),
        "uri": (referring(1, None), "The date is not mandatory."),
        "uri-angle": (referring(1) | {"WARC-Refers-To-Target-URI": f"<{url(1)}>"}, "As with WARC-Target-URI."),
        "uri-spelled": (spelled, "The URI is another spelling of the page's."),
        "digest": (digest, "WARC 1.0 has nothing else: the same payload digest."),
        "astray": (astray | referring(1), "The id leads nowhere, URI and date do."),
    }
    for name, (fields, why) in table.items():
        yield Case("D-" + name, why, {"x.warc": record(1, edit=digest) + revisit(9, fields)}, pages=same)
    yield Case(
        "D-digest-unsaid",
        "The original carries no digest; it can be computed.",
        {"x.warc": record(1) + revisit(9, digest)},
        pages=same,
    )
    yield Case("D-gz", "As plain.", {"x.warc.gz": gz(record(1)) + gz(revisit(9, referring(1)))}, pages=same)
    yield Case(
        "D-same-url", "A later capture of the same page.", {"x.warc": record(1) + revisit(1, digest)}, pages=pages(1)
    )


def revisit_places() -> Iterator[Case]:
    """Revisits whose original lies elsewhere, or later."""
    same = pages(1) | {url(9): page(1)}
    for name, fields in {
        "uri": referring(1),
        "digest": {"WARC-Payload-Digest": sha1_of(1)},
        "id": {"WARC-Refers-To": "<urn:uuid:00000000-0000-0000-0000-000000000001>"},
    }.items():
        late = {"a.warc": revisit(9, fields), "b.warc": record(1)}
        yield Case(
            "D-later-file-" + name,
            "The order of files says nothing of the order of captures.",
            late,
            args=("a.warc", "b.warc"),
            pages=same,
        )
    yield Case(
        "D-later-record",
        "Parallel writers put the original behind its revisit.",
        {"x.warc": revisit(9, referring(1)) + record(1)},
        pages=same,
    )
    yield Case(
        "D-folder",
        "A folder of WARC files is one import.",
        {"w/a.warc": revisit(9, referring(1)), "w/b.warc": record(1)},
        args=("w",),
        pages=same,
    )


def revisit_choices() -> Iterator[Case]:
    """Revisits of one of several captures, and of another revisit."""
    first = record(1)
    second = record(1, http(page(7)), {"WARC-Date": "2006-05-15T00:00:00Z", "WARC-Record-ID": "<urn:x:7>"})
    yield Case(
        "D-which-capture",
        "Of two captures the date says which one is meant.",
        {"x.warc": first + second + revisit(9, referring(1))},
        pages={url(1): page(1), url(9): page(1)},
        also={url(1): page(7)},
    )
    chain = revisit(8, referring(1)) + revisit(9, referring(8, DAY2), date="2006-07-01T00:00:00Z")
    yield Case(
        "D-chain",
        "A revisit of a revisit: followed, or named.",
        {"x.warc": record(1) + chain},
        pages=pages(1) | {url(8): page(1)},
        named=(by(9, len(record(1) + revisit(8, referring(1)))),),
        exit=1,
        instead={url(9): page(1)},
    )


def revisit_losses() -> Iterator[Case]:
    """Revisits whose original is not there."""
    why = "Nothing held has what was left out: named."
    for name, fields in {
        "uri": referring(5),
        "digest": {"WARC-Payload-Digest": sha1_of(5)},
        "nothing": {},
        "id": {"WARC-Refers-To": "<urn:uuid:ffffffff-0000-0000-0000-000000000000>"},
    }.items():
        yield Case(
            "D-lost-" + name,
            why,
            {"x.warc": record(1) + revisit(9, fields)},
            pages=pages(1),
            named=(by(9, AT2),),
            exit=1,
            unsaid=("damaged",),
        )
    yield Case(
        "D-lost-only",
        why + " Nothing could be brought in.",
        {"x.warc": revisit(9, referring(5))},
        named=(by(9, 0) + "|x.warc",),
        exit=2,
        unsaid=("damaged",),
    )


def unchanged() -> Iterator[Case]:
    """Answers that say only that nothing has changed, and one that is contrary."""
    why = "Nothing held has what was left out: named."
    yield Case(
        "D-lost-304",
        why,
        {"x.warc": record(1) + revisit(9, {}, UNCHANGED, b"HTTP/1.1 304 Not Modified")},
        pages=pages(1),
        named=(by(9, AT2),),
        exit=1,
        unsaid=("damaged",),
    )
    yield Case(
        "D-304",
        "WARC 1.1, 6.7.3: not modified, so the page is the one held.",
        {"x.warc": record(1) + revisit(1, referring(1), UNCHANGED, b"HTTP/1.1 304 Not Modified")},
        pages=pages(1),
    )
    contrary = referring(1) | {"WARC-Payload-Digest": sha1_of(5)}
    yield Case(
        "D-contrary",
        "The record referred to has another digest: it is not what was left out.",
        {"x.warc": record(1) + revisit(9, contrary)},
        pages=pages(1),
        named=(by(9, AT2),),
        exit=1,
    )


CASES = (
    *revisits(),
    *revisit_places(),
    *revisit_choices(),
    *revisit_losses(),
    *unchanged(),
)
