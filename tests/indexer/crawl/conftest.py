"""A page store in a folder of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.crawl.records import Fetched
from indexer.crawl.warc import PageStore
from indexer.model import Page

SCRIPT = Path(__file__).with_name("misbehaving.py")


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    """An empty store."""
    return PageStore(tmp_path / "warc", tmp_path / "ledger.sqlite")


@pytest.fixture
def fetched() -> Callable[..., Fetched]:
    """Make a fetched page, captured on a day of May 2006."""

    def make(url: str, body: bytes, day: int = 1, headers: tuple[tuple[str, str], ...] | None = None) -> Fetched:
        page = Page(url, datetime(2006, 5, day, tzinfo=UTC), 200, "text/html", body)
        return Fetched(page, "test", headers, "OK", None if headers is None else (("Host", "a.example"),))

    return make


@pytest.fixture(scope="session")
def misbehaving():  # type: ignore[no-untyped-def]
    """The module of the local site; not a test module, and not on the path."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("misbehaving", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def serving():  # type: ignore[no-untyped-def]
    """Give a context manager that serves a site while its block runs."""
    return _serving


@contextmanager
def _serving(site) -> Iterator[None]:  # type: ignore[no-untyped-def]
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        site.shutdown()
        site.server_close()
