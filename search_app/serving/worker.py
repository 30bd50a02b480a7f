"""Runs in each process that answers requests: makes the app, and ends if the parent asks or is gone."""

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

from indexer.errors import YearbookError
from indexer.manifest import Manifest
from indexer.search.factory import is_in_cluster
from search_app.serving.listening import accept_no_more
from search_app.serving.turns import Turns
from search_app.web.app import create_app
from search_app.web.site import Application, Environ

_log = logging.getLogger(__name__)

_LINGER_S = 0.4
"""Seconds during which requests are still taken once this process is to end; every answer then closes its connection.
Closing at once cut off up to five of 64 connections, whose clients were just sending their next request."""
_SETTLE_S = 0.1
"""Seconds that the last clients to connect have to send their request."""
_ORPHAN_S = 3.0
"""Seconds that answers may still take once the parent is gone."""


@dataclass(frozen=True, slots=True)
class Ties:
    """What connects a worker with its parent."""

    line: Connection
    """Pipe from the parent, silent until this process is to end."""
    others: tuple[Connection, ...]
    """Pipe ends that only the parent may hold: a pipe counts as cut only when nobody holds its other end."""
    listening: int
    """The descriptor of the socket on which Granian accepts connections."""


def make_app(ties: Ties, data_dir: Path, manifest: Manifest | Path | None) -> Application:
    """Make the app in a new process, with a thread that watches the pipe from the parent.

    If that fails, the process ends with exit code 2, after logging one line that says why.
    """
    for each in ties.others:
        each.close()
    _part_from_parent()
    ending = threading.Event()
    threading.Thread(target=_end_with_parent, args=(ties, ending), daemon=True).start()
    try:
        app: Application = create_app(data_dir, manifest)
    except Exception as error:  # the next try may succeed; do not log a traceback each time
        what = str(error) if isinstance(error, YearbookError) else f"{type(error).__name__}: {error}"
        _log.error("nianjian: a worker cannot start: %s", " ".join(what.split()))
        sys.exit(2)
    # A search in a cluster waits for other machines, and for no lock of this process.
    return partial(_answer, app if is_in_cluster() else Turns().taken(app), ending)


def _part_from_parent() -> None:
    """Detach from the parent, except for its pipe.

    Ctrl-C in a terminal goes to all processes of its group, a forked process has its parent's signal handlers, and
    Granian sets its own only after the app is made.
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
    """Wait until the parent asks this process to end or is gone, then make it end."""
    with suppress(EOFError, OSError):
        ties.line.recv_bytes()
    ending.set()
    time.sleep(_LINGER_S)
    accept_no_more(ties.listening)
    time.sleep(_SETTLE_S)
    # On SIGTERM Granian accepts no more connections, closes idle ones, and ends when all answers are sent.
    os.kill(os.getpid(), signal.SIGTERM)
    with suppress(EOFError, OSError):
        while True:  # until the parent is gone: it decides how long to wait, may ask again, and kills
            ties.line.recv_bytes()
    time.sleep(_ORPHAN_S)
    os._exit(1)
