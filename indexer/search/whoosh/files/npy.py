"""Reads and writes a generation's arrays, each with the number type that `filenames` lists for it."""

from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from indexer.search.arrays import npyfile
from indexer.search.arrays.npyfile import create, remove, require, view
from indexer.search.whoosh.files.filenames import type_of

__all__ = ["Appender", "create", "load", "load_whole", "remove", "require", "save", "view"]


class Appender(npyfile.Appender):
    """Writes an array whose length is known only at the end."""

    def __init__(self, folder: Path, name: str) -> None:
        """Create the file for the array `name`."""
        super().__init__(folder, name, type_of(name))


def save(folder: Path, name: str, array: NDArray[Any]) -> None:
    """Write an array of the layout as the file `name`.npy."""
    npyfile.save(folder, name, array, type_of(name))


def load(folder: Path, name: str) -> NDArray[Any]:
    """Map an array of the layout.  Raises as `npyfile.load` does."""
    return npyfile.load(folder, name, type_of(name))


def load_whole(folder: Path, name: str) -> NDArray[Any]:
    """Read an array that every search goes through into memory.  Raises as `npyfile.load` does."""
    return npyfile.load_whole(folder, name, type_of(name))
