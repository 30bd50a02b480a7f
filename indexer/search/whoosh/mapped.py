"""Maps the files of a generation that are not NumPy's own into memory; knows not what they hold."""

import mmap
from pathlib import Path


def map_file(path: Path) -> mmap.mmap:
    """Map a file: no position is kept, so threads may share it, and processes share its pages.

    It is unmapped when nothing looks into it any more.
    Raises `OSError` or, for an empty file, `ValueError`.
    """
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
