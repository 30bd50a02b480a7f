"""Answers searches from one generation: match, rank, count and mark, in that order."""

from collections.abc import Iterator, Sequence
from copy import copy
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.authority import Authority
from indexer.closing import Closing
from indexer.model import Entry
from indexer.search.fields import FACET_LIMIT, FILTERS
from indexer.search.query.plan import Relaxed, relax, resolve
from indexer.search.query.tree import SORTS, Match, SearchRequest, meant
from indexer.search.query.typed import read_typed
from indexer.search.ranking.weighing import POINT
from indexer.search.shown.concordance import ENTRY, ORDERS, Occurrence
from indexer.search.shown.results import EntryFound, Evidence, Facet, Hit, ResultPage, Similar, VolumeCount, VolumeFound
from indexer.search.shown.similar import LISTED
from indexer.search.shown.suggestions import SHOWN, Suggestion
from indexer.search.suggesting.suggested import suggested
from indexer.search.whoosh.answering.answers import page_of
from indexer.search.whoosh.answering.counting import Counting
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.answering.matching import filtered, matched
from indexer.search.whoosh.answering.nearness import evidence
from indexer.search.whoosh.answering.occurrences import counts, standing
from indexer.search.whoosh.answering.ranking import Ranking, best, sort_keys
from indexer.search.whoosh.answering.remarks import notes
from indexer.search.whoosh.damage import asking, opening
from indexer.search.whoosh.facets.facetcounts import Listing
from indexer.search.whoosh.facets.volumes import by_volume, found_by_volume
from indexer.search.whoosh.files.npy import require
from indexer.search.whoosh.openindex import OpenIndex, open_index
from indexer.search.whoosh.seal import NAME, Seal
from indexer.search.whoosh.showing.concordance import Concordance
from indexer.search.whoosh.showing.hits import Shown
from indexer.search.whoosh.similar import similar
from indexer.search.whoosh.strings.entries import Documents
from indexer.text import variants
from indexer.urls import page_key

_AT_ONCE = 200
"""Entries, or lines, that are read before they are handed on: damage is then found inside the engine."""


