"""The app's own style sheet and scripts: compressed for whoever takes that."""

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

STYLE = "/static/style.css"


@pytest.fixture
def plain(root: Path) -> bytes:
    """Give the style sheet."""
    return (root / "search_app/web/static/style.css").read_bytes()


def test_file_is_sent_compressed_to_whoever_takes_that(client: FlaskClient, plain: bytes) -> None:
    """A third of it; what is kept of the one form is as good as the other."""
    whole = client.get(STYLE, buffered=True)
    packed = client.get(STYLE, headers={"Accept-Encoding": "br, gzip;q=0.5"}, buffered=True)
    assert (whole.data, gzip.decompress(packed.data)) == (plain, plain)
    assert len(packed.data) * 3 < len(plain)
    assert (whole.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert "Accept-Encoding" in whole.headers.getlist("Vary")
    assert packed.headers["ETag"] == whole.headers["ETag"]
    for asked in ("gzip", "identity"):
        kept = {"Accept-Encoding": asked, "If-None-Match": packed.headers["ETag"]}
        assert client.get(STYLE, headers=kept, buffered=True).status_code == 304


@pytest.mark.parametrize("asked", [{}, {"Accept-Encoding": "gzip;q=0"}, {"Accept-Encoding": "br"}])
def test_nobody_gets_what_they_do_not_take(client: FlaskClient, plain: bytes, asked: dict[str, str]) -> None:
    """Nor a part of it that is no part of the file."""
    assert client.get(STYLE, headers=asked, buffered=True).data == plain
    part = client.get(STYLE, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"}, buffered=True)
    assert (part.status_code, part.data, part.headers.get("Content-Encoding")) == (206, plain[:10], None)


def test_small_and_missing_files_are_as_they_are(client: FlaskClient) -> None:
    """An icon is too small to gain anything."""
    assert (
        "Content-Encoding"
        not in client.get("/static/icon.svg", headers={"Accept-Encoding": "gzip"}, buffered=True).headers
    )
    assert client.get("/static/none.css", headers={"Accept-Encoding": "gzip"}).status_code == 404
