"""Opens all files of an archive as they are at one moment, while others may be writing to it; it writes nothing there."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.config import DataFolder
from indexer.errors import ConfigError, IndexFailure, IndexMissing, StaleIndex, StoreError, YearbookError, reason_of
from indexer.files.plain import open_plain
from indexer.files.together import together
from indexer.search.factory import is_in_cluster
from indexer.search.whoosh import generation
from indexer.search.whoosh.seal import read_seal
from indexer.stages.backup.contents import PLAIN, Lacking, belongs
from indexer.store.pagestore import PageStore
from indexer.store.snapshot import snapshot

_TRIES = 20
"""How often the index is looked for anew if a build removes it while it is being opened."""
_APPENDING = 0.05
"""Seconds in which somebody who is appending lines has written all of them."""
_OURS = ("warc", "index", "demo", ".lock")
"""What else lies in a data folder, and is not to be named: `demo` is another archive, made of what the program has."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file to be copied."""

    name: str
    """Its path in the data folder, with `/`."""
    size: int
    """How many of its bytes belong to this moment."""
    path: Path
    opened: BufferedReader | None = None
    """The file, if it may be replaced or removed meanwhile; else it only grows, and is opened when it is copied."""
    digest: str = ""
    """SHA-256 that its bytes should have, where that is known."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An archive at one moment."""

    pieces: tuple[Piece, ...]
    generation: str
    lacking: tuple[Lacking, ...]
    left_out: tuple[str, ...]
    """Files in the data folder that are no part of an archive."""
    remarks: tuple[YearbookError, ...] = ()
    """What is not copied, and is no loss."""


@contextmanager
def taking(data: DataFolder) -> Iterator[Taken]:
    """Open an archive's files until the block ends.

    What is made of the pages comes first, then people's decisions, then the ledger, then WARC files: each may rest on
    what comes behind it, never on what comes before, and what comes behind may be a little newer.

    Raises `ConfigError` if there is no archive, `StoreError` if one of its files cannot be read.
    """
    with ExitStack() as opened, TemporaryDirectory(prefix="nianjian-") as folder:
        with _all_of_one_moment(data):
            made, current, lacking = _index(data, opened)
            for name in PLAIN:
                if name != data.ledger.name:
                    made += _opened(data.root / name, name, opened, follow=True)
        copy = Path(folder, data.ledger.name)
        found = snapshot(PageStore(data.warc, data.ledger), copy)
        made += _opened(copy, data.ledger.name, opened)
        made += [Piece(f"{data.warc.name}/{each.path.name}", each.size, each.path) for each in found.files]
        if not made:
            raise ConfigError("backup-nothing", path=data.root)
        lacking += [Lacking(f"{data.warc.name}/{name}", "gone") for name in found.gone]
        lacking += [Lacking(f"{data.warc.name}/{name}", "shorter") for name in found.shorter]
        odd = [each for each in made if not belongs(each.name)]
        yield Taken(
            tuple(each for each in made if each not in odd),
            current,
            tuple(lacking),
            (*_left_out(data), *(each.name for each in odd)),
            (IndexMissing("cluster-not-backed-up"),) if is_in_cluster() else (),
        )


@contextmanager
def _all_of_one_moment(data: DataFolder) -> Iterator[None]:
    """Keep out whoever writes files that belong together; a folder that nobody can write, or uses, needs no lock."""
    used = any((data.root / name).exists() for name in (*PLAIN, data.warc.name, data.index.name))
    with ExitStack() as held:
        if used and os.access(data.root, os.W_OK):
            held.enter_context(together(data.root))
        yield


def _index(data: DataFolder, opened: ExitStack) -> tuple[list[Piece], str, list[Lacking]]:
    """Open the published generation and the one in reserve.

    What is open stays readable if a build removes it meanwhile; where one does so while they are being opened, the
    next that is published is taken.  In a cluster there are no files of it; what it is made of is copied.
    """
    if is_in_cluster():
        return [], "", []
    for _ in range(_TRIES):
        with ExitStack() as these:
            try:
                found = _generations(data, these)
            except FileNotFoundError:
                continue  # a build has removed it
            opened.push(these.pop_all())
            return found
    raise StaleIndex("index-changes", path=data.index)


def _generations(data: DataFolder, opened: ExitStack) -> tuple[list[Piece], str, list[Lacking]]:
    at = data.index.name
    pieces = _opened(data.index / generation.CURRENT, f"{at}/{generation.CURRENT}", opened)
    lacking: list[Lacking] = []
    current, names = "", tuple[str, ...]()
    try:
        names = generation.kept(data.index)
        current = generation.published(data.index)
    except IndexMissing:
        return pieces, "", []
    except IndexFailure:
        lacking.append(Lacking(f"{at}/{generation.CURRENT}", "unpublished"))
    for name in names:
        digests = _sealed(data.index / name)
        there = {path.name for path in (data.index / name).iterdir()}
        for each in sorted(there):
            found = _opened(data.index / name / each, f"{at}/{name}/{each}", opened)
            pieces += [replace(piece, digest=digests.get(each, "")) for piece in found]
        lacking += [Lacking(f"{at}/{name}/{each}", "gone") for each in digests if each not in there]
    return pieces, current, lacking


def _sealed(folder: Path) -> Mapping[str, str]:
    try:
        return read_seal(folder, of_any_version=True).files
    except StaleIndex:
        return {}


def _opened(path: Path, name: str, opened: ExitStack, *, follow: bool = False) -> list[Piece]:
    """Open a file if it is there."""
    try:
        file = opened.enter_context(open_plain(path, follow=follow))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError("file-unreadable", path=path, reason=reason_of(error)) from error
    return [Piece(name, _whole_lines(file) if name.endswith(".jsonl") else _size(file), path, file)]


def _size(file: BufferedReader) -> int:
    return os.fstat(file.fileno()).st_size


def _whole_lines(file: BufferedReader) -> int:
    """Return the size of a file of lines; wait for the end of a line that is being appended at this moment."""
    size = -1
    while size != (now := _size(file)):
        size = now
        if size and os.pread(file.fileno(), 1, size - 1) != b"\n":
            time.sleep(_APPENDING)
    return size


def _left_out(data: DataFolder) -> tuple[str, ...]:
    """Return what lies in the folder beside the archive, as far as it is not in the middle of being written."""
    companions = data.ledger.name + "-"  # of SQLite's
    known = (*PLAIN, *_OURS)
    found = [path.name for path in _there(data.root) if path.name not in known and not path.name.startswith(companions)]
    found += [
        f"{data.warc.name}/{path.name}"
        for path in _there(data.warc)
        if path.name != ".lock" and not (path.name.endswith(".warc.gz") and path.is_file())
    ]
    return tuple(found)


def _there(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
