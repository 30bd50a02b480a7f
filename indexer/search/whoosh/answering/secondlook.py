"""Reads what `indexer.search.ranking.secondlook` looks at from the exact index; what it makes of it is not known here."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT
from indexer.search.query.plan import Relaxed
from indexer.search.query.terms import Term
from indexer.search.ranking import secondlook, weighing
from indexer.search.ranking.contributions import Contribution
from indexer.search.ranking.secondlook import Texts
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.strings.entries import Documents
from indexer.text.variants import Likeness


def second_look(numbers: Documents, relaxed: Relaxed, grams: Sequence[str], lookup: Lookup) -> list[Contribution]:
    """Return what a close look adds to the points of the documents `numbers`."""

    def held(text: str) -> NDArray[np.bool_]:
        return lookup.holding(ALL_TEXT, Term(text, Likeness.VARIANT), numbers)

    texts_for = partial(_texts, numbers, lookup)
    return secondlook.second_look(texts_for, relaxed, grams, partial(_rarity, lookup), held)


def _rarity(lookup: Lookup, text: str) -> float:
    """Return the rarity of a string, as words have it."""
    return weighing.rarity(lookup.held(Term(text, Likeness.VARIANT)), len(lookup.index))


def _texts(numbers: Documents, lookup: Lookup, letters: Sequence[str]) -> Texts:
    """Read the documents `numbers`; each of the letters stands for its variants, too."""
    strings = lookup.index.strings
    table = np.zeros(1 << 16, dtype=np.uint8)
    for at, char in enumerate(letters, 1):
        for number in lookup.sought(Term(char, Likeness.VARIANT)).numbers[:1]:
            table[list(number)] = at
    starts, ends = (each.astype(np.int64) for each in strings.bounds_of(numbers))
    sizes = ends - starts
    codes = strings.texts(starts, ends)
    shift = starts - (np.cumsum(sizes) - sizes)

    def factors(at: NDArray[np.intp]) -> NDArray[np.float32]:
        places = at + np.repeat(shift, sizes)[at]
        return lookup.index.factors[strings.fields_at(places)]

    return Texts(table[codes], sizes, factors)
