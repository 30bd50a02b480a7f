"""Defines what every search engine must provide, as protocols; the contract tests run against each engine."""

from types import TracebackType
from typing import Protocol, Self

from indexer.model import Entry
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.results import Facet, ResultPage, VolumeCount


class Searcher(Protocol):
    """Answers searches from one published generation of the index."""

    @property
    def generation(self) -> str:
        """The generation's name."""

    def without(self, pages: frozenset[str]) -> "Searcher":
        """Return a searcher on the same generation that leaves out every entry of the given pages (canonical URLs)."""

    def search(self, request: SearchRequest) -> ResultPage:
        """Return one page of results; a page past the last one has no hits."""

    def count(self, request: SearchRequest) -> int:
        """Return how many entries match the query and the filters."""

    def facet(self, request: SearchRequest, field: str, prefix: str = "", limit: int = 20) -> Facet:
        """Return one facet's values that start with `prefix`.

        At most `limit` values are listed, and selected ones always.
        """

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None if there is none."""

    def entries(self, request: SearchRequest) -> tuple[Entry, ...]:
        """Return all matching entries: in printed order if the request sorts by `book`, otherwise by year, then id."""

    def volumes(self) -> tuple[VolumeCount, ...]:
        """Return the volumes that have entries, ordered by year."""

    def __len__(self) -> int:
        """Return the number of entries that may be shown."""


class IndexBuilder(Protocol):
    """Builds a generation in a `with` block: the block's end publishes it, an exception leaves the index as it was."""

    def add(self, entry: Entry) -> None:
        """Add an entry; raise `ValueError` if its id was added before."""

    def __enter__(self) -> Self:
        """Start building; raise `IndexLocked` if another build is running."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Publish the new generation, or discard it if the block failed."""
