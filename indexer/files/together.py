"""Lets files of a data folder that belong together be written together, and taken together; it knows no file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import StoreError
from indexer.files.durable import FolderBusy, locked

_PATIENCE = 600.0
"""Seconds that one writer waits for another: what is written under the lock was computed before, or takes minutes."""


@contextmanager
def together(root: Path, wait: float = _PATIENCE) -> Iterator[None]:
    """Hold the data folder's own lock while files are written, or opened, that must be of one moment.

    A single file needs no lock, since it is replaced as a whole.

    Raises `StoreError` if another process holds it for `wait` seconds, `ConfigError` if the folder cannot be written.
    """
    try:
        with locked(root, wait):
            yield
    except FolderBusy as error:
        raise StoreError("folder-busy", path=root) from error
