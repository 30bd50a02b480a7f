"""Reads packed sources: zipped mirrors, WACZ files and those that hold several.

Names inside them are never used as paths on disk.
"""

import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from indexer.errors import FetchError
from indexer.imports.archives import SUFFIXES, read_record_stream
from indexer.imports.findings import Found
from indexer.imports.folders import Saved, as_found, housekeeping, moment
from indexer.imports.savedfiles import readable_name
from indexer.imports.settings import Reading
from indexer.imports.zips import BROKEN, member_date, named_members, opened, unpacked
from indexer.model import Skipped

_MAX_DEPTH = 5
"""Most archives that may be nested: a copy of each is open while it is read, and one may even contain itself."""


def read_zip(path: Path, reading: Reading) -> Iterator[Found]:
    """Yield what the members of a zip file are, be it a mirror or web archive files."""
    shown = readable_name(path.name)
    root = PurePosixPath("/", PurePosixPath(shown).stem)
    written = moment(path.stat().st_mtime)
    with opened(path, readable_name(str(path))) as archive:
        for name, info in named_members(archive):
            if name.lower().endswith((*SUFFIXES, ".wacz")):
                yield from _packed(archive, info, "", f"{shown}/{name}", reading)
            elif not name.endswith("/"):
                yield _member(archive, info, (root, name, written), reading)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: tuple[PurePosixPath, str, datetime], reading: Reading
) -> Found:
    root, name, written = place
    parts = PurePosixPath(name).parts
    if ".." in parts or name.startswith("/") or (parts and parts[0].endswith(":")):
        return Skipped(name, "its name leads out of the archive", lost=True)
    if not parts or "__MACOSX" in parts:
        return Skipped(name, "a note of macOS about another file")
    if left_out := housekeeping(parts[-1]):
        return Skipped(name, left_out)
    try:
        body = unpacked(archive, info)
    except BROKEN as error:
        return Skipped(name, f"cannot be unpacked: {error}", lost=True)
    at = member_date(info) or written
    return as_found(Saved(root / name, root, name, body, at), reading)


def read_wacz(file: Path | IO[bytes], name: str, reading: Reading, depth: int = 0) -> Iterator[Found]:
    """Yield the pages of the WARC files in a WACZ, or in the WACZ files it holds.

    Each file is compared with its digest in the data package.  `depth` says in how many others the WACZ lies.
    """
    with opened(file, name) as archive:
        digests = _package_digests(archive)
        members = named_members(archive)
        known = [each for each in members if each[0].lower().endswith((*SUFFIXES, ".wacz"))]
        if not known:
            yield Skipped(name, "holds no WARC file", lost=True)
        for path in sorted(set(digests) - {each for each, _ in members}):
            if path.lower().endswith((*SUFFIXES, ".wacz")):
                yield Skipped(f"{name}/{path}", "is listed, but not in the file; bring it in by itself", lost=True)
        for member, info in known:
            yield from _packed(archive, info, digests.get(member, ""), f"{name}/{member}", reading, depth)


def _packed(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, digest: str, name: str, reading: Reading, depth: int = 0
) -> Iterator[Found]:
    """Yield the pages of one archive inside a WACZ or zip file, from a copy, since reading must be able to go back."""
    if depth >= _MAX_DEPTH and name.lower().endswith(".wacz"):
        yield Skipped(name, f"lies in {depth + 1} others; unzip them and import it by itself", lost=True)
        return
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
                yield from read_wacz(copy, name, reading, depth + 1)
            else:
                yield from read_record_stream(cast(BinaryIO, copy), name, reading)
    except FetchError as error:
        yield Skipped(name, str(error), lost=True)
    except BROKEN as error:
        yield Skipped(name, f"cannot be unpacked: {error}", lost=True)


def _package_digests(archive: zipfile.ZipFile) -> Mapping[str, str]:
    try:
        package = json.loads(unpacked(archive, archive.getinfo("datapackage.json")))
        return {_printable(str(each["path"])): str(each.get("hash", "")) for each in package["resources"]}
    except (*BROKEN, TypeError, AttributeError, RecursionError):
        return {}


def _printable(text: str) -> str:
    """Return text from JSON, which may hold lone surrogates, in a form that can be printed."""
    return text.encode("utf-8", "replace").decode()
