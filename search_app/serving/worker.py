"""Runs in each process that answers: makes the app, and ends when the parent asks or is gone; holds no page."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from indexer.config import DataFolder
from indexer.errors import YearbookError
from indexer.manifest import manifest_of
from search_app.serving.listening import accept_no_more
from search_app.web.app import create_app
from search_app.web.site import Application, Environ

_log = logging.getLogger(__name__)

_LINGER_S = 0.4
"""How long requests are still taken once this process is to end: every answer then says that its connection closes.

Closing at once broke up to five of 64 connections, whose clients were just sending their next request.
"""
_SETTLE_S = 0.1
"""How long those who connected last have to send their request."""
_ORPHAN_S = 3.0
"""How long answers may still take when the parent is gone."""


@dataclass(frozen=True, slots=True)
class Ties:
    """What binds a worker to its parent."""

    line: Connection
    """From the parent, silent until this process is to end."""
    others: tuple[Connection, ...]
    """Ends of lines that only the parent may hold: a line is known to be cut when nobody holds its other end."""
    listening: int
    """The descriptor of the socket that Granian accepts from."""


def make_app(ties: Ties, data_dir: Path, manifest: Path | None) -> Application:
    """Make the app in a new process, with a watch over the line from the parent.

    Where it cannot be made the process ends with exit code 2, after one line that says why.
    """
    for each in ties.others:
        each.close()
    _part_from_parent()
    ending = threading.Event()
    threading.Thread(target=_end_with_parent, args=(ties, ending), daemon=True).start()
    try:
        app = create_app(data_dir, manifest_of(DataFolder(data_dir), manifest).manifest)
    except Exception as error:  # whatever it is, the next try may go well, and must not tell a long story each time
        what = str(error) if isinstance(error, YearbookError) else f"{type(error).__name__}: {error}"
        _log.error("nianjian: a worker cannot start: %s", " ".join(what.split()))
        sys.exit(2)
    return partial(_answer, app, ending)


def _part_from_parent() -> None:
    """Take nothing from the parent but its line.

    Ctrl-C in a terminal goes to all processes of its group, a forked process has its parent's signal handlers, and
    Granian sets its own only when the app is made.
    """
    if os.name == "posix":
        os.setpgrp()
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _answer(app: Application, ending: threading.Event, environ: Environ, start_response: Any) -> Iterable[bytes]:
    if not ending.is_set():
        return app(environ, start_response)

    def start_last(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        return start_response(status, [*headers, ("Connection", "close")], exc_info)

    return app(environ, start_last)


def _end_with_parent(ties: Ties, ending: threading.Event) -> None:
    """Wait until the parent asks this process to end, or is gone, and see to it that it does."""
    with suppress(EOFError, OSError):
        ties.line.recv_bytes()
    ending.set()
    time.sleep(_LINGER_S)
    accept_no_more(ties.listening)
    time.sleep(_SETTLE_S)
    # Granian takes no more connections then, closes those that are idle, and ends when all answers are out.
    os.kill(os.getpid(), signal.SIGTERM)
    with suppress(EOFError, OSError):
        while True:  # the parent waits as long as it likes, may ask again, and kills; until it is gone itself
            ties.line.recv_bytes()
    time.sleep(_ORPHAN_S)
    os._exit(1)
