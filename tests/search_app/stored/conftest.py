"""An archive of hostile pages, with a few pictures and style sheets, and two captures of an ordinary page."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import WSGIRequestHandler, make_server

from indexer.config import DataFolder
from indexer.manifest import Manifest
from indexer.model import Page
from indexer.stages.importing import page_store
from indexer.warc.records import Fetched
from search_app import create_app
from search_app.shown.addresses import stored_url

HOSTILE = Path(__file__).with_name("hostile")
SITE = "http://nianjian.cangpu.example/hostile/"
ORDINARY = "corpus/2003/pages/nianjian.cangpu.example/node6000/node6054/node6307/userobject1ai630701.html"
AT = datetime(2006, 5, 1, 12, tzinfo=UTC)
GIF = bytes.fromhex("47494638396101000100800000ff0000ffffff2c00000000010001000002024401003b")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
CSS = """@charset "gb2312"; @import "more.css"; @import url(http://evil.example/x.css);
p::after { content: url(held.gif) } p { background: url('http://evil.example/y.gif'); color: green } /* 样式 */"""
HUGE = {
    "deep": "<p>文字甲</p>" + "<div><span onclick=alert(1)>" * 5000 + "<p>文字乙</p>",
    "long": "<p>文字甲</p>" + "<!--" * 2000 + "--><p title='" + "x" * 300_000 + "'>文字乙</p>",
}
"""Hostile pages that are made, since they are the same thing over and over."""


def page_of(name: str, body: bytes, kind: str = "text/html", at: datetime = AT) -> Page:
    """Make a page, picture or style sheet of the hostile site."""
    return Page(SITE + name, at, 200, kind, body)


@pytest.fixture(scope="session")
def hostile_pages() -> dict[str, bytes]:
    """The hostile pages as a site might send them, by name."""
    found = {file.stem: file.read_bytes() for file in sorted(HOSTILE.glob("*.html"))}
    return found | {name: text.encode("gb18030") for name, text in HUGE.items()}


@pytest.fixture(scope="session")
def keep(manifest: Manifest) -> Callable[..., DataFolder]:
    """Give a function that appends pages to the store in a folder; the same bytes again as a revisit."""

    def add(folder: Path, *pages: Page) -> DataFolder:
        data = DataFolder(folder)
        with page_store(data, manifest).writing() as writer:
            for page in pages:
                if not writer.add(fetched := Fetched(page, "test")):
                    writer.add_revisit(fetched, writer.captures(page.url)[-1])
        return data

    return add


@pytest.fixture(scope="session")
def hostile(
    root: Path,
    tmp_path_factory: pytest.TempPathFactory,
    keep: Callable[..., DataFolder],
    hostile_pages: dict[str, bytes],
) -> DataFolder:
    """An archive of the hostile pages, and of an ordinary one; it has no index."""
    return keep(
        tmp_path_factory.mktemp("hostile"),
        *(page_of(f"{name}.html", body) for name, body in hostile_pages.items()),
        page_of("held.gif", GIF, "image/gif"),
        page_of("held.svg", SVG, "image/svg+xml"),
        page_of("false.gif", b"<script>alert(1)</script>", "image/gif"),
        page_of("held.css", CSS.encode("gb18030"), "text/css"),
        page_of("more.css", b"b{color:blue}", "text/css"),
        page_of("ordinary.html", (root / ORDINARY).read_bytes()),
    )


@pytest.fixture
def asking(hostile: DataFolder) -> FlaskClient:
    """A client that asks for hostile pages."""
    return create_app(hostile.root).test_client()


@pytest.fixture
def way_to() -> Callable[..., str]:
    """Give a function that makes the address of a page of the hostile site, or of what belongs to it."""
    return lambda name, way="", at=AT: stored_url(at, SITE + name, way)


class _Silent(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def hostile_address(hostile: DataFolder) -> Iterator[str]:
    """Where the archive of hostile pages is served."""
    server = make_server("127.0.0.1", 0, create_app(hostile.root), threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
