"""The web app over the sample archive, and the browser; what needs it is skipped where it is absent, saying so."""

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import Browser as Reader
from flask import Flask
from flask.testing import FlaskClient
from served import served
from visits import Visits, visiting

from indexer.config import DataFolder
from indexer.files.entrystore import write_entries
from indexer.model import Entry
from indexer.search.factory import open_builder
from indexer.stages.pipeline import index_entries
from search_app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def sample_app(sample: DataFolder) -> Flask:
    """The app of the sample archive: opening an index and compiling templates takes a third of a second."""
    return create_app(sample.root)


@pytest.fixture
def client(sample_app: Flask) -> FlaskClient:
    """A test client, without cookies yet."""
    return sample_app.test_client()


@pytest.fixture
def publish(tmp_path: Path) -> Callable[[Iterable[Entry]], None]:
    """Give a function that publishes a generation of entries in the test's folder."""

    def build(entries: Iterable[Entry]) -> None:
        with open_builder(tmp_path) as builder:
            for entry in entries:
                builder.add(entry)

    return build


@pytest.fixture
def browse(tmp_path: Path) -> Callable[[list[Entry]], Reader]:
    """Give a function that publishes entries for a browser."""

    def publish(entries: list[Entry]) -> Reader:
        data = DataFolder(tmp_path)
        write_entries(data.entries, entries)
        index_entries(data)
        return Reader(create_app(tmp_path))

    return publish


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """The browser that Debian gives; none is downloaded."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is absent: pip install -e '.[test]'")
    command = shutil.which("chromium") or shutil.which("chromium-browser")
    if command is None:
        pytest.skip("Chromium is absent: apt-get install chromium fonts-noto-cjk")
    with playwright.sync_playwright() as started:
        # Root, as on build machines, is refused with a sandbox; nothing but our own pages is opened.
        # Pages are kept for who comes back, as browsers do unless they are told not to, which Playwright does.
        browser = started.chromium.launch(
            executable_path=command, args=["--no-sandbox"], ignore_default_args=["--disable-back-forward-cache"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Callable[[DataFolder], list[str]]:
    """Give a function that gives the command to serve an archive."""
    command = [sys.executable, "-c", "from search_app.cli import main; main()"]
    return lambda data: [*command, "--data", str(data.root), "serve"]


@pytest.fixture(scope="session")
def address(
    sample: DataFolder, serve: Callable[[DataFolder], list[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where the sample archive is served."""
    with served(serve(sample), tmp_path_factory.mktemp("served")) as found:
        yield found.rstrip("/")


@pytest.fixture
def visit(chromium: "Browser", address: str) -> Iterator[Visits]:
    """Open pages of the sample archive; in the end no browser may have complained."""
    with visiting(chromium, address) as visits:
        yield visits


@pytest.fixture
def visit_below(
    chromium: "Browser", sample: DataFolder, serve: Callable[[DataFolder], list[str]], tmp_path: Path
) -> Iterator[Visits]:
    """Open pages of the sample archive whose public address has a path; nothing outside it may be asked for."""
    with (
        served(serve(sample), tmp_path, NIANJIAN_PUBLIC_URL="https://example.org/nianjian/a b") as found,
        visiting(chromium, f"{found}nianjian/a%20b") as visits,
    ):
        yield visits
