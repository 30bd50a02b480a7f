"""The URL of a saved page is recovered from where it lies."""

from pathlib import Path

import pytest

from indexer.crawl.importers import SavedFile, find_files, recover_url
from indexer.errors import FetchError
from indexer.manifest import Manifest

NODE = "renda/node5902/node6688/node6690/node6748/userobject1ai1.html"


@pytest.mark.parametrize(
    ("file", "root", "base_url", "url"),
    [
        (f"m/gov.eastday.com/{NODE}", "m", None, f"http://gov.eastday.com/{NODE}"),
        (f"gov.eastday.com/{NODE}", "gov.eastday.com/renda", None, f"http://gov.eastday.com/{NODE}"),
        ("m/www.other.example/a b/1.html", "m", None, "http://www.other.example/a%20b/1.html"),
        ("m/localhost.example:8080/1.html", "m", "http://b.example", "http://localhost.example:8080/1.html"),
        ("m/sub/1.html", "m", "https://b.example/x", "https://b.example/x/sub/1.html"),
        (f"m/site/{NODE}", "m/site", None, f"http://gov.eastday.com/{NODE}"),
        (f"m/{NODE}", "m/renda/node5902", None, f"http://gov.eastday.com/{NODE}"),
        ("m/loose/1.html", "m", None, None),
    ],
)
def test_url_from_path(
    tmp_path: Path, manifest: Manifest, file: str, root: str, base_url: str | None, url: str
) -> None:
    """A folder named like a host, else --base-url, else a known scope; else nothing is guessed."""
    saved = SavedFile(tmp_path / file, tmp_path / root)
    assert recover_url(saved, base_url, manifest.volumes) == url


def test_only_page_files_are_taken(tmp_path: Path) -> None:
    """Pictures and styles of a mirror are left aside."""
    for name in ("b.htm", "a.HTML", "c.gif", "d/e.shtml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [file.path.name for file in find_files([tmp_path])] == ["a.HTML", "b.htm", "e.shtml"]


@pytest.mark.parametrize(
    ("name", "said"), [("nothing", "not there"), ("empty", "no .html"), ("a.txt", "no .html file")]
)
def test_path_without_pages_is_one_clear_line(tmp_path: Path, name: str, said: str) -> None:
    """The error names the path and says what to give instead."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(FetchError, match=said):
        find_files([tmp_path / name])
