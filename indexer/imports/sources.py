"""Determines what a path given by the user is, and reads it."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import FetchError, reason_of
from indexer.imports.archives import SUFFIXES, read_record_file
from indexer.imports.findings import Found
from indexer.imports.folders import file_kind, read_file, walk
from indexer.imports.packed import read_wacz, read_zip
from indexer.imports.savedfiles import readable_name
from indexer.imports.settings import Reading
from indexer.model import Skipped
from indexer.warc.codings import GZIP
from indexer.warc.cutting import opens
from indexer.warc.members import ZSTD


@dataclass(frozen=True, slots=True)
class Source:
    """A path given by the user, and what it turned out to be."""

    path: Path
    kind: str
    """`folder`, `page`, `records`, `wacz` or `zip`."""


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """Determine what each path is.

    Raises `FetchError` for a path that does not exist or is of no known kind, before anything is read.
    """
    return [Source(path, _kind(path)) for path in paths]


def read_source(source: Source, reading: Reading) -> Iterator[Found]:
    """Yield what a source holds, and what of it is left out, in a stable order.

    What cannot be read is reported in its place.  Raises `FetchError` if nothing can be read.
    """
    match source.kind:
        case "folder":
            return _folder(source.path, reading)
        case "page":
            return iter((read_file(source.path, source.path.parent, reading),))
        case "records":
            return read_record_file(source.path, reading)
        case "wacz":
            return read_wacz(source.path, readable_name(source.path.name), reading)
        case _:
            return read_zip(source.path, reading)


def _folder(folder: Path, reading: Reading) -> Iterator[Found]:
    """Yield the pages in a folder, and those in web archive files in it."""
    for file in walk(folder):
        if isinstance(file, Skipped):
            yield file
        elif (name := file.name.lower()).endswith(SUFFIXES):
            yield from read_record_file(file, reading)
        elif name.endswith(".wacz"):
            try:
                yield from read_wacz(file, readable_name(file.name), reading)
            except FetchError as error:
                yield Skipped(readable_name(str(file)), str(error), lost=True)
        elif name.endswith(".zip"):
            yield Skipped(readable_name(str(file)), "a zip file in a folder is not looked into; import it by itself")
        else:
            yield read_file(file, folder, reading)


def _kind(path: Path) -> str:
    shown = readable_name(str(path))
    name = path.name.lower()
    try:
        if not path.exists():
            raise FetchError("source-missing", path=shown)
        if not (path.is_dir() or path.is_file()):
            raise FetchError("source-no-file", path=shown)
        if path.is_dir():
            return "folder"
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise FetchError("source-unreadable", path=shown, reason=reason_of(error)) from error
    if name.endswith(SUFFIXES):
        return "records"
    if name.endswith((".wacz", ".zip")):
        if not zipfile.is_zipfile(path):
            raise FetchError("source-no-zip", path=shown)
        return "wacz" if name.endswith(".wacz") else "zip"
    if file_kind(name, start) == "page":
        return "page"
    if opens(start) or (start.startswith((GZIP, ZSTD)) and name.endswith((".gz", ".zst"))):
        return "records"
    if zipfile.is_zipfile(path):
        return "zip"
    raise FetchError("source-unknown", path=shown)
