"""Reads what memory processes use, from Linux's /proc; shared pages are counted once."""

import re
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

_LINE = re.compile(r"^(\w+): +(\d+) kB$", re.MULTILINE)


def rollup(text: str) -> dict[str, float]:
    """Read the text of `/proc/PID/smaps_rollup`; give megabytes by name."""
    return {name: int(kilobytes) / 1024 for name, kilobytes in _LINE.findall(text)}


def proportional_mb(pid: int) -> float:
    """Give a process's own share of memory (PSS), in megabytes: a page shared by n processes counts an n-th."""
    return _of(pid).get("Pss", 0.0)


def parts(pid: int) -> dict[str, float]:
    """Give a process's megabytes: what it made itself, its share of the files that it has mapped, and its whole share."""
    found = _of(pid)
    return {
        "anonymous_mb": found.get("Anonymous", 0.0),
        "mapped_mb": found.get("Pss_File", 0.0),
        "pss_mb": found.get("Pss", 0.0),
    }


def _of(pid: int) -> dict[str, float]:
    try:
        return rollup(Path(f"/proc/{pid}/smaps_rollup").read_text())
    except OSError:  # it has ended
        return {}


def family(pid: int) -> list[int]:
    """Give a process and all below it."""
    found = [pid]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        except OSError:
            continue
        found += map(int, children)
    return found


class Peak:
    """Watches the memory of a process and those below it while a block runs."""

    def __init__(self, pid: int) -> None:
        """Name the process."""
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.megabytes = 0.0

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.is_set():
            begun = time.perf_counter()
            self.megabytes = max(self.megabytes, sum(map(proportional_mb, family(self._pid))))
            # Linux walks all pages for it: of a large process that would take much of what is measured.
            self._done.wait(max(0.1, 20 * (time.perf_counter() - begun)))
