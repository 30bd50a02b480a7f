"""Finds the pictures and style sheets of a stored page in the store, and gives them in a form that does nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from indexer.config import MAX_PAGE_BYTES, MAX_TAGS
from indexer.errors import DecodeError
from indexer.model import Page
from indexer.parse.page.decoding.decode import decode
from indexer.parse.page.replay import Said, replay, safe_style
from indexer.parse.page.stylesheets import Part
from indexer.stages.replay.captured import Captures
from indexer.store.held import Held
from indexer.urls import canonical

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"BM", "image/bmp"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
)
"""How pictures begin that browsers draw and that can hold no script; SVG can."""
_STYLE = "text/css"
_SUFFIXES = {
    Part.PICTURE: (".png", ".gif", ".jpg", ".jpeg", ".jpe", ".bmp", ".webp", ".ico"),
    Part.STYLE: (".css",),
}


class Unshown(StrEnum):
    """Why a page cannot be shown, though its bytes are held."""

    TOO_LARGE = "too-large"
    UNKNOWN_ENCODING = "unknown-encoding"


def why_unshown(page: Page) -> Unshown | None:
    """Return why a page cannot be shown; None if it can.  The limits are those of parsing."""
    if len(page.body) > MAX_PAGE_BYTES or page.body.count(b"<") > MAX_TAGS:
        return Unshown.TOO_LARGE
    try:
        decode(page.body)
    except DecodeError:
        return Unshown.UNKNOWN_ENCODING
    return None


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture, or a style sheet in UTF-8, as it may be sent to a browser."""

    content_type: str
    body: bytes


class Parts:
    """The pictures and style sheets of one page, as they were about the time of its capture."""

    def __init__(self, captures: Captures, moment: datetime, address: Callable[[str], str]) -> None:
        """Take the time of the page's capture, and how the address is made at which a part of a URL is sent."""
        self._captures = captures
        self._moment = moment
        self._address = address
        self._known: dict[tuple[Part, str], str] = {}

    def document(self, page: Page, said: Said) -> str:
        """Return the page as a document that does nothing, with its parts where they are held, else what `said` says.

        Raises `DecodeError` if its bytes are in no known encoding.
        """
        decoded = decode(page.body)

        def held(part: Part, target: str, base: str) -> str:
            whole = canonical(base, page.url, decoded.encoding) if base else ""
            return self._held(part, target, whole or page.url, decoded.encoding)

        return replay(decoded.text, held, said)

    def sent(self, url: str) -> Sent | None:
        """Return the part of a URL; None if it is not held, cannot be read, or is nothing that may be sent.

        What it is goes by its bytes, whatever the site called it.
        """
        found = self._captures.nearest(url, self._moment, is_page=False)
        held = self._captures.read(found) if found else None
        if not isinstance(held, Held) or found is None:
            return None
        if kind := _picture_type(held.page.body):
            return Sent(kind, held.page.body)
        if _part_of(found.holder.content_type, found.url) is not Part.STYLE:
            return None
        try:
            decoded = decode(held.page.body)
        except DecodeError:
            return None
        text = safe_style(
            decoded.text, lambda part, target, _: self._held(part, target, held.page.url, decoded.encoding)
        )
        return Sent(f"{_STYLE}; charset=utf-8", text.encode("utf-8", "replace"))

    def _held(self, part: Part, target: str, base: str, encoding: str) -> str:
        url = self._captures.store.spellings.page(target, base, encoding)
        if not url:
            return ""
        if (part, url) not in self._known:
            found = self._captures.nearest(url, self._moment, is_page=False)
            is_right = found is not None and _part_of(found.holder.content_type, url) is part
            self._known[part, url] = self._address(url) if is_right else ""
        return self._known[part, url]


def _part_of(content_type: str, url: str) -> Part | None:
    """Return what a capture holds, as the site called it, or by its name where it did not say; None if neither."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == _STYLE:
        return Part.STYLE
    if kind.startswith("image/"):
        return None if "svg" in kind else Part.PICTURE
    path = url.partition("?")[0].lower()
    return next((part for part, ends in _SUFFIXES.items() if path.endswith(ends)), None)


def _picture_type(body: bytes) -> str:
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _PICTURES if body.startswith(start)), "")
