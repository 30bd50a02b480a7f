"""How a crawl behaves, rule by rule."""

from datetime import UTC, datetime

import pytest

from indexer.crawl.policy import Manners, is_public, retry_after


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


def test_user_agent_names_project_and_contact() -> None:
    """So that the site's keeper can write to somebody."""
    agent = Manners("mailto:a@b.example").user_agent
    assert agent.startswith("nianjian-search/")
    assert "mailto:a@b.example" in agent
