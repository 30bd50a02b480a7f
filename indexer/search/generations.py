"""Defines what an engine keeps of an archive: its generations, of which one is published and another in reserve."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from indexer.authority import NOBODY, Authority
from indexer.errors import IndexFailure
from indexer.model import Entry
from indexer.progress import Progress
from indexer.search.engine import IndexBuilder, Searcher


@dataclass(frozen=True, slots=True)
class Opened:
    """The generation that answers searches: the published one or, if that is damaged, the newest intact one."""

    whole: Searcher
    """A searcher over every entry, including those of forgotten pages."""
    made_at: float
    """When its build began, in seconds since 1970."""
    refused: tuple[IndexFailure, ...] = ()
    """Why newer generations could not be used, the published one first; empty if the published one answers."""

    @property
    def is_degraded(self) -> bool:
        """Whether an older generation answers in place of the published one."""
        return bool(self.refused)

    def shown(self, pages: frozenset[str], authority: Authority = NOBODY) -> Searcher:
        """Return a searcher that leaves out every entry of the given pages (canonical URLs), with persons for authors."""
        left = self.whole.without(pages) if pages else self.whole
        return left.attributed(authority) if authority else left


@dataclass(frozen=True, slots=True)
class RolledBack:
    """A generation that answers again."""

    generation: str
    made_at: float
    """When its build began, in seconds since 1970."""
    entries: int
    taken_back: str
    """The generation that answered until then."""


class Stored(Protocol):
    """The entries of a generation, by id or all in turn, without what is made of them."""

    generation: str
    created: str
    """When its build began, ISO 8601, UTC."""

    def __len__(self) -> int:
        """Return how many entries there are."""

    def __iter__(self) -> Iterator[Entry]:
        """Iterate over all entries."""

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None if there is none."""


class Generations(Protocol):
    """The generations of one archive in one engine."""

    def open(self) -> Opened:
        """Open the published generation or, if it is damaged, the newest intact one before it.

        Raises `IndexMissing` if nothing is indexed, `StaleIndex` if no generation can be used, `IndexUnavailable` if what holds
        them does not answer.
        """

    def stored(self, *, of_any_version: bool = False) -> Stored:
        """Open the published generation's entries; raises as `open` does."""

    def answering(self) -> Stored:
        """Open the entries of the generation that answers, including those of forgotten pages; raises as `open` does."""

    def builder(
        self, progress: Progress, before_publishing: Callable[[], object] | None, memory: int | None = None
    ) -> IndexBuilder:
        """Return a builder that publishes a new generation when its `with` block succeeds.

        `memory` is how many megabytes the work may take, where it is this machine that does it.
        """

    def roll_back(self) -> RolledBack:
        """Let the generation in reserve answer in the place of the published one, which is then the one in reserve."""

    def made_at(self) -> float:
        """Return when the published generation's build began, in seconds since 1970; raises as `open` does."""

    def published(self) -> str:
        """Return the name of the published generation; cheap enough to call before every search."""

    def stamp(self) -> object:
        """Return a value that changes when a finished generation changes or another one is published."""
