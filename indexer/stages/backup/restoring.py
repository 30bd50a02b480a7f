"""Makes a data folder of a backup, whole or not at all; it reads no archive."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from indexer.errors import ConfigError, StoreError, reason_of
from indexer.files.durable import FolderBusy, locked, sync_folder, unwritable, write_all
from indexer.files.plain import open_plain
from indexer.progress import Progress, silent
from indexer.stages.backup.contents import Contents
from indexer.stages.backup.reading import read_backup

_WORK = ".restoring"
_LOCK = ".lock"
_OURS = {_LOCK, _WORK, "lost+found"}
"""What may lie in a folder that is empty: a lock of ours, what an earlier call has left, what a file system has."""


def restore(root: Path, source: Path, progress: Progress = silent) -> Contents:
    """Make the data folder `root`, which must be missing or empty, of a backup.

    Raises as `restore_from` does, and `StoreError` if the file cannot be read.
    """
    try:
        file = source.open("rb") if source.exists() and not source.is_file() else open_plain(source, follow=True)
    except OSError as error:
        raise StoreError("backup-unreadable", path=source, reason=reason_of(error)) from error
    with file:
        return restore_from(root, file, str(source), progress)


def restore_from(root: Path, file: BinaryIO, name: str, progress: Progress = silent) -> Contents:
    """Make the data folder `root`, which must be missing or empty, of a stream that errors call `name`.

    All is written beside the folder, compared with its digests and synced, then put in its place by one step; a call
    that was killed has left what the next one removes.

    Raises `ConfigError` if the folder is not empty, cannot be written or has no room, `StoreError` as `read_backup`
    does.
    """
    root = root.resolve()
    _check_empty(root)
    work = _work_folder(root)
    with _clean(work):
        contents = read_backup(name, file, lambda found: _check_room(work, found), _Folder(work).put, progress)
        try:
            for folder, _, _ in os.walk(work, topdown=False):
                sync_folder(Path(folder))
            _check_empty(root)
            _put_in_place(work, root)
        except OSError as error:
            raise unwritable(root, error) from error
    return contents


class _Folder:
    """Writes files in a folder, below which their names were found to stay."""

    def __init__(self, work: Path) -> None:
        self._work = work

    @contextmanager
    def put(self, name: str) -> Iterator[Callable[[bytes], object]]:
        path = self._work / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("xb", buffering=0)
        except OSError as error:
            raise unwritable(path, error) from error
        with file:

            def write(chunk: bytes) -> None:
                try:
                    write_all(file, chunk)
                except OSError as error:
                    raise unwritable(path, error) from error

            yield write
            try:
                os.fsync(file.fileno())
            except OSError as error:
                raise unwritable(path, error) from error


def _check_empty(root: Path) -> None:
    try:
        found = sorted(path.name for path in root.iterdir() if path.name not in _OURS)
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigError("restore-no-folder", path=root, reason=reason_of(error)) from error
    if found:
        raise ConfigError("restore-not-empty", path=root, name=found[0], count=len(found))


def _work_folder(root: Path) -> Path:
    """Return where to write: beside the folder, or inside where nothing can take its place, as that of a container."""
    beside = root.with_name(root.name + _WORK)
    if root.is_dir() and (os.path.ismount(root) or not os.access(root.parent, os.W_OK)):
        return root / _WORK
    return beside


@contextmanager
def _clean(work: Path) -> Iterator[None]:
    """Hold a folder for work that is empty when the block begins, and gone when it ends."""
    if work.is_symlink() or (work.exists() and not _is_ours(work)):
        raise ConfigError("restore-work-taken", path=work)
    try:
        with locked(work):
            try:
                _empty(work)
                yield
            finally:
                if work.exists():
                    shutil.rmtree(work, ignore_errors=True)
    except FolderBusy as error:
        raise StoreError("restore-running", path=work) from error


def _is_ours(work: Path) -> bool:
    with suppress(OSError):
        found = [path.name for path in work.iterdir()]
        return not found or _LOCK in found
    return False


def _empty(work: Path) -> None:
    try:
        for path in work.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.name != _LOCK:
                path.unlink()
    except OSError as error:
        raise unwritable(work, error) from error


def _check_room(work: Path, contents: Contents) -> None:
    free = shutil.disk_usage(work).free
    if contents.size > free:
        raise ConfigError("restore-no-room", path=work.parent, needed=contents.size, free=free)


def _put_in_place(work: Path, root: Path) -> None:
    if work.parent == root:
        for path in sorted(work.iterdir()):
            if path.name != _LOCK:
                path.rename(root / path.name)
        sync_folder(root)
        return
    if root.exists():
        shutil.copymode(root, work)
        (root / _LOCK).unlink(missing_ok=True)
    work.rename(root)
    sync_folder(root.parent)
