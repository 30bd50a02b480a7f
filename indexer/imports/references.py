"""Finds which pictures and style sheets a page refers to, quickly enough for every page of an import."""

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from indexer.model import Page
from indexer.urls import canonical

_REFERENCE = re.compile(
    rb"""(?:<(?:img|input|embed)\b[^<>]{0,2000}?\ssrc|<link\b[^<>]{0,2000}?\shref|\sbackground)\s*=\s*"""
    rb"""(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))|\burl\(\s*["']?([^"'()<>]{1,2000})""",
    re.IGNORECASE,
)

_BASE = re.compile(
    rb"""<base\b[^<>]{0,2000}?\shref\s*=\s*(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))""",
    re.IGNORECASE,
)

_MARKS = (b"<img", b"<input", b"<embed", b"<link", b"background", b"url(")
"""A quick test: most pages contain none of these and need not be searched."""


def references(page: Page) -> Iterator[str]:
    """Yield the canonical URLs of what a page shows: pictures, backgrounds, style sheets."""
    small = page.body.lower()
    if not any(mark in small for mark in _MARKS):
        return
    folder = page.url[: page.url.rfind("/") + 1]
    if b"<base" in small and (base := _BASE.search(page.body)):
        folder = _absolute(base[base.lastindex or 0], folder) or folder
    for value in {found[found.lastindex or 0] for found in _REFERENCE.finditer(page.body)}:
        if url := _absolute(value, folder):
            yield url


@lru_cache(maxsize=4096)
def _absolute(value: bytes, folder: str) -> str:
    """Return a reference's URL; cached, since the same few occur on all pages of a folder."""
    try:
        text, encoding = value.decode(), "utf-8"
    except UnicodeDecodeError:
        text, encoding = value.decode("gb18030", "replace"), "gb18030"
    return canonical(html.unescape(text), folder, encoding)
