"""Shows the progress of long-running work: as a bar on a terminal, as plain lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from search_app.words.language import N_, Worded, gettext

_EVERY = 5.0
"""Seconds between plain lines: often enough to show progress, seldom enough for a log."""
_STAGES: Mapping[str, str] = Worded(
    {
        "crawl": N_("crawl"),
        "import": N_("import"),
        "read": N_("read"),
        "records": N_("records"),
        "parse": N_("parse"),
        "index": N_("index"),
        "verify": N_("verify"),
        "export": N_("export"),
        "backup": N_("backup (MB)"),
        "check": N_("check (MB)"),
        "restore": N_("restore (MB)"),
    }
)


@contextmanager
def reporting() -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function to call with stage, done and total, which shows progress on standard error.

    A stage may carry further text after a colon: `crawl: 0.9/s`.
    """
    if sys.stderr.isatty():
        with _bars() as report:
            yield report
    else:
        yield _lines()


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int], None]]:
    columns = (TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:

        def report(label: str, done: int, total: int) -> None:
            stage = label.partition(":")[0]
            if stage not in tasks:
                tasks[stage] = progress.add_task(_named(label), total=total or None)
            progress.update(tasks[stage], completed=done, total=total or None, description=_named(label))

        yield report


def _lines() -> Callable[[str, int, int], None]:
    last = time.monotonic()

    def report(stage: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _EVERY:
            last = time.monotonic()
            said = gettext("{stage}: {done} of {total}") if total else gettext("{stage}: {done}")
            print(said.format(stage=_named(stage), done=done, total=total), file=sys.stderr, flush=True)

    return report


def _named(label: str) -> str:
    """Return a stage's label with its name in the language in use; what stands behind the colon is so already."""
    stage, colon, rest = label.partition(":")
    return _STAGES.get(stage, stage) + colon + rest
