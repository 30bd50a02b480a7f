"""The folded texts of a few entries as one string: to look for another string in it takes Python no time to speak of."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT, TEXT_FIELDS
from indexer.search.whoosh.strings.gramlists import BODY
from indexer.search.whoosh.strings.index import StringIndex
from indexer.search.whoosh.strings.reading import Read

_BODY = TEXT_FIELDS.index(BODY)
MOST = 24
"""Entries that are few."""


class FewTexts:
    """The texts of a few documents, one behind the other, and in each its fields; those apart are not there."""

    def __init__(self, strings: StringIndex, numbers: Sequence[int]) -> None:
        """Read the texts of the documents `numbers`, which may stand in any order."""
        self._strings = strings
        self.numbers = numbers
        self.rows = {number: row for row, number in enumerate(numbers)}
        """The row of each document."""
        self.bounds = strings.fields_of(numbers)
        """Where the fields of each document begin in the text of the archive, and where the last one ends."""
        self._octets = strings.octets_of(self.bounds)
        self.text = strings.decoded(self._octets)
        self.begins: list[int] = []
        """Where each document begins in `text`."""
        self.limits: list[list[int]] = []
        """Where its fields begin in `text`, and where the last one ends."""
        at = 0
        for bounds in self.bounds:
            shift = at - bounds[0]
            self.begins.append(at)
            self.limits.append([bound + shift for bound in bounds])
            at = bounds[-1] + shift

    def count(self, forms: Sequence[str], scope: str, row: int) -> int:
        """Return how often strings stand in a text field, or all of them, of a document; each without overlaps."""
        limits = self.limits[row]
        first = 0 if scope == ALL_TEXT else TEXT_FIELDS.index(scope)
        start, end = limits[first], limits[-1 if scope == ALL_TEXT else first + 1]
        return sum([self.text.count(form, start, end) for form in forms])

    def weighted(self, forms: Sequence[str], row: int, factors: Sequence[float]) -> float:
        """Return the sum of a document's fields' factors, over all that strings stand there.

        They are added up as for many documents at once: what stands in the body, and beside it all else one by one.
        """
        count, limits = self.text.count, self.limits[row]
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

    @cached_property
    def read(self) -> Read:
        """The same texts as numbers of characters."""
        places: NDArray[np.int64] = np.array([bounds[0] for bounds in self.bounds], dtype=np.int64)
        return Read(np.frombuffer(self._octets, dtype="<u2"), 0, np.array(self.begins, dtype=np.int64), places)

    def gaps(self, row: int) -> list[int]:
        """Return before which places in `text` folding dropped a character of a document, or joined it to the one before;
        once for each such character, ascending.
        """
        shift = self.begins[row] - self.bounds[row][0]
        return [gap + shift for gap in self._strings.gaps_of(self.numbers[row])]
