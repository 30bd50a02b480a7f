"""The arrays that lie beside Whoosh's files, as .npy: written whole or bit by bit, mapped into memory."""

import math
import os
import re
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import DTypeLike, NDArray

from indexer.search.whoosh.files.filenames import type_of
from indexer.search.whoosh.files.mapping import map_file

_HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '([<|][A-Za-z]\d{1,4})', 'fortran_order': False, "
    rb"'shape': \((\d{1,18}),(?: (\d{1,18}))?\), \} *\n",
    re.DOTALL,
)
"""What NumPy writes before an array of one or two dimensions, in the order of its rows."""


class Appender:
    """Writes an array whose length is known only at the end."""

    def __init__(self, folder: Path, name: str) -> None:
        """Begin the file."""
        self._file = (folder / f"{name}.npy").open("wb")
        self._dtype = np.dtype(type_of(name))
        self.rows = 0
        self._write_header()

    def add(self, array: NDArray[Any]) -> None:
        """Write some more elements."""
        self._file.write(np.ascontiguousarray(array, dtype=self._dtype).data)
        self.rows += len(array)

    def close(self) -> None:
        """Write the length into the header, for which NumPy leaves room; a second time does nothing."""
        if self._file.closed:
            return
        self._file.seek(0)
        self._write_header()
        self._file.close()

    def _write_header(self) -> None:
        header = {"descr": self._dtype.str, "fortran_order": False, "shape": (self.rows,)}
        np.lib.format.write_array_header_1_0(self._file, header)

    def __enter__(self) -> Self:
        """Write inside a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()


def save(folder: Path, name: str, array: NDArray[Any]) -> None:
    """Write an array of the layout."""
    np.save(folder / f"{name}.npy", array.astype(type_of(name), copy=False), allow_pickle=False)


def create(folder: Path, name: str, dtype: DTypeLike, rows: int) -> NDArray[Any]:
    """Make an array on disk that is filled in any order."""
    path = folder / f"{name}.npy"
    array = np.lib.format.open_memmap(path, mode="w+", dtype=np.dtype(dtype), shape=(rows,))
    if hasattr(os, "posix_fallocate"):
        # The room is taken now: a disk found full while a map is written to ends the process without a word.
        with path.open("rb+") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    return array


def load(folder: Path, name: str) -> NDArray[Any]:
    """Map an array of the layout; nothing is read before it is used, and processes share what is.

    Raises `OSError` when the file cannot be opened, `ValueError` when it is not such an array.
    """
    # Not by NumPy's own `load`: it reads a header as Python, whatever stands there, and gives a memmap object, whose
    # slicing costs five times as much.
    mapped = map_file(folder / f"{name}.npy")
    header = _HEADER.match(mapped)
    wanted = type_of(name)
    if header is None or not header[1].decode().startswith(f"|{wanted}" if wanted == "S" else wanted):
        raise ValueError(f"{name} is no array of such numbers")
    shape = tuple(int(size) for size in header.group(2, 3) if size)
    return np.frombuffer(mapped, header[1].decode(), math.prod(shape), header.end()).reshape(shape)


def view(array: NDArray[Any]) -> memoryview:
    """Give an array as Python reads single numbers of it fastest."""
    return memoryview(array)  # type: ignore[arg-type]


def load_whole(folder: Path, name: str) -> NDArray[Any]:
    """Read an array that every search goes through.  Raises as `load` does."""
    return np.array(load(folder, name))  # by way of a map: a header that promises more than there is takes no memory


def require(holds: object, name: str) -> None:
    """Raise `ValueError` unless something holds that has to, of what the file `name` says."""
    if not holds:
        raise ValueError(f"{name} does not fit what else is there")


def remove(folder: Path, name: str) -> None:
    """Remove an array that was needed while building."""
    (folder / f"{name}.npy").unlink()
