"""The web app over the sample archive."""

import pytest
from flask.testing import FlaskClient

from indexer.config import DataFolder
from search_app import create_app


@pytest.fixture
def client(sample: DataFolder) -> FlaskClient:
    """A test client."""
    return create_app(sample.root).test_client()
