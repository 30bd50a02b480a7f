"""Fetches pages from a web archive: which captures it has (CDX), and the best one of each URL, as it was sent."""

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from indexer.crawl.policy import MAX_TRIES, MAX_WAIT, RETRIED, retry_after
from indexer.errors import ConfigError, FetchError
from indexer.model import Page
from indexer.urls import Spellings
from indexer.warc.codings import MAX_PAYLOAD, CodingError, decode_content
from indexer.warc.records import Fetched

_TIMESTAMP = re.compile(r"\d{14}")


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Get = Callable[[str], Answer]
"""Fetches a URL.  Raises `FetchError` when nothing whole comes back."""


@dataclass(frozen=True, slots=True)
class ArchiveCapture:
    """A capture that a web archive says it has."""

    url: str
    timestamp: str
    """14 digits, UTC."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which pages, from where, and which capture of each."""

    prefix: str
    """URL prefix of the pages."""
    cdx: str
    """Address of the archive's CDX service."""
    replay: str
    """Address before timestamp and URL."""
    until: str = ""
    """Latest capture not after this; up to 14 digits."""
    at: str = ""
    """Capture nearest to this; up to 14 digits."""
    spellings: Spellings = field(default_factory=Spellings)
    """Which spellings of a host are the same host."""


def replay_of(cdx: str) -> str:
    """Give the replay address that belongs to a CDX address, for the Wayback Machine and for pywb.

    Raises `ConfigError` for any other address: it has to be given.
    """
    parts = urlsplit(cdx)
    if parts.path.endswith("/cdx/search/cdx"):
        return f"{parts.scheme}://{parts.netloc}/web/"
    if parts.path.endswith("/cdx"):
        return f"{parts.scheme}://{parts.netloc}{parts.path.removesuffix('cdx')}"
    raise ConfigError(f"cannot tell the replay address of {cdx}; give it with --replay")


def list_captures(wish: Wish, get: Get) -> Iterator[ArchiveCapture]:
    """Ask the CDX service, page by page, for HTML captures with status 200; lines it repeats come once.

    Raises `FetchError` when the service does not answer, or answers what is no CDX.
    """
    prefix = wish.spellings.key(wish.prefix)
    query = {"url": wish.prefix, "matchType": "prefix", "output": "json"}
    pages = _page_count(wish.cdx, query, get)
    seen: set[tuple[str, str]] = set()
    for number in range(pages):
        arguments = query | ({"page": str(number)} if pages > 1 else {})
        answer = get(f"{wish.cdx}?{urlencode(arguments)}")
        if answer.status != 200:
            raise FetchError(f"{wish.cdx} answers {answer.status} for page {number + 1} of {pages}; try again later")
        for row in _rows(answer.body, wish.cdx):
            url = row.get("original") or row.get("url") or ""
            stamp = row.get("timestamp", "")
            status = row.get("statuscode") or row.get("status") or ""
            kind = row.get("mimetype") or row.get("mime") or ""
            if status != "200" or "html" not in kind or not _TIMESTAMP.fullmatch(stamp) or (url, stamp) in seen:
                continue
            if wish.spellings.key(url).startswith(prefix):
                seen.add((url, stamp))
                yield ArchiveCapture(url, stamp)


def best_captures(captures: Iterable[ArchiveCapture], wish: Wish) -> list[ArchiveCapture]:
    """Choose one capture of each URL: the nearest to `at`, or the latest not after `until`; in order of URL."""
    best: dict[str, ArchiveCapture] = {}
    until = wish.until.ljust(14, "9")
    for capture in captures:
        if wish.until and capture.timestamp > until:
            continue
        page = wish.spellings.key(capture.url)
        known = best.get(page)
        if known is None or _better(capture, known, wish.at):
            best[page] = capture
    return [best[url] for url in sorted(best)]


