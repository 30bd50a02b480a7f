"""The web app over the sample archive."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from browser import Browser
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.files.entrystore import write_entries
from indexer.model import Entry
from indexer.search.factory import open_builder
from indexer.stages.pipeline import index_entries
from search_app import create_app


@pytest.fixture
def client(sample: DataFolder) -> FlaskClient:
    """A test client."""
    return create_app(sample.root).test_client()


@pytest.fixture
def publish(tmp_path: Path) -> Callable[[Iterable[Entry]], None]:
    """Give a function that publishes a generation of entries in the test's folder."""

    def build(entries: Iterable[Entry]) -> None:
        with open_builder(tmp_path) as builder:
            for entry in entries:
                builder.add(entry)

    return build


@pytest.fixture
def browse(tmp_path: Path) -> Callable[[list[Entry]], Browser]:
    """Give a function that publishes entries for a browser."""

    def publish(entries: list[Entry]) -> Browser:
        data = DataFolder(tmp_path)
        write_entries(data.entries, entries)
        index_entries(data)
        return Browser(create_app(tmp_path))

    return publish
