"""Reads the records of WARC and ARC files, and those inside WACZ files; knows no saved folder."""

import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO, cast

from indexer.errors import FetchError
from indexer.imports.findings import NOT_A_PAGE, Aside, Found, Original, Repeated, Skipped, leads_to_picture
from indexer.imports.settings import Reading
from indexer.imports.zips import BROKEN, member_name, opened
from indexer.model import Page
from indexer.store.reading import read_records
from indexer.store.records import Fetched, Other, Stored, Unreadable
from indexer.urls import page_key

SUFFIXES = tuple(kind + packing for kind in (".warc", ".arc") for packing in ("", ".gz", ".zst"))
_ABOUT = ("warcinfo", "request", "metadata", "arc_header")
"""Types of records that tell about others."""
_DAMAGED = "damaged: "


def read_record_file(path: Path, reading: Reading) -> Iterator[Found]:
    """Give the pages of a WARC or ARC file."""
    try:
        with path.open("rb") as file:
            yield from read_record_stream(file, path.name, reading)
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}; mend its permissions, or copy it again"
        yield Skipped(str(path), why, lost=True)


def read_record_stream(file: BinaryIO, name: str, reading: Reading) -> Iterator[Found]:
    """Give the pages of a WARC or ARC file; records that hold none are told, those about others are not."""
    records = 0
    for record in read_records(file, name):
        records += 1
        match record:
            case Unreadable():
                yield _unreadable(record)
            case Other(kind, about):
                if kind not in _ABOUT:
                    yield Skipped(about, f"a {kind} record holds no page as the site sent it")
            case Stored():
                yield _found(record, name, reading)
    if not records:
        yield Skipped(name, "it holds no record", lost=True)


def read_wacz(file: Path | IO[bytes], name: str, reading: Reading) -> Iterator[Found]:
    """Read the WARC files of a WACZ, or of those it holds; each is compared with its digest in the data package."""
    with opened(file, name) as archive:
        digests = _package_digests(archive)
        members = sorted(((member_name(info), info) for info in archive.infolist()), key=lambda each: each[0])
        known = [each for each in members if each[0].lower().endswith((*SUFFIXES, ".wacz"))]
        if not known:
            yield Skipped(name, "holds no WARC file", lost=True)
        for path in sorted(set(digests) - {each for each, _ in members}):
            if path.lower().endswith((*SUFFIXES, ".wacz")):
                yield Skipped(f"{name}/{path}", "is listed, but not in the file; bring it in by itself", lost=True)
        for member, info in known:
            yield from _packed(archive, info, digests.get(member, ""), f"{name}/{member}", reading)


def _packed(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, digest: str, name: str, reading: Reading
) -> Iterator[Found]:
    """Read one member of a WACZ, from a copy: a zip's member cannot be gone back in."""
    try:
        with tempfile.TemporaryFile() as copy:
            seen = sha256()
            with archive.open(info) as member:
                while piece := member.read(1 << 20):
                    seen.update(piece)
                    copy.write(piece)
            if digest.startswith("sha256:") and seen.hexdigest() != digest[7:].lower():
                why = (
                    "its SHA-256 is not the one in datapackage.json; to take what can be read all the same, unzip "
                    "it and import it by itself"
                )
                yield Skipped(name, why, lost=True)
                return
            copy.seek(0)
            if name.lower().endswith(".wacz"):
                yield from read_wacz(copy, name, reading)
            else:
                yield from read_record_stream(cast(BinaryIO, copy), name, reading)
    except FetchError as error:
        yield Skipped(name, str(error), lost=True)
    except BROKEN as error:
        yield Skipped(name, f"cannot be unpacked: {error}", lost=True)


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
    if not capture.is_page:
        if not leads_to_picture(capture.content_type.partition(";")[0]):
            return Skipped(capture.url, NOT_A_PAGE)
        url = page_key(capture.url)
        return fetched if reading.wants(url) else Aside(url, capture.url)
    return Original(fetched, stored.record_id, stored.digest)


def _package_digests(archive: zipfile.ZipFile) -> Mapping[str, str]:
    try:
        package = json.loads(archive.read("datapackage.json"))
        return {str(each["path"]): str(each.get("hash", "")) for each in package["resources"]}
    except (*BROKEN, TypeError, AttributeError, RecursionError):
        return {}
