"""Finds the entries that come nearest to a query, for when none or few match it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import TEXT_FIELDS
from indexer.search.query.leaves import Leaf, leaves_of, terms_of
from indexer.search.query.terms import Term
from indexer.search.query.tree import All, Match, Node
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.answering.matching import matching
from indexer.search.whoosh.answering.ranking import Points, factor
from indexer.search.whoosh.facets.columns import Mask
from indexer.search.whoosh.openindex import OpenIndex
from indexer.text.analyzer import evidence, is_word
from indexer.text.variants import Likeness
from indexer.text.wordlists import function_words

_SHARE = 0.4
"""An entry comes near if its words have at least this share of the greatest weight that any entry reaches."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How much of the words typed without quotes is in each entry that meets all other conditions."""

    leaves: tuple[Leaf, ...]
    """What to mark: the words that count, shorter words inside them, and all other conditions."""
    points: Points
    words: tuple[Term, ...]
    """The words that count, as typed, without the shorter words inside them."""

    def having(self, numbers: NDArray[np.int64], lookup: Lookup) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return for each of these documents the words that it has, and those that it lacks."""
        held = [(word.text, lookup.holding("", word, numbers).tolist()) for word in self.words]
        return [
            (tuple(word for word, has in held if has[at]), tuple(word for word, has in held if not has[at]))
            for at in range(len(numbers))
        ]

    @property
    def enough(self) -> Mask:
        """Mask of the entries that come near enough; there is at least one unless all have no points."""
        enough: Mask = self.points >= max(1, _SHARE * self.points.max(initial=0))
        return enough


def nearness(query: Node | None, index: OpenIndex, lookup: Lookup) -> Nearness | None:
    """Weigh every entry by the words it contains.

    Returns None if the query cannot be met in part: it has no words outside quotes and fields, or a single word without
    parts.
    """
    parts = query.parts if isinstance(query, All) else (query,)
    runs = [part for part in parts if isinstance(part, Match)]
    typed = tuple(dict.fromkeys(word for run in runs for word in _weighty(run)))
    words = tuple(dict.fromkeys(each for word in typed for each in (word, *_inner(word))))
    if not words or (len(words) < 2 and sum(len(terms_of(run)) for run in runs) < 2):
        return None
    points = np.zeros(len(index), dtype=np.int64)
    for word in words:
        found = lookup.occurrences("", word)
        if len(found.documents):
            points[found.documents] += factor(len(found.documents), len(index))
    hard = All(tuple(part for part in parts if part is not None and not isinstance(part, Match)))
    if hard.parts:
        points[~matching(hard, lookup)] = 0
    if index.visible is not None:
        points[~index.visible] = 0
    return Nearness((*leaves_of(hard), Leaf(TEXT_FIELDS, words)), points, typed)


def _weighty(run: Match) -> list[Term]:
    """Return a run's significant words."""
    terms = [term for term in terms_of(run) if is_word(term.text)]
    return [term for term in terms if term.text not in function_words()] or terms


def _inner(word: Term) -> Iterator[Term]:
    """Yield the shorter words inside one that has several."""
    if len(parts := evidence(word.text).parts) > 1:
        yield from (Term(part, min(word.likeness, Likeness.VARIANT)) for part in parts)
