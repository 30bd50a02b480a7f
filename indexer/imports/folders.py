"""Reads saved folders: every file is a page, is set aside, or is left out."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from indexer.imports.findings import NO_URL, NOT_A_PAGE, Aside, Found, leads_to_picture, looks_like_picture
from indexer.imports.savedfiles import is_dynamic_name, is_page_name, readable_name, recover_url
from indexer.imports.settings import Reading
from indexer.model import Page, Skipped
from indexer.warc.codings import GZIP, MAX_PAYLOAD, looks_like_html, unsaid_gzip
from indexer.warc.records import Fetched

_HOUSEKEEPING = frozenset({".ds_store", "thumbs.db", "desktop.ini", "hts-log.txt", "cookies.txt", ".listing"})
_SNIFFED = 1 << 10
_BINARY = (b"MZ", b"PK\x03\x04", b"\x7fELF", b"%PDF", b"\xd0\xcf\x11\xe0", b"Rar!", GZIP)
"""The first bytes of files that are not pages, whatever their names."""


def walk(folder: Path) -> Iterator[Path | Skipped]:
    """Yield every file below a folder, sorted by name within each, and what cannot be entered or is not followed."""
    failed: list[OSError] = []
    root = folder.resolve()
    for place, folders, names in os.walk(folder, onerror=failed.append):
        here = Path(place)
        for name in sorted(folders):
            if (here / name).is_symlink():
                yield _link(here / name, root)
        folders[:] = sorted(name for name in folders if not (here / name).is_symlink())
        for name in sorted(names):
            file = here / name
            if file.is_symlink() and not _leads_inside(file, root):
                yield _link(file, root)
            else:
                yield file
    for error in failed:
        yield Skipped(
            readable_name(str(error.filename)), f"cannot be read: {error.strerror}; mend its permissions", lost=True
        )


def read_file(file: Path, root: Path, reading: Reading) -> Found:
    """Return what one saved file is."""
    name = readable_name(file.name)
    shown = readable_name(str(file))
    if left_out := housekeeping(name):
        return Skipped(shown, left_out)
    try:
        if not file.is_file():
            return Skipped(shown, "neither a file nor a folder")
        status = file.stat()
        if status.st_size > MAX_PAYLOAD:
            return Skipped(shown, f"over {MAX_PAYLOAD:,} bytes", lost=True)
        body = file.read_bytes()
    except OSError as error:
        return Skipped(shown, f"cannot be read: {error.strerror}; mend its permissions", lost=True)
    place = PurePosixPath(readable_name(file.absolute().as_posix()))
    top = PurePosixPath(readable_name(root.absolute().as_posix()))
    return as_found(Saved(place, top, shown, body, moment(status.st_mtime)), reading)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved file's bytes, with its place and the time it was written."""

    place: PurePosixPath
    """Absolute, like `top`."""
    top: PurePosixPath
    """The folder that the user gave."""
    shown: str
    """The name by which the user knows it."""
    body: bytes
    written: datetime


def as_found(saved: Saved, reading: Reading) -> Found:
    """Return what a saved file is: a page, something a page may show, or neither."""
    name, body = saved.place.name, saved.body
    kind = file_kind(name, body[:_SNIFFED])
    if not kind and looks_like_html(unpacked := unsaid_gzip(body)):
        body, kind = unpacked, "page"
    if not kind:
        return Skipped(saved.shown, NOT_A_PAGE)
    if not body:
        return Skipped(saved.shown, "empty", lost=kind == "page")
    url = recover_url(saved.place, saved.top, reading.base_url, reading.volumes)
    if url is None:
        return Skipped(saved.shown, NO_URL, lost=kind == "page")
    page = Page(url, saved.written, 200, content_type(name, kind), body)
    if kind == "page" or reading.wants(url):
        return Fetched(page, f"import {reading.name}")
    return Aside(url, saved.shown)


def file_kind(name: str, start: bytes) -> str:
    """Return whether a file is a `page`, something `shown` on one, or neither (empty), by its name or first bytes."""
    if is_page_name(name) and not start.startswith(_BINARY) and not looks_like_picture(start):
        return "page"
    if leads_to_picture(name):
        return "shown"
    if looks_like_html(start):
        return "page"
    if looks_like_picture(start):
        return "shown"
    return "page" if is_dynamic_name(name) and not start.strip() else ""


def content_type(name: str, kind: str) -> str:
    """Return the media type with which a saved file is stored."""
    if kind == "page":
        return "text/html"
    if name.lower().endswith(".css"):
        return "text/css"
    suffix = PurePosixPath(name.lower()).suffix.removeprefix(".")
    known = {"jpg": "jpeg", "jpe": "jpeg", "tif": "tiff", "svg": "svg+xml", "ico": "x-icon"}
    return f"image/{known.get(suffix, suffix) or 'x-unknown'}" if suffix.isalnum() else "image/x-unknown"


def housekeeping(name: str) -> str:
    """Return why a file is left out because of its name alone; empty if it is not."""
    if name.startswith("._"):
        return "a note of macOS about another file"
    return "a file of the system or of the program that saved the site" if name.lower() in _HOUSEKEEPING else ""


def moment(seconds: float) -> datetime:
    """Return a file's time in whole seconds, given as seconds since 1970; an impossible time becomes 1970."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def _link(path: Path, root: Path) -> Skipped:
    inside = _leads_inside(path, root)
    why = "a link to a folder that is read in its own place" if inside else "a link that leads out of the folder"
    return Skipped(readable_name(str(path)), f"{why}; not followed")


def _leads_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False
