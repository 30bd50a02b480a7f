"""Applies what a host's robots.txt allows (RFC 9309).

The file is fetched through a function passed in, and read whatever its bytes are.
"""

import codecs
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from protego import Protego
from scrapy.http import Response

from indexer.crawl.downloader import failure, is_private_address, leads_inside
from indexer.crawl.policy import MAX_REDIRECTS, MAX_ROBOTS, Manners, location_of, percent_encoded
from indexer.errors import FetchError
from indexer.urls import canonical
from indexer.warc.codings import CodingError, content_start

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

Download = Callable[[str], Awaitable[Response]]
"""Fetches the first `MAX_ROBOTS` bytes of a URL, once; raises whatever the downloader does."""


class Robots:
    """The rules of every origin that a crawl asks, each fetched once per run."""

    def __init__(self, download: Download, manners: Manners) -> None:
        """Set the function that fetches, and the crawl's manners."""
        self._download = download
        self._manners = manners
        self._rules: dict[str, Protego] = {}

    async def allow(self, url: str) -> bool:
        """Return whether a URL may be asked for.

        Raises `FetchError` if the server's rules cannot be read, in which case nothing may be asked.
        """
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = Protego.parse(read_robots(await self._fetch(f"{origin}/robots.txt")))
        return bool(self._rules[origin].can_fetch(url, self._manners.user_agent))

    def delay(self, url: str) -> float:
        """Return the delay in seconds that a host asks for; 0 if it asks for none, or its rules were not read yet."""
        rules = self._rules.get(_origin(url))
        asked = rules.crawl_delay(self._manners.user_agent) if rules else None
        return float(asked or 0.0)

    async def _fetch(self, url: str) -> bytes:
        """Return the file's bytes; empty if the server has no such file, or redirects too often."""
        for _ in range(1 + MAX_REDIRECTS):
            response = await self._ask(url)
            if response.status >= 500 or response.status == 429:
                raise FetchError("robots-refused", url=url, status=response.status)
            if response.status in _REDIRECTS and (
                target := canonical(location_of(response.headers.getlist(b"Location")), url)
            ):
                url = target
                continue
            return _body(response, url) if response.status == 200 else b""
        return b""

    async def _ask(self, url: str) -> Response:
        if not self._manners.allow_private and is_private_address(url):
            raise FetchError("robots-private", url=url)
        try:
            return await self._download(url)
        except Exception as error:
            if leads_inside(error, url):
                raise FetchError("robots-leads-inside", url=url) from error
            raise FetchError("robots-unreadable", url=url, reason=failure(error, url)) from error


def read_robots(body: bytes) -> str:
    """Return a file's text, decoded by its BOM, as UTF-8, or as the GB of the time.

    A rule in GB is returned twice, since URLs may have its characters in either encoding.
    """
    body = body[:MAX_ROBOTS]
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    if len(body) > 1 and 0 in body[:2]:
        return body.decode("utf-16-le" if body[1] == 0 else "utf-16-be", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.start > len(body) - 4 and len(body) == MAX_ROBOTS
        return body.decode("utf-8", "replace") if cut else "\n".join(map(_both_ways, body.splitlines()))


def _both_ways(line: bytes) -> str:
    sent = percent_encoded(line)
    return sent if line.isascii() else f"{sent}\n{line.decode('gb18030', 'replace')}"


def _body(response: Response, url: str) -> bytes:
    try:
        coding = (response.headers.get(b"Content-Encoding") or b"").decode("latin-1")
        return content_start(response.body, coding, MAX_ROBOTS)
    except CodingError as error:
        raise FetchError("robots-unreadable", url=url, reason=str(error)) from error


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
