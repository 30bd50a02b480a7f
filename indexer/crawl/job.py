"""A crawl as values: what it is given and what it tells; knows no network."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.crawl.policy import Manners
from indexer.model import Page, Volume
from indexer.store.writing import PageWriter


@dataclass(frozen=True, slots=True)
class Examined:
    """What a page turned out to be, by whoever can read it."""

    links: tuple[str, ...]
    """URLs that it leads to."""
    has_text: bool = False
    """Whether it has text of its own: what has none never takes the place of what has."""
    refusal: str = ""
    """Why it is no page to keep; empty for one that is."""
    fault: str = ""
    """Why it cannot be told what it is: its bytes are kept where nothing better is held, and it is asked for again."""
    moved_to: str = ""
    """URL to which it sends its readers by itself, having no text."""
    shown: tuple[str, ...] = ()
    """URLs of pictures and style sheets on its own host that it refers to, where these are wanted."""


@dataclass(slots=True)
class Tally:
    """What a crawl has done so far."""

    asked: int = 0
    stored: int = 0
    unchanged: int = 0
    bad: int = 0
    """URLs of which nothing was stored, those that are other URLs of a page left out."""
    bytes: int = 0
    started: float = field(default_factory=time.monotonic)
    stopped: str = ""
    """Why it stopped early; empty when it came to its end."""
    fault: Exception | None = None
    """What ended it, where that was neither the site nor one of its pages."""

    @property
    def did_nothing(self) -> bool:
        """Whether no page came."""
        return not self.stored + self.unchanged

    def rate(self) -> float:
        """Give pages asked per second."""
        return self.asked / max(time.monotonic() - self.started, 1e-9)


Report = Callable[[Tally, dict[str, int]], None]
"""Called after each page with the tally and the frontier's counts."""


@dataclass(frozen=True, slots=True)
class Job:
    """One crawl: where to, how, and what to do with what comes."""

    volumes: tuple[Volume, ...]
    """Those whose pages are asked for."""
    known: tuple[Volume, ...]
    """Those of the whole site: what leads into another one's scope is entered, and asked for by its own crawl."""
    manners: Manners
    writer: PageWriter
    examine: Callable[[Page], Examined]
    read_stored: Callable[[str], Page | None]
    """Give the latest stored page of a URL."""
    refresh: bool
    report: Report
    forgotten: frozenset[str] = frozenset()
    """Pages that are not to be asked for."""
