"""What an engine must do; the contract tests run against every one."""

from types import TracebackType
from typing import Protocol, Self

from indexer.model import Entry
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.results import Facet, ResultPage, VolumeCount


class Searcher(Protocol):
    """Answers searches from one published generation."""

    @property
    def generation(self) -> str:
        """Name of the generation."""

    def without(self, pages: frozenset[str]) -> "Searcher":
        """Give a searcher on the same generation that shows nothing of some pages, by their canonical URLs."""

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer one page; a page past the end has no hits."""

    def count(self, request: SearchRequest) -> int:
        """Give the number of entries found."""

    def facet(self, request: SearchRequest, field: str, prefix: str = "", limit: int = 20) -> Facet:
        """Give one facet's values that start with `prefix`, at most `limit`, selected ones always."""

    def get(self, entry_id: str) -> Entry | None:
        """Give an entry by its id."""

    def entries(self, request: SearchRequest) -> tuple[Entry, ...]:
        """Give all entries found: as printed where the request is sorted by `book`, else by year, then id."""

    def volumes(self) -> tuple[VolumeCount, ...]:
        """Give the volumes that have entries, in order of year."""

    def __len__(self) -> int:
        """Give the number of entries in the generation."""


class IndexBuilder(Protocol):
    """Builds a generation: leaving the block publishes it, an exception leaves everything as it was."""

    def add(self, entry: Entry) -> None:
        """Add an entry; the same id twice is an error (`ValueError`)."""

    def __enter__(self) -> Self:
        """Start building.  Raises `IndexLocked` when another build runs."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Publish, or throw away what was built when the block failed."""
