"""Answers searches from one generation: match, rank, count, mark, in that order."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.model import Entry
from indexer.search.fields import FACETS
from indexer.search.marks import Leaf, positive_leaves
from indexer.search.query import SearchRequest
from indexer.search.results import Facet, ResultPage, VolumeCount
from indexer.search.whoosh import generation
from indexer.search.whoosh.columns import Mask
from indexer.search.whoosh.documents import load_documents
from indexer.search.whoosh.facets import make_facet
from indexer.search.whoosh.hits import make_hit
from indexer.search.whoosh.matching import Evaluation, filtered
from indexer.search.whoosh.ranking import POINT, best, scores
from indexer.search.whoosh.spots import Spots
from indexer.search.whoosh.walls import whoosh_errors
from indexer.text.segment import cut

_FACET_LIMIT = 20
"""Values of a facet on a results page; `facet` gives the rest."""


class WhooshSearcher:
    """A published generation, open for searching; may be shared by threads."""

    def __init__(self, index: Path) -> None:
        """Open the generation that is published now.

        Raises `IndexMissing` or `StaleIndex`.
        """
        self._generation = generation.published(index)
        folder = index / self._generation
        generation.check(folder)
        with whoosh_errors(str(folder)):
            self._documents = load_documents(folder)
        cut("")  # loads the dictionary now, and not in the first search

    @property
    def generation(self) -> str:
        """Name of the generation."""
        return self._generation

    def __len__(self) -> int:
        """Give the number of entries."""
        return len(self._documents)

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer one page; a page past the end has no hits."""
        documents = self._documents
        evaluation = Evaluation(documents)
        matched = evaluation.matching(request.query)
        found = filtered(matched, request, documents)
        numbers = found.nonzero()[0]
        leaves = list(positive_leaves(request.query))
        shown = self._ranked(request, numbers, leaves, evaluation)
        spots = Spots(documents, evaluation, leaves, [number for number, _ in shown])
        hits = []
        for at, (number, score) in enumerate(shown):
            entry = documents.entry(number)
            hits.append(make_hit(entry, score, spots.of(at, entry)))
        past = len(numbers) and request.size and not hits
        return ResultPage(
            total=len(numbers),
            occurrences=evaluation.count(leaves, numbers, found) if len(numbers) else 0,
            hits=tuple(hits),
            facets=tuple(self._facets(request, matched, found, numbers)),
            notes=(f"第 {request.page} 页已超出结果末页",) if past else (),
        )

    def count(self, request: SearchRequest) -> int:
        """Give the number of entries found."""
        return int(np.count_nonzero(self._found(request)))

    def facet(self, request: SearchRequest, field: str, prefix: str = "", limit: int = _FACET_LIMIT) -> Facet:
        """Give one facet's values that start with `prefix`, at most `limit`, selected ones always."""
        documents = self._documents
        mask = filtered(Evaluation(documents).matching(request.query), request, documents, but=field)
        column = documents.columns[field]
        return make_facet(request, field, column, column.counts(np.flatnonzero(mask), mask), prefix, limit)

    def get(self, entry_id: str) -> Entry | None:
        """Give an entry by its id."""
        number = self._documents.number(entry_id)
        return None if number is None else self._documents.entry(number)

    def entries(self, request: SearchRequest) -> tuple[Entry, ...]:
        """Give all entries found, in the order of volume, page and position."""
        return tuple(self._documents.entry(number) for number in np.flatnonzero(self._found(request)).tolist())

    def volumes(self) -> tuple[VolumeCount, ...]:
        """Give the volumes that have entries, in order of year."""
        documents = self._documents
        column = documents.columns["volume"]
        # A volume's year is that of its entries; one that says otherwise is a volume of its own.
        pairs, sizes = np.unique(np.stack((documents.years, column.first)), axis=1, return_counts=True)
        return tuple(
            VolumeCount(column.values[ordinal - 1], year, size)
            for (year, ordinal), size in zip(pairs.T.tolist(), sizes.tolist(), strict=True)
        )

    def _found(self, request: SearchRequest) -> Mask:
        return filtered(Evaluation(self._documents).matching(request.query), request, self._documents)

    def _ranked(
        self, request: SearchRequest, numbers: NDArray[np.int64], leaves: list[Leaf], evaluation: Evaluation
    ) -> list[tuple[int, float]]:
        """Give the page's documents in order, with their scores; ties keep document order: year, then id."""
        points = scores(leaves, numbers, self._documents, evaluation)
        first = (request.page - 1) * request.size
        years = self._documents.years
        match request.sort:
            case "year-asc":
                order = best(-years[numbers], first, request.size)
            case "year-desc":
                order = best(years[numbers], first, request.size)
            case _:
                order = best(points, first, request.size)
        return list(zip(numbers[order].tolist(), (points[order] / POINT).tolist(), strict=True))

    def _facets(self, request: SearchRequest, matched: Mask, found: Mask, numbers: NDArray[np.int64]) -> list[Facet]:
        """Count every facet; only one that has a selection looks at other entries than those found."""
        facets = []
        for field in FACETS:
            column = self._documents.columns[field]
            mask, inside = found, numbers
            if request.selected(field):
                mask = filtered(matched, request, self._documents, but=field)
                inside = mask.nonzero()[0]
            facets.append(make_facet(request, field, column, column.counts(inside, mask), "", _FACET_LIMIT))
        return facets
