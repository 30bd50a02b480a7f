"""Opens files that others may have put in place, refusing anything but a plain file."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def open_plain(path: Path, *, follow: bool = False) -> BufferedReader:
    """Open a file for reading, but not a pipe, which might never end, or a link, which may lead elsewhere.

    With `follow` links are allowed.  Raises `OSError`.
    """
    if not follow and path.is_symlink():
        raise OSError(errno.ELOOP, "it is a link, and may lead elsewhere", str(path))
    handle = os.open(path, _READING if follow else _READING | _NO_LINK)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "no plain file", str(path))
    return os.fdopen(handle, "rb")
