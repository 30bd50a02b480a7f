"""Works out what stands beside a stored page: what became of its text, and which of its links lead to held pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import PurePosixPath

from indexer.model import Page
from indexer.parse.listed import Listed, titles_of
from indexer.parse.page.pages import FramedPage, chain_pages, frame_page
from indexer.stages.preview.shown import Preview, preview
from indexer.stages.replay.captured import Captures
from indexer.stages.replay.facing import Row, facing
from indexer.store.held import Held

MAX_FACED = 400 * 1024
"""Bytes of a page that can be put beside its entries while a reader waits; 1 MB takes 1.2 s on one core."""
_MAX_CHAIN, _MAX_LOOKED_AT = 20, 12
"""Most pages that one text is followed over; most links in a page's folder among which the page before is sought."""
_MAX_LINKS = 200
"""Most links for which it is looked up whether they are held."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page to a page that is held."""

    words: str
    url: str
    moment: datetime
    """Time of the capture that is nearest to the page's own."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a stored page."""

    preview: Preview
    rows: tuple[Row, ...]
    links: tuple[Link, ...]
    """The first links to pages that are held, each page once, in order."""
    dead: int
    """How many other pages are linked that are not held."""
    unasked: int
    """How many further links were not looked up."""


def beside(captures: Captures, page: Page, listed: Listed) -> Beside:
    """Parse a page, with those that its text runs over, and return what became of it.

    `listed` holds the titles that index pages list, by the URL of the page they lead to.
    """
    chain = tuple(_chain(captures, page))
    shown = preview(chain, captures.manifest.volumes, titles_of((each.url for each in chain), listed))
    words: dict[str, str] = {}
    for said, url in shown.links:
        if url not in shown.urls:
            words[url] = words.get(url) or said
    asked = list(islice(words, _MAX_LINKS))
    held = captures.among(asked, page.fetched_at)
    links = tuple(Link(words[url], url, held[url]) for url in asked if url in held)
    return Beside(shown, facing(shown), links, len(asked) - len(links), len(words) - len(asked))


def _chain(captures: Captures, page: Page) -> Sequence[Page]:
    """Return the pages that a page's text runs over, itself included, in order, as they were about its capture."""
    first = frame_page(page, captures.manifest.volumes)
    pages, framed = {first.url: page}, {first.url: first}

    def look_at(url: str) -> FramedPage | None:
        if url not in framed:
            found = captures.nearest(url, page.fetched_at)
            held = captures.read(found) if found and found.holder.length <= MAX_FACED else None
            if not isinstance(held, Held):
                return None
            pages[url], framed[url] = held.page, frame_page(held.page, captures.manifest.volumes)
        return framed[url]

    at: FramedPage | None = first
    for _ in range(_MAX_CHAIN):
        at = look_at(at.frame.next_url) if at and at.frame and at.frame.next_url else None
    at = first
    for _ in range(_MAX_CHAIN):
        if at is not None:
            seen = [each for url in _near(at) if (each := look_at(url))]
            at = next((each for each in seen if each.frame and each.frame.next_url == at.url), None)
    chain = next((each for each in chain_pages(framed.values()) if first in each), (first,))
    return [pages[each.url] for each in chain]


def _near(page: FramedPage) -> Iterator[str]:
    """Yield the first pages in its folder that a page of text links, among which is the one before."""
    if page.frame is None:
        return iter(())
    folder = PurePosixPath(page.url).parent
    found = dict.fromkeys(url for _, url in page.links if url != page.url and PurePosixPath(url).parent == folder)
    return islice(found, _MAX_LOOKED_AT)
