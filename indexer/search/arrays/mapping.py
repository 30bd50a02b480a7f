"""Memory-maps files that searches read."""

import mmap
from pathlib import Path

from indexer.files.plain import open_plain


def map_file(path: Path) -> mmap.mmap:
    """Map a file for reading; it has no file position, so threads can share it, and processes share its pages.

    It is unmapped once nothing refers to it any more.  Raises `OSError`, or `ValueError` for an empty file.
    """
    with open_plain(path) as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
