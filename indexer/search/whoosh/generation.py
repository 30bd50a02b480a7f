"""Manages generations: immutable index folders, published by one atomic rename."""

import os
import re
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from indexer.errors import IndexFailure, IndexLocked, IndexMissing, StaleIndex, reason_of
from indexer.files.durable import FolderBusy, locked, replacing, sync_folder
from indexer.files.plain import open_plain
from indexer.search.fields import FILTERS
from indexer.search.reserve import reserves
from indexer.search.whoosh.files.filenames import file_names
from indexer.search.whoosh.seal import NAME, Seal, read_seal, write_seal

CURRENT = "CURRENT"
_NAME = re.compile(r"gen-[0-9]{8}T[0-9]{12}")
"""A generation's name: it cannot lead out of the folder of generations, and a later generation's name sorts later."""
_STAMP = "gen-%Y%m%dT%H%M%S%f"
_MOST = 200
"""Most bytes read from `CURRENT`; ours has 25."""
T = TypeVar("T")


class Answering(NamedTuple, Generic[T]):
    """What was opened: the newest intact generation."""

    opened: T
    refused: tuple[IndexFailure, ...]
    """Why newer ones could not be used, newest first: the published one, and those published before it."""


def published(index: Path) -> str:
    """Return the name of the published generation.

    Raises `IndexMissing` if there is none, `StaleIndex` if it cannot be determined.
    """
    path = index / CURRENT
    try:
        with open_plain(path) as file:
            name = file.read(_MOST).strip().decode("ascii", "replace")
    except (FileNotFoundError, NotADirectoryError) as error:
        if _sealed(index):
            raise StaleIndex("index-unpublished", path=path) from error
        raise IndexMissing("index-missing", path=index) from error
    except OSError as error:
        raise StaleIndex("index-current-unreadable", path=path, reason=reason_of(error)) from error
    if not _NAME.fullmatch(name):
        raise StaleIndex("index-current-odd", path=path, found=name[:40])
    return name


def open_newest(index: Path, open_one: Callable[[Path, Seal], T]) -> Answering[T]:
    """Open the published generation or, if it is damaged, the newest intact one before it.

    `open_one` opens a generation whose files match their digests; it may raise `StaleIndex` as well.

    Raises `IndexMissing` if there is no generation, the published one's `StaleIndex` if none can be opened.
    """
    names, unnamed = _candidates(index)
    refused: list[IndexFailure] = [unnamed] if unnamed else []
    for name in names:
        try:
            opened = open_one(index / name, check(index / name))
        except StaleIndex as error:
            refused.append(error)
        else:
            return Answering(opened, tuple(refused))
    raise refused[0]


def _candidates(index: Path) -> tuple[list[str], IndexFailure | None]:
    """Return the names of the published generation and those before it, newest first, and an error if it is unknown.

    If the published generation is missing or cannot be determined, all finished ones are returned.  A generation newer
    than the published one was never published, or was taken back.
    """
    try:
        current = published(index)
    except IndexFailure as error:
        return _sealed(index), error
    is_there = (index / current).is_dir()
    return [current, *(name for name in _sealed(index) if name < current or not is_there)], None


def stamp(index: Path) -> object:
    """Return a value that changes when a finished generation's files change or another generation is published.

    No file is read as a whole; files of a build in progress do not count.
    """
    paths = [index / CURRENT]
    for name in _candidates(index)[0]:
        with suppress(OSError):
            paths += sorted((index / name).iterdir())
    return tuple(map(_stamp_of, paths))


def new_folder(index: Path) -> Path:
    """Create an empty folder for a new generation, named by the time, or later than all that are there."""
    at = datetime.now(UTC)
    last = max((path.name for path in index.glob("gen-*") if _NAME.fullmatch(path.name)), default="")
    with suppress(ValueError, OverflowError):
        at = max(at, datetime.strptime(last, _STAMP).replace(tzinfo=UTC) + timedelta(microseconds=1))
    folder = index / at.strftime(_STAMP)
    folder.mkdir(parents=True)
    return folder


def clear(index: Path) -> None:
    """Remove what killed builds have left; no other build may be running.

    The published generation stays, and so do all finished ones before it: if it is damaged, one of them may be
    answering.
    """
    kept = set(_candidates(index)[0])
    for path in (*index.glob("gen-*"), *index.glob("*.part")):
        if path.name not in kept:
            _remove(path)


