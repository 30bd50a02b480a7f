"""Looks closely at the first of the entries that come near: at single characters, and at what stands close together.

An engine fills arrays with the characters of these entries; where it has them from is its own affair.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.search.query.plan import Relaxed
from indexer.search.ranking.bm25f import K1, impact
from indexer.search.ranking.contributions import Contribution
from indexer.search.ranking.weighing import POINT
from indexer.search.shown.results import PartCode

CHARACTERS = 4.0
"""Weight of a single character relative to a word; this and the two below were set by `tests/relevance`."""
WINDOW = 1.0
"""Weight of the best window, relative to the rarity of what stands in it."""
COVER = 7.0
"""Weight of having one of several runs that were typed apart, relative to its words' rarity."""
_MOST = 255
"""Different characters that are looked at: a query has at most 200, and their number is kept in a byte."""
WIDTH, STRIDE = 120, 30
"""Characters of a window, and from the begin of one to that of the next: about a sentence."""


class Texts(Struct, frozen=True):
    """The text fields of some entries, at least one, as far as some letters stand in them."""

    codes: NDArray[np.integer[Any]]
    """For each character of the folded texts, entry by entry, 1 + the index of the letter that it is, or a variant of;
    0 for any other.  Behind every string stands one character that is no letter: no string runs into the next."""
    sizes: NDArray[np.integer[Any]]
    """How many characters each entry has there, those behind its strings included; never 0."""
    factors: Callable[[NDArray[np.intp]], NDArray[np.floating[Any]]]
    """Returns what an occurrence counts at some characters, given their indexes in `codes`, ascending: the field's
    factor there (`field_factors`).  It is asked once, for those that are letters."""


def second_look(
    texts_for: Callable[[Sequence[str]], Texts],
    relaxed: Relaxed,
    grams: Sequence[str],
    rarity: Callable[[str], float],
    held: Callable[[str], NDArray[np.bool_]],
) -> list[Contribution]:
    """Return what the characters of words and the best window add to the points of the entries that are looked at.

    `texts_for` gives their texts with the letters that it is given; `grams` are the bigrams that count, two-character
    words among them; `rarity` says how rare a string is in the archive, variants included
    (`indexer.search.ranking.weighing.rarity`), and `held` which of the entries have it.  Where several runs were typed,
    what is covered of them adds to that: they were meant to stand together.
    """
    words = [word.text for word in relaxed.words]
    chars = list(dict.fromkeys("".join(words)))
    letters = list(dict.fromkeys("".join((*chars, *grams))))[:_MOST]
    rarities = {text: rarity(text) for text in dict.fromkeys((*chars, *grams, *words))}
    near = _Characters(letters, texts_for(letters))
    parts = {
        PartCode.CHARACTERS: near.impacts(len(chars))
        @ np.array([rarities[char] for char in letters[: len(chars)]])
        * (CHARACTERS * (K1 + 1)),
        PartCode.WINDOW: near.best_windows(rarities) * WINDOW,
    }
    if relaxed.runs > 1:
        covered = (held(word) * rarities[word] for word in words)
        parts[PartCode.COVERED] = sum(covered, np.zeros(near.entries)) * COVER
    return [Contribution(code, "", np.rint(each * POINT).astype(np.int64)) for code, each in parts.items()]


class _Characters:
    """The characters of some entries, as far as they are of interest."""

    def __init__(self, letters: Sequence[str], texts: Texts) -> None:
        """Sort the places of the letters."""
        self.entries = len(texts.sizes)
        self._sizes = texts.sizes
        self._firsts = np.cumsum(self._sizes) - self._sizes
        """Where each entry begins among the characters."""
        self._codes = texts.codes
        of_interest = np.flatnonzero(self._codes)
        found = self._codes[of_interest]
        self._letters = {char: at for at, char in enumerate(letters, 1)}
        width = len(letters) + 1
        by_letter = found.argsort(kind="stable")
        self._sorted = of_interest[by_letter]
        self._limits = found[by_letter].searchsorted(np.arange(width + 1)).tolist()
        """Where each letter's places begin in `_sorted`, which holds them letter by letter."""
        cells = self._owners(of_interest) * width + found
        factors = texts.factors(of_interest).astype(np.float64)
        counted = np.bincount(cells, factors, minlength=self.entries * width)
        self._counted = counted.astype(np.float64).reshape(-1, width)

    def impacts(self, letters: int) -> NDArray[np.float64]:
        """Return BM25's weight of each of the first letters in each entry."""
        return impact(self._counted[:, 1 : letters + 1])

    def best_windows(self, rarity: Mapping[str, float]) -> NDArray[np.float64]:
        """Return for each entry the greatest sum of the rarities of different strings in one window."""
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
        """Return the index of the entry in which each character stands."""
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
        # Strings are parted by a character that is no letter, so nothing runs from one entry into the next.
        return at
