"""The web app over the sample archive."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.config import DataFolder
from indexer.model import Entry
from indexer.search.factory import open_builder
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
