"""Measures many readers over HTTP on loopback: our server's JSON and HTML beside Groonga's, and a worker's memory."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from comparing.turns import rotated
from measuring import wrk
from measuring.memory import family, parts
from questions import SIZE, Question
from rivals import groonga_rival

BASES = {"json": "/api/v1/search", "html": "/"}
WORKERS = (1, 2)
CLIENTS = (1, 8)
_SECONDS = 3
"""For how long each server is asked, before it is another's turn."""


@contextmanager
def server(data: Path, workers: int = 1) -> Iterator[tuple[int, int]]:
    """Serve a data folder; give port and process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("nianjian")), "--data", str(data), "serve"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--workers", str(workers)], stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        for _ in range(1200):
            try:
                ask(HTTPConnection("127.0.0.1", port), "/healthz")
                break
            except OSError:
                time.sleep(0.05)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@contextmanager
def groonga(folder: Path) -> Iterator[int]:
    """Serve Groonga's index by its own server; give the port."""
    process, port = groonga_rival.serve(folder)
    try:
        yield port
    finally:
        process.terminate()
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


def worker_memory(data: Path, questions: Sequence[Question]) -> dict[str, float]:
    """Ask all questions of a server with one worker; give the worker's memory afterwards."""
    with server(data) as (port, pid):
        connection = HTTPConnection("127.0.0.1", port)
        for path in paths(questions, BASES["json"]):
            ask(connection, path)
        return max(map(parts, family(pid)), key=lambda each: each["pss_mb"])


def measure(
    data: Path, questions: Sequence[Question], folder: Path, rival: Path | None, rounds: int
) -> list[dict[str, Any]]:
    """Ask servers by `wrk`, in turn; `rival`: the folder of Groonga's index, whose server is asked, too.

    Gives a row for each server, kind of answer and number of clients, with the medians of the rounds.
    """
    with ExitStack() as stack:
        asked: list[tuple[dict[str, Any], int, list[str]]] = []
        for workers in WORKERS:
            port, _ = stack.enter_context(server(data, workers))
            for name, base in BASES.items():
                asked.append(({"server": "ours", "answer": name, "workers": workers}, port, paths(questions, base)))
        if rival:
            theirs = [groonga_rival.path(question.record()) for question in questions]
            row = {"server": "groonga", "answer": "json", "workers": 0}
            asked.append((row, stack.enter_context(groonga(rival)), theirs))
        for _, port, each in asked:
            wrk.ask(port, each, max(CLIENTS), _SECONDS, folder)  # what is kept in memory is there from now on
        return _in_turn(asked, folder, rounds)


def _in_turn(asked: Sequence[tuple[dict[str, Any], int, list[str]]], folder: Path, rounds: int) -> list[dict[str, Any]]:
    rates: dict[tuple[int, int], list[wrk.Rate]] = {}
    for at in range(rounds):
        for clients in CLIENTS:
            for number in rotated(range(len(asked)), at):
                _, port, each = asked[number]
                rates.setdefault((number, clients), []).append(wrk.ask(port, each, clients, _SECONDS, folder))
    return [
        {**asked[number][0], "clients": clients}
        | {name: median(rate[name] for rate in several) for name in ("per_second", "p50", "p99")}
        for (number, clients), several in rates.items()
    ]
