"""Reads what memory processes use, from Linux's /proc; shared pages are counted once."""

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self


def proportional_mb(pid: int) -> float:
    """Give a process's own share of memory (PSS), in megabytes: a page shared by n processes counts an n-th."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


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
            self.megabytes = max(self.megabytes, sum(map(proportional_mb, family(self._pid))))
            time.sleep(0.1)
