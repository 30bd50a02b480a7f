"""Defines a crawl's input and its progress as values."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.crawl.policy import Manners
from indexer.model import Page, Volume
from indexer.store.writing import PageWriter


@dataclass(frozen=True, slots=True)
class Examined:
    """What examining a page found."""

    links: tuple[str, ...]
    """URLs that it links to."""
    has_text: bool = False
    """Whether it has text of its own; a page without text never replaces one that has some."""
    refusal: str = ""
    """Why the page is not to be kept; empty if it is."""
    fault: str = ""
    """Why the page could not be examined: its bytes are kept if nothing better is stored, and it is asked for again."""
    moved_to: str = ""
    """URL to which it redirects its readers, if it has no text."""
    shown: tuple[str, ...] = ()
    """URLs of pictures and style sheets on its own host that it refers to, if these are wanted."""


@dataclass(slots=True)
class Tally:
    """What a crawl has done so far."""

    asked: int = 0
    stored: int = 0
    unchanged: int = 0
    bad: int = 0
    """URLs for which nothing was stored, other than redirects to a page."""
    bytes: int = 0
    started: float = field(default_factory=time.monotonic)
    stopped: str = ""
    """Why it stopped early; empty if it did not."""
    fault: Exception | None = None
    """The error that ended it, if neither the site nor one of its pages was the cause."""

    @property
    def did_nothing(self) -> bool:
        """Whether no page came."""
        return not self.stored + self.unchanged

    def rate(self) -> float:
        """Return the number of requests per second."""
        return self.asked / max(time.monotonic() - self.started, 1e-9)


Report = Callable[[Tally, dict[str, int]], None]
"""Called after each page with the tally and the frontier's counts."""


@dataclass(frozen=True, slots=True)
class Job:
    """One crawl: what to ask for, how, and what to do with the answers."""

    volumes: tuple[Volume, ...]
    """The volumes whose pages are asked for."""
    known: tuple[Volume, ...]
    """All volumes of the site; links into another volume are recorded, and asked for by that volume's own crawl."""
    manners: Manners
    writer: PageWriter
    examine: Callable[[Page], Examined]
    read_stored: Callable[[str], Page | None]
    """Returns the latest stored page of a URL, or None."""
    refresh: bool
    report: Report
    forgotten: frozenset[str] = frozenset()
    """URLs of pages that are not to be asked for."""
