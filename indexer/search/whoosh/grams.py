"""The exact index: where any string stands in the archive, from character bigrams in sorted arrays.

All folded texts lie in one array.  Beside it lie the places of its characters, sorted by the character there and the
one behind it: a string's candidates are the places of its rarest bigram, and the text itself decides.
"""

from bisect import bisect_left
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import TEXT_FIELDS
from indexer.search.whoosh import arrays
from indexer.search.whoosh.prepare import APART, BETWEEN

_BLOCK = 8
"""Binary logarithm of the characters in a block of the table that leads from a place to its document."""
_NOWHERE = np.zeros(0, dtype=np.int64)

Places = NDArray[np.integer[Any]]
"""Where strings begin in the text of the whole archive."""


class Grams:
    """The exact index of one generation, mapped; may be shared by threads."""

    def __init__(self, folder: Path, documents: int) -> None:
        """Open a generation's arrays."""
        alphabet = arrays.load_whole(folder, "alphabet")
        self._codes = alphabet
        self._numbers = {chr(code): number for number, code in enumerate(alphabet.tolist())}
        self._text = arrays.load(folder, "text")
        self._places = arrays.load(folder, "places")
        self._grams = memoryview(arrays.load(folder, "grams"))
        self._starts = memoryview(arrays.load(folder, "gram-starts"))
        self._bounds = arrays.load(folder, "bounds")
        self._documents = documents
        self._fields = len(TEXT_FIELDS)
        # Places are looked up by document in every search: these are held in memory.
        self._ends = np.array(self._bounds[self._fields : self._fields * documents + 1 : self._fields])
        self._main_end = int(self._ends[-1]) if documents else 0
        blocks = np.arange(0, self._main_end + 1, 1 << _BLOCK)
        self._blocks = np.searchsorted(self._ends, blocks, side="right").astype(np.int32)

    def find(self, string: str, scope: str = "") -> Places:
        """Give every place of a folded string in a scope, overlapping ones too; sorted, but for a single character."""
        numbers = [self._numbers.get(char, 0) for char in string]
        if not numbers or 0 in numbers:
            return _NOWHERE
        if len(numbers) == 1:
            return self._within(self._of_character(numbers[0]), scope, ordered=False)
        ranges = [self._range(first, second) for first, second in zip(numbers, numbers[1:], strict=False)]
        at, (start, end) = min(enumerate(ranges), key=lambda each: each[1][1] - each[1][0])
        if start == end:
            return _NOWHERE
        found: Places = self._places[start:end]
        if at:
            # Only the archive's first characters could give a place before its beginning, which the text refuses.
            found = found[np.searchsorted(found, at) :] - np.uint32(at)
        if found.size and int(found[-1]) + len(numbers) > len(self._text):
            found = found[: np.searchsorted(found, len(self._text) - len(numbers), side="right")]
        for offset, number in enumerate(numbers):
            if offset not in (at, at + 1):
                found = found[self._text[found + np.uint32(offset)] == number]
        return self._within(found, scope, ordered=True)

    def documents_of(self, places: Places) -> NDArray[np.int32]:
        """Give the document of each place in a text field."""
        found = self._blocks[places >> np.uint32(_BLOCK)]
        while (later := places >= self._ends[found]).any():
            found = found + later
        return found

    def owners_of(self, places: Places, scope: str) -> NDArray[np.int32]:
        """Give the document of each place that `find` gave for a scope."""
        if scope not in APART:
            return self.documents_of(places)
        first, last = self._region(scope)
        owners = np.searchsorted(self._bounds[first : last + 1], places, side="right") - 1
        return owners.astype(np.int32)

    def strings_of(self, places: Places) -> NDArray[np.int64]:
        """Give for each place the number of strings (titles, bodies, captions …) before its own."""
        return np.searchsorted(self._separators, places)

    @cached_property
    def _separators(self) -> NDArray[np.int64]:
        return np.flatnonzero(self._text == BETWEEN)

    def folded(self, document: int) -> str:
        """Give a document's folded strings, each followed by NUL."""
        at = self._fields * document
        start, end = self._bounds[[at, at + self._fields]].tolist()
        return self._codes[self._text[start:end]].tobytes().decode("utf-32-le", "surrogatepass")

    def _of_character(self, number: int) -> Places:
        first = bisect_left(self._grams, number << 16)
        last = bisect_left(self._grams, number + 1 << 16, first)
        return self._places[self._starts[first] : self._starts[last]]

    def _range(self, first: int, second: int) -> tuple[int, int]:
        gram = first << 16 | second
        at = bisect_left(self._grams, gram)
        if at == len(self._grams) or self._grams[at] != gram:
            return 0, 0
        return self._starts[at], self._starts[at + 1]

    def _within(self, places: Places, scope: str, *, ordered: bool) -> Places:
        if not places.size:
            return places
        if scope in APART or not scope:
            start, end = self._limits(scope)
            if not ordered:
                return places[(places >= start) & (places < end)]
            if int(places[0]) >= start and int(places[-1]) < end:
                return places
            return places[np.searchsorted(places, start) : np.searchsorted(places, end)]
        inside = self._within(places, "", ordered=ordered)
        bounds = self.documents_of(inside) * self._fields + TEXT_FIELDS.index(scope)
        return inside[(inside >= self._bounds[bounds]) & (inside < self._bounds[bounds + 1])]

    def _limits(self, scope: str) -> tuple[int, int]:
        if not scope:
            return 0, self._main_end
        first, last = self._region(scope)
        return int(self._bounds[first]), int(self._bounds[last])

    def _region(self, scope: str) -> tuple[int, int]:
        first = (self._fields + APART.index(scope)) * self._documents
        return first, first + self._documents
