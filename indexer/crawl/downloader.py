"""Configures Scrapy's downloader for a polite crawl, and explains its failures."""

import socket
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from indexer.crawl.policy import MAX_RESPONSE, Manners, is_public


def scrapy_settings(manners: Manners) -> dict[str, Any]:
    """Return Scrapy's settings: one request at a time, and no redirects or retries of its own."""
    return {
        "USER_AGENT": manners.user_agent,
        "ROBOTSTXT_OBEY": False,  # obeyed by `robots.py`, with Crawl-delay and RFC 9309's rule for errors
        "CONCURRENT_REQUESTS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": manners.delay,
        "RANDOMIZE_DOWNLOAD_DELAY": False,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": manners.delay,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        "DOWNLOAD_TIMEOUT": manners.timeout,
        "DOWNLOAD_MAXSIZE": MAX_RESPONSE,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DNS_RESOLVER": PublicResolver if not manners.allow_private else CachingThreadedResolver,
        "REDIRECT_ENABLED": False,
        "RETRY_ENABLED": False,
        "COMPRESSION_ENABLED": False,
        "COOKIES_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "REFERER_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "text/html,*/*;q=0.1", "Accept-Encoding": "identity"},
    }


class PublicResolver(CachingThreadedResolver):
    """Refuses host names that lead to a private address; the connection uses the same answer that was checked."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  (Twisted's name)
        """Resolve a name, or fail with `PrivateAddressError`."""
        return super().getHostByName(name, timeout).addCallback(_only_public)


class PrivateAddressError(DNSLookupError):
    """Raised if a host's address is in a private network; Twisted treats it like any failed look-up."""


def _only_public(address: str) -> str:
    if not is_public(address):
        raise PrivateAddressError(address)
    return address


def is_private_address(url: str) -> bool:
    """Return whether a URL's host is written as an IP address of a private network."""
    host = urlsplit(url).hostname or ""
    written = ":" in host or host.replace(".", "").isdigit()
    return written and not is_public(host)


def failure(error: BaseException, url: str) -> str:
    """Return in a few words why a download failed."""
    text = str(error).strip().splitlines()
    if leads_inside(error, url):
        return "its host is a private address"
    return f"{type(error).__name__}: {text[0]}"[:200] if text and text[0] else type(error).__name__


def leads_inside(error: BaseException, url: str) -> bool:
    """Return whether a download failed since we refused a private address: Twisted does not pass the reason on."""
    if "lookup" not in str(error):
        return False
    try:
        found = socket.getaddrinfo(urlsplit(url).hostname, None, socket.AF_INET)
    except OSError:
        return False
    return any(not is_public(str(address[4][0])) for address in found)
