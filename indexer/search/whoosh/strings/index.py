"""The exact index: finds where any string stands in the archive, using character bigrams in sorted arrays.

All folded texts lie in one array.  Beside it lie the places of its characters, sorted by the character there and the
one after it: a string's candidates are the places of its rarest bigram, and the text itself decides.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.search.fields import APART, TEXT_FIELDS
from indexer.search.query.terms import Term, can_overlap
from indexer.search.sortedarrays import is_ascending
from indexer.search.whoosh.files import npy
from indexer.search.whoosh.strings.alphabet import BETWEEN, Numbering
from indexer.search.whoosh.strings.placelists import PlaceLists, Places
from indexer.text.fold import decode_points
from indexer.text.variants import Likeness, alternatives

_BODY = TEXT_FIELDS.index("body")
_BOUNDS_BITS = 6
"""Binary logarithm of the block size, in characters, of the table that maps places to documents."""
_NOWHERE = np.zeros(0, dtype=np.int64)


class Sought(Struct, frozen=True, gc=False):
    """The forms that a term can have in this archive."""

    numbers: tuple[tuple[int, ...], ...]
    """For each character, the numbers of those that may stand there; empty if the archive lacks one of the
    characters."""
    forms: tuple[str, ...]
    """The folded strings that the term can be; empty if a term of several characters can be several strings."""
    widened: bool
    """Whether look-alikes are among the forms."""
    candidates: int
    """How many places `find` has to examine."""
    is_held: bool
    """Whether the index stores exactly the list that `find` returns for all text fields."""
    overlaps: bool
    """Whether two occurrences can overlap."""


class StringIndex:
    """The exact index of one generation, memory-mapped; safe to share between threads."""

    def __init__(self, folder: Path, documents: int) -> None:
        """Open the arrays of a generation that has `documents` entries.

        Raises `OSError` if they cannot be read, `ValueError` if they do not fit together.
        """
        self._documents = documents
        self._fields = len(TEXT_FIELDS)
        self._numbering = Numbering(decode_points(npy.load_whole(folder, "beyond")))
        self._classes: dict[tuple[str, Likeness], tuple[int, ...]] = {}
        """What `_held` found for characters that the archive has."""
        self._text = npy.load(folder, "text")
        self._lists = PlaceLists(folder)
        self._bounds = npy.load(folder, "bounds")
        npy.require(len(self._bounds) == (self._fields + len(APART)) * documents + 1, "bounds")
        npy.require(is_ascending(self._bounds) and self._bounds[-1] == len(self._text), "bounds")
        self._bound = npy.view(self._bounds)
        gaps = npy.load(folder, "gaps")
        npy.require(is_ascending(gaps), "gaps")
        self._gaps = npy.view(gaps)
        limits = self._bounds[: self._fields * documents + 1 : self._fields]
        self._gap_starts = npy.view(gaps.searchsorted(limits).astype(np.uint32))
        # Places are looked up by document in every search: these are held in memory.
        self._ends, self._body_starts, self._body_ends = (
            np.array(self._bounds[first : first + self._fields * documents : self._fields])
            for first in (self._fields, _BODY, _BODY + 1)
        )
        self._main_end = int(self._ends[-1]) if documents else 0
        blocks = np.arange(0, self._main_end + (2 << _BOUNDS_BITS), 1 << _BOUNDS_BITS)
        first = np.searchsorted(self._ends, blocks, side="right")
        # For each block, twice the number of its first document, plus 1 if another one begins in the block.
        self._blocks = (first[:-1] * 2 + (first[1:] > first[:-1])).astype(np.int32)

    def sought(self, term: Term) -> Sought:
        """Return the forms that a term can have in this archive."""
        numbers = tuple(self._held(char, term.likeness) for char in term.text)
        if not numbers or not all(numbers):
            return Sought((), (), widened=False, candidates=0, is_held=False, overlaps=False)
        meant = term.as_meant.likeness
        widened = meant < term.likeness and any(
            len(each) > len(self._held(char, meant)) for each, char in zip(numbers, term.text, strict=True)
        )
        if len(numbers) == 1:
            size = sum(map(self._lists.count_of_character, numbers[0]))
            return Sought(numbers, tuple(self._decoded(numbers[0])), widened, size, is_held=False, overlaps=False)
        pairs = _bigrams(numbers)
        is_one = all(len(each) == 1 for each in numbers)
        return Sought(
            numbers,
            (self._decoded([each[0] for each in numbers]),) if is_one else (),
            widened,
            min(sum(map(self._lists.count, grams)) for grams in pairs),
            is_held=is_one and len(numbers) == 2 and self._lists.is_plain(pairs[0][0]),
            overlaps=can_overlap(term),
        )

    def find(self, sought: Sought, scope: str = "") -> Places:
        """Return every place of a term in a scope, overlapping ones included.

        The places are ascending, except those of a single character.
        """
        numbers = sought.numbers
        if not numbers or len(numbers) > len(self._text):
            return _NOWHERE
        if len(numbers) == 1:
            return self._within(_joined(list(map(self._lists.of_character, numbers[0]))), scope, ordered=False)
        pairs = _bigrams(numbers)
        counts = [sum(map(self._lists.count, grams)) for grams in pairs]
        at = counts.index(min(counts))
        found = _joined([places for gram in pairs[at] if len(places := self._lists.of_gram(gram))])
        if len(pairs[at]) > 1:
            found = np.sort(found)
        if at:
            # A bigram within the archive's first characters would put the string before the text's beginning: leave it out.
            found = found[found.searchsorted(np.uint32(at)) :] - np.uint32(at)
        if found.size and int(found[-1]) + len(numbers) > len(self._text):
            found = found[: found.searchsorted(np.uint32(len(self._text) - len(numbers)), side="right")]
        for offset, choice in enumerate(numbers):
            if offset not in (at, at + 1):
                there = self._text[found + np.uint32(offset)]
                fits = there == choice[0]
                for number in choice[1:]:
                    fits |= there == number
                found = found[fits]
        return self._within(found, scope, ordered=True)

    def _decoded(self, numbers: Sequence[int]) -> str:
        return self._numbering.decode(np.array(numbers, dtype=np.uint16))

    def _held(self, char: str, likeness: Likeness) -> tuple[int, ...]:
        """Return the numbers of a character and its equivalents, of those that the archive contains."""
        found = self._classes.get((char, likeness))
        if found is None:
            members = alternatives(likeness).get(char, char)
            found = tuple(number for each in members if (number := self._numbering.number(each)) in self._alphabet)
            if found:
                self._classes[char, likeness] = found
        return found

    @cached_property
    def _alphabet(self) -> frozenset[int]:
        """Numbers of the characters that the archive contains."""
        return frozenset(self._lists.characters().tolist())

    def documents_of(self, places: Places) -> NDArray[np.int32]:
        """Return the document number of each place in a text field."""
        found: NDArray[np.int32] = self._blocks[places >> np.uint32(_BOUNDS_BITS)]
        late = np.flatnonzero((found & 1).astype(np.bool_))  # on booleans this takes a quarter of the time
        found >>= 1
        late = late[places[late] >= self._ends[found[late]]]
        while len(late):
            found[late] += 1
            late = late[places[late] >= self._ends[found[late]]]
        return found

    def bodies_of(self, documents: NDArray[np.integer[Any]]) -> NDArray[np.integer[Any]]:
        """Return the field number of each document's body, counted through all documents."""
        return documents * self._fields + _BODY

    def outside_bodies(self, places: Places, documents: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """Return the indexes of those places that are in no body; `documents` holds the places' documents."""
        return np.flatnonzero((places < self._body_starts[documents]) | (places >= self._body_ends[documents]))

    def fields_at(self, places: Places) -> NDArray[np.int64]:
        """Return the field number of each place in a text field, counted through all documents."""
        return np.searchsorted(self._bounds, places, side="right") - 1

    def owners_of(self, places: Places, scope: str) -> NDArray[np.integer[Any]]:
        """Return the document number of each place that `find` returned for a scope."""
        if scope not in APART:
            return self.documents_of(places)
        first, last = self._region(scope)
        return np.searchsorted(self._bounds[first : last + 1], places, side="right") - 1

    def strings_of(self, places: Places) -> NDArray[np.int64]:
        """Return for each place how many strings (titles, bodies, captions …) come before its own."""
        return np.searchsorted(self._separators, places)

    def alphabet(self) -> str:
        """Return the characters that the archive's folded texts have, each once."""
        return self._decoded(sorted(self._alphabet))

    def string_bounds(self, places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return for each place where its own string begins and ends; a string's end belongs to it."""
        at = self.strings_of(places)
        begins = np.concatenate(([0], self._separators + 1))[at]
        return begins, self._separators[at]

    @cached_property
    def characters(self) -> NDArray[np.int64]:
        """How many characters each document has in its text fields, folded."""
        limits = self._bounds[: self._fields * self._documents + 1 : self._fields].astype(np.int64)
        return np.diff(limits) - np.diff(self.strings_of(limits))

    @cached_property
    def _separators(self) -> NDArray[np.int64]:
        return np.flatnonzero(self._text == BETWEEN)

    def codes_at(self, places: NDArray[np.integer[Any]]) -> NDArray[np.uint16]:
        """Return the numbers of the characters at some places."""
        found: NDArray[np.uint16] = self._text[places]
        return found

    def folded(self, start: int, end: int) -> str:
        """Return the folded text from `start` to `end`; each string in it is followed by NUL."""
        return self._numbering.decode(self._text[start:end])

    def bounds(self, document: int, scope: str = "") -> tuple[int, int]:
        """Return where a text field of a document, or all of them if `scope` is empty, begin and end."""
        at = self._fields * document
        first, last = (at, at + self._fields) if not scope else (at + TEXT_FIELDS.index(scope),) * 2
        return int(self._bounds[first]), int(self._bounds[last + bool(scope)])

    def bounds_of(self, documents: NDArray[np.int64], scope: str = "") -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Return arrays of where a text field of each document, or all of them if `scope` is empty, begin and end."""
        first = documents * self._fields + (TEXT_FIELDS.index(scope) if scope else 0)
        return self._bounds[first], self._bounds[first + (1 if scope else self._fields)]

    def fields_of(self, documents: Sequence[int]) -> tuple[list[list[int]], list[list[int]]]:
        """Return for each document its text fields' begins, followed by the last one's end; and its gaps.

        There is a gap before every place where folding dropped a character of the printed text, or joined it to the
        one before, once per character.
        """
        firsts = [number * self._fields for number in documents]
        bounds = [self._bound[first : first + self._fields + 1].tolist() for first in firsts]
        gaps = [self._gaps[self._gap_starts[number] : self._gap_starts[number + 1]].tolist() for number in documents]
        return bounds, gaps

    def _within(self, places: Places, scope: str, *, ordered: bool) -> Places:
        if not places.size:
            return places
        if scope in APART or not scope:
            start, end = self._limits(scope)
            if not ordered:
                fits = (places >= start) & (places < end)
                return places if fits.all() else places[fits]
            if int(places[0]) >= start and int(places[-1]) < end:
                return places
            return places[places.searchsorted(np.uint32(start)) : places.searchsorted(np.uint32(end))]
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


def _bigrams(numbers: Sequence[tuple[int, ...]]) -> list[list[int]]:
    """Return, for each two neighbouring characters, the bigrams that may stand there."""
    return [[first << 16 | second for first, second in product(*each)] for each in pairwise(numbers)]


def _joined(lists: list[Places]) -> Places:
    """Concatenate lists of places as they are; a single list is returned itself."""
    if len(lists) == 1:
        return lists[0]
    return np.concatenate(lists) if lists else _NOWHERE
