"""Whoever finds an error in an entry is led to who answers for the archive."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from indexer.config import DataFolder
from indexer.manifest import load_manifest
from search_app import create_app


@pytest.mark.parametrize("contact", ["archive@example.org", "https://example.org/errors", ""])
def test_errors_are_told_to_the_contact_of_the_manifest(
    sample: DataFolder, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contact: str
) -> None:
    """By a mail that names the entry and its address, or on the page given; without one nothing is offered."""
    monkeypatch.setenv("NIANJIAN_PUBLIC_URL", "https://yearbooks.example/a")
    text = (root / "corpus" / "sample.toml").read_text("utf-8")
    line = f'contact = "{contact}"\n' if contact else ""
    file = tmp_path / "manifest.toml"
    file.write_text(text.replace("[[site]]\n", f"[[site]]\n{line}"), "utf-8")
    page = create_app(sample.root, load_manifest(file)).test_client().get("/entry/S2001-611002-1").text
    links = re.findall(r'href="([^"]*)" rel="nofollow noreferrer">指出错误', page)
    if not contact:
        assert links == []
    elif contact.startswith("http"):
        assert links == [contact]
    else:
        mail = urlsplit(html.unescape(links[0]))
        said = parse_qs(mail.query)
        assert (mail.scheme, mail.path) == ("mailto", contact)
        assert said["body"] == ["https://yearbooks.example/a/entry/S2001-611002-1"]
        assert "S2001-611002-1《分行业签订集体合同情况》" in said["subject"][0]