class WhooshSearcher(Closing):
    """A generation, open for searching; safe to share between threads."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        """Open a generation whose files were compared with its manifest.

        Raises `StaleIndex` if they do not form an index.
        """
        self.folder = folder
        with opening(folder):
            self._open: OpenIndex | None = open_index(folder)
            require(len(self._index) == seal.entries, NAME)
        # Load the tables and, by a first search, the dictionary now, so that no reader's search waits for them.
        variants.load()
        self.search(SearchRequest(Match("年鉴")))

    @asking
    def without(self, pages: frozenset[str]) -> "WhooshSearcher":
        """Return a searcher on the same generation that leaves out every entry of the given pages (canonical URLs)."""
        found = copy(self)
        known: dict[str, bool] = {}

        def is_hidden(entry: Entry) -> bool:
            if entry.url not in known:
                known[entry.url] = page_key(entry.url) in pages
            return known[entry.url]

        found._open = self._index.without(is_hidden)
        return found

    @asking
    def attributed(self, authority: Authority) -> "WhooshSearcher":
        """Return a searcher on the same generation whose authors are persons, as people have decided who is who."""
        found = copy(self)
        found._open = self._index.attributed(authority)
        return found

    def persons(self, entry: Entry) -> tuple[str, ...]:
        """Return the person of each printed author of an entry; by these names it is filtered and counted."""
        authority = self._index.authority
        return tuple(authority.person_of(form, entry) for form in entry.authors) if authority else entry.authors

    @property
    def generation(self) -> str:
        """The generation's name."""
        return self.folder.name

    def __len__(self) -> int:
        """Return the number of entries that may be shown."""
        visible = self._index.visible
        return len(self._index) if visible is None else int(np.count_nonzero(visible))

    @asking
    def search(self, request: SearchRequest) -> ResultPage:
        """Return one page of results; a page past the last one has no hits."""
        index, leaves, request = self._index, resolve(request.query).leaves, self._meant(request)
        lookup = Lookup(index)
        answer, numbers, points, parts = page_of(request, lookup)
        return ResultPage(
            total=answer.total,
            occurrences=answer.occurrences,
            hits=Shown(leaves, index, lookup).hits(numbers, (points / POINT).tolist(), parts),
            facets=answer.facets,
            readings=answer.readings,
            notes=notes(request, answer.alike, answer.total, len(numbers)),
        )

    @asking
    def evidence(self, request: SearchRequest, limit: int, *, near_enough: bool = False) -> tuple[Evidence, ...]:
        """Return entries that come near, best first, at most `limit`; see `indexer.search.engine.Searcher`."""
        return evidence(self._meant(request), limit, Lookup(self._index), near_enough=near_enough)

    def near_hits(self, request: SearchRequest, found: Sequence[Evidence]) -> tuple[Hit, ...]:
        """Return the hits of entries that `evidence` named, in that order, with the words that each has and lacks."""
        if not found:
            return ()
        relaxed = relax(request.query)
        try:
            numbers = self._index.ids.numbers([each.id for each in found])
        except LookupError as error:
            raise ValueError(str(error)) from error
        visible = self._index.visible
        if relaxed is None or (visible is not None and not visible[numbers].all()):
            raise ValueError(f"{[each.id for each in found]}: no entries that come near this request")
        return self._near_hits(relaxed, numbers, found)

    @asking
    def _near_hits(self, relaxed: Relaxed, numbers: NDArray[np.int64], found: Sequence[Evidence]) -> tuple[Hit, ...]:
        words = [word.text for word in relaxed.words]
        return Shown(relaxed.leaves, self._index, Lookup(self._index)).hits(
            numbers,
            [each.points for each in found],
            [each.parts for each in found],
            [(each.had, tuple(word for word in words if word not in each.had)) for each in found],
        )

    @asking
    def count(self, request: SearchRequest) -> int:
        """Return how many entries match the query and the filters."""
        return len(self._found(request))

    def facet(self, request: SearchRequest, field: str, prefix: str = "", limit: int = FACET_LIMIT) -> Facet:
        """Return one facet's values that start with `prefix`.

        At most `limit` values are listed, and selected and excluded ones always.  `field` is one of
        `indexer.search.fields.FILTERS`; raises `ValueError` for any other.
        """
        if field not in FILTERS:
            raise ValueError(f"no facet {field!r}; there is {', '.join(FILTERS)}")
        return self._facet(request, field, Listing(prefix, limit))

    @asking
    def _facet(self, request: SearchRequest, field: str, listing: Listing) -> Facet:
        among = matched(request.query, Lookup(self._index))
        return Counting(self._meant(request), among, self._index).facet(field, listing)

    @asking
    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None if there is none or it may not be shown."""
        number = self._number(entry_id)
        return None if number is None else self._index.entry(number)

    @asking
    def similar(self, entry_id: str, limit: int = LISTED) -> tuple[Similar, ...]:
        """Return the entries that share rare words with one entry, at most `limit`, the likest first."""
        number = self._number(entry_id)
        return () if number is None else similar(self._index, number, limit)

    def entries(self, request: SearchRequest, first: int = 0) -> Iterator[Entry]:
        """Return all matching entries but the first `first` in the request's order, read as they are asked for."""
        return chain.from_iterable(map(self._read, _parts(self._ordered(request)[first:])))

    def found(self, request: SearchRequest, first: int = 0) -> Iterator[EntryFound]:
        """Return the same entries, each with how often what is sought stands in it."""
        numbers = self._ordered(request)[first:]
        read = chain.from_iterable(map(self._read, _parts(numbers)))
        return map(EntryFound, read, self._counts(request, numbers).tolist())

    @asking
    def _counts(self, request: SearchRequest, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        return counts(Lookup(self._index), resolve(request.query).leaves, numbers)

    def occurrences(self, request: SearchRequest, order: str = ENTRY, first: int = 0) -> Iterator[Occurrence]:
        """Return every occurrence in its line, read as they are asked for; page and size do not count.

        `order` is one of `indexer.search.shown.concordance.ORDERS`; `first` lines are left out.
        """
        if order not in ORDERS:
            raise ValueError(f"no order {order!r}; there is {', '.join(ORDERS)}")
        found = self._concordance(request, order)
        parts = range(first, len(found), _AT_ONCE)
        return chain.from_iterable(self._lines(found, start) for start in parts)

    @asking
    def suggest(self, text: str, limit: int = SHOWN) -> tuple[Suggestion, ...]:
        """Return what may be meant by what somebody has typed, at most `limit`, the best first."""
        typed = read_typed(text)
        if typed is None:
            return ()
        return suggested(typed, self._index.suggestible, partial(map, self.count), limit)

    @asking
    def readings(self, char: str) -> tuple[str, ...]:
        """Return the syllables that a character can have, in pinyin without tones; none if it has no sound."""
        return self._index.suggestions.readings(char)

    @asking
    def trend(self, request: SearchRequest) -> tuple[VolumeFound, ...]:
        """Return what matches in each volume that has entries which pass the filters, ordered as `volumes` orders."""
        index, plan, lookup = self._index, resolve(request.query), Lookup(self._index)
        among = lookup.mask(filtered(np.arange(len(index)), self._meant(request), index))
        numbers = matched(request.query, lookup)
        numbers = numbers[among[numbers]]
        places = np.bincount(standing(lookup, plan.leaves, numbers).documents, minlength=len(index))
        volumes = by_volume(index.columns, index.years, among)
        return found_by_volume(volumes, lookup.mask(numbers), places, index.strings.characters)

    @asking
    def volumes(self) -> tuple[VolumeCount, ...]:
        """Return the volumes that have entries, ordered by yearbook, then year, then id."""
        index = self._index
        everything = np.ones(len(index), dtype=np.bool_)
        found = by_volume(index.columns, index.years, everything if index.visible is None else index.visible)
        return tuple(each for each, _ in found)

    def close(self) -> None:
        """Let go of the generation's files; any later question raises `RuntimeError`."""
        self._open = None

    @property
    def _index(self) -> OpenIndex:
        if self._open is None:
            raise RuntimeError(f"the searcher of {self.generation} is closed; open the data folder again")
        return self._open

    def _number(self, entry_id: str) -> int | None:
        """Return the document number of an entry, or None if there is none or it may not be shown."""
        number, visible = self._index.number(entry_id), self._index.visible
        return number if number is not None and (visible is None or visible[number]) else None

    def _meant(self, request: SearchRequest) -> SearchRequest:
        """Return a request with the persons whom printed forms mean, where it is filtered by these."""
        authority = self._index.authority
        return meant(request, authority) if authority and request.filters else request

    def _found(self, request: SearchRequest) -> Documents:
        return filtered(matched(request.query, Lookup(self._index)), self._meant(request), self._index)

    @asking
    def _ordered(self, request: SearchRequest) -> NDArray[np.int64]:
        """Return the numbers of all matching entries in the request's order."""
        leaves, numbers = resolve(request.query).leaves, self._found(request)
        by_relevance = request.sort == SORTS[0] and leaves
        points = (
            Ranking(leaves, numbers, Lookup(self._index)).points if by_relevance else np.zeros(len(numbers), np.int64)
        )
        return numbers[best(sort_keys(request.sort, numbers, points, self._index), 0, len(numbers))]

    @asking
    def _concordance(self, request: SearchRequest, order: str) -> Concordance:
        index, plan, lookup = self._index, resolve(request.query), Lookup(self._index)
        numbers = self._ordered(request) if order == ENTRY else self._found(request)
        return Concordance(index, plan.leaves, standing(lookup, plan.leaves, np.sort(numbers)), numbers, order)

    @asking
    def _lines(self, found: Concordance, first: int) -> list[Occurrence]:
        return found.lines(first, first + _AT_ONCE)

    @asking
    def _read(self, numbers: NDArray[np.int64]) -> list[Entry]:
        return list(map(self._index.entry, numbers.tolist()))


def _parts(numbers: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    return (numbers[first : first + _AT_ONCE] for first in range(0, len(numbers), _AT_ONCE))
