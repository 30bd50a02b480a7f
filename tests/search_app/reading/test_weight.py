"""Pages are small: 100 KB compressed, a volume of 1,500 entries 300 KB, a receipt as long as its list."""

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from kinds import KINDS

from indexer.config import DataFolder
from search_app import create_app

PAGE = 100_000
VOLUME = 300_000


def weight(client: FlaskClient, path: str) -> int:
    """Give the number of bytes of a page as a server sends it that compresses."""
    return len(gzip.compress(client.get(path, follow_redirects=True).data, 6))


@pytest.mark.parametrize("name", [name for name in KINDS if not name.startswith("receipt")])
def test_page_weighs_no_more_than_a_picture(client: FlaskClient, name: str) -> None:
    """Of every kind."""
    assert 500 < weight(client, KINDS[name]) <= PAGE


@pytest.mark.parametrize(
    "path", ["/?q=工会&size=100", "/concordance?q=工会", "/facet/author", "/contributors", "/entry/2002-1380-1"]
)
def test_page_of_a_large_archive_weighs_no_more(large: DataFolder, path: str) -> None:
    """The longest list of hits, of occurrences, of names, and a roll of 500 names."""
    assert 500 < weight(create_app(large.root).test_client(), path) <= PAGE


@pytest.mark.parametrize("path", ["/volume/2002", "/volume/2002?open=all"])
def test_volume_of_1500_entries_weighs_three_times_that(large: DataFolder, path: str) -> None:
    """Folded or not, all are in it."""
    client = create_app(large.root).test_client()
    assert client.get(path).text.count('href="/entry/') == 1500
    assert weight(client, path) <= VOLUME


def test_script_weighs_little(root: Path) -> None:
    """Less than 15 KB as it is written; what takes entries away is 4 KB more, where there is something to take."""
    scripts = {file.stem: file.stat().st_size for file in (root / "search_app/web/static").glob("*.js")}
    assert scripts.keys() == {"reading", "suggest", "taking"}
    assert scripts["reading"] + scripts["suggest"] < 15_000
    assert scripts["taking"] < 4_000
