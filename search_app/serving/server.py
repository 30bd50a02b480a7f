"""Runs the web app in a production server (Granian), whatever its processes die of; holds no page and no command."""

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
from indexer.errors import ConfigError
from indexer.manifest import manifest_of
from search_app.serving.listening import refuse_newcomers
from search_app.serving.worker import Ties, make_app
from search_app.web.app import create_app

_log = logging.getLogger(__name__)

_THREADS = 4
"""Threads a worker answers with: searches hold the interpreter's lock, more threads only wait for it."""
_FINISH_S = 8.0
"""How long answers may take once the server is to stop; container engines kill after ten seconds."""
_PAUSES_S = (0.1, 2.0)
"""Shortest and longest pause before a worker that died is replaced; it doubles while they die young."""
_YOUNG_S = 10.0


def check_address(host: str, port: int) -> tuple[str, int]:
    """Give the address to listen on, its host as a number; raises `ConfigError` when it cannot be listened on."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        with socket.socket(found[0][0], socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[0][4])
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"cannot listen on {host} port {port}: {reason}; choose another with --host or --port"
        ) from error
    address = str(found[0][4][0])
    if "%" in address:
        raise ConfigError(f"cannot listen on {host}: an address of one interface; choose another with --host")
    return address, port


def check_app(data_dir: Path, manifest: Path | None) -> None:
    """Raise `ConfigError` when the app cannot be made: its workers would say so again and again."""
    create_app(data_dir, manifest_of(DataFolder(data_dir), manifest).manifest)


def serve(data_dir: Path, manifest: Path | None, address: tuple[str, int], workers: int) -> bool:
    """Serve one data folder until interrupted; say whether all that was asked was answered."""
    server = _Server(address, workers)
    server.serve(target_loader=partial(make_app, data_dir=data_dir.absolute(), manifest=manifest), wrap_loader=False)
    return not server.cut_off


def next_pause(last: float, lived: float) -> float:
    """Give the seconds to wait before a worker is replaced that lived so long; `last`: what was waited before it."""
    shortest, longest = _PAUSES_S
    return min(2 * last, longest) if last and lived < _YOUNG_S else shortest


class _Server(MPServer):
    """Granian, but for how its workers end and are replaced.

    Its own way gives up when a worker dies twice in 5.5 s, leaves the workers of a killed parent alone with the port,
    and closes connections while their next request is on its way.  Each worker has a line from here (`worker.py`):
    a message on it, and the end of this process, tell it to end.
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
        """When the worker of this number is to be replaced, by the monotonic clock."""

    def _spawn_worker(  # type: ignore[override]
        self, idx: int, target: Any, callback_loader: Callable[..., Any]
    ) -> WorkerProcess:
        theirs, ours = Pipe(duplex=False)
        loader = partial(callback_loader, Ties(theirs, (*self._lines.values(), ours), self._listening))
        worker = super()._spawn_worker(idx, target, loader)
        self._lines[worker] = ours
        return worker

    def _init_shared_socket(self) -> None:
        """Listen once for all workers, on Linux too: what waits at one that is killed, another answers."""
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
            self.main_loop_interrupt.wait(min(self._due.values()) - time.monotonic() if self._due else None)
            self.main_loop_interrupt.clear()
            while self.interrupt_children:
                self._plan(self.interrupt_children.pop(0))
            if self.reload_signal:
                self.reload_signal = False
                self._renew()
            for idx in [idx for idx, at in self._due.items() if at <= time.monotonic()]:
                del self._due[idx]
                self.wrks[idx] = self._spawn_worker(idx, spawn_target, target_loader)
                self.wrks[idx].start()  # type: ignore[no-untyped-call]

    def _plan(self, idx: int) -> None:
        """Say what a worker died of, and when another takes its place."""
        worker = self.wrks[idx]
        if worker.inner.is_alive() or worker not in self._lines:
            return  # it has followed one that died while it was being renewed
        self._lines.pop(worker).close()
        pause = self._pauses[idx] = next_pause(self._pauses.get(idx, 0), time.monotonic() - worker.birth)
        self._due[idx] = time.monotonic() + pause
        died = _end_of(worker.inner.exitcode or 0)
        _log.warning(
            "nianjian: worker %d (process %s) %s; another follows in %.1f s", idx + 1, worker.inner.pid, died, pause
        )

    def _renew(self) -> None:
        """Replace every worker (SIGHUP); the old ones still take requests while the new ones start."""
        for idx, worker in enumerate(self.wrks):
            if worker in self._lines:
                self._ask_to_end(worker)
                self._due[idx] = 0
        ended = [worker for worker in self._lines if worker not in self.wrks and not worker.inner.is_alive()]
        for worker in ended:
            self._lines.pop(worker).close()

    def _ask_to_end(self, worker: WorkerProcess) -> None:
        worker.interrupt_by_parent = True
        with suppress(OSError):
            self._lines[worker].send_bytes(b"end")

    def _stop_workers(self) -> None:
        """Let every worker finish what it was asked; a second signal, or the end of patience, kills."""
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
    """Say in words what an exit code of multiprocessing means."""
    if code >= 0:
        return f"ended with exit code {code}"
    with suppress(ValueError):
        return f"was killed by {signal.Signals(-code).name}"
    return f"was killed by signal {-code}"
