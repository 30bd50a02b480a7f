"""Appends lines to a log that several processes write, and that others may move away or not read.

Each line is one write at the file's end.  Whatever goes wrong is said once, and no answer fails or waits for it.
"""

import logging
import os
import select
import stat
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from indexer.errors import reason_of

_log = logging.getLogger(__name__)

_LOOK_EVERY = 1.0
"""Seconds between two looks whether the file is still the one of that name, or can be opened again."""
_MODE = 0o640
"""Who may read a new log: what somebody read is for whoever runs the archive."""


class LogFile:
    """One log; safe to share between threads, and between processes that have one each."""

    def __init__(self, where: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Set the file's path, `-` for standard output; it is opened with the first line.  `clock` gives seconds."""
        self._where = where
        self._clock = clock
        self._file = -1
        """Descriptor of the open file; -1 if there is none."""
        self._looked_at = float("-inf")
        self._lost = 0
        """Lines that could not be written since the last one that was."""
        self._is_torn = False
        """Whether the last line was only begun, as on a full disk."""
        self._writing = threading.Lock()

    def write(self, line: bytes) -> None:
        """Append a line, with its end; what cannot be written is lost, which is said once."""
        with self._writing:
            try:
                self._append(line)
            except OSError as error:
                self._lost += 1
                if self._lost == 1:
                    _log.error("the access log %s cannot be written: %s", self._where, reason_of(error))
                return
            if self._lost:
                _log.warning("the access log %s is written again; lines lost: %d", self._where, self._lost)
                self._lost = 0

    def _append(self, line: bytes) -> None:
        now = self._clock()
        if now - self._looked_at >= _LOOK_EVERY:
            self._looked_at = now
            self._open_if_moved()
        if self._file < 0:
            raise FileNotFoundError(None, "it cannot be opened")
        if self._where == "-":
            _ready(self._file)
        written = os.write(self._file, b"\n" + line if self._is_torn else line)
        self._is_torn = written < len(line)
        if self._is_torn:
            raise OSError(None, "no space is left for a whole line")

    def _open_if_moved(self) -> None:
        """Open the file anew if there is none open, or if another, or none, has its name now."""
        if self._where == "-":
            self._file = _standard_output()
            return
        if self._file >= 0:
            with suppress(OSError):
                named, opened = Path(self._where).stat(), os.fstat(self._file)
                if (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino):
                    return
            os.close(self._file)
            self._file, self._is_torn = -1, False
        # Where nobody reads a named pipe, opening or writing must fail and not wait.
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
        self._file = os.open(self._where, flags, _MODE)


def _standard_output() -> int:
    with suppress(AttributeError, ValueError):  # some service managers start programs without it
        return sys.stdout.fileno()
    raise FileNotFoundError(None, "there is no standard output")


def _ready(file: int) -> None:
    """Raise `BlockingIOError` if writing to a pipe would wait for whoever reads it."""
    if stat.S_ISFIFO(os.fstat(file).st_mode) and not select.select((), (file,), (), 0)[1]:
        raise BlockingIOError(None, "nobody reads it")
