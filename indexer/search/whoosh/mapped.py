"""Opens and maps the files of an index; knows not what they hold."""

import errno
import mmap
import os
import stat
from io import BufferedReader
from pathlib import Path

_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def open_plain(path: Path) -> BufferedReader:
    """Open a file for reading: not a link, which may lead elsewhere, nor a pipe, which would never end.

    Raises `OSError`.
    """
    handle = os.open(path, _READING)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "no plain file", str(path))
    return os.fdopen(handle, "rb")


def map_file(path: Path) -> mmap.mmap:
    """Map a file: no position is kept, so threads may share it, and processes share its pages.

    It is unmapped when nothing looks into it any more.
    Raises `OSError` or, for an empty file, `ValueError`.
    """
    with open_plain(path) as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
