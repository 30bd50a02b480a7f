"""Writes files so that a reader sees the old version or the new one, never a part of one."""

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from indexer.errors import ConfigError, reason_of


class FolderBusy(Exception):  # noqa: N818  (translated to our own errors by the callers)
    """Raised if another process holds the lock of a folder."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside `path` for writing; on success it is synced and renamed to `path`, otherwise removed.

    Raises `ConfigError` if the folder cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise unwritable(path, error) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def appending(path: Path) -> Iterator[BinaryIO]:
    """Collect lines to append to a file; on success all of them are appended and synced, otherwise none.

    If an earlier append left an unfinished line, that line is ended first.

    Raises `ConfigError` if the file cannot be written.
    """
    lines = io.BytesIO()
    yield lines
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+", buffering=0) as file:
            start = file.seek(0, os.SEEK_END)
            try:
                if start and os.pread(file.fileno(), 1, start - 1) != b"\n":
                    write_all(file, b"\n")
                write_all(file, lines.getvalue())
                os.fsync(file.fileno())
            except OSError:
                file.truncate(start)
                raise
        if not start:
            sync_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from error


def write_all(file: BinaryIO, data: bytes) -> None:
    """Write all of `data`: an unbuffered file may take only part of it without raising an error."""
    view = memoryview(data)
    while view:
        written = file.write(view)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        view = view[written:]


@contextmanager
def locked(folder: Path, wait: float = 0) -> Iterator[None]:
    """Hold the folder's lock; it is released when the process ends, however it ends.

    Raises `FolderBusy` when another process holds it for `wait` seconds, `ConfigError` when the folder cannot be
    written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".lock")
        lock.acquire(timeout=wait, poll_interval=0.02)
    except Timeout as error:
        raise FolderBusy(str(folder)) from error
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable, on systems that allow folders to be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritable(path: Path, error: OSError) -> ConfigError:
    """Return the error that says `path` cannot be written, and what to do."""
    return ConfigError("file-unwritable", path=path, reason=reason_of(error))
