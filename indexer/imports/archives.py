"""Reads pages from WARC and ARC files, including those inside WACZ files."""

from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

from indexer.imports.findings import NOT_A_PAGE, Aside, Found, Original, Repeated, leads_to_picture
from indexer.imports.savedfiles import readable_name
from indexer.imports.settings import Reading
from indexer.model import Page, Skipped
from indexer.urls import canonical, page_key
from indexer.warc.cutting import ZEROS
from indexer.warc.digests import same_notation
from indexer.warc.reading import read_records
from indexer.warc.records import ABOUT_OTHERS, Fetched, Other, Stored, Unreadable

SUFFIXES = tuple(kind + packing for kind in (".warc", ".arc") for packing in ("", ".gz", ".zst"))
_DAMAGED = "damaged: "


def read_record_file(path: Path, reading: Reading) -> Iterator[Found]:
    """Yield the pages of a WARC or ARC file; what cannot be read is yielded as `Skipped`."""
    try:
        with path.open("rb") as file:
            yield from read_record_stream(file, readable_name(path.name), reading)
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}; mend its permissions, or copy it again"
        yield Skipped(readable_name(str(path)), why, lost=True)


def read_record_stream(file: BinaryIO, name: str, reading: Reading) -> Iterator[Found]:
    """Yield the pages of a WARC or ARC file; records without a page are yielded as `Skipped`.

    Records that only describe others are left out.
    """
    records = 0
    for record in read_records(file, name):
        records += 1
        match record:
            case Unreadable(why=why):
                if not why.endswith(ZEROS):
                    yield _unreadable(record)
            case Other(kind, about):
                if kind not in ABOUT_OTHERS:
                    yield Skipped(about, f"a {kind} record holds no page as the site sent it")
            case Stored():
                yield _found(record, name, reading)
    if not records:
        yield Skipped(name, "it holds no record", lost=True)


def _unreadable(record: Unreadable) -> Skipped:
    place = f"{record.file}, offset {record.start:,}"
    why = record.why.removeprefix(_DAMAGED)
    if why != record.why:
        why = f"damaged to offset {record.end:,}: {why}; restore it from a copy, what can be read is taken"
    return Skipped(f"{place}: {record.url}" if record.url else place, why, lost=True)


def _found(stored: Stored, name: str, reading: Reading) -> Found:
    capture = stored.capture
    source = capture.source or f"import {name}"
    page = Page(capture.url, capture.fetched_at, 200, capture.content_type, stored.body)
    fetched = Fetched(page, source, stored.headers or None)
    if capture.kind == "revisit":
        assert stored.refers_to is not None
        return Repeated(fetched, stored.refers_to)
    if capture.status != 200:
        return Skipped(capture.url, f"status {capture.status}")
    if not stored.body and canonical(capture.url) and (capture.is_page or "html" in capture.content_type.lower()):
        return Skipped(capture.url, "its body is empty", lost=True)
    if not capture.is_page:
        if not leads_to_picture(capture.content_type.partition(";")[0]):
            return Skipped(capture.url, NOT_A_PAGE)
        url = page_key(capture.url)
        return fetched if reading.wants(url) else Aside(url, capture.url)
    names = (stored.record_id, same_notation(stored.digest), f"sha1:{sha1(stored.body).hexdigest()}", capture.digest)
    return Original(fetched, tuple(dict.fromkeys(filter(None, names))))
