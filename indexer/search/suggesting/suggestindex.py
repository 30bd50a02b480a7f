"""Finds suggestions: by the characters typed, by their sounds, and with one mistake."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.search.arrays.mapping import map_file
from indexer.search.arrays.npyfile import require
from indexer.search.query.typed import MIXED, Element, Sound, Typed
from indexer.search.sortedarrays import distinct, is_ascending
from indexer.search.suggestible import SuggestionKind
from indexer.search.suggesting.mistakes import Mistake, with_one_mistake
from indexer.search.suggesting.suggestfiles import TEXTS, load
from indexer.search.suggesting.suggestwriter import KINDS, Texts
from indexer.text.variants import Likeness, likened

Places = NDArray[np.int64]
_AT_ONCE = 64
"""Places whose suggestions are looked up at once."""
_READER = msgspec.json.Decoder(Texts)
_COMMON = msgspec.json.Decoder(dict[str, str])


@lru_cache(2)
def _decoded(common: bytes) -> dict[str, str]:
    """Read how common characters sound: every index says the same."""
    return _COMMON.decode(common)


class SuggestIndex:
    """The suggestions of one archive, memory-mapped."""

    def __init__(self, folder: Path) -> None:
        """Open the arrays.

        Raises `OSError` if they cannot be read, `ValueError` if they do not fit together.
        """
        texts = _READER.decode(map_file(folder / TEXTS))
        self._alphabet = {char: at for at, char in enumerate(texts.alphabet, start=1)}
        self._syllables = texts.syllables
        self._common = _decoded(bytes(texts.common))
        self._others = texts.others
        self.phrases = texts.phrases
        self._text = load(folder, "suggest-text")
        self._sounds = load(folder, "suggest-sounds")
        self._can_be = load(folder, "suggest-heard")
        """Each syllable, in the upper half, with each character that can be it, in the lower half; ascending."""
        require(is_ascending(self._can_be), "suggest-heard")
        self._places = load(folder, "suggest-places")
        self._starts = load(folder, "suggest-starts")
        self._kinds = load(folder, "suggest-kinds")
        self._where = load(folder, "suggest-where")
        self.counts = load(folder, "suggest-counts")
        size = len(self._starts) - 1
        require(is_ascending(self._starts) and self._starts[-1] == len(self._text), "suggest-starts")
        require(len(self._sounds) == len(self._text) == len(self._places) + size + 1, "suggest-text")
        require(size == len(self._kinds) == len(self._where) == len(self.counts), "suggest-kinds")
        require(not size or self._kinds.max() < len(KINDS), "suggest-kinds")
        sizes = np.bincount(self._text[self._text > 0], minlength=len(texts.alphabet) + 1)
        require(len(sizes) == len(texts.alphabet) + 1, "suggest-text")
        self._sizes = sizes
        self._ends = np.cumsum(sizes)

    def kind(self, number: int) -> SuggestionKind:
        """Return what a suggestion is."""
        return KINDS[int(self._kinds[number])]

    def where(self, number: int) -> int:
        """Return where its text is; see `Suggested`."""
        return int(self._where[number])

    def readings(self, char: str) -> tuple[str, ...]:
        """Return the syllables that a character can have."""
        return tuple((self._common.get(char) or self._others.get(char, "")).split())

    def find(self, typed: Typed) -> Iterator[int]:
        """Yield the numbers of suggestions, best first; worse ways are tried only when better ones are used up."""
        given: set[int] = set()
        for places in self._ways(typed):
            for first in range(0, len(places), _AT_ONCE):
                owners = self._starts.searchsorted(places[first : first + _AT_ONCE], side="right") - 1
                for number in dict.fromkeys(owners.tolist()):
                    if number not in given:
                        given.add(number)
                        yield number

    def _ways(self, typed: Typed) -> Iterator[Places]:
        """Yield where what is typed may stand, the best way first, each ascending."""
        literal = typed.characters
        found = self._standing(tuple(literal))
        yield from self._by_edges(found, len(literal))
        yield from self._spoken(typed)
        if not typed.is_all_letters and len(literal) > 1:
            yield from self._mistaken(literal)

    def _spoken(self, typed: Typed) -> Iterator[Places]:
        """Yield where what is typed may stand as pinyin; syllables and first letters mixed only where neither alone stands."""
        some = False
        for kind, ways in enumerate(typed.spoken(self._syllables)):
            if some and kind == MIXED:
                return
            heard = [(way, *self._heard(way)) for way in ways]
            for is_right in (True, False):
                for way, places, right in heard:
                    some |= len(places) > 0
                    yield from self._by_edges(places[right if is_right else ~right], len(way))

    def _by_edges(self, places: Places, length: int) -> Iterator[Places]:
        """Yield those of places that are all of a suggestion, then those at its beginning, then the others."""
        begins = self._text[places - 1] == 0
        ends = self._text[places + length] == 0
        yield places[begins & ends]
        yield places[begins & ~ends]
        yield places[~begins]

    def _standing(self, elements: Sequence[Element]) -> Places:
        """Return where elements stand one behind the other, ascending."""
        return self._heard(elements)[0]

    def _heard(self, elements: Sequence[Element]) -> tuple[Places, NDArray[np.bool_]]:
        """Return where elements stand, ascending, and whether each sound is the right one of its word there."""
        chosen = [self._characters(element) for element in elements]
        sizes = [int(self._sizes[each].sum()) for each in chosen]
        if not sizes or not all(sizes):
            return np.zeros(0, np.int64), np.zeros(0, np.bool_)
        at = sizes.index(min(sizes))
        found = [self._places[self._ends[each] - self._sizes[each] : self._ends[each]] for each in chosen[at].tolist()]
        places = np.concatenate(found).astype(np.int64) - at
        # The first place is a zero, which stands before the first suggestion.
        places = places[(places > 0) & (places + len(elements) < len(self._text))]
        for offset, each in enumerate(chosen):
            if offset != at and len(places):
                there = self._text[places + offset]
                places = places[there == each[0] if len(each) == 1 else self._mask(each)[there]]
        if len(found) > 1:
            places.sort()
        right = np.ones(len(places), dtype=np.bool_)
        for offset, element in enumerate(elements):
            if isinstance(element, Sound):
                first, last = self._range(element)
                there = self._sounds[places + offset]
                right &= (there >= first) & (there < last)
        return places, right

    def _characters(self, element: Element) -> NDArray[np.int64]:
        """Return the numbers of the characters that an element may be."""
        if isinstance(element, str):
            return np.array([self._alphabet[element]] if element in self._alphabet else [], dtype=np.int64)
        first, last = self._range(element)
        found = self._heard_as(first, last)
        return found if last == first + 1 else distinct(found)

    def _mask(self, characters: NDArray[np.int64]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self._sizes), dtype=np.bool_)
        mask[characters] = True
        return mask

    def _range(self, sound: Sound) -> tuple[int, int]:
        """Return the numbers of the first syllable that a sound may be, and of the one after the last."""
        first = bisect_left(self._syllables, sound.letters)
        last = bisect_left(self._syllables, sound.letters + "\x7f") if sound.is_open else first + 1
        return first + 1, last + 1

    def _heard_as(self, first: int, last: int) -> NDArray[np.int64]:
        """Return the numbers of the characters that can be one of some syllables, ascending for each syllable."""
        low, high = self._can_be.searchsorted(np.array([first << 16, last << 16], dtype=np.uint32)).tolist()
        return (self._can_be[low:high] & np.uint32(0xFFFF)).astype(np.int64)

    @cached_property
    def _alike(self) -> dict[str, list[int]]:
        """The numbers of the characters in each class of look-alikes."""
        classes: dict[str, list[int]] = {}
        for char, number in self._alphabet.items():
            classes.setdefault(likened(char, Likeness.ALIKE), []).append(number)
        return classes

    def _mistaken(self, literal: str) -> Iterator[Places]:
        """Yield where what is typed stands with one mistake: those that sound or look like it first."""
        numbers = np.array([self._alphabet.get(char, 0) for char in literal], dtype=np.int64)
        half = len(literal) // 2
        found: list[Mistake] = []
        ahead = self._standing(tuple(literal[:half]))
        found += with_one_mistake(self._text, ahead, half, numbers[half:], self._confused(literal[half:]), 1)
        behind = self._standing(tuple(literal[half:]))
        before = numbers[:half][::-1]
        found += with_one_mistake(self._text, behind, -1, before, self._confused(literal[:half][::-1]), -1)
        crossed = literal[: half - 1] + literal[half] + literal[half - 1] + literal[half + 1 :]
        found.append(Mistake(0, self._standing(tuple(crossed))))
        for rank in sorted({each.rank for each in found}):
            if len(literal) == 2 and rank > 1:
                return
            places = np.unique(np.concatenate([each.places for each in found if each.rank == rank]))
            begins = self._text[places - 1] == 0
            yield places[begins]
            yield places[~begins]

    def _confused(self, literal: str) -> NDArray[np.bool_]:
        """Return for each character which of the alphabet sound or look like it."""
        rows = np.zeros((len(literal), len(self._sizes)), dtype=np.bool_)
        for row, char in zip(rows, literal, strict=True):
            for sound in self.readings(char):
                first = bisect_left(self._syllables, sound) + 1
                if self._syllables[first - 1 : first] == (sound,):
                    row[self._heard_as(first, first + 1)] = True
            row[self._alike.get(likened(char, Likeness.ALIKE), [])] = True
        return rows
