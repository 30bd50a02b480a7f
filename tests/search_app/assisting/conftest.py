"""The SDK's own client, connected to `nianjian mcp` on the sample; every entry that an answer names is traced."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult

from indexer.config import DataFolder
from indexer.manifest import Manifest
from indexer.search.engine import Searcher
from indexer.search.factory import open_searcher
from search_app.assisting.tools import Assistance
from search_app.following.archive import Archive
from search_app.shown.citing.gbt7714 import cite
from search_app.shown.citing.reference import reference
from search_app.shown.naming import Names
from search_app.web.site import Site

README = Path(__file__).parents[3] / "README.md"
COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]


@pytest.fixture(scope="session")
def searcher(sample: DataFolder) -> Searcher:
    """What knows the right answer."""
    return open_searcher(sample.root)


@pytest.fixture(scope="session")
def address(sample: DataFolder) -> Iterator[str]:
    """Where the tools of the sample are served over HTTP; the server ends with 0."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*COMMAND, "--data", str(sample.root), "mcp", "--http", "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr
    try:
        said = server.stderr.readline()
        assert said == f"Listening on http://127.0.0.1:{port}/mcp  (stop with Ctrl-C)\n"
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        server.send_signal(signal.SIGTERM)
        server.stderr.close()
        assert server.wait(20) == 0


@contextmanager
def connected(target: Any) -> Iterator[Client]:
    """Connect the SDK's client while the block runs, and give what asks it without waiting."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(target)) as client:

        def ask(name: str, **arguments: Any) -> CallToolResult:
            return portal.call(client.call_tool, name, arguments)

        client.ask, client.portal = ask, portal  # type: ignore[attr-defined]
        yield client


@pytest.fixture(scope="session", params=["stdio", "http"])
def client(request: pytest.FixtureRequest, sample: DataFolder) -> Iterator[Client]:
    """The client, by either transport."""
    if request.param == "http":
        target: Any = request.getfixturevalue("address")
    else:
        # As README says that an assistant's program is told to.
        (block,) = re.findall(r"^```json\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        told = json.loads(block)["mcpServers"]["nianjian"]
        assert told["command"] == "nianjian"
        args = [*COMMAND[1:], *(str(sample.root) if "/" in each else each for each in told["args"])]
        target = StdioServerParameters(command=COMMAND[0], args=args, env=dict(os.environ))
    with connected(target) as found:
        yield found


@pytest.fixture
def ask(client: Client, searcher: Searcher, manifest: Manifest) -> Callable[..., dict[str, Any]]:
    """Call a tool, and give its values once every entry named in them is traced."""

    def called(name: str, **arguments: Any) -> dict[str, Any]:
        result = client.ask(name, **arguments)  # type: ignore[attr-defined]
        assert not result.is_error, result.content
        values: dict[str, Any] = result.structured_content
        trace(values, searcher, manifest)
        return values

    return called


def trace(values: Any, searcher: Searcher, manifest: Manifest) -> None:
    """Check all that is said of entries, wherever in an answer they are named, against the entries."""
    if isinstance(values, list):
        for each in values:
            trace(each, searcher, manifest)
    elif isinstance(values, dict):
        if "citation" in values:
            entry = searcher.get(values["id"])
            assert entry is not None
            names = Names(manifest, searcher.volumes(), searcher.persons)
            line = cite(reference(entry, names, "", date.today()))
            said = ("citation", "address", "title", "yearbook", "volume", "year", "section", "authors", "persons")
            printed = (line, entry.url, entry.title, entry.yearbook, entry.volume, entry.year, entry.section)
            assert tuple(values[each] for each in said) == (*printed, list(entry.authors), names.persons(entry))
            for piece in values.get("snippet", "").split("…"):
                assert any(piece in text for text in (entry.title, entry.heading, entry.body, *entry.captions))
            assert all(each in values["snippet"] for each in values.get("marked", ()))
        if "generation" in values:
            assert (values["generation"], values["entries"]) == (searcher.generation, len(searcher))
        for each in values.values():
            trace(each, searcher, manifest)


@pytest.fixture
def assist(manifest: Manifest) -> Callable[[Path], Assistance]:
    """Give the tools of a folder without a protocol, for what needs none."""
    return lambda folder: Assistance(Archive(folder, manifest), Site(), lambda: date(2026, 11, 28))


@pytest.fixture(scope="session")
def on_sample(sample: DataFolder, manifest: Manifest) -> Assistance:
    """The tools of the sample."""
    return Assistance(Archive(sample.root, manifest), Site())
