"""Answers searches from one generation: match, rank, count, mark, in that order."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.model import Entry
from indexer.search.fields import FACETS, LABELS, SCOPES, field_texts
from indexer.search.marks import Leaf, Range, count_marks, marks, positive_leaves
from indexer.search.query import SearchRequest
from indexer.search.results import Facet, FacetValue, Hit, ResultPage, Snippet
from indexer.search.snippet import marked, snippet
from indexer.search.whoosh import generation
from indexer.search.whoosh.documents import Mask, load_documents
from indexer.search.whoosh.matching import count_occurrences, filtered, matching
from indexer.search.whoosh.ranking import scores
from indexer.search.whoosh.walls import whoosh_errors

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
        # Whoosh's posting files keep one read position each.
        self._reading = threading.Lock()

    @property
    def generation(self) -> str:
        """Name of the generation."""
        return self._generation

    def __len__(self) -> int:
        """Give the number of entries."""
        return len(self._documents.entries)

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer one page; a page past the end has no hits."""
        documents = self._documents
        matched = matching(request.query, documents)
        found = filtered(matched, request, documents)
        order, points = self._ranked(request, found)
        start = (request.page - 1) * request.size
        leaves = list(positive_leaves(request.query))
        hits = tuple(
            _hit(documents.entries[number], float(points[number]), leaves)
            for number in order[start : start + request.size]
        )
        total = len(order)
        past = total and request.size and not hits
        return ResultPage(
            total=total,
            occurrences=count_occurrences(request.query, found, documents),
            hits=hits,
            facets=tuple(self._facet(request, field, matched, "", _FACET_LIMIT) for field in FACETS),
            notes=(f"第 {request.page} 页已超出结果末页",) if past else (),
        )

    def count(self, request: SearchRequest) -> int:
        """Give the number of entries found."""
        return int(filtered(matching(request.query, self._documents), request, self._documents).sum())

    def facet(self, request: SearchRequest, field: str, prefix: str = "", limit: int = _FACET_LIMIT) -> Facet:
        """Give one facet's values that start with `prefix`, at most `limit`, selected ones always."""
        return self._facet(request, field, matching(request.query, self._documents), prefix, limit)

    def get(self, entry_id: str) -> Entry | None:
        """Give an entry by its id."""
        number = self._documents.numbers.get(entry_id)
        return None if number is None else self._documents.entries[number]

    def entries(self, request: SearchRequest) -> tuple[Entry, ...]:
        """Give all entries found, in the order of volume, page and position."""
        found = filtered(matching(request.query, self._documents), request, self._documents)
        return tuple(self._documents.entries[number] for number in np.flatnonzero(found))

    def _ranked(self, request: SearchRequest, found: Mask) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Give the found documents in order, and all scores; ties keep document order: year, then id."""
        numbers = np.flatnonzero(found)
        points = np.zeros(len(found))
        if numbers.size:
            with self._reading, whoosh_errors(self._generation):
                points = scores(request.query, self._documents)
        years = self._documents.years[numbers]
        match request.sort:
            case "year-asc":
                keys = years.astype(np.float64)
            case "year-desc":
                keys = -years.astype(np.float64)
            case _:
                keys = -points[numbers]
        return numbers[np.argsort(keys, kind="stable")], points

    def _facet(self, request: SearchRequest, field: str, matched: Mask, prefix: str, limit: int) -> Facet:
        column = self._documents.columns[field]
        counts = column.counts(filtered(matched, request, self._documents, but=field))
        selected = dict.fromkeys(request.selected(field))
        values = [
            FacetValue(value, int(count), value in selected)
            for value, count in zip(column.values, counts, strict=True)
            if (count and value.startswith(prefix)) or value in selected
        ]
        values += [FacetValue(value, 0, True) for value in selected if value not in column.values]
        if field == "year":
            values.sort(key=lambda each: each.value)
        else:
            values.sort(key=lambda each: (-each.count, each.value))
        shown = [each for at, each in enumerate(values) if at < limit or each.selected]
        return Facet(field, tuple(shown), more=len(values) - len(shown))


def _hit(entry: Entry, score: float, leaves: Sequence[Leaf]) -> Hit:
    texts = field_texts(entry)
    found = {scope: [(text, marks(leaves, scope, text)) for text in texts[scope]] for scope in texts}
    title_ranges = found["title"][0][1]
    return Hit(
        entry=entry,
        score=score,
        title=marked(entry.title, title_ranges),
        snippet=_best_snippet(found),
        reasons=tuple(_reasons(found, leaves)),
    )


def _best_snippet(found: dict[str, list[tuple[str, list[Range]]]]) -> Snippet:
    """Show the body where it matches; else a caption or the signature that does; else the body's opening."""
    for scope in ("body", "captions", "signature"):
        for text, ranges in found[scope]:
            if ranges:
                return snippet(text, ranges)
    body, ranges = found["body"][0]
    return snippet(body, ranges)


def _reasons(found: dict[str, list[tuple[str, list[Range]]]], leaves: Sequence[Leaf]) -> list[str]:
    reasons = []
    for scope in SCOPES:
        strings = [text[start:end] for text, ranges in found[scope] for start, end in ranges]
        shown = "".join(f"“{string}”" for string in list(dict.fromkeys(strings))[:3])
        if strings:
            count = sum(count_marks(leaves, scope, text) for text, _ in found[scope])
            reasons.append(f"{LABELS[scope]}含{shown} {count} 处")
    return reasons
