"""The server, as processes: what happens to readers when parts of it are killed, stopped or renewed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, RemoteDisconnected
from pathlib import Path
from urllib.parse import quote

import pytest
from processes import COMMAND, Server, ask, soon

from indexer.config import DataFolder
from search_app.serving.server import next_pause

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds a server's processes in /proc")
SEARCH = "/?q=" + quote("工会")


Serve = Callable[..., Server]


@pytest.fixture
def serve(tmp_path: Path, sample: DataFolder) -> Iterator[Serve]:
    """Give a function that serves the sample archive, and answers when the server does."""
    started: list[Server] = []

    def start(*args: str, data: Path = sample.root) -> Server:
        server = Server(tmp_path, data, *args)
        started.append(server)
        assert soon(server.answers, 30), server.log.read_text()
        return server

    yield start
    for server in started:
        server.process.kill()  # its workers end with it
        server.process.wait()


class Readers:
    """Who asks without a pause, half of them over connections that they keep."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answered: set[tuple[int, int]] = set()
        """Status and length of every answer."""
        self.broken: list[str] = []
        self.over = threading.Event()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Ask meanwhile."""
        readers = [threading.Thread(target=self._ask, args=(number % 2 == 0,)) for number in range(12)]
        for each in readers:
            each.start()
        try:
            yield
        finally:
            self.over.set()
            for each in readers:
                each.join()

    def _ask(self, keeps: bool) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        may_have_ended = False
        while not self.over.is_set():
            try:
                may_have_ended = connection.sock is not None
                if connection.sock is None:
                    connection.connect()
            except ConnectionRefusedError:
                time.sleep(0.05)
                continue
            try:
                connection.request("GET", SEARCH, headers={} if keeps else {"Connection": "close"})
                answer = connection.getresponse()
                may_have_ended = False
                self.answered.add((answer.status, len(answer.read())))
            except (OSError, HTTPException) as error:
                # A kept connection may end between two answers, just as the next question is sent: whoever keeps one asks
                # again on another (RFC 9112, 9.3.1), as browsers do.
                if not may_have_ended or not isinstance(
                    error, RemoteDisconnected | BrokenPipeError | ConnectionResetError
                ):
                    self.broken.append(repr(error))
                connection.close()
        connection.close()


@pytest.mark.slow
@pytest.mark.parametrize("command", [["serve", "--workers", "2"], ["demo"]], ids=["serve", "demo"])
def test_workers_end_with_a_killed_parent(serve: Serve, tmp_path: Path, sample: DataFolder, command: list[str]) -> None:
    """And leave its port free, within five seconds."""
    data = sample.root if command[0] == "serve" else tmp_path / "data"
    if command[0] == "demo":
        shutil.copytree(sample.root, data / "demo")
    server = serve(*command, data=data)
    workers = server.workers()
    assert len(workers) == (2 if command[0] == "serve" else 1)

    def is_free() -> bool:
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", server.port))
            return True
        return False

    assert not is_free()
    server.process.kill()
    assert soon(lambda: is_free() and not any(map(_runs, workers)))


def _runs(pid: int) -> bool:
    """Say whether a process is there, and has not only yet to be reaped."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.slow
def test_killed_worker_is_always_replaced(serve: Serve) -> None:
    """Ten kills in a row under load: each is named, and there are two again."""
    server = serve("serve", "--workers", "2")
    readers = Readers(server.port)
    spared = {min(server.workers())}
    with readers.asking():
        for _ in range(10):
            assert soon(lambda: bool(server.workers() - spared))
            victim = max(server.workers() - spared)
            os.kill(victim, signal.SIGKILL)
            spared.add(victim)
        assert soon(server.answers)
        # Not the last victim, which may take a moment to die, but one that has taken its place.
        assert soon(lambda: len(server.workers() - spared) == 1)
        server.process.terminate()
        assert server.process.wait(20) == 0
    assert {status for status, _ in readers.answered} == {200}
    said = server.log.read_text()
    assert (said.count("was killed by SIGKILL; another follows in"), said.count("Traceback")) == (10, 0), said


