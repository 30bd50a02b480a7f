"""Reads and writes arrays as .npy files: written whole or piece by piece, read memory-mapped.

Which arrays there are, and of what number type each is (`"<u4"`; `"S"` for strings of any one width), says who stores
them.
"""

import math
import os
import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from indexer.closing import Closing
from indexer.search.arrays.mapping import map_file

_HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '([<|][A-Za-z]\d{1,4})', 'fortran_order': False, "
    rb"'shape': \((\d{1,18}),(?: (\d{1,18}))?\), \} *\n",
    re.DOTALL,
)
"""What NumPy writes before an array of one or two dimensions in row order."""


class Appender(Closing):
    """Writes an array whose length is known only at the end."""

    def __init__(self, folder: Path, name: str, dtype: str) -> None:
        """Create the file for the array `name`, whose elements are of the type `dtype`."""
        self._file = (folder / f"{name}.npy").open("wb")
        self._dtype = np.dtype(dtype)
        self.rows = 0
        self._write_header()

    def add(self, array: NDArray[Any]) -> None:
        """Write further elements."""
        self._file.write(np.ascontiguousarray(array, dtype=self._dtype).data)
        self.rows += len(array)

    def close(self) -> None:
        """Write the final length into the header, where NumPy leaves room for it; calling it again does nothing."""
        if self._file.closed:
            return
        self._file.seek(0)
        self._write_header()
        self._file.close()

    def _write_header(self) -> None:
        header = {"descr": self._dtype.str, "fortran_order": False, "shape": (self.rows,)}
        np.lib.format.write_array_header_1_0(self._file, header)


def save(folder: Path, name: str, array: NDArray[Any], dtype: str) -> None:
    """Write an array as the file `name`.npy, with elements of the type `dtype`."""
    np.save(folder / f"{name}.npy", array.astype(dtype, copy=False), allow_pickle=False)


def create(folder: Path, name: str, dtype: DTypeLike, rows: int) -> NDArray[Any]:
    """Create an array on disk and return it mapped, to be filled in any order."""
    path = folder / f"{name}.npy"
    array = np.lib.format.open_memmap(path, mode="w+", dtype=np.dtype(dtype), shape=(rows,))
    if hasattr(os, "posix_fallocate"):
        # Reserve the disk space now: if the disk fills up while a map is written to, the process dies without a message.
        with path.open("rb+") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    return array


def load(folder: Path, name: str, dtype: str) -> NDArray[Any]:
    """Map an array: nothing is read before it is used, and processes share what is read.

    Raises `OSError` if the file cannot be opened, `ValueError` if it does not hold an array of the right type.
    """
    # Not NumPy's own `load`: it parses the header as Python, whatever it contains, and returns a memmap object, whose
    # slicing costs five times as much.
    mapped = map_file(folder / f"{name}.npy")
    header = _HEADER.match(mapped)
    if header is None or not header[1].decode().startswith(f"|{dtype}" if dtype == "S" else dtype):
        raise ValueError(f"{name} is no array of such numbers")
    shape = tuple(int(size) for size in header.group(2, 3) if size)
    return np.frombuffer(mapped, header[1].decode(), math.prod(shape), header.end()).reshape(shape)


def view(array: NDArray[Any]) -> memoryview:
    """Return a memoryview of an array, from which Python reads single numbers fastest."""
    return memoryview(array)  # type: ignore[arg-type]


def load_whole(folder: Path, name: str, dtype: str) -> NDArray[Any]:
    """Read an array that every search goes through into memory.  Raises as `load` does."""
    return np.array(load(folder, name, dtype))  # through a map, so that a header that promises too much takes no memory


def require(holds: object, name: str) -> None:
    """Raise `ValueError` unless a condition on the contents of the file `name` holds."""
    if not holds:
        raise ValueError(f"{name} does not fit what else is there")


def remove(folder: Path, name: str) -> None:
    """Remove an array that was needed only while building."""
    (folder / f"{name}.npy").unlink()
