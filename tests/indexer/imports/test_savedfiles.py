"""The URL of a saved page is recovered from where it lies."""

from pathlib import PurePosixPath

import pytest

from indexer.imports.savedfiles import recover_url
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
def test_url_from_path(manifest: Manifest, file: str, root: str, base_url: str | None, url: str | None) -> None:
    """A folder named like a host, else --base-url, else a known scope; else nothing is guessed."""
    home = PurePosixPath("/home/user")
    assert recover_url(home / file, home / root, base_url, manifest.volumes) == url
