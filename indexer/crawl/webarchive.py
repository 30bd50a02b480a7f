"""Fetches captures from a web archive as they were originally sent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from indexer.crawl.asking import Answer, Get
from indexer.crawl.cdx import ArchiveCapture, Wish, moment_of
from indexer.errors import FetchError
from indexer.model import Page, Skipped
from indexer.warc.codings import CodingError, decode_content
from indexer.warc.reading import is_page
from indexer.warc.records import Fetched

_AS_WRITTEN = "!\"#$%&'()*+,/:;<=>?@[\\]^_`{|}~-."
_LED_TO = " → "
TAKEN = "another capture of the page is taken"
_CAPTURE = re.compile(r"/(\d{14})id_/(.*)")


@dataclass(frozen=True, slots=True)
class Tried:
    """The result of asking for a page's captures."""

    page: Fetched | None
    left_out: tuple[Skipped, ...]
    """All captures but the one that was taken."""
    answered: bool = True
    """Whether the archive answered; if it did not, the remaining captures were not asked for."""


def source_of(capture: ArchiveCapture, wish: Wish) -> str:
    """Return the origin recorded for a capture, without any other capture to which the archive led."""
    return f"web archive {_address_of(capture, wish)}"


def is_from(source: str, captures: Sequence[ArchiveCapture], wish: Wish) -> bool:
    """Return whether an origin is that of one of some captures."""
    return source.partition(_LED_TO)[0] in {source_of(capture, wish) for capture in captures}


def fetch_best(captures: Sequence[ArchiveCapture], wish: Wish, get: Get) -> Tried:
    """Fetch the first of a page's captures that the archive delivers and that is a page; name the others."""
    missed: list[Skipped] = []
    for number, capture in enumerate(captures):
        try:
            fetched = _fetch(capture, wish, get)
        except FetchError as error:
            rest = [Skipped(each.name, "not asked for: the archive does not answer") for each in captures[number + 1 :]]
            return Tried(None, (*missed, Skipped(capture.name, str(error), lost=True), *rest), answered=False)
        if isinstance(fetched, Fetched):
            others = [Skipped(each.name, TAKEN) for each in captures[number + 1 :]]
            return Tried(fetched, (*(replace(each, lost=False) for each in missed), *others))
        missed.append(fetched)
    return Tried(None, tuple(missed))


def _address_of(capture: ArchiveCapture, wish: Wish) -> str:
    """Return the URL of a capture as it was originally sent, without the archive's banner (`id_`)."""
    return f"{wish.replay}{capture.timestamp}id_/{capture.url}"


def _fetch(capture: ArchiveCapture, wish: Wish, get: Get) -> Fetched | Skipped:
    address = _address_of(capture, wish)
    answer = get(quote(address, _AS_WRITTEN))
    name = capture.name
    if answer.fault:
        return Skipped(name, answer.fault, lost=True)
    if answer.status != 200:
        return Skipped(name, f"the archive answers {answer.status}", lost=True)
    time = _time_of(answer, capture, wish)
    if not time:
        return Skipped(name, f"the archive leads on to {answer.address}, which is no capture of it", lost=True)
    try:
        body = decode_content(answer.body, answer.headers.get("content-encoding", ""))
    except CodingError as error:
        return Skipped(name, str(error), lost=True)
    kind = answer.headers.get("content-type", "")
    if not body.strip():
        return Skipped(name, "its body is empty", lost=True)
    if not is_page(kind, body):
        return Skipped(name, "not HTML, as the archive gives it", lost=capture.sure)
    led_to = "" if time == capture.timestamp else f"{_LED_TO}{answer.address}"
    page = Page(capture.url, moment_of(time), 200, kind or "text/html", body)
    return Fetched(page, f"{source_of(capture, wish)}{led_to}")


def _time_of(answer: Answer, capture: ArchiveCapture, wish: Wish) -> str:
    """Return the timestamp of the capture that an answer holds; empty if it is of another page.

    An archive may lead on from a capture to one that it has.
    """
    if not answer.address or answer.address == quote(_address_of(capture, wish), _AS_WRITTEN):
        return capture.timestamp
    found = _CAPTURE.search(answer.address)
    if not found or wish.is_later(found[1]):
        return ""
    key = wish.spellings.key
    return found[1] if key(capture.url) in (key(found[2]), key(unquote(found[2]))) else ""
