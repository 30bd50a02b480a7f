"""Looks closely at the first of the entries that come near: at single characters, and at what stands close together."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT
from indexer.search.query.plan import Relaxed
from indexer.search.query.terms import Term
from indexer.search.shown.results import PartCode
from indexer.search.sortedarrays import spread
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.answering.ranking import POINT, Contribution, factor
from indexer.search.whoosh.files.cache import CacheOf
from indexer.search.whoosh.words.bm25f import K1, STEPS, impact
from indexer.text.variants import Likeness

CHARACTERS = 4.0
"""Weight of a single character relative to a word; this and the two below were set by `tests/relevance`."""
WINDOW = 1.0
"""Weight of the best window, relative to the rarity of what stands in it."""
COVER = 7.0
"""Weight of having one of several runs that were typed apart, relative to its words' rarity."""
_MOST = 255
"""Different characters that are looked at: a query has at most 200, and their number is kept in a byte."""
_HELD = CacheOf[int](4 << 20)
"""How many entries have a string: characters stand in so many that what was looked up of them is soon forgotten."""
WIDTH, STRIDE = 120, 30
"""Characters of a window, and from the begin of one to that of the next: about a sentence."""


def second_look(
    numbers: NDArray[np.int64], relaxed: Relaxed, grams: Sequence[str], lookup: Lookup
) -> list[Contribution]:
    """Return what the characters of words and the best window add to the points of the documents `numbers`.

    Where several runs were typed, what is covered of them adds to that: they were meant to stand together.
    """
    words = [word.text for word in relaxed.words]
    chars = list(dict.fromkeys("".join(words)))
    letters = list(dict.fromkeys("".join((*chars, *grams))))[:_MOST]
    rarity = {text: _rarity(text, lookup) for text in dict.fromkeys((*chars, *grams, *words))}
    near = _Characters(numbers, letters, lookup)
    parts = {
        PartCode.CHARACTERS: near.impacts(len(chars))
        @ np.array([rarity[char] for char in letters[: len(chars)]])
        * (CHARACTERS * (K1 + 1)),
        PartCode.WINDOW: near.best_windows(rarity) * WINDOW,
    }
    if relaxed.runs > 1:
        held = (lookup.holding(ALL_TEXT, Term(word, Likeness.VARIANT), numbers) * rarity[word] for word in words)
        parts[PartCode.COVERED] = sum(held, np.zeros(len(numbers))) * COVER
    return [Contribution(code, "", np.rint(each * POINT).astype(np.int64)) for code, each in parts.items()]


def _rarity(text: str, lookup: Lookup) -> float:
    """Return the rarity of a string, as words have it."""
    kept = lookup.index.caches.of(_HELD)
    held = kept.get(text)
    if held is None:
        held = len(lookup.occurrences(ALL_TEXT, Term(text, Likeness.VARIANT)).documents)
        kept.put(text, held, 0)
    return factor(held, len(lookup.index)) * STEPS / (POINT * (K1 + 1)) if held else 0.0


class _Characters:
    """The characters of some documents, as far as they are of interest."""

    def __init__(self, numbers: NDArray[np.int64], letters: Sequence[str], lookup: Lookup) -> None:
        """Read the documents `numbers`; each of the letters stands for its variants, too."""
        strings = lookup.index.strings
        table = np.zeros(1 << 16, dtype=np.uint8)
        for at, char in enumerate(letters, 1):
            for number in lookup.sought(Term(char, Likeness.VARIANT)).numbers[:1]:
                table[list(number)] = at
        starts, ends = (each.astype(np.int64) for each in strings.bounds_of(numbers))
        self._sizes = ends - starts
        self._firsts = np.cumsum(self._sizes) - self._sizes
        """Where each document begins among the characters."""
        places = spread(starts, self._sizes)
        self._codes = table[strings.codes_at(places)]
        """For each character 1 + its index among the letters, or 0."""
        of_interest = np.flatnonzero(self._codes)
        found = self._codes[of_interest]
        self._letters = {char: at for at, char in enumerate(letters, 1)}
        width = len(letters) + 1
        by_letter = found.argsort(kind="stable")
        self._sorted = of_interest[by_letter]
        self._limits = found[by_letter].searchsorted(np.arange(width + 1)).tolist()
        """Where each letter's places begin in `_sorted`, which holds them letter by letter."""
        cells = self._owners(of_interest) * width + found
        factors = lookup.index.factors[strings.fields_at(places[of_interest])].astype(np.float64)
        counted = np.bincount(cells, factors, minlength=len(numbers) * width)
        self._counted = counted.astype(np.float64).reshape(-1, width)

    def impacts(self, letters: int) -> NDArray[np.float64]:
        """Return BM25's weight of each of the first letters in each document."""
        return impact(self._counted[:, 1 : letters + 1])

    def best_windows(self, rarity: Mapping[str, float]) -> NDArray[np.float64]:
        """Return for each document the greatest sum of the rarities of different strings in one window."""
        counts = self._sizes // STRIDE + 1
        begins = np.cumsum(counts) - counts
        total = np.zeros(int(counts.sum()))
        for text, worth in rarity.items():
            if not worth:
                continue
            at = self._places(text)
            there = self._owners(at)
            within = at - self._firsts[there]
            present = np.zeros(len(total), dtype=np.bool_)
            for back in range(WIDTH // STRIDE):
                window = within // STRIDE - back
                fits = (window >= 0) & (within + len(text) <= window * STRIDE + WIDTH)
                present[begins[there[fits]] + window[fits]] = True
            total += present * worth
        return np.maximum.reduceat(total, begins)

    def _owners(self, at: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the index of the document in which each character stands."""
        return np.searchsorted(self._firsts, at, side="right") - 1

    def _places(self, text: str) -> NDArray[np.intp]:
        """Return where a string of letters stands."""
        if any(char not in self._letters for char in text):
            return np.zeros(0, dtype=np.intp)
        letter = self._letters[text[0]]
        at = self._sorted[self._limits[letter] : self._limits[letter + 1]]
        for step, char in enumerate(text[1:], 1):
            at = at[at + step < len(self._codes)]
            at = at[self._codes[at + step] == self._letters[char]]
        # Fields are parted by a character that is no letter, so nothing runs from one document into the next.
        return at
