"""Opens files that others may have put there: whatever lies there is a plain file or refused; reads nothing."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def open_plain(path: Path, *, follow: bool = False) -> BufferedReader:
    """Open a file for reading: not a pipe, which would never end, nor a link, which may lead elsewhere.

    With `follow` a link is taken for what it leads to.
    Raises `OSError`.
    """
    if not follow and path.is_symlink():
        raise OSError(errno.ELOOP, "it is a link, and may lead elsewhere", str(path))
    handle = os.open(path, _READING if follow else _READING | _NO_LINK)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "no plain file", str(path))
    return os.fdopen(handle, "rb")
