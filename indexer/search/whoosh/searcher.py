"""Answers searches from one generation: match, rank, count and mark, in that order."""

from collections.abc import Iterator, Sequence
from copy import copy
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from indexer.model import Entry
from indexer.search.fields import FACETS
from indexer.search.query.leaves import Leaf, leaves_of, runs_of
from indexer.search.query.terms import Term
from indexer.search.query.tree import MAX_NEAREST, SORTS, Match, Node, SearchRequest
from indexer.search.shown.results import Facet, Hit, ResultPage, RunReading, ScorePart, VolumeCount
from indexer.search.whoosh.answering.hits import make_hit, meaning
from indexer.search.whoosh.answering.lookup import Lookup, scope_of
from indexer.search.whoosh.answering.matching import filtered, matching
from indexer.search.whoosh.answering.nearest import Nearness, nearness
from indexer.search.whoosh.answering.occurrences import count
from indexer.search.whoosh.answering.pagemarks import PageMarks
from indexer.search.whoosh.answering.ranking import (
    POINT,
    Contribution,
    Points,
    Ranking,
    best,
)
from indexer.search.whoosh.damage import asking, opening
from indexer.search.whoosh.facets.columns import Mask
from indexer.search.whoosh.facets.facetcounts import Listing, make_facet
from indexer.search.whoosh.files.npy import require
from indexer.search.whoosh.openindex import OpenIndex, open_index
from indexer.search.whoosh.seal import NAME, Seal
from indexer.text import variants
from indexer.urls import page_key

_ALIKE = "{} 篇含有的是形近字（如“深入”印作“深人”）{}；加引号可只查原样"
_FEW_HITS = 5
"""If fewer entries match than this, those that come near are listed too."""
_FACET_LIMIT = 20
"""Values of a facet on a results page; `facet` returns the others."""


class WhooshSearcher:
    """A generation, open for searching; safe to share between threads."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        """Open a generation whose files were compared with its manifest.

        Raises `StaleIndex` if they do not form an index.
        """
        self.folder = folder
        with opening(folder):
            self._index = open_index(folder)
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

        found._index = self._index.without(is_hidden)
        return found

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
        index = self._index
        lookup = Lookup(index)
        leaves = leaves_of(request.query)
        matched = self._matched(request.query, lookup)
        found = filtered(matched, request, index)
        numbers = found.nonzero()[0]
        ranking = Ranking(leaves, numbers, lookup)
        order = self._order(request, numbers, ranking)
        near = nearness(request.query, index, lookup) if request.size and len(numbers) < _FEW_HITS else None
        beside, more = self._beside(request, found, near, lookup) if near else ((), False)
        return ResultPage(
            total=len(numbers),
            occurrences=count(lookup, leaves, numbers, found) if len(numbers) else 0,
            hits=_Shown(leaves, index, lookup).hits(
                numbers[order], ranking.points[order], ranking.parts(order) if request.explain else ()
            ),
            facets=tuple(self._facets(request, matched, found, numbers)),
            nearest=beside,
            nearest_more=more,
            readings=tuple(_readings(request.query, numbers, lookup)),
            notes=(*_notes(request, ranking, len(numbers), len(order)), *_past_nearest(request, beside)),
        )

    @asking
    def count(self, request: SearchRequest) -> int:
        """Return how many entries match the query and the filters."""
        return int(np.count_nonzero(self._found(request)))

    @asking
    def facet(self, request: SearchRequest, field: str, prefix: str = "", limit: int = _FACET_LIMIT) -> Facet:
        """Return one facet's values that start with `prefix`.

        At most `limit` values are listed, and selected and excluded ones always.
        """
        matched = self._matched(request.query, Lookup(self._index))
        mask = filtered(matched, request, self._index, but=field)
        return self._facet(request, field, matched, mask, mask.nonzero()[0], Listing(prefix, limit))

    @asking
    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None if there is none or it may not be shown."""
        number = self._index.number(entry_id)
        visible = self._index.visible
        hidden = number is not None and visible is not None and not visible[number]
        return None if number is None or hidden else self._index.entry(number)

    @asking
    def entries(self, request: SearchRequest) -> tuple[Entry, ...]:
        """Return all matching entries: in printed order if the request sorts by `book`, otherwise by year, then id."""
        numbers = np.flatnonzero(self._found(request))
        if request.sort == "book":
            numbers = numbers[self._index.book[numbers].argsort()]
        return tuple(map(self._index.entry, numbers.tolist()))

    @asking
    def volumes(self) -> tuple[VolumeCount, ...]:
        """Return the volumes that have entries, ordered by year."""
        index = self._index
        column = index.columns["volume"]
        # A volume's year is that of its entries; entries of another year count as another volume.
        rows = np.stack((index.years, column.first))
        if index.visible is not None:
            rows = rows[:, index.visible]
        pairs, sizes = np.unique(rows, axis=1, return_counts=True)
        return tuple(
            VolumeCount(column.values[ordinal - 1], year, size)
            for (year, ordinal), size in zip(pairs.T.tolist(), sizes.tolist(), strict=True)
        )

    def _found(self, request: SearchRequest) -> Mask:
        return filtered(self._matched(request.query, Lookup(self._index)), request, self._index)

    def _matched(self, query: Node | None, lookup: Lookup) -> Mask:
        """Return the entries that match and may be shown."""
        matched = matching(query, lookup)
        return matched if self._index.visible is None else matched & self._index.visible

    def _beside(
        self, request: SearchRequest, found: Mask, near: Nearness, lookup: Lookup
    ) -> tuple[tuple[Hit, ...], bool]:
        """Return one page of the entries that come near and pass the filters, best first, and whether more follow."""
        first, last = (request.nearest_page - 1) * request.size, request.nearest_page * request.size
        shown = _Shown(near.leaves, self._index, lookup)
        told: list[Hit] = []
        listed = 0
        for numbers, ranking in self._near(request, found, near, lookup):
            order = best(ranking.points, 0, MAX_NEAREST - listed)
            chosen = order[max(0, first - listed) : max(0, last - listed)]
            parts = ranking.parts(chosen) if request.explain else ()
            hits = shown.hits(numbers[chosen], ranking.points[chosen], parts)
            having = near.having(numbers[chosen], lookup)
            told += [replace(hit, has=has, lacks=lacks) for hit, (has, lacks) in zip(hits, having, strict=True)]
            listed += len(order)
        return tuple(told), listed > last

    def _near(
        self, request: SearchRequest, found: Mask, near: Nearness, lookup: Lookup
    ) -> Iterator[tuple[NDArray[np.int64], Ranking]]:
        """Yield entries that come near, with their ranking, group by group.

        If no entry matches, those that come near enough go first, ranked as hits are.  All others are ranked by their
        words alone, and needed only if these are few.
        """
        leaves = leaves_of(request.query)
        left = filtered(~found & (near.points > 0), request, self._index)
        if not found.any():
            enough = (left & near.enough).nonzero()[0]
            yield enough, Ranking(leaves, enough, lookup)
            if len(enough) >= _FEW_HITS:
                return
            left[enough] = False
        others = left.nonzero()[0]
        yield others, Ranking(leaves, others, lookup, by_words_alone=True)

    def _order(self, request: SearchRequest, numbers: NDArray[np.int64], ranking: Ranking) -> NDArray[np.int64]:
        """Return the indexes into `numbers` of the page's entries, in order; ties keep document order (year, id)."""
        first = (request.page - 1) * request.size
        index = self._index
        match request.sort:
            case "year-asc":
                return best(-index.years[numbers], first, request.size)
            case "year-desc":
                return best(index.years[numbers], first, request.size)
            case "book":
                return best(-index.book[numbers], first, request.size)
            case _:
                return best(ranking.points, first, request.size)

    def _facets(self, request: SearchRequest, matched: Mask, found: Mask, numbers: NDArray[np.int64]) -> list[Facet]:
        """Count every facet; only one that has a selection needs other entries than those found."""
        facets = []
        for field in FACETS:
            mask, inside = found, numbers
            if request.selected(field):
                mask = filtered(matched, request, self._index, but=field)
                inside = mask.nonzero()[0]
            facets.append(self._facet(request, field, matched, mask, inside, Listing("", _FACET_LIMIT)))
        return facets

    def _facet(
        self,
        request: SearchRequest,
        field: str,
        matched: Mask,
        mask: Mask,
        numbers: NDArray[np.int64],
        listing: Listing,
    ) -> Facet:
        """Build one facet from the entries of `mask`; values that are excluded are counted as if they were not."""
        column = self._index.columns[field]
        excluded = {
            value: int(
                np.count_nonzero(
                    filtered(matched, request, self._index, but=field, despite=value) & column.having((value,))
                )
            )
            for value in request.excluded(field)
        }
        return make_facet(field, column, column.counts(numbers, mask), request.selected(field), excluded, listing)


