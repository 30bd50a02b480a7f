"""How a crawl behaves, rule by rule."""

import gzip
import zlib
from datetime import UTC, datetime

import pytest

from indexer.crawl.policy import Manners, canonical, decoded_body, is_public, retry_after


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.1.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("x", False),
    ],
)
def test_private_addresses_are_told(address: str, public: bool) -> None:
    """What is no address is not public either."""
    assert is_public(address) == public


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("a.html#x", "http://h.example/d/a.html"),
        ("/A.html?q=1", "http://h.example/A.html?q=1"),
        ("HTTP://H.Example", "http://h.example/"),
        ("//o.example/x", "http://o.example/x"),
        ("mailto:a@b.example", ""),
        ("javascript:x()", ""),
        ("http://u:p@h.example/", ""),
        ("http://[x", ""),
    ],
)
def test_urls_have_one_form(target: str, url: str) -> None:
    """No fragment, host in lower case; what is no page's URL is empty."""
    assert canonical(target, "http://h.example/d/b.html") == url


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 01 May 2006 00:01:00 GMT", 60.0),
        ("Sun, 30 Apr 2006 00:00:00 GMT", 0.0),
        ("soon", 0.0),
        ("", 0.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float) -> None:
    """A date in the past, or nonsense, asks for nothing."""
    assert retry_after(value, datetime(2006, 5, 1, tzinfo=UTC)) == seconds


def test_unasked_encodings_are_undone_within_bounds() -> None:
    """gzip and deflate; a bomb, a stump and an unknown one are refused."""
    text = "年鉴".encode() * 99
    assert decoded_body(gzip.compress(text), {"content-encoding": "gzip"}) == text
    assert decoded_body(zlib.compress(text), {"content-encoding": "deflate"}) == text
    assert decoded_body(text, {}) == text
    for body, coding in (
        (gzip.compress(bytes(70 << 20)), "gzip"),
        (gzip.compress(text)[:-9], "gzip"),
        (text, "gzip"),
        (text, "br"),
    ):
        with pytest.raises(ValueError, match=r"unpacks|breaks off|broken|not known"):
            decoded_body(body, {"content-encoding": coding})


def test_user_agent_names_project_and_contact() -> None:
    """So that the site's keeper can write to somebody."""
    agent = Manners("mailto:a@b.example").user_agent
    assert agent.startswith("nianjian-search/")
    assert "mailto:a@b.example" in agent