def test_worker_that_cannot_start_says_why_and_is_tried_again(serve: Serve, root: Path, tmp_path: Path) -> None:
    """In one line each time; once it can, it answers."""
    manifest = tmp_path / "manifest.toml"
    shutil.copy(root / "corpus" / "manifest.toml", manifest)
    server = serve("--manifest", str(manifest), "serve")
    manifest.rename(tmp_path / "moved")
    os.kill(server.workers().pop(), signal.SIGKILL)
    assert soon(lambda: server.said("ended with exit code 2; another follows in 0.4 s") == 1)
    assert (server.said("a worker cannot start: cannot read manifest"), server.said("Traceback")) == (2, 0)
    (tmp_path / "moved").rename(manifest)
    assert soon(server.answers)


def test_pause_before_a_replacement_grows_while_workers_die_young() -> None:
    """Up to two seconds; one that lived is replaced as soon as the first."""
    pauses = [0.0]
    for _ in range(7):
        pauses.append(next_pause(pauses[-1], lived=0.3))
    assert pauses[1:] == [0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0]
    assert next_pause(2.0, lived=3600) == 0.1


@pytest.mark.slow
def test_renewing_and_stopping_break_no_answer(serve: Serve) -> None:
    """Under load, with a connection kept idle: SIGHUP gives new workers, SIGTERM ends with every answer whole."""
    server = serve("serve", "--workers", "2")
    old = server.workers()
    readers = Readers(server.port)
    with readers.asking(), socket.create_connection(("127.0.0.1", server.port)):
        server.process.send_signal(signal.SIGHUP)
        assert soon(lambda: len(server.workers()) == 2 and not server.workers() & old)
        time.sleep(0.3)  # the new ones are asked, too
        server.process.terminate()
        assert server.process.wait(20) == 0
    assert (readers.broken, len(readers.answered)) == ([], 1)
    assert server.log.read_text().splitlines()[2:] == []


@pytest.mark.slow
def test_second_signal_ends_at_once(serve: Serve) -> None:
    """While answers already say that it stops; exit code 1, and a line, say that some may be missing."""
    server = serve("serve")
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=5)) as kept:
        assert ask(kept) == (200, "")
        server.process.send_signal(signal.SIGINT)
        assert soon(lambda: ask(kept) == (200, "close"))
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(20) == 1
    assert server.said("processes killed with what they were still answering: 1") == 1


def test_serves_with_its_standard_streams_closed(serve: Serve, tmp_path: Path, sample: DataFolder) -> None:
    """As some service managers start it; the exit code is as ever."""
    server = Server.__new__(Server)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server.port = free.getsockname()[1]
    words = [*COMMAND, "--data", str(sample.root), "serve", "--port", str(server.port)]
    server.process = subprocess.Popen(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *words])
    try:
        assert soon(server.answers, 30)
    finally:
        server.process.terminate()
        assert server.process.wait(20) == 0


TARGETS = {"/": 200, "//": 200, "/entry//x": 404, "http://evil.example/about": 200, "/%2F/evil.example": 404}
HEADS = {"HTTP/1.1\r\nHost: evil.example": None, "HTTP/1.1": None, "HTTP/1.0": None}
HEADS |= {"HTTP/1.1\r\nHost: a\r\nHost: evil.example": None, "HTTP/1.1\r\nHost: a b": None}


def test_no_answer_over_http_is_made_of_the_host(serve: Serve) -> None:
    """Whatever target and host a request names, absolute, odd, twice or not at all."""
    server = serve("serve", "--host", "localhost")

    def raw(target: str, rest: str) -> tuple[int, bool]:
        with socket.create_connection(("localhost", server.port), timeout=10) as connection:
            connection.sendall(
                f"GET {target} {rest}\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n".encode()
            )
            answer = b""
            while got := connection.recv(65536):
                answer += got
        return int(answer.split()[1]), b"evil.example" in answer

    found = {(target, rest): raw(target, rest) for target in TARGETS for rest in HEADS}
    assert found == {(target, rest): (status, False) for target, status in TARGETS.items() for rest in HEADS}


def test_archive_whose_manifest_cannot_be_read_is_served(serve: Serve, sample: DataFolder, tmp_path: Path) -> None:
    """By workers that take another's place, too; each says it in a line."""
    data = DataFolder(tmp_path / "data")
    shutil.copytree(sample.root, data.root)
    data.manifest.write_text("[[site")
    server = serve("serve", data=data.root)
    assert server.said("searches are answered, but not what is held") == 1
    for worker in server.workers():
        os.kill(worker, signal.SIGKILL)
    assert soon(lambda: server.said("another follows") == 1)
    assert soon(server.answers, 20)
    assert server.said("searches are answered, but not what is held") == 2
    server.process.terminate()
    assert server.process.wait(20) == 0