class _Shown:
    """Builds the hits of one request."""

    def __init__(self, leaves: Sequence[Leaf], index: OpenIndex, lookup: Lookup) -> None:
        self._leaves = leaves
        self._index = index
        self._lookup = lookup
        terms = dict.fromkeys(term for leaf in leaves for term in leaf.terms)
        self._other_forms = [term for term in terms if lookup.sought(term).forms != (term.text,)]
        self._meanings: dict[str, str] = {}

    def hits(self, numbers: NDArray[np.int64], points: Points, parts: Sequence[Contribution]) -> tuple[Hit, ...]:
        """Build the hits of documents; `parts` say what made up their points, if the request asks for it."""
        chosen = numbers.tolist()
        spots = PageMarks(self._index, self._lookup, self._leaves, chosen)
        made = []
        for at, (number, score) in enumerate(zip(chosen, (points / POINT).tolist(), strict=True)):
            entry = self._index.shown(number)
            explained = tuple(ScorePart(each.what, float(each.points[at] / POINT)) for each in parts if each.points[at])
            made.append(make_hit(entry, score, spots.of(at, entry), self._meant, explained))
        return tuple(made)

    def _meant(self, printed: str) -> str:
        if not self._other_forms:
            return ""
        if printed not in self._meanings:
            self._meanings[printed] = meaning(printed, self._other_forms)
        return self._meanings[printed]


def _notes(request: SearchRequest, ranking: Ranking, total: int, shown: int) -> Iterator[str]:
    if ranking.alike is not None:
        behind = "，排在照原字的条目之后" if request.sort == SORTS[0] and not ranking.alike.all() else ""
        yield _ALIKE.format(np.count_nonzero(ranking.alike), behind)
    if total and request.size and not shown:
        yield f"第 {request.page} 页已超出结果末页"


def _readings(query: Node | None, numbers: NDArray[np.int64], lookup: Lookup) -> Iterator[RunReading]:
    for run, leaf in runs_of(query):
        held = 0
        if len(numbers) and leaf.whole:
            held = int(np.count_nonzero(lookup.holding(scope_of(leaf.scopes), Term(leaf.whole.text), numbers)))
        yield RunReading(run, tuple(term.text for term in leaf.terms), held)


def _past_nearest(request: SearchRequest, beside: Sequence[Hit]) -> Iterator[str]:
    if request.nearest_page > 1 and not beside:
        yield f"相近条目没有第 {request.nearest_page} 页"