def seal(folder: Path, created: datetime, entries: int) -> None:
    """Write the manifest of a finished generation, after syncing all its files to disk."""
    write_seal(folder, created, entries, _digests(sorted(folder.iterdir()), sync=True))


def check(folder: Path, *, of_any_version: bool = False) -> Seal:
    """Read a generation's manifest and compare every file with it.

    Raises `StaleIndex`, which names the file that is missing, changed or of another version.
    """
    manifest = read_seal(folder, of_any_version=of_any_version)
    if not of_any_version and (odd := file_names(FILTERS) ^ manifest.files.keys()):
        raise StaleIndex("index-files-odd", path=folder, found=", ".join(sorted(odd)[:9]))
    try:
        digests = _digests([folder / name for name in manifest.files])
    except OSError as error:
        raise StaleIndex("index-file-unreadable", path=str(error.filename), reason=reason_of(error)) from error
    for name, digest in manifest.files.items():
        if digests[name] != digest:
            raise StaleIndex("index-file-damaged", path=folder / name)
    return manifest


def publish(index: Path, folder: Path) -> None:
    """Make a sealed generation the published one.

    The newest intact one before it is kept for rollback, all others are removed.
    """
    sync_folder(index)
    others = [name for name in _candidates(index)[0] if name != folder.name]
    before = next((name for name in others if _is_whole(index / name)), others[0] if others else "")
    with replacing(index / CURRENT) as file:
        file.write(folder.name.encode() + b"\n")
    for path in index.glob("gen-*"):
        if path.name not in (folder.name, before):
            _remove(path)


def kept(index: Path) -> tuple[str, ...]:
    """Return the names of the generations that a copy of an archive needs: the published one, and that in reserve.

    If it is unknown which is published, they are the two newest.  Raises `IndexMissing` if there is none.
    """
    names, unnamed = _candidates(index)
    if unnamed:
        if not names:
            raise unnamed
        return tuple(names[:2])
    return (names[0], *reserves(_sealed(index), names[0])[:1])


def roll_back(index: Path, open_one: Callable[[Path, Seal], object]) -> tuple[Seal, str, str]:
    """Publish the generation in reserve; return its manifest, its name, and that of the generation taken back.

    This one stays, and is then the one in reserve, until the next build begins.  `open_one` must be able to open what
    is published; it may raise `StaleIndex`.

    Raises `IndexMissing` if nothing is published, `StaleIndex` if no other generation is there or the one in reserve
    is damaged or of another format, `IndexLocked` if a build is running.
    """
    try:
        with locked(index):
            current = published(index)
            others = reserves(_sealed(index), current)
            if not others:
                raise StaleIndex("index-alone", path=index / current)
            try:
                found = check(index / others[0])
                open_one(index / others[0], found)
            except StaleIndex as error:
                raise StaleIndex("index-reserve-unusable", generation=current, cause=error) from error
            with replacing(index / CURRENT) as file:
                file.write(others[0].encode() + b"\n")
            return found, others[0], current
    except FolderBusy as error:
        raise IndexLocked("build-running", path=index) from error


def _sealed(index: Path) -> list[str]:
    """Return the names of the finished generations, newest first."""
    names = (path.parent.name for path in index.glob(f"gen-*/{NAME}"))
    return sorted(filter(_NAME.fullmatch, names), reverse=True)


def _stamp_of(path: Path) -> tuple[str, int, int, int]:
    try:
        status = path.lstat()
    except OSError:
        return path.name, 0, 0, 0
    return path.name, status.st_size, status.st_mtime_ns, status.st_ino


def _is_whole(folder: Path) -> bool:
    try:
        check(folder)
    except StaleIndex:
        return False
    return True


def _remove(path: Path) -> None:
    """Remove a file or folder; ignore what cannot be removed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _digests(paths: Sequence[Path], *, sync: bool = False) -> dict[str, str]:
    """Return each file's SHA-256 by name, several read at once; with `sync` the files are synced to disk first."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return dict(zip([path.name for path in paths], pool.map(partial(_digest, sync=sync), paths), strict=True))


def _digest(path: Path, *, sync: bool) -> str:
    if sync:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    with open_plain(path) as file:
        return file_digest(file, "sha256").hexdigest()
