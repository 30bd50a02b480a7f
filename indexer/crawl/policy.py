"""Sets the rules of a polite crawl: what it may ask for, how often, and how it reads an answer."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_RESPONSE = 16 * 1024 * 1024
"""Largest response in bytes; a page of the archive has under 100 KB."""
MAX_ROBOTS = 512 * 1024
"""Bytes of robots.txt that are read; the rest is ignored (RFC 9309 asks for at least 500 KiB)."""
MAX_REDIRECTS = 5
"""Consecutive redirects that are followed, as RFC 9309 asks for robots.txt."""
MIN_DELAY = 1.0
"""Least time between two requests to one host, in seconds."""
MAX_TRIES = 3
MAX_WAIT = 300.0
"""Longest time in seconds that a server may ask us to wait (Retry-After); beyond it the crawl stops."""
MAX_FAILURES = 8
"""Consecutive failures that stop the crawl: the site is down, or does not want it."""
RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_SECONDS = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Manners:
    """How a crawl has to behave."""

    contact: str
    """Address of the person who answers for the crawl; part of the user agent."""
    delay: float = MIN_DELAY
    """Time between two requests to one host, in seconds."""
    allow_private: bool = False
    """Whether addresses of private networks are allowed: for an archive on a local network, and for tests."""
    timeout: float = 60.0

    @property
    def user_agent(self) -> str:
        """The user agent that the crawl sends."""
        return f"nianjian-search/0.1 (yearbook archive; {self.contact})"


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet."""
    try:
        return ipaddress.ip_address(address).is_global
    except ValueError:
        return False


def location_of(sent: Sequence[bytes]) -> str:
    """Return the target of a Location header; empty if there is none, or several that differ."""
    values = set(sent)
    return percent_encoded(values.pop()) if len(values) == 1 else ""


def percent_encoded(sent: bytes) -> str:
    """Return bytes as text with those beyond ASCII percent-encoded, whatever their encoding."""
    return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in sent)


def retry_after(value: str, now: datetime) -> float:
    """Return the seconds that a Retry-After header asks for, as a number or a date; 0 if it says nothing sensible."""
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())
