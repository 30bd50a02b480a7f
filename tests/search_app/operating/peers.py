"""What may stand at a cluster's address and be none that answers; and an engine that is away when a test says so."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from indexer.errors import IndexFailure
from indexer.progress import Progress
from indexer.search.generations import Opened, RolledBack
from indexer.search.whoosh.keeping import WhooshGenerations

REFUSING = {
    "busy": (429, "application/json", b'{"error": {"type": "circuit_breaking_exception", "reason": "too large"}}'),
    "unknown user": (401, "text/plain", b"Unauthorized"),
    "forbidden": (403, "application/json", b'{"error": {"type": "security_exception", "reason": "no permissions"}}'),
    "proxy": (502, "text/html", b"<html><body>Bad Gateway</body></html>"),
    "starting": (503, "application/json", b'{"error": {"type": "cluster_block_exception", "reason": "not recovered"}}'),
}
"""Answers of what is no cluster that answers now: status, type and body."""

SECRET = "geheim-7Q"
"""The password, which is to be found nowhere."""


def settings(address: str) -> dict[str, str]:
    """Give the settings of a cluster at this address."""
    return {
        "NIANJIAN_ENGINE": "opensearch",
        "NIANJIAN_OPENSEARCH_URL": address,
        "NIANJIAN_OPENSEARCH_INDEX": "ops-trouble",
        "NIANJIAN_OPENSEARCH_USER": "archive",
        "NIANJIAN_OPENSEARCH_PASSWORD": SECRET,
    }


class _Said(BaseHTTPRequestHandler):
    """Says the same to everything."""

    said: tuple[int, str, bytes]

    def do_GET(self) -> None:
        status, kind, body = self.said
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET  # noqa: N815  (as the standard library calls them)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def saying(status: int, kind: str, body: bytes, secured: ssl.SSLContext | None = None) -> Iterator[str]:
    """Run a server that says this to everything, over TLS if it has a certificate; give its address."""
    handler = type("Said", (_Said,), {"said": (status, kind, body)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if secured is not None:
        server.socket = secured.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"{'https' if secured else 'http'}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def silent() -> Iterator[str]:
    """Listen, and never answer; give the address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def closed() -> Iterator[str]:
    """Give an address at which nothing listens."""
    with socket.socket() as held:  # bound, so that nobody else takes it
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


class Away:
    """The generations of a folder, kept by an engine that answers nothing while `why` is set, as one elsewhere does.

    As a cluster's do, they go on naming the generation that was published when they last looked.
    """

    def __init__(self, data: Path) -> None:
        """Keep a folder's generations."""
        self.kept = WhooshGenerations(data / "index")
        self.why: IndexFailure | None = None
        self.opens = 0
        self.name: str | None = None
        """The name of the published generation, when that was last looked for."""

    def check(self) -> None:
        """Raise what is amiss, if anything is."""
        if self.why is not None:
            raise self.why.with_traceback(None)

    def open(self) -> Opened:
        """Open the published generation."""
        self.opens += 1
        self.check()
        found = self.kept.open()
        return Opened(_Searcher(found.whole, self.check), found.made_at, found.refused)  # type: ignore[arg-type]

    def published(self) -> str:
        """Return the name of the published generation, or the one that it had."""
        if self.why is None or self.name is None:
            self.check()
            self.name = self.kept.published()
        return self.name

    def stamp(self) -> object:
        """Return what changes with generations."""
        self.check()
        return self.kept.stamp()

    def made_at(self) -> float:
        """Return when the published generation's build began."""
        self.check()
        return self.kept.made_at()

    def stored(self, *, of_any_version: bool = False) -> Any:
        """Open the published generation's entries."""
        self.check()
        return self.kept.stored(of_any_version=of_any_version)

    def answering(self) -> Any:
        """Open the entries of the generation that answers."""
        self.check()
        return self.kept.answering()

    def builder(
        self, progress: Progress, before_publishing: Callable[[], object] | None, memory: int | None = None
    ) -> Any:
        """Return a builder."""
        self.check()
        return self.kept.builder(progress, before_publishing, memory)

    def roll_back(self) -> RolledBack:
        """Publish the generation in reserve."""
        self.check()
        return self.kept.roll_back()


class _Searcher:
    """A searcher that has at hand what it is, and asks for all else."""

    def __init__(self, own: Any, check: Callable[[], None]) -> None:
        self._own, self._check = own, check

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._own, name)
        if name in ("generation", "persons") or not callable(found):
            return found
        if name in ("without", "attributed"):
            return lambda *args: _Searcher(found(*args), self._check)

        def ask(*args: Any, **more: Any) -> Any:
            self._check()
            answer = found(*args, **more)
            return self._parts(answer) if isinstance(answer, Iterator) else answer

        return ask

    def __len__(self) -> int:
        return len(self._own)

    def _parts(self, answer: Iterator[Any]) -> Iterator[Any]:
        for each in answer:
            self._check()
            yield each
