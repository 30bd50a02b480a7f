"""The folded texts of a few entries as one string: to look for another string in it takes Python no time to speak of."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT, TEXT_FIELDS
from indexer.search.whoosh.strings.gramlists import BODY
from indexer.search.whoosh.strings.index import StringIndex

_BODY = TEXT_FIELDS.index(BODY)
MOST = 24
"""Entries that are few."""


class FewTexts:
    """The texts of a few documents, one behind the other, each field of each behind the other; apart fields are not there."""

    def __init__(self, strings: StringIndex, numbers: NDArray[np.int64]) -> None:
        """Read the texts of the documents `numbers`, which may stand in any order."""
        self.numbers = numbers
        self.rows = {number: row for row, number in enumerate(numbers.tolist())}
        """The row of each document."""
        self.bounds = strings.fields_of(numbers)
        """A row for each document: where its fields begin in the text of the archive, and where the last one ends."""
        self.read, self.text = strings.read_and_decoded(self.bounds[:, 0], self.bounds[:, -1])
        self.shift = self.read.begins - self.bounds[:, 0]
        """What is added to a place in the text of the archive to get that in `text`, for each document."""
        self._limits: list[list[int]] = (self.bounds + self.shift[:, None]).tolist()

    def count(self, forms: Sequence[str], scope: str, row: int) -> int:
        """Return how often strings stand in a text field, or all of them, of a document; each without overlaps."""
        limits = self._limits[row]
        first = 0 if scope == ALL_TEXT else TEXT_FIELDS.index(scope)
        start, end = limits[first], limits[-1 if scope == ALL_TEXT else first + 1]
        return sum([self.text.count(form, start, end) for form in forms])

    def weighted(self, forms: Sequence[str], row: int, factors: Sequence[float]) -> float:
        """Return the sum of a document's fields' factors, over all that strings stand there.

        They are added up as for many documents at once: what stands in the body, and beside it all else one by one.
        """
        count, limits = self.text.count, self._limits[row]
        inside = outside = 0.0
        if sum([count(form, limits[0], limits[-1]) for form in forms]):
            for field, factor in enumerate(factors):
                times = sum([count(form, limits[field], limits[field + 1]) for form in forms])
                if field == _BODY:
                    inside = times * factor
                else:
                    for _ in range(times):
                        outside += factor
        return inside + outside
