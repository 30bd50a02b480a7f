"""Finds where a page's mark-up leads, apart from the links of its text: base, frames, areas, refresh."""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

_TAGS = ("base", "frame", "iframe", "area", "meta")
_MARKS = re.compile(r"<(?:base|i?frame|area)\b|http-equiv\s*=\s*[\"']?\s*refresh", re.IGNORECASE)
"""A quick test for such mark-up: most pages have none and need not be searched."""
_SPACE = r"[\t\n\f\r ]*"
_REFRESH = re.compile(
    rf"{_SPACE}(?=[\d.])[\d.]++(?=[;,\t\n\f\r ]){_SPACE}[;,]?{_SPACE}(?:url{_SPACE}={_SPACE})?(?P<url>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""Follows HTML's "shared declarative refresh steps"."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Link targets as they stand in the page."""

    base: str = ""
    """The URL that relative links refer to, itself relative to the page's URL; empty for that URL."""
    frames: tuple[tuple[str, str], ...] = ()
    """Name and target of each frame of a frameset, a page that has no text of its own."""
    others: tuple[tuple[str, str], ...] = ()
    """Words and target of each inline frame and image area."""
    refresh: str = ""
    """Where the page redirects by itself; empty if it does not, or only to itself."""


def find_leads(html: str, tree: BeautifulSoup) -> Leads:
    """Find the leads of a page; `html` is what `tree` was parsed from."""
    if not _MARKS.search(html):
        return Leads()
    found: dict[str, list[Tag]] = {name: [] for name in _TAGS}
    for tag in tree.find_all(_TAGS):
        found[tag.name].append(tag)
    refreshes = [_refreshed(tag) for tag in found["meta"] if _of(tag, "http-equiv").strip().lower() == "refresh"]
    inline = [(_of(tag, "name"), _of(tag, "src")) for tag in found["iframe"]]
    areas = [(_of(tag, "alt"), _of(tag, "href")) for tag in found["area"]]
    return Leads(
        base=next((_of(tag, "href") for tag in found["base"] if tag.has_attr("href")), ""),
        frames=tuple((_of(tag, "name"), target) for tag in found["frame"] if (target := _of(tag, "src"))),
        others=tuple((words, target) for words, target in inline + areas if target),
        refresh=next((target for target in refreshes if target), ""),
    )


def _refreshed(tag: Tag) -> str:
    found = _REFRESH.fullmatch(_of(tag, "content"))
    target = found["url"] if found else ""
    return target[1:].partition(target[0])[0] if target[:1] in ("'", '"') else target


def _of(tag: Tag, attribute: str) -> str:
    return str(tag.get(attribute) or "")
