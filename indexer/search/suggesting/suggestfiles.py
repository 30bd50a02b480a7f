"""Lists the files of suggestions and the number type of each array; reads and writes these in any folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from indexer.search.arrays import npyfile

TEXTS = "suggest.json"
"""What of the suggestions is no array."""
ARRAYS: Mapping[str, str] = {
    "suggest-text": "<u2",
    "suggest-sounds": "<u2",
    "suggest-heard": "<u4",
    "suggest-places": "<u4",
    "suggest-starts": "<u4",
    "suggest-kinds": "<u2",
    "suggest-where": "<u4",
    "suggest-counts": "<u4",
}
"""Number type of each array."""


def file_names() -> tuple[str, ...]:
    """Return the names of all files that suggestions lie in, for who stores their folder elsewhere."""
    return (TEXTS, *(f"{name}.npy" for name in ARRAYS))


def save(folder: Path, name: str, array: NDArray[Any]) -> None:
    """Write one of the arrays."""
    npyfile.save(folder, name, array, ARRAYS[name])


def load(folder: Path, name: str) -> NDArray[Any]:
    """Map one of the arrays.  Raises as `npyfile.load` does."""
    return npyfile.load(folder, name, ARRAYS[name])
