"""Reads a backup from its first byte to its last, and compares every digest; where its files go, others say."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from indexer.errors import StoreError, reason_of
from indexer.progress import Progress, silent
from indexer.stages.backup.container import Broken, Member, read_members
from indexer.stages.backup.contents import FORMAT, LIST, LONGEST, SUMS, Contents, Oddity, decode_list, decode_sums

Put = Callable[[str], AbstractContextManager[Callable[[bytes], object]]]
"""Opens a file by its name in the data folder; gives what its bytes are written with."""


def read_backup(
    path: Path | str,
    file: BinaryIO,
    begin: Callable[[Contents], object] = lambda _: None,
    put: Put | None = None,
    progress: Progress = silent,
    *,
    stage: str = "restore",
) -> Contents:
    """Read a whole backup; return what it says that it holds, which is then what it does hold.

    `path` is what errors call it.  `begin` is given its list before any file is read.

    Raises `StoreError` if it is no backup, breaks off, holds anything else than its list says, or is damaged, and what
    `begin` and `put` raise.
    """
    reading = _Reading(path, progress, stage)
    try:
        with _told(path):
            return reading.all(file, begin, put)
    except Broken as error:
        raise reading.broken(str(error)) from error
    except Oddity as error:
        raise StoreError("backup-odd", path=path, name=str(error)) from error


class _Reading:
    def __init__(self, path: Path | str, progress: Progress, stage: str) -> None:
        self._path = path
        self._progress = progress
        self._stage = stage
        self._digests: dict[str, str] = {}
        self._at = ""
        """The member that is being read."""

    def all(self, file: BinaryIO, begin: Callable[[Contents], object], put: Put | None) -> Contents:
        members = read_members(file)
        contents = decode_list(self._text(members, LIST))
        if contents.format != FORMAT:
            raise StoreError("backup-newer", path=self._path, version=contents.version)
        begin(contents)
        done, total = 0, contents.size
        for item in contents.files:
            member = self._next(members, item.name, item.size)
            counted = sha256()
            with put(item.name) if put else nullcontext(_nowhere) as write:
                for chunk in member.chunks:
                    counted.update(chunk)
                    write(chunk)
                    done += len(chunk)
                    self._progress(self._stage, *megabytes(done, total))
            self._digests[item.name] = counted.hexdigest()
        known = dict(self._digests)
        damaged = decode_sums(self._text(members, SUMS), known)
        if damaged:
            raise StoreError("backup-damaged", path=self._path, name=damaged[0], count=len(damaged))
        if next(members, None) is not None:
            raise Oddity(SUMS)
        return contents

    def _text(self, members: Iterator[Member], name: str) -> bytes:
        member = self._next(members, name)
        if member.size > LONGEST:
            raise Oddity(name)
        text = b"".join(member.chunks)
        self._digests[name] = sha256(text).hexdigest()
        return text

    def _next(self, members: Iterator[Member], name: str, size: int | None = None) -> Member:
        """Return the next member, which must be the one that is due."""
        self._at = name
        member = next(members, None)
        if member is None:
            raise Broken("")
        if name == LIST and member.name != LIST:
            raise StoreError("backup-foreign", path=self._path)
        if member.name != name or size not in (None, member.size):
            raise Oddity(member.name[:80])
        return member

    def broken(self, name: str) -> StoreError:
        """Return the error that says where the stream is none any more."""
        if self._at in ("", LIST):
            return StoreError("backup-foreign", path=self._path)
        if name:
            return StoreError("backup-damaged", path=self._path, name=self._at, count=1)
        return StoreError("backup-broken-off", path=self._path, name=self._at)


def megabytes(done: int, total: int) -> tuple[int, int]:
    """Return how much is done and the total, which people can read; all is done when the last byte is."""
    return (done + (1 << 20) - 1) >> 20, (total + (1 << 20) - 1) >> 20


def _nowhere(_: bytes) -> None:
    """Drop bytes, of which only the digest is wanted."""


@contextmanager
def _told(path: Path | str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError("backup-unreadable", path=path, reason=reason_of(error)) from error
