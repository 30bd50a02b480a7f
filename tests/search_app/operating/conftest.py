"""Apps whose requests are counted and logged, and servers of them."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask import Flask
from flask.testing import FlaskClient
from processes import Server, soon
from prometheus_client.parser import text_string_to_metric_families

from indexer.config import DataFolder
from search_app import create_app

Samples = Mapping[tuple[str, ...], float]
Counted = Callable[[FlaskClient], Samples]


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no setting of whoever runs the tests count or log anything."""
    for name in ("METRICS", "ACCESS_LOG", "ACCESS_LOG_QUERIES", "ACCESS_LOG_ADDRESSES", "HOSTS", "PUBLIC_URL"):
        monkeypatch.delenv(f"NIANJIAN_{name}", raising=False)
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)


@pytest.fixture
def make_app(sample: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Flask]:
    """Give a function that makes the app of an archive with these settings."""

    def make(data: Path = sample.root, **settings: str) -> Flask:
        for name, value in settings.items():
            monkeypatch.setenv(f"NIANJIAN_{name}", value)
        return create_app(data)

    return make


def samples(text: str) -> Samples:
    """Read counts: by name, then the labels' values in the order of their names."""
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found[(sample.name, *(value for _, value in sorted(sample.labels.items())))] = sample.value
    return found


@pytest.fixture
def counted() -> Counted:
    """Give a function that reads the counts of an app."""
    return lambda client: samples(client.get("/metrics").text)


@pytest.fixture
def counted_over_http() -> Callable[[Server], Samples]:
    """Give a function that reads the counts of a server."""

    def read(server: Server) -> Samples:
        with urlopen(f"http://127.0.0.1:{server.port}/metrics", timeout=10) as answer:
            return samples(answer.read().decode())

    return read


@pytest.fixture
def lines(tmp_path: Path) -> Callable[[], list[dict[str, object]]]:
    """Give a function that reads the test's access log."""
    return lambda: [json.loads(line) for line in (tmp_path / "access.log").read_bytes().splitlines()]


@pytest.fixture
def start(tmp_path: Path, sample: DataFolder) -> Iterator[Callable[..., Server]]:
    """Give a function that serves an archive by two processes, with these settings."""
    if sys.platform != "linux":
        pytest.skip("finds a server's processes in /proc")
    started: list[Server] = []

    def serve(data: Path = sample.root, **settings: str) -> Server:
        # A server that is killed leaves the folder of its counts.
        server = Server(tmp_path, data, "serve", "--workers", "2", **{"TMPDIR": str(tmp_path)} | settings)
        started.append(server)
        assert soon(lambda: server.answers() and len(server.workers()) == 2, 30), server.log.read_text()
        return server

    yield serve
    for server in started:
        server.process.kill()
        server.process.wait()
