"""Builds the hits of one request from what the exact index says of the page's entries."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.query.plan import Leaf
from indexer.search.shown.hits import make_hit, taken_for
from indexer.search.shown.results import Hit, Printed, ScorePart
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.answering.pagemarks import PageMarks
from indexer.search.whoosh.openindex import OpenIndex


class Shown:
    """Builds the hits of one request."""

    def __init__(self, leaves: tuple[Leaf, ...], index: OpenIndex, lookup: Lookup) -> None:
        """Mark what the leaves look for."""
        self._leaves = leaves
        self._index = index
        self._lookup = lookup
        self._terms = list(dict.fromkeys(term for leaf in leaves for term in leaf.terms))
        self._other_forms = any(lookup.sought(term).forms != (term.text,) for term in self._terms)
        """Whether the archive has a term in another form than the one asked for."""
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
        meant = self._taken_for if self._other_forms else None
        spots = PageMarks(self._index, self._lookup, self._leaves, chosen)
        made = []
        for at, (number, score) in enumerate(zip(chosen, scores, strict=True)):
            entry = self._index.shown(number)
            has, lacks = words[at] if words else ((), ())
            made.append(make_hit(entry, score, spots.of(at, entry), meant, parts[at] if parts else (), has, lacks))
        return tuple(made)

    def _taken_for(self, printed: str) -> Printed:
        found = self._meant.get(printed)
        if found is None:
            found = self._meant[printed] = taken_for(printed, self._terms)
        return found
