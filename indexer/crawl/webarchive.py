"""Fetches captures from a web archive, as they were sent, politely; chooses none."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from indexer.crawl.cdx import Answer, ArchiveCapture, Get, LeftOut, Wish
from indexer.crawl.policy import MAX_TRIES, MAX_WAIT, RETRIED, retry_after
from indexer.errors import FetchError
from indexer.model import Page
from indexer.warc.codings import MAX_PAYLOAD, CodingError, decode_content, looks_like_html
from indexer.warc.records import Fetched

_AS_WRITTEN = "!\"#$%&'()*+,/:;<=>?@[\\]^_`{|}~-."


def address_of(capture: ArchiveCapture, wish: Wish) -> str:
    """Give the address of a capture as it was sent, without the archive's banner (`id_`)."""
    return f"{wish.replay}{capture.timestamp}id_/{capture.url}"


def fetch_best(captures: Sequence[ArchiveCapture], wish: Wish, get: Get) -> Fetched | LeftOut:
    """Fetch the first of a page's captures that the archive gives, and that is a page; else say why there is none.

    Raises `FetchError` when the archive does not answer.
    """
    missed = []
    for capture in captures:
        fetched = _fetch(capture, wish, get)
        if isinstance(fetched, Fetched):
            return fetched
        missed.append(fetched)
    return next((each for each in missed if each.lost), missed[0])


def _fetch(capture: ArchiveCapture, wish: Wish, get: Get) -> Fetched | LeftOut:
    address = address_of(capture, wish)
    answer = get(quote(address, _AS_WRITTEN))
    if answer.status != 200:
        return LeftOut(address, f"the archive answers {answer.status}", lost=True)
    try:
        body = decode_content(answer.body, answer.headers.get("content-encoding", ""))
    except CodingError as error:
        return LeftOut(address, str(error), lost=True)
    if not capture.sure and not looks_like_html(body):
        return LeftOut(address, "not HTML, as its bytes say")
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
