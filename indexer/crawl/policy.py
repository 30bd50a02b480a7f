"""How a crawl behaves: what it may ask, how often, and how it reads an answer; opens no connection."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_RESPONSE = 16 * 1024 * 1024
"""Bytes of a response: a page of the archive has under 100 KB."""
MAX_ROBOTS = 512 * 1024
"""Bytes of robots.txt that are read, what follows is not (RFC 9309 asks for at least 500 KiB)."""
MAX_REDIRECTS = 5
"""Redirects one after another that are followed, as RFC 9309 asks for robots.txt."""
MIN_DELAY = 1.0
"""Least seconds between two requests to one host."""
MAX_TRIES = 3
MAX_WAIT = 300.0
"""Seconds a server may ask to wait (Retry-After) before the crawl stops and is to be started again later."""
MAX_FAILURES = 8
"""Failures one after another that stop the crawl: the site is down, or does not want it."""
RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_SECONDS = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Manners:
    """What a crawl may do."""

    contact: str
    """Address of the person who answers for the crawl; part of the user agent."""
    delay: float = MIN_DELAY
    """Seconds between two requests to one host."""
    allow_private: bool = False
    """Whether addresses of private networks may be asked: for an archive in one's own house, and for tests."""
    timeout: float = 60.0

    @property
    def user_agent(self) -> str:
        """The name the crawl gives itself."""
        return f"nianjian-search/0.1 (yearbook archive; {self.contact})"


def is_public(address: str) -> bool:
    """Say whether an IP address belongs to the public internet."""
    try:
        return ipaddress.ip_address(address).is_global
    except ValueError:
        return False


def location_of(sent: Sequence[bytes]) -> str:
    """Give the target of a Location header; empty where there is none, or several that differ."""
    values = set(sent)
    return percent_encoded(values.pop()) if len(values) == 1 else ""


def percent_encoded(sent: bytes) -> str:
    """Write bytes beyond ASCII, of whatever encoding, percent-encoded as they are."""
    return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in sent)


def retry_after(value: str, now: datetime) -> float:
    """Read a Retry-After header: seconds, or a date; 0 when it says nothing sensible."""
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())
