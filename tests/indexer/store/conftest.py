"""A page store in a folder of its own."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.model import Page
from indexer.store.pagestore import PageStore
from indexer.warc.records import Fetched


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    """An empty store."""
    return PageStore(tmp_path / "warc", tmp_path / "ledger.sqlite")


@pytest.fixture
def fetched(fetched_once: Callable[..., Fetched]) -> Callable[..., Fetched]:
    """Make a fetched page, captured on a day of May 2006."""
    return fetched_once


@pytest.fixture(scope="session")
def fetched_once() -> Callable[..., Fetched]:
    """The same, for tests that run many times."""

    def make(url: str, body: bytes, day: int = 1, headers: tuple[tuple[str, str], ...] | None = None) -> Fetched:
        page = Page(url, datetime(2006, 5, day, tzinfo=UTC), 200, "text/html", body)
        return Fetched(page, "test", headers, "OK", None if headers is None else (("Host", "a.example"),))

    return make
