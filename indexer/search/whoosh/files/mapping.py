"""Maps the files of an index; knows not what they hold."""

import mmap
from pathlib import Path

from indexer.files.plain import open_plain


def map_file(path: Path) -> mmap.mmap:
    """Map a file: no position is kept, so threads may share it, and processes share its pages.

    It is unmapped when nothing looks into it any more.
    Raises `OSError` or, for an empty file, `ValueError`.
    """
    with open_plain(path) as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
