"""Defines what every search engine must provide, as protocols; the contract tests run against each engine."""

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Protocol, Self

from indexer.authority import Authority
from indexer.model import Entry
from indexer.search.fields import FACET_LIMIT
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.concordance import ENTRY, Occurrence
from indexer.search.shown.results import EntryFound, Evidence, Facet, Hit, ResultPage, Similar, VolumeCount, VolumeFound
from indexer.search.shown.similar import LISTED
from indexer.search.shown.suggestions import SHOWN, Suggestion


class Searcher(Protocol):
    """Answers searches from one published generation of the index."""

    @property
    def generation(self) -> str:
        """The generation's name."""

    def without(self, pages: frozenset[str]) -> "Searcher":
        """Return a searcher on the same generation that leaves out every entry of the given pages (canonical URLs)."""

    def attributed(self, authority: Authority) -> "Searcher":
        """Return a searcher on the same generation whose authors are persons, as people have decided who is who.

        Facets, filters and suggestions speak of persons; a filter by a printed form that means one person wherever it is
        printed is one by that person.  What entries print stays as it is, and is what `author:` in a query looks in.
        """

    def persons(self, entry: Entry) -> tuple[str, ...]:
        """Return the person of each printed author of an entry; by these names it is filtered and counted."""

    def search(self, request: SearchRequest) -> ResultPage:
        """Return one page of results; a page past the last one has no hits."""

    def evidence(self, request: SearchRequest, limit: int, *, near_enough: bool = False) -> tuple[Evidence, ...]:
        """Return entries that do not match but have some of the words typed without quotes, best first.

        They pass the filters and meet all other conditions of the query; at most `limit` are returned.  With
        `near_enough`, asked where no entry matches, only those that have much of it are, and these are looked at more
        closely; otherwise all that have one of the words or bigrams, ranked by these alone.
        """

    def near_hits(self, request: SearchRequest, found: Sequence[Evidence]) -> tuple[Hit, ...]:
        """Return the hits of entries that `evidence` named, in that order, with the words that each has and lacks.

        Raises `ValueError` for ids of no entry that may be shown, and for a request that nothing comes near.
        """

    def count(self, request: SearchRequest) -> int:
        """Return how many entries match the query and the filters."""

    def facet(self, request: SearchRequest, field: str, prefix: str = "", limit: int = FACET_LIMIT) -> Facet:
        """Return one facet's values that start with `prefix`.

        At most `limit` values are listed, and selected and excluded ones always.  `field` is one of
        `indexer.search.fields.FILTERS`; raises `ValueError` for any other.
        """

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None if there is none."""

    def similar(self, entry_id: str, limit: int = LISTED) -> tuple[Similar, ...]:
        """Return the entries that share rare words with one entry, at most `limit`, the likest first.

        What is rare, and how much of it is enough, says `indexer.search.shown.similar`; entries that do not share enough
        are not returned, so there may be none.  The entry itself is never among them, and a text that is printed
        several times (the same title and body) is so once.  Ties: year, then id.  Of an id of no entry that may be shown,
        there are none.
        """

    def entries(self, request: SearchRequest, first: int = 0) -> Iterator[Entry]:
        """Yield all matching entries but the first `first`, in the request's order; its page and size do not count."""

    def found(self, request: SearchRequest, first: int = 0) -> Iterator[EntryFound]:
        """Yield the same entries, each with how often what is sought stands in it.

        The sum is what `ResultPage.occurrences` says.
        """

    def occurrences(self, request: SearchRequest, order: str = ENTRY, first: int = 0) -> Iterator[Occurrence]:
        """Yield every occurrence in its line: as many as `ResultPage.occurrences` says; its page and size do not count.

        `order` is one of `indexer.search.shown.concordance.ORDERS`, and raises `ValueError` if it is not; the first
        `first` lines are left out.
        """

    def suggest(self, text: str, limit: int = SHOWN) -> tuple[Suggestion, ...]:
        """Return what of the archive may be meant by what somebody has typed, at most `limit`, the best first.

        What is as typed goes before what sounds so, and that before what differs by one character; what begins so
        before what has it inside.  Nothing is returned that would find nothing.
        """

    def readings(self, char: str) -> tuple[str, ...]:
        """Return the syllables that a character can have, in pinyin without tones; none if it has no sound."""

    def trend(self, request: SearchRequest) -> tuple[VolumeFound, ...]:
        """Return how much matches in each volume that has entries which pass the filters, in the order of `volumes`."""

    def volumes(self) -> tuple[VolumeCount, ...]:
        """Return the volumes that have entries, ordered by yearbook, then by year."""

    def __len__(self) -> int:
        """Return the number of entries that may be shown."""

    def close(self) -> None:
        """Let go of files and connections; any later question raises `RuntimeError`."""

    def __enter__(self) -> Self:
        """Return the searcher itself; the end of a `with` block closes it."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the searcher."""


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
