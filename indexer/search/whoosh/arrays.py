"""The arrays that lie beside Whoosh's files, as .npy: written whole, mapped into memory; knows not what they hold."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


def save(folder: Path, name: str, array: NDArray[Any]) -> None:
    """Write an array."""
    np.save(folder / f"{name}.npy", array, allow_pickle=False)


def create(folder: Path, name: str, dtype: DTypeLike, rows: int) -> NDArray[Any]:
    """Make an array on disk that is filled piece by piece."""
    return np.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=np.dtype(dtype), shape=(rows,))


def load(folder: Path, name: str) -> NDArray[Any]:
    """Map an array; nothing is read before it is used, and processes share what is."""
    # A plain view: slicing a memmap object costs five times as much.
    array: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return array


def load_whole(folder: Path, name: str) -> NDArray[Any]:
    """Read an array that every search goes through."""
    array: NDArray[Any] = np.load(folder / f"{name}.npy", allow_pickle=False)
    return array


def remove(folder: Path, name: str) -> None:
    """Remove an array that was needed while building."""
    (folder / f"{name}.npy").unlink()
