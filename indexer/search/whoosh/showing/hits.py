"""Builds the hits of one request from what the exact index says of the page's entries."""

from collections.abc import Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from indexer.search.cache import MemoOf
from indexer.search.query.plan import Leaf
from indexer.search.shown.hits import Highlights, highlights, taken_for
from indexer.search.shown.results import Hit, Printed, ScorePart
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.openindex import OpenIndex
from indexer.search.whoosh.showing.pagemarks import PageMarks

HIGHLIGHTS = MemoOf[Highlights](32768)
"""What a query marks in an entry, some kilobytes: another page, filter or order shows it again."""

_QUERIES = MemoOf[int](4096)
"""A number for each query whose highlights are kept."""
_NUMBERS = count(1)


class Shown:
    """Builds the hits of one request."""

    def __init__(self, leaves: tuple[Leaf, ...], index: OpenIndex, lookup: Lookup) -> None:
        """Mark what the leaves look for."""
        self._leaves = leaves
        self._index = index
        self._lookup = lookup
        self._terms = list(dict.fromkeys(term for leaf in leaves for term in leaf.terms))
        self._meant: dict[str, Printed] = {}

    def hits(
        self,
        numbers: NDArray[np.int64],
        scores: Sequence[float],
        parts: Sequence[tuple[ScorePart, ...]] = (),
        words: Sequence[tuple[tuple[str, ...], tuple[str, ...]]] = (),
    ) -> tuple[Hit, ...]:
        """Build the hits of documents: with the parts of their scores and the words that they have and lack, if any."""
        chosen = numbers.tolist()
        made = self._made(chosen)
        hits = []
        for at, (number, score) in enumerate(zip(chosen, scores, strict=True)):
            has, lacks = words[at] if words else ((), ())
            each, entry = made[at], self._index.shown(number)
            told = parts[at] if parts else ()
            hits.append(Hit(entry, score, each.title, each.snippet, each.reasons, told, has, lacks))
        return tuple(hits)

    def _made(self, chosen: Sequence[int]) -> list[Highlights]:
        """Return what is marked in documents; what was made lately is kept, whichever page or filter asked for it."""
        kept, query = self._index.caches.memo(HIGHLIGHTS), self._query()
        found = [kept.get((query, number)) for number in chosen]
        missing = [number for number, each in zip(chosen, found, strict=True) if each is None]
        if not missing:
            return [each for each in found if each]
        meant = self._taken_for if self._other_forms() else None
        marks = PageMarks(self._lookup, self._leaves, missing)
        made: dict[int, Highlights] = {}
        for at, number in enumerate(missing):
            entry = self._index.shown(number)
            new = made[number] = highlights(entry, marks.of(at, entry), meant)
            kept.put((query, number), new)
        return [each or made[number] for number, each in zip(chosen, found, strict=True)]

    def _query(self) -> int:
        """Return a number for what is looked for, which is faster to look up by."""
        kept = self._index.caches.memo(_QUERIES)
        found = kept.get(self._leaves)
        if found is None:
            found = next(_NUMBERS)
            kept.put(self._leaves, found)
        return found

    def _other_forms(self) -> bool:
        """Return whether the archive has a term in another form than the one asked for."""
        return any(self._lookup.sought(term).forms != (term.text,) for term in self._terms)

    def _taken_for(self, printed: str) -> Printed:
        found = self._meant.get(printed)
        if found is None:
            found = self._meant[printed] = taken_for(printed, self._terms)
        return found
