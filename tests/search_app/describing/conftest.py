"""The sample archive under a public address, and what a program reads of it there."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from usp.objects.page import SitemapPage
from usp.tree import sitemap_tree_for_homepage
from usp.web_client.abstract_client import (
    AbstractWebClient,
    AbstractWebClientResponse,
    LocalWebClientSuccessResponse,
    WebClientErrorResponse,
)

from indexer.config import DataFolder
from search_app import create_app

PUBLIC = "https://nianjian.example.org"


@pytest.fixture
def make_client(monkeypatch: pytest.MonkeyPatch) -> Callable[..., FlaskClient]:
    """Give a function that makes a client of an archive's app under a public address; none if it is empty."""

    def make(data: DataFolder, public: str = PUBLIC) -> FlaskClient:
        monkeypatch.setenv("NIANJIAN_PUBLIC_URL", public)
        return create_app(data.root).test_client()

    return make


@pytest.fixture
def public(sample: DataFolder, make_client: Callable[..., FlaskClient]) -> FlaskClient:
    """A client of the sample archive under its public address."""
    return make_client(sample)


class Crawler(AbstractWebClient):
    """Asks an app what a crawler asks a site."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def set_max_response_data_length(self, max_response_data_length: int | None) -> None:
        """Take whatever comes: nothing of ours is too long."""

    def get(self, url: str) -> AbstractWebClientResponse:
        """Ask for an address, which must be one of the archive's."""
        assert url.startswith(PUBLIC + "/"), url
        answer = self._client.get(url.removeprefix(PUBLIC))
        if answer.status_code != 200:
            return WebClientErrorResponse(answer.status, retryable=False)
        return LocalWebClientSuccessResponse(url, answer.text)


@pytest.fixture
def crawled() -> Callable[[FlaskClient], list[SitemapPage]]:
    """Give a function that gives the pages in all site maps that lead on from a client's robots.txt."""

    def read(client: FlaskClient) -> list[SitemapPage]:
        tree = sitemap_tree_for_homepage(f"{PUBLIC}/", web_client=Crawler(client), use_known_paths=False)
        return list(tree.all_pages())

    return read
