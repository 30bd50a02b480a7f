"""Digests in every notation and of every reading, and wrong ones."""

from collections.abc import Iterator

from kinds_chunks import chunks
from kinds_making import Case, bad, by, good, gz, http, page, pages, record
from kinds_packing import b32, hexed


def digested(value: str, block: bytes | None = None, name: str = "WARC-Payload-Digest") -> bytes:
    """Make record 2 with a digest."""
    return record(2, block, {name: value})


FORMS = {  # name → the label, and how the value is written
    "sha1-b32": ("sha1", lambda data: b32("sha1", data)),
    "sha1-b32-lower": ("sha1", lambda data: b32("sha1", data).lower()),
    "sha1-hex": ("sha1", lambda data: hexed("sha1", data)),
    "sha1-hex-upper": ("SHA1", lambda data: hexed("sha1", data).upper()),
    "sha1-dash": ("sha-1", lambda data: b32("sha1", data)),
    "sha256-hex": ("sha256", lambda data: hexed("sha256", data)),
    "sha256-hex-upper": ("sha256", lambda data: hexed("sha256", data).upper()),
    "sha256-dash": ("sha-256", lambda data: hexed("sha256", data)),
    "sha256-b32": ("sha256", lambda data: b32("sha256", data)),
    "sha256-b32-no-pad": ("sha256", lambda data: b32("sha256", data).rstrip("=")),
    "sha512-hex": ("sha512", lambda data: hexed("sha512", data)),
    "md5-hex": ("md5", lambda data: hexed("md5", data)),
    "md5-b32": ("md5", lambda data: b32("md5", data).rstrip("=")),
}


def digest_forms() -> Iterator[Case]:
    """Every notation of a digest."""
    two = page(2)
    why = "WARC 1.1, 5.8: a label and a value; base32 and hex, in either case, are both in use."
    for name, (label, write_) in FORMS.items():
        yield good("C-" + name, digested(f"{label}:{write_(two)}"), why)
        yield good("C-block-" + name, digested(f"{label}:{write_(http(two))}", name="WARC-Block-Digest"), why)
    for name, value in {"unknown": "blake9:xyz", "empty": "", "no-label": "xyz"}.items():
        yield good(
            "C-" + name,
            digested(value),
            "WARC 1.1, 5.8 recommends no algorithm: what is unknown is not checked.",
            exit_also=(0,) if name == "unknown" else (1,),
        )
    yield good("C-block-unknown", digested("blake9:xyz", name="WARC-Block-Digest"), "As for the payload.")
    yield good(
        "C-resource",
        record(
            2,
            two,
            {"WARC-Type": "resource", "Content-Type": "text/html", "WARC-Payload-Digest": "sha1:" + b32("sha1", two)},
        ),
        "The payload of a resource is its block.",
    )


def digest_subjects() -> Iterator[Case]:
    """Every reading of what a payload digest is of."""
    two = page(2)
    marks = chunks(two[:300], two[300:])
    te, ce = b"Transfer-Encoding: chunked", b"Content-Encoding: gzip"
    packed, both = http(gz(two), ce), http(chunks(gz(two)), te, ce)
    table = {
        "with-marks": (
            marks,
            http(marks, te),
            "Not the standard's, but what many writers compute; it proves the bytes.",
        ),
        "without-marks": (two, http(marks, te), "WARC 1.1, 5.9: the entity-body of RFC 2616, so without chunk marks."),
        "packed": (gz(two), packed, "WARC 1.1, 5.9: the entity-body has its Content-Encoding still on."),
        "unpacked": (two, packed, "Not the standard's; but equal hashes prove the page, so it is taken."),
        "chunked-packed": (gz(two), both, "WARC 1.1, 5.9: chunks undone, gzip not."),
        "chunked-all-undone": (two, both, "As unpacked."),
        "chunked-as-stored": (chunks(gz(two)), both, "As with marks."),
    }
    for name, (subject, block, why) in table.items():
        yield good("C-of-" + name, digested("sha1:" + b32("sha1", subject), block), why)
    yield bad("C-of-block", digested("sha1:" + b32("sha1", http(two))), "The header is no payload.", instead=pages(2))


def wrong_digests() -> Iterator[Case]:
    """Digests of other bytes."""
    two, other = page(2), page(7)
    why = "The bytes are not those that were hashed: skipped by name."
    wrong = {
        "sha1-b32": "sha1:" + b32("sha1", other),
        "sha1-hex": "sha1:" + hexed("sha1", other),
        "sha256-hex": "sha256:" + hexed("sha256", other),
        "sha256-b32": "sha256:" + b32("sha256", other),
        "md5-hex": "md5:" + hexed("md5", other),
    }
    for name, value in wrong.items():
        yield bad("C-wrong-" + name, digested(value), why)
    marks = http(chunks(two), b"Transfer-Encoding: chunked")
    yield bad("C-wrong-chunked", digested("sha1:" + b32("sha1", other), marks), why)
    yield bad("C-wrong-packed", digested("sha1:" + b32("sha1", other), http(gz(two), b"Content-Encoding: gzip")), why)
    yield bad("C-wrong-block", digested("sha1:" + b32("sha1", other), name="WARC-Block-Digest"), why)


def wrong_digest_beside_a_right_one() -> Iterator[Case]:
    """A block digest of other bytes beside a right one."""
    two, other = page(2), page(7)
    both = {"WARC-Payload-Digest": "sha1:" + b32("sha1", two), "WARC-Block-Digest": "sha1:" + b32("sha1", other)}
    yield bad(
        "C-wrong-block-right-payload",
        record(2, edit=both),
        also=pages(2),
        why="Something in the block changed, the page did not: the page may be held, the fault is named.",
    )


def wrong_digests_in_files() -> Iterator[Case]:
    """Digests of other bytes in gzip, and alone."""
    why = "The bytes are not those that were hashed: skipped by name."
    wrong = "sha1:" + b32("sha1", page(7))
    yield Case(
        "C-wrong-gz",
        why + " The gzip is sound.",
        {"x.warc.gz": gz(record(1)) + gz(digested(wrong)) + gz(record(3))},
        pages=pages(1, 3),
        named=(by(2, len(gz(record(1)))),),
        exit=1,
    )
    yield Case(
        "C-wrong-only",
        why + " Nothing could be brought in.",
        {"x.warc": digested(wrong)},
        named=(by(2, 0) + "|x.warc",),
        exit=2,
    )


CASES = (
    *digest_forms(),
    *digest_subjects(),
    *wrong_digests(),
    *wrong_digest_beside_a_right_one(),
    *wrong_digests_in_files(),
)
