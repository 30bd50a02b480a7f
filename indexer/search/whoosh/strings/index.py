"""The exact index: says which entries any string stands in, and where in their texts.

All folded texts lie in one array, and beside it the entries of each pair of neighbouring characters.  A string's
candidates are the entries that have all its pairs; where it has more than two characters, reading them decides.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT, APART, TEXT_FIELDS
from indexer.search.query.terms import Term, can_overlap
from indexer.search.sortedarrays import is_ascending
from indexer.search.whoosh.files import npy
from indexer.search.whoosh.files.gaplists import Numbers
from indexer.search.whoosh.strings.alphabet import BETWEEN, Codes16, Numbering
from indexer.search.whoosh.strings.gramlists import BODY, OUTSIDE, GramLists
from indexer.search.whoosh.strings.reading import Choices, Read, read
from indexer.text.fold import decode_points
from indexer.text.variants import Likeness, alternatives

_BODY = TEXT_FIELDS.index(BODY)
_OUTSIDE = np.array([TEXT_FIELDS.index(field) for field in OUTSIDE])
PAIR = 2
"""Characters of a string of which the lists say all; longer ones are read."""


class Sought(Struct, frozen=True, gc=False):
    """The forms that a term can have in this archive."""

    numbers: Choices
    """For each character, the numbers of those that may stand there; empty if the archive lacks one of the
    characters."""
    forms: tuple[str, ...]
    """The folded strings that the term can be; empty if a term of several characters can be several strings."""
    widened: bool
    """Whether look-alikes are among the forms."""
    most: int
    """An upper estimate of how many documents have it in their text fields."""
    overlaps: bool
    """Whether two occurrences can overlap."""
    pairs: tuple[tuple[int, ...], ...]
    """For each two neighbouring characters, the numbers of the bigrams that may stand there; the rarest first."""
    rarest: int
    """Offset of a character of the rarest bigram."""

    @property
    def held(self) -> int | None:
        """How many documents have the term in their text fields; None if the lists must be merged to know it."""
        return self.most if len(self.numbers) == PAIR and len(self.pairs[0]) == 1 else 0 if not self.numbers else None

    @property
    def is_listed(self) -> bool:
        """Whether the lists say which entries have the term, and how often: no text need be read."""
        return len(self.numbers) <= PAIR


NOT_THERE = Sought((), (), widened=False, most=0, overlaps=False, pairs=(), rarest=0)
"""What is known of a term with a character that the archive lacks."""


class StringIndex:
    """The exact index of one generation, memory-mapped; safe to share between threads."""

    def __init__(self, folder: Path, documents: int) -> None:
        """Open the arrays of a generation that has `documents` entries.

        Raises `OSError` if they cannot be read, `ValueError` if they do not fit together.
        """
        self.documents = documents
        """How many entries there are."""
        self._fields = len(TEXT_FIELDS)
        self._numbering = Numbering(decode_points(npy.load_whole(folder, "beyond")))
        self._classes: dict[tuple[str, Likeness], tuple[int, ...]] = {}
        """What `_held` found for characters that the archive has."""
        self._text = npy.load(folder, "text")
        self.lists = GramLists(folder)
        self._bounds = npy.load(folder, "bounds")
        npy.require(len(self._bounds) == (self._fields + len(APART)) * documents + 1, "bounds")
        npy.require(is_ascending(self._bounds) and self._bounds[-1] == len(self._text), "bounds")
        self._bound = npy.view(self._bounds)
        gaps = npy.load(folder, "gaps")
        npy.require(is_ascending(gaps), "gaps")
        self._gaps = npy.view(gaps)
        limits = self._bounds[: self._fields * documents + 1 : self._fields]
        self._gap_starts = npy.view(gaps.searchsorted(limits).astype(np.uint32))
        self._octets = memoryview(self._text).cast("B")  # type: ignore[arg-type]

    def sought(self, term: Term) -> Sought:
        """Return the forms that a term can have in this archive."""
        numbers = tuple([self._held(char, term.likeness) for char in term.text])
        if not numbers or not all(numbers):
            return NOT_THERE
        is_one = max(map(len, numbers)) == 1
        widened = not is_one and self._is_widened(term, numbers)
        if len(numbers) == 1:
            most = sum([self.lists.most_of_range(self.lists.of_character(each)) for each in numbers[0]])
            return Sought(numbers, tuple(self._decoded(numbers[0])), widened, most, False, (), 0)
        found = [self._lists_of(*each) for each in pairwise(numbers)]
        order = sorted(range(len(found)), key=found.__getitem__)
        most, rarest = found[order[0]][0], order[0]
        forms = (self._decoded([each[0] for each in numbers]),) if is_one else ()
        pairs = tuple([found[at][1] for at in order])
        return Sought(numbers, forms, widened, most, can_overlap(term), pairs, rarest)

    def _is_widened(self, term: Term, numbers: Choices) -> bool:
        meant = term.as_meant.likeness
        return meant < term.likeness and any(
            len(each) > len(self._held(char, meant)) for each, char in zip(numbers, term.text, strict=True)
        )

    def _lists_of(self, firsts: Sequence[int], seconds: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """Return the bigrams of some characters, and an upper estimate of how many documents have one of them."""
        found = [self.lists.number(first << 16 | second) for first in firsts for second in seconds]
        there = tuple([at for at in found if at >= 0])
        return sum(map(self.lists.holders, there)), there

    def read(self, documents: NDArray[np.int64], scope: str = ALL_TEXT) -> Iterator[Read]:
        """Read a scope of documents, which are ascending, some at once."""
        begins, ends = self.bounds_of(documents, scope)
        return read(self._text, begins, ends)

    def fields_outside(self, numbers: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the documents of text fields beside the body, numbered by `outside_numbers`, and the fields' numbers.

        Both are ascending; a field's number is counted through all documents.
        """
        inside = numbers[: numbers.searchsorted(np.uint32(self.documents * len(OUTSIDE)))].astype(np.int64)
        documents = inside // len(OUTSIDE)
        return documents, documents * self._fields + _OUTSIDE[inside - documents * len(OUTSIDE)]

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
        return frozenset(self.lists.characters().tolist())

    def bodies_of(self, documents: NDArray[np.integer[Any]]) -> NDArray[np.integer[Any]]:
        """Return the field number of each document's body, counted through all documents."""
        return documents * self._fields + _BODY

    def fields_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the field number of each place in a text field, counted through all documents."""
        return np.searchsorted(self._bounds, places.astype(np.uint32), side="right") - 1

    def strings_of(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each place how many strings (titles, bodies, captions …) come before its own."""
        return np.searchsorted(self._separators, places)

    def encoded(self, text: str) -> Codes16 | None:
        """Return the numbers of a folded text's characters; None if the archive lacks one of them."""
        numbers = list(map(self._numbering.number, text))
        return np.array(numbers, dtype=np.uint16) if self._alphabet.issuperset(numbers) else None

    @property
    def main_text(self) -> Codes16:
        """The numbers of all characters in text fields, entry by entry."""
        return self._text[: self._bound[self._fields * self.documents]]

    def parts(self, size: int) -> list[tuple[int, int]]:
        """Return where parts of `main_text` of some size begin and end."""
        end = len(self.main_text)
        return [(first, min(first + size, end)) for first in range(0, end, size)]

    def documents_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the document of each place in a text field."""
        ends = self._bounds[self._fields : self._fields * self.documents + 1 : self._fields]
        return ends.searchsorted(places.astype(np.uint32), side="right")

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
        limits = self._bounds[: self._fields * self.documents + 1 : self._fields].astype(np.int64)
        return np.diff(limits) - np.diff(self.strings_of(limits))

    @cached_property
    def _separators(self) -> NDArray[np.int64]:
        return np.flatnonzero(self._text == BETWEEN)

    def texts(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint16]:
        """Return the numbers of the characters of some stretches of text, one behind the other."""
        limits = zip(starts.tolist(), ends.tolist(), strict=True)
        return np.concatenate([np.zeros(0, np.uint16), *(self._text[start:end] for start, end in limits)])

    def codes_at(self, places: NDArray[np.integer[Any]]) -> NDArray[np.uint16]:
        """Return the numbers of the characters at some places."""
        found: NDArray[np.uint16] = self._text[places]
        return found

    def bounds_of(
        self, documents: NDArray[np.int64], scope: str = ALL_TEXT
    ) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Return arrays of where a scope of each document begins and ends."""
        if scope in APART:
            first = (self._fields + APART.index(scope)) * self.documents + documents
            return self._bounds[first], self._bounds[first + 1]
        first = documents * self._fields + (TEXT_FIELDS.index(scope) if scope else 0)
        return self._bounds[first], self._bounds[first + (1 if scope else self._fields)]

    def fields_of(self, documents: Sequence[int]) -> list[list[int]]:
        """Return for each document where its text fields begin, followed by where the last one ends."""
        width = self._fields
        return [self._bound[number * width : (number + 1) * width + 1].tolist() for number in documents]

    def gaps_of(self, document: int) -> list[int]:
        """Return a document's gaps, ascending.

        There is a gap before every place where folding dropped a character of the printed text, or joined it to the
        one before, once per character.
        """
        return self._gaps[self._gap_starts[document] : self._gap_starts[document + 1]].tolist()

    def octets_of(self, bounds: Sequence[Sequence[int]]) -> bytes:
        """Return the characters' numbers, as they are in memory, of documents with such bounds, one behind the other."""
        return b"".join([self._octets[2 * each[0] : 2 * each[-1]] for each in bounds])

    def decoded(self, octets: bytes) -> str:
        """Return the folded text that some characters' numbers stand for; each string in it is followed by NUL."""
        return self._numbering.decoded(octets)
