"""Copies an archive to one file, or into a pipe, and reads a file back before it counts; it judges no archive."""

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from indexer.config import DataFolder
from indexer.errors import ConfigError, StoreError, YearbookError, reason_of
from indexer.files.durable import sync_folder, write_all
from indexer.files.plain import open_plain
from indexer.progress import Progress, silent
from indexer.stages.backup.container import CHUNK, write_end, write_member
from indexer.stages.backup.contents import FORMAT, LIST, SUMS, Contents, Item, Lacking, encode_list, encode_sums
from indexer.stages.backup.reading import megabytes, read_backup
from indexer.stages.backup.taking import Piece, Taken, taking


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was copied."""

    contents: Contents
    lacking: tuple[Lacking, ...]
    """What is not in the backup as it should be, whether known before or found on the way."""
    left_out: tuple[str, ...]
    """Files in the data folder that are no part of an archive."""
    is_checked: bool
    """Whether all of it was read back; what goes into a pipe cannot be."""
    remarks: tuple[YearbookError, ...] = ()
    """What is not copied, and is no loss."""


def back_up(data: DataFolder, target: Path, version: str, progress: Progress = silent) -> BackedUp:
    """Copy an archive to a file, which takes the place of one that is there when all of it was read back.

    A target that is no plain file, such as a pipe or a tape, is written as `back_up_into` does.

    Raises `ConfigError` if the target cannot be written or there is no archive, `StoreError` if the archive, or what
    was written, cannot be read.
    """
    _check_target(target, data.root)
    target = target.resolve()
    with taking(data) as taken:
        try:
            if target.exists() and not target.is_file():
                with target.open("wb", buffering=0) as stream:
                    return _written(taken, stream, version, progress)
            with _alone(target) as (part, file):
                found = _written(taken, file, version, progress)
                os.fsync(file.fileno())
                _drop_from_memory(file)
                with part.open("rb") as again:
                    read_backup(part, again, progress=progress, stage="check")
        except OSError as error:
            raise ConfigError("backup-unwritable", path=target, reason=reason_of(error)) from error
    return replace(found, is_checked=True)


def back_up_into(data: DataFolder, stream: BinaryIO, version: str, progress: Progress = silent) -> BackedUp:
    """Copy an archive into a stream; whoever reads that has to check it, as `restore` does.

    Raises as `back_up` does.
    """
    with taking(data) as taken:
        try:
            found = _written(taken, stream, version, progress)
            stream.flush()
        except OSError as error:
            raise ConfigError("backup-stream-broken", reason=reason_of(error)) from error
    return found


def _check_target(target: Path, root: Path) -> None:
    if target.is_dir():
        raise ConfigError("backup-unwritable", path=target, reason=os.strerror(errno.EISDIR))
    if target.resolve().is_relative_to(root.resolve()):
        raise ConfigError("backup-inside", path=target, folder=root)


def _written(taken: Taken, out: BinaryIO, version: str, progress: Progress) -> BackedUp:
    files = tuple(Item(each.name, each.size) for each in taken.pieces)
    made = datetime.now(UTC)
    contents = Contents(FORMAT, version, made.isoformat(timespec="seconds"), taken.generation, files, taken.lacking)
    copying = _Copying(out, int(made.timestamp()), contents.size, progress)
    copying.add(LIST, encode_list(contents))
    for piece in taken.pieces:
        copying.copy(piece)
    copying.add(SUMS, encode_sums(copying.digests))
    write_end(copying.write)
    return BackedUp(
        contents, (*taken.lacking, *copying.lacking), taken.left_out, is_checked=False, remarks=taken.remarks
    )


class _Copying:
    """Copies files into a stream, with the digests of what it wrote."""

    def __init__(self, out: BinaryIO, at: int, total: int, progress: Progress) -> None:
        self.write = partial(write_all, out)
        self.digests: dict[str, str] = {}
        self.lacking: list[Lacking] = []
        self._at = at
        self._total = total
        self._done = 0
        self._progress = progress

    def add(self, name: str, text: bytes) -> None:
        write_member(self.write, name, len(text), self._at, iter([text]))
        self.digests[name] = sha256(text).hexdigest()

    def copy(self, piece: Piece) -> None:
        counted = sha256()
        write_member(self.write, piece.name, piece.size, self._at, self._chunks(piece, counted.update))
        self.digests[piece.name] = counted.hexdigest()
        if piece.digest and piece.digest != self.digests[piece.name]:
            self.lacking.append(Lacking(piece.name, "damaged"))

    def _chunks(self, piece: Piece, count: Callable[[bytes], object]) -> Iterator[bytes]:
        for chunk in self._read(piece):
            count(chunk)
            yield chunk
            self._done += len(chunk)
            self._progress("backup", *megabytes(self._done, self._total))

    def _read(self, piece: Piece) -> Iterator[bytes]:
        """Yield exactly the bytes that belong to the piece; zeros for those that the disk does not give."""
        with _open(piece) as file:
            left, broken = piece.size, False
            while left:
                size = min(left, CHUNK)
                try:
                    chunk = file.read(size)
                except OSError:
                    chunk, broken = bytes(size), True
                    file.seek(piece.size - left + size)
                if not chunk:
                    raise StoreError("backup-changed", path=piece.path)
                yield chunk
                left -= len(chunk)
        if broken:
            self.lacking.append(Lacking(piece.name, "unreadable"))


@contextmanager
def _open(piece: Piece) -> Iterator[BufferedReader]:
    if piece.opened:
        yield piece.opened  # closed by who opened it
        return
    try:
        file = open_plain(piece.path, follow=True)
    except OSError as error:
        raise StoreError("file-unreadable", path=piece.path, reason=reason_of(error)) from error
    with file:
        yield file


@contextmanager
def _alone(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Open a file beside `target` for writing, which takes its place when the block ends, unless it fails.

    It takes long, so that another call may begin meanwhile: each would write into the other's file.
    """
    part = target.with_name(target.name + ".part")
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "wb", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ConfigError("backup-running", path=part) from error
        if not part.exists() or part.stat().st_ino != os.fstat(file.fileno()).st_ino:
            raise ConfigError("backup-running", path=part)  # the other one has ended just now
        try:
            file.truncate(0)
            yield part, file
            part.replace(target)
            sync_folder(target.parent)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def _drop_from_memory(file: BinaryIO) -> None:
    """Have what is read back come from the disk, as far as the system can be asked for that."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
