"""Reads pages from what archivists hold: folders, files, WARC, ARC, WACZ, zip; writes nothing."""

import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from indexer.errors import FetchError, StoreError
from indexer.imports.savedfiles import PAGE_SUFFIXES, recover_url
from indexer.model import Page, Volume
from indexer.store.records import MAX_PAYLOAD, Fetched, Stored, read_records

NO_URL = "its URL cannot be told"
_WEB_ARCHIVES = (".warc", ".warc.gz", ".arc", ".arc.gz")
_ABOUT = ("warcinfo", "request", "metadata")
"""Types of records that tell about others."""
_KNOWN = "folders, .html, .warc(.gz), .arc(.gz), .wacz and .zip"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in a source that is no page to store."""

    name: str
    """Of the file, member or URL."""
    why: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """A revisit record: the page had the same bytes as another capture, which may lie in another file."""

    url: str
    fetched_at: datetime
    of_url: str
    of_time: datetime | None
    """None when the record does not say which capture it means."""
    source: str


@dataclass(frozen=True, slots=True)
class Source:
    """One path given by the user, with what it turned out to be."""

    path: Path
    kind: str
    """`files`, `records`, `wacz` or `zip`."""


Found = Fetched | Repeated | Skipped


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """Tell what each path is.

    Raises `FetchError` for a path that is not there or of no kind known, before anything is read.
    """
    return [Source(path, _kind(path)) for path in paths]


def read_source(source: Source, base_url: str | None, volumes: Sequence[Volume]) -> Iterator[Found]:
    """Give the pages of a source, and what of it is skipped, in a stable order.

    A file that breaks off gives what is whole of it, then a `Skipped` that says where it broke.
    """
    match source.kind:
        case "files":
            return _saved_files(source.path, base_url, volumes)
        case "records":
            return _record_file(source.path)
        case "wacz":
            return _wacz(source.path)
        case _:
            return _zipped_mirror(source.path, base_url, volumes)


def _kind(path: Path) -> str:
    name = path.name.lower()
    if not path.exists():
        raise FetchError(f"{path} is not there; check the path")
    if not (path.is_dir() or path.is_file()):
        raise FetchError(f"{path} is neither a file nor a folder; save it as a file first")
    if path.is_dir() or path.suffix.lower() in PAGE_SUFFIXES:
        return "files"
    if name.endswith(_WEB_ARCHIVES):
        return "records"
    if name.endswith((".wacz", ".zip")):
        if not zipfile.is_zipfile(path):
            raise FetchError(f"{path} is no zip file; fetch it again")
        return "wacz" if name.endswith(".wacz") else "zip"
    raise FetchError(f"{path} is none of {_KNOWN}; these can be imported")


def _saved_files(path: Path, base_url: str | None, volumes: Sequence[Volume]) -> Iterator[Fetched | Skipped]:
    root = path if path.is_dir() else path.parent
    files = [path] if path.is_file() else _page_files(path)
    if not files:
        raise FetchError(f"{path} holds no .html file; name the folder that a saved site lies in")
    for file in files:
        place = PurePosixPath(file.absolute().as_posix())
        url = recover_url(place, PurePosixPath(root.absolute().as_posix()), base_url, volumes)
        if url is None:
            yield Skipped(str(file), NO_URL)
            continue
        try:
            body = file.read_bytes()
            written = datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
        except OSError as error:
            raise FetchError(f"cannot read {file}: {error.strerror}; mend its permissions") from error
        yield Fetched(Page(url, written, 200, "text/html", body), f"import {path.name}")


def _page_files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in PAGE_SUFFIXES and file.is_file())


def _record_file(path: Path) -> Iterator[Found]:
    try:
        with path.open("rb") as file:
            yield from _records(file, path.name)
    except OSError as error:
        raise FetchError(f"cannot read {path}: {error.strerror}; mend its permissions") from error


def _records(file: BinaryIO | IO[bytes], name: str) -> Iterator[Found]:
    """Give the pages of a WARC or ARC file; records that hold none are skipped, those about others in silence."""
    others: list[Skipped] = []

    def note(kind: str, where: str) -> None:
        if kind not in _ABOUT:
            others.append(Skipped(where, f"a {kind} record holds no page as the site sent it"))

    try:
        for stored in read_records(cast(BinaryIO, file), name, other=note):
            capture = stored.capture
            if capture.kind == "revisit":
                of_url, of_time = stored.refers_to or (capture.url, None)
                yield Repeated(capture.url, capture.fetched_at, of_url, of_time, f"import {name}")
            elif not stored.intact:
                yield Skipped(capture.url, "a digest in its record does not hold")
            elif capture.status != 200:
                yield Skipped(capture.url, f"status {capture.status}")
            elif not _is_page(stored):
                yield Skipped(capture.url, "not HTML")
            else:
                yield _from_record(stored, name)
    except StoreError as error:
        yield Skipped(name, str(error))
    yield from others


def _from_record(stored: Stored, name: str) -> Fetched:
    capture = stored.capture
    page = Page(capture.url, capture.fetched_at, 200, capture.content_type, stored.body)
    source = capture.source or f"import {name}"
    return Fetched(page, source, stored.headers or None)


def _is_page(stored: Stored) -> bool:
    kind = stored.capture.content_type.lower()
    if kind:
        return "html" in kind
    return stored.body.lstrip()[:1] == b"<"


def _wacz(path: Path) -> Iterator[Found]:
    """Read the WARC files of a WACZ; each is compared with the digest in its data package first."""
    with zipfile.ZipFile(path) as archive:
        digests = _package_digests(archive)
        names = sorted(name for name in archive.namelist() if name.lower().endswith(_WEB_ARCHIVES))
        if not names:
            yield Skipped(path.name, "holds no WARC file")
        for name in names:
            with archive.open(name) as member:
                wanted = digests.get(name, "")
                if wanted.startswith("sha256:") and _sha256(member) != wanted[7:]:
                    yield Skipped(f"{path.name}/{name}", "its SHA-256 is not the one in datapackage.json")
                    continue
            with archive.open(name) as member:
                yield from _records(member, f"{path.name}/{name}")


def _sha256(file: IO[bytes]) -> str:
    digest = sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def _package_digests(archive: zipfile.ZipFile) -> dict[str, str]:
    try:
        package = json.loads(archive.read("datapackage.json"))
        return {str(each["path"]): str(each["hash"]) for each in package["resources"]}
    except (KeyError, ValueError, TypeError):
        return {}


def _zipped_mirror(path: Path, base_url: str | None, volumes: Sequence[Volume]) -> Iterator[Fetched | Skipped]:
    """Read the pages of a zipped mirror in place: nothing is unpacked, so names cannot lead elsewhere."""
    root = PurePosixPath("/", path.stem)
    with zipfile.ZipFile(path) as archive:
        for info in sorted(archive.infolist(), key=lambda each: each.filename):
            name = PurePosixPath("/", path.stem, info.filename)
            if info.is_dir() or name.suffix.lower() not in PAGE_SUFFIXES:
                continue
            if ".." in name.parts:
                yield Skipped(info.filename, "its name leads out of the archive")
                continue
            if info.file_size > MAX_PAYLOAD:
                yield Skipped(info.filename, f"over {MAX_PAYLOAD:,} bytes")
                continue
            url = recover_url(name, root, base_url, volumes)
            if url is None:
                yield Skipped(info.filename, NO_URL)
                continue
            written = datetime(*info.date_time, tzinfo=UTC)
            try:
                body = archive.read(info)
            except (zipfile.BadZipFile, OSError, RuntimeError) as error:
                yield Skipped(info.filename, f"cannot be unpacked: {error}")
                continue
            yield Fetched(Page(url, written, 200, "text/html", body), f"import {path.name}")
