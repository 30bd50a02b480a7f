"""Measures pages over HTTP on loopback: our server's JSON and HTML, one client and eight."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from memory import family, proportional_mb
from questions import SIZE, Question

_SECONDS = 6.0
"""How long eight clients ask."""


@contextmanager
def server(data: Path) -> Iterator[tuple[int, int]]:
    """Serve a data folder with one worker; give port and process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("nianjian")), "--data", str(data), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(400):
            try:
                ask(HTTPConnection("127.0.0.1", port), "/healthz")
                break
            except OSError:
                time.sleep(0.05)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def ask(connection: HTTPConnection, path: str) -> bytes:
    """Get a page; anything but 200 ends the benchmark."""
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{path} gave status {response.status}")
    return body


def paths(questions: Sequence[Question], base: str) -> list[str]:
    """Give the address of each question."""
    return [
        base + "?" + urlencode([("q", each.text), ("page", str(each.page)), ("size", str(SIZE)), *each.filters])
        for each in questions
    ]


def measure(data: Path, questions: Sequence[Question], rounds: int = 5) -> dict[str, float]:
    """Give medians in seconds, and requests per second of eight clients."""
    figures: dict[str, float] = {}
    with server(data) as (port, pid):
        for name, base in (("json", "/api/v1/search"), ("html", "/")):
            asked = paths(questions, base)
            connection = HTTPConnection("127.0.0.1", port)
            for path in asked:
                ask(connection, path)
            times: list[list[float]] = []
            for _ in range(rounds):
                row = []
                for path in asked:
                    begun = time.perf_counter()
                    ask(connection, path)
                    row.append(time.perf_counter() - begun)
                times.append(row)
            figures[name] = median(median(each) for each in zip(*times, strict=True))
            figures[f"{name}_per_second"] = _eight(port, asked)
        figures["worker_mb"] = max(map(proportional_mb, family(pid)))
    return figures


def _eight(port: int, asked: Sequence[str]) -> float:
    done = [0] * 8
    until = time.perf_counter() + _SECONDS

    def client(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port)
        at = number * len(asked) // 8
        while time.perf_counter() < until:
            ask(connection, asked[at % len(asked)])
            at += 1
            done[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / _SECONDS