def fetch_capture(capture: ArchiveCapture, wish: Wish, get: Get) -> Fetched:
    """Fetch a capture as it was sent, without the archive's banner (`id_`).

    Raises `FetchError` when the archive does not give it.
    """
    address = f"{wish.replay}{capture.timestamp}id_/{capture.url}"
    answer = get(address)
    if answer.status != 200:
        raise FetchError(f"{address} answers {answer.status}")
    try:
        body = decode_content(answer.body, answer.headers.get("content-encoding", ""))
    except CodingError as error:
        raise FetchError(f"{address}: {error}") from error
    at = datetime.strptime(capture.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    page = Page(capture.url, at, 200, answer.headers.get("content-type", "text/html"), body)
    return Fetched(page, f"web archive {address}")


def polite_getter(user_agent: str, delay: float, sleep: Callable[[float], None] = time.sleep) -> Get:
    """Make a `Get` that waits between requests, tries again what may pass, and never leaves the host it was sent to."""
    opener = build_opener(_SameHost)
    last = 0.0

    def get(url: str) -> Answer:
        nonlocal last
        reason = ""
        for attempt in range(MAX_TRIES):
            sleep(max(0.0, last + delay - time.monotonic()))
            last = time.monotonic()
            try:
                answer = _ask(opener.open, Request(url, headers={"User-Agent": user_agent}))
            except (OSError, HTTPException, ValueError) as error:
                reason = f"{type(error).__name__}: {error}"
                sleep(delay * 2**attempt)
                continue
            if answer.status not in RETRIED:
                return answer
            reason = f"status {answer.status}"
            wait = retry_after(answer.headers.get("retry-after", ""), datetime.now(UTC))
            if wait > MAX_WAIT:
                raise FetchError(f"{url} asks to wait {wait:.0f} s; run the same command again after that")
            sleep(max(wait, delay * 2**attempt))
        raise FetchError(f"{url} does not answer ({reason}); run the same command again, it goes on from here")

    return get


class _SameHost(HTTPRedirectHandler):
    def redirect_request(  # type: ignore[no-untyped-def]
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            raise URLError(f"redirects to another host, {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _ask(open_url: Callable[..., IO[bytes]], request: Request) -> Answer:
    try:
        response = open_url(request, timeout=60)
    except HTTPError as error:
        with error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, b"")
    with response:
        headers = {name.lower(): value for name, value in response.headers.items()}  # type: ignore[attr-defined]
        body = response.read(MAX_PAYLOAD + 1)
        if len(body) > MAX_PAYLOAD:
            raise ValueError(f"over {MAX_PAYLOAD:,} bytes")
        expected = headers.get("content-length", "")
        if expected.isdecimal() and int(expected) > len(body):
            raise ValueError(f"breaks off after {len(body)} of {expected} bytes")
        return Answer(response.status, headers, body)  # type: ignore[attr-defined]


def _page_count(cdx: str, query: Mapping[str, str], get: Get) -> int:
    """Ask how many pages the answer has; a service that does not know paging gives one."""
    answer = get(f"{cdx}?{urlencode({**query, 'showNumPages': 'true'})}")
    text = answer.body.decode("utf-8", "replace").strip()
    if answer.status == 200 and text.isdecimal():
        return int(text)
    try:
        return int(json.loads(text)["pages"])
    except (ValueError, KeyError, TypeError):
        return 1


def _rows(body: bytes, cdx: str) -> Iterator[dict[str, str]]:
    """Read CDX as JSON: an array with a head row (Wayback) or one object a line (pywb); broken lines are left out."""
    text = body.decode("utf-8", "replace").strip()
    if text.startswith("[") and not text.startswith("[{"):
        try:
            table = json.loads(text)
        except json.JSONDecodeError as error:
            raise FetchError(f"{cdx} broke off ({error.msg} at {error.pos}); run the same command again") from error
        head = table[0] if table else []
        for row in table[1:]:
            yield dict(zip(map(str, head), map(str, row), strict=False))
        return
    for line in text.split("\n"):
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(row, dict):
            yield {str(name): str(value) for name, value in row.items()}


def _better(capture: ArchiveCapture, known: ArchiveCapture, at: str) -> bool:
    if not at:
        return capture.timestamp > known.timestamp
    wanted = _moment(at.ljust(14, "0"))
    return abs(_moment(capture.timestamp) - wanted) < abs(_moment(known.timestamp) - wanted)


def _moment(stamp: str) -> float:
    """Give seconds for a timestamp, well enough to compare: 20060000000000 is before any day of 2006."""
    year, month, day = int(stamp[:4]), max(1, int(stamp[4:6])), max(1, int(stamp[6:8]))
    seconds = int(stamp[8:10]) * 3600 + int(stamp[10:12]) * 60 + int(stamp[12:14])
    return datetime(year, min(month, 12), min(day, 28), tzinfo=UTC).timestamp() + (day - min(day, 28)) * 86400 + seconds
