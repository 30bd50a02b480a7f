"""Says which entries have a bigram: a list for their bodies and one for all else, an entry once for each occurrence.

Where in a text it stands is not kept: reading the few texts that matter says it, and a list of entries takes a quarter
of the room of a list of places.
"""

from bisect import bisect_left
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import APART, TEXT_FIELDS
from indexer.search.sortedarrays import distinct_of, is_ascending
from indexer.search.whoosh.files import npy
from indexer.search.whoosh.files.gaplists import GapLists

BODY = "body"
OUTSIDE = tuple(field for field in TEXT_FIELDS if field != BODY)
"""The text fields beside the body, in reading order."""


def shape() -> tuple[object, ...]:
    """Return the constants that determine what the numbers of the lists mean."""
    return BODY, OUTSIDE


_Chosen = TypeVar("_Chosen", int, NDArray[np.int64])


def outside_numbers(documents: int, chosen: _Chosen, field: str) -> _Chosen:
    """Return the numbers by which lists outside of bodies name a field of some of so many documents.

    All fields of `OUTSIDE` come first, entry by entry, then those of `APART`, field by field.
    """
    if field in APART:
        return (len(OUTSIDE) + APART.index(field)) * documents + chosen
    return chosen * len(OUTSIDE) + OUTSIDE.index(field)


class GramLists:
    """The lists of one generation, memory-mapped; a bigram is named by its number among all, ascending."""

    def __init__(self, folder: Path) -> None:
        """Open the arrays.  Raises `OSError` if they cannot be read, `ValueError` if they do not fit together."""
        self.bodies, self.outside = GapLists(folder, "bodies"), GapLists(folder, "outside")
        """The documents that have a bigram in their bodies; and the fields outside that have it, by `outside_numbers`.
        Each stands there once for each occurrence."""
        grams = npy.load(folder, "grams")
        npy.require(is_ascending(grams), "grams")
        npy.require(len(grams) == len(self.bodies) == len(self.outside), "grams")
        holders = npy.load(folder, "holders")
        npy.require(len(holders) == len(grams), "holders")
        self._grams, self._holders = npy.view(grams), npy.view(holders)
        self._array = grams

    def characters(self) -> NDArray[np.integer]:
        """Return every character that bigrams begin with, ascending by number."""
        return distinct_of(self._array >> 16)

    def number(self, gram: int) -> int:
        """Return the number of a bigram, below 0 if the archive lacks it."""
        at = bisect_left(self._grams, gram)
        return at if at < len(self._grams) and self._grams[at] == gram else -1

    def of_character(self, character: int) -> range:
        """Return the numbers of all bigrams that begin with a character."""
        return range(bisect_left(self._grams, character << 16), bisect_left(self._grams, (character + 1) << 16))

    def holders(self, at: int) -> int:
        """Return how many documents have a bigram in their text fields."""
        return self._holders[at]

    def most_of_range(self, chosen: range) -> int:
        """Return an upper estimate of how often consecutive bigrams occur; close where that is often."""
        return self.bodies.most_of(chosen) + self.outside.most_of(chosen)
