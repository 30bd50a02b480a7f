"""Memory-maps files that searches read."""

import mmap
import os
from pathlib import Path

from indexer.files.plain import open_plain

_POPULATE = getattr(mmap, "MAP_POPULATE", 0)
"""Makes the system enter a file's pages at once, where it can: else it is interrupted for each few that are first read."""
_SHARE = 4
"""Files of up to one part in this many of the machine's memory are entered at once; of larger ones, what is read."""


def map_file(path: Path) -> mmap.mmap:
    """Map a file for reading; it has no file position, so threads can share it, and processes share its pages.

    It is unmapped once nothing refers to it any more.  Raises `OSError`, or `ValueError` for an empty file.
    """
    with open_plain(path) as file:
        if _POPULATE and os.fstat(file.fileno()).st_size <= machine_memory() // _SHARE:
            return mmap.mmap(file.fileno(), 0, flags=mmap.MAP_SHARED | _POPULATE, prot=mmap.PROT_READ)
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def machine_memory() -> int:
    """Return the bytes of the machine's memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
