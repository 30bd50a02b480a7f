"""Runs a server as the processes that it is, and finds those that answer."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]


def soon(holds: Callable[[], bool], seconds: float = 5) -> bool:
    """Say whether something comes to hold within so many seconds."""
    until = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < until:
        time.sleep(0.02)
    return held


def ask(connection: HTTPConnection) -> tuple[int, str]:
    """Give the status, and what becomes of the connection; 0 where there is no answer."""
    with suppress(OSError, HTTPException):
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("Connection", "")
    return 0, ""


class Server:
    """`nianjian serve`, or another command that serves, on a port of its own."""

    def __init__(self, folder: Path, data: Path, *args: str, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "--data", str(data), *args, "--port", str(self.port)],
                stdout=log,
                stderr=log,
                env=os.environ | settings,
            )

    def answers(self) -> bool:
        """Say whether a request is answered."""
        with closing(HTTPConnection("localhost", self.port, timeout=5)) as connection:
            return ask(connection)[0] == 200

    def workers(self) -> set[int]:
        """Give the processes that answer."""
        found = set()
        for file in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                state, parent = file.read_text().rpartition(")")[2].split()[:2]
                if state != "Z" and int(parent) == self.process.pid:
                    found.add(int(file.parent.name))
        return found

    def said(self, text: str) -> int:
        """Count a text in what the server said."""
        return self.log.read_text().count(text)
