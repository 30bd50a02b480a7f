"""Runs the web app in a production server (Granian), and replaces its processes whatever they die of."""

import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from granian._granian import ListenerSpec
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer, WorkerProcess

from indexer.config import DataFolder
from indexer.errors import ConfigError, ManifestLost, reason_of
from indexer.manifest import Manifest, manifest_of
from search_app.serving.counts import folder_for_counts, keep_counts_of
from search_app.serving.listening import refuse_newcomers
from search_app.serving.worker import Ties, make_app
from search_app.web.app import create_app

_log = logging.getLogger(__name__)

_THREADS = 4
"""Threads that answer in each worker: searches hold the interpreter's lock, so more would only wait for it."""
_FINISH_S = 8.0
"""Seconds that answers may take once the server is to stop; container engines kill after ten."""
_PAUSES_S = (0.1, 2.0)
"""Shortest and longest pause in seconds before a dead worker is replaced; it doubles while workers die young."""
_YOUNG_S = 10.0
_LOOK_S = 1.0
"""Seconds between two looks whether a worker that was asked to end has ended."""


def check_address(host: str, port: int) -> tuple[str, int]:
    """Return the address to listen on, with the host as an IP address; raise `ConfigError` if it cannot be used."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        with socket.socket(found[0][0], socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[0][4])
    except (OSError, UnicodeError) as error:
        raise ConfigError("listen-failed", host=host, port=port, reason=reason_of(error)) from error
    address = str(found[0][4][0])
    if "%" in address:
        raise ConfigError("listen-one-interface", host=host)
    return address, port


def check_app(data_dir: Path, manifest: Manifest | Path | None) -> None:
    """Raise `ConfigError` if the app cannot be made, which otherwise each worker would report again and again.

    An archive's own manifest that cannot be read is not an error: the workers report it, and answer searches.
    """
    with suppress(ManifestLost):
        manifest = manifest if isinstance(manifest, Manifest) else manifest_of(DataFolder(data_dir), manifest).manifest
    create_app(data_dir, manifest if isinstance(manifest, Manifest) else Manifest(()))


def serve(data_dir: Path, manifest: Manifest | Path | None, address: tuple[str, int], workers: int) -> bool:
    """Serve one data folder until interrupted; return whether every request was answered.

    Raises `ConfigError` if requests are to be counted, and there is no folder for that.
    """
    server = _Server(address, workers)
    with folder_for_counts(os.environ):
        loader = partial(make_app, data_dir=data_dir.absolute(), manifest=manifest)
        server.serve(target_loader=loader, wrap_loader=False)
    return not server.cut_off


def next_pause(last: float, lived: float) -> float:
    """Return the seconds to wait before replacing a worker that lived `lived` seconds; `last` was the previous wait."""
    shortest, longest = _PAUSES_S
    return min(2 * last, longest) if last and lived < _YOUNG_S else shortest


class _Server(MPServer):
    """Granian, except for how its workers end and are replaced.

    Granian itself gives up when a worker dies twice in 5.5 s, leaves the workers of a killed parent alone with the
    port, and closes connections while their next request is on its way.  Here each worker has a pipe from the parent
    (`worker.py`): a message on it, or the end of the parent, tells the worker to end.
    """

    def __init__(self, address: tuple[str, int], workers: int) -> None:
        super().__init__(
            "search_app",
            *address,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=_THREADS,
            log_level=LogLevels.warning,
        )
        self.cut_off = False
        """Whether workers had to be killed before they had finished."""
        self._listening = -1
        self._lines: dict[WorkerProcess, Connection] = {}
        self._pauses: dict[int, float] = {}
        self._due: dict[int, float] = {}
        """When the worker with each number is to be replaced, by the monotonic clock in seconds."""

    def _spawn_worker(  # type: ignore[override]
        self, idx: int, target: Any, callback_loader: Callable[..., Any]
    ) -> WorkerProcess:
        theirs, ours = Pipe(duplex=False)
        loader = partial(callback_loader, Ties(theirs, (*self._lines.values(), ours), self._listening))
        worker = super()._spawn_worker(idx, target, loader)
        self._lines[worker] = ours
        return worker

    def _init_shared_socket(self) -> None:
        """Listen once for all workers, on Linux too, so that requests waiting at a killed worker are not lost."""
        holder = ListenerSpec(self.bind_addr, self.bind_port, self.backlog).build()
        self._shd = holder  # type: ignore[assignment]
        self._listening = self._sfd = holder.get_fd()
        self._sso = socket.socket(fileno=self._listening)
        self._sso.set_inheritable(True)

    def _drop_shared_socket(self) -> None:
        if self._sso is not None:
            refuse_newcomers(self._sso)
        super()._drop_shared_socket()  # type: ignore[no-untyped-call]

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        while not self.interrupt_signal:
            self.main_loop_interrupt.wait(self._idle())
            self.main_loop_interrupt.clear()
            self._let_go()
            while self.interrupt_children:
                self._plan(self.interrupt_children.pop(0))
            if self.reload_signal:
                self.reload_signal = False
                self._renew()
            for idx in [idx for idx, at in self._due.items() if at <= time.monotonic()]:
                del self._due[idx]
                self.wrks[idx] = self._spawn_worker(idx, spawn_target, target_loader)
                self.wrks[idx].start()  # type: ignore[no-untyped-call]

    def _idle(self) -> float | None:
        """Return the seconds until there is something to do; None for as long as nothing happens."""
        waits = [at - time.monotonic() for at in self._due.values()]
        if any(worker not in self.wrks for worker in self._lines):
            waits.append(_LOOK_S)
        return min(waits) if waits else None

    def _let_go(self) -> None:
        """Forget the workers that were asked to end, and have ended."""
        for worker in [each for each in self._lines if each not in self.wrks and not each.inner.is_alive()]:
            self._forget(worker)

    def _forget(self, worker: WorkerProcess) -> None:
        self._lines.pop(worker).close()
        keep_counts_of(worker.inner.pid)

    def _plan(self, idx: int) -> None:
        """Log what a worker died of, and plan when another replaces it."""
        worker = self.wrks[idx]
        if worker.inner.is_alive() or worker not in self._lines:
            return  # already replaced: this one took the place of a worker that died during renewal
        self._forget(worker)
        pause = self._pauses[idx] = next_pause(self._pauses.get(idx, 0), time.monotonic() - worker.birth)
        self._due[idx] = time.monotonic() + pause
        died = _end_of(worker.inner.exitcode or 0)
        _log.warning(
            "nianjian: worker %d (process %s) %s; another follows in %.1f s", idx + 1, worker.inner.pid, died, pause
        )

    def _renew(self) -> None:
        """Replace every worker (on SIGHUP); the old ones still take requests while the new ones start."""
        for idx, worker in enumerate(self.wrks):
            if worker in self._lines:
                self._ask_to_end(worker)
                self._due[idx] = 0

    def _ask_to_end(self, worker: WorkerProcess) -> None:
        worker.interrupt_by_parent = True
        with suppress(OSError):
            self._lines[worker].send_bytes(b"end")

    def _stop_workers(self) -> None:
        """Let every worker finish its requests; kill those left after a second signal or `_FINISH_S` seconds."""
        self.interrupt_signal = False
        for worker in self._lines:
            self._ask_to_end(worker)
        patience = time.monotonic() + _FINISH_S
        while running := [worker for worker in self._lines if worker.inner.is_alive()]:
            if self.interrupt_signal or time.monotonic() > patience:
                break
            wait([worker.inner.sentinel for worker in running], 0.1)
        for worker in running:
            worker.inner.kill()
        for worker in self._lines:
            worker.inner.join()
        self.interrupt_children.clear()
        self.cut_off = bool(running)
        if running:
            _log.error("nianjian: processes killed with what they were still answering: %d", len(running))


def _end_of(code: int) -> str:
    """Return in words what an exit code of multiprocessing means."""
    if code >= 0:
        return f"ended with exit code {code}"
    with suppress(ValueError):
        return f"was killed by {signal.Signals(-code).name}"
    return f"was killed by signal {-code}"
