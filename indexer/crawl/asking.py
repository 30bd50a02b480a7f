"""Asks a web archive over HTTP, politely."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from indexer.crawl.policy import MAX_TRIES, MAX_WAIT, RETRIED, retry_after
from indexer.errors import FetchError
from indexer.warc.codings import MAX_PAYLOAD


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str = ""
    """URL to which redirects led; empty if unknown."""
    fault: str = ""
    """Why the answer is incomplete however often it is asked for, although the archive does answer; else empty."""


Get = Callable[[str], Answer]
"""Fetches a URL; raises `FetchError` if the archive does not answer."""


class BrokenAnswer(Exception):  # noqa: N818  (turned into an `Answer` here)
    """Raised for an answer that is incomplete or leads to another host."""


def polite_getter(user_agent: str, delay: float, sleep: Callable[[float], None] = time.sleep) -> Get:
    """Return a `Get` that waits between requests, retries temporary failures, and never leaves its host.

    `delay` is the time between two requests in seconds.
    """
    opener = build_opener(_SameHost)
    last = 0.0

    def get(url: str) -> Answer:
        nonlocal last
        reason, status = "", 0
        broken: Answer | None = None
        for attempt in range(MAX_TRIES):
            sleep(max(0.0, last + delay - time.monotonic()))
            last = time.monotonic()
            try:
                answer = _ask(opener.open, Request(url, headers={"User-Agent": user_agent}))
            except BrokenAnswer as error:
                broken = Answer(0, {}, b"", fault=str(error))
                sleep(delay * 2**attempt)
                continue
            except (OSError, HTTPException, ValueError) as error:
                reason, status = f"{type(error).__name__}: {error}", 0
                sleep(delay * 2**attempt)
                continue
            if answer.status not in RETRIED:
                return answer
            status = answer.status
            wait = retry_after(answer.headers.get("retry-after", ""), datetime.now(UTC))
            if wait > MAX_WAIT:
                raise FetchError("fetch-must-wait", url=url, seconds=round(wait))
            sleep(max(wait, delay * 2**attempt))
        if status:
            raise FetchError("fetch-no-answer-status", url=url, status=status)
        if broken and not reason:
            return broken
        raise FetchError("fetch-no-answer", url=url, reason=reason)

    return get


class _SameHost(HTTPRedirectHandler):
    def redirect_request(  # type: ignore[no-untyped-def]
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            raise BrokenAnswer(f"it leads to another host, {newurl}")
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
            raise BrokenAnswer(f"it has over {MAX_PAYLOAD:,} bytes")
        expected = headers.get("content-length", "")
        if expected.isdecimal() and int(expected) > len(body):
            raise BrokenAnswer(f"it breaks off after {len(body)} of {expected} bytes")
        return Answer(response.status, headers, body, response.geturl())  # type: ignore[attr-defined]
