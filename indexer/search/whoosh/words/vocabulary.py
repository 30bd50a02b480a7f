"""Numbers the words met in a build.

Text has millions of tokens but few distinct words, so tokens are not looked up one by one: up to four characters are
packed into one integer, and such integers are looked up in an array, all at once.
"""

from collections.abc import Sequence
from itertools import count
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from indexer.text.analyzer import is_word
from indexer.text.fold import code_points

NUL = "\0"
"""Separator between tokens; folding drops it, so no token contains it."""
_LENGTH = 4
"""Characters of 16 bits that fit into a key."""
_MASKS = np.array([(1 << 16 * length) - 1 for length in range(_LENGTH + 1)], dtype=np.uint64)
_NO_KEY = 0
"""Key of tokens that are empty, too long, or have a character beyond U+FFFF."""
_SLOTS = 18
"""Binary logarithm of a cache's number of slots: 3 MB."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio: multiplied by it, keys spread evenly (Knuth, The Art of Computer Programming, 6.4)."""

WordNumbers = NDArray[np.uint32]
_Keys = NDArray[np.uint64]


class Tokens:
    """Tokens of texts, held as one string: a string for each token would take ten times the memory and time."""

    def __init__(self, text: str) -> None:
        """Take tokens joined by `NUL`."""
        self._text = text
        self.codes = code_points(text)
        ends = np.append(np.flatnonzero(self.codes == ord(NUL)), len(self.codes))
        self.starts = np.concatenate(([0], ends[:-1] + 1))
        self.lengths = ends - self.starts

    def some(self, chosen: NDArray[np.intp]) -> list[str]:
        """Return the tokens at the given indexes as strings."""
        starts = self.starts[chosen]
        ends = starts + self.lengths[chosen]
        return [self._text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


class Vocabulary:
    """The words met so far, in the order they were met; safe to share between threads."""

    def __init__(self) -> None:
        """Start with no words."""
        self.words: list[str] = []
        """Words by number, punctuation included."""
        self._numbers: dict[str, int] = {}
        self._flags = np.zeros(0, dtype=np.bool_)
        self._adding = Lock()
        self._idle: list[_Cache] = []

    def number(self, tokens: Tokens) -> tuple[WordNumbers, NDArray[np.bool_]]:
        """Return each token's number, and a flag that is false for punctuation."""
        try:
            cache = self._idle.pop()
        except IndexError:
            cache = _Cache()
        numbers = self._numbered(tokens, cache)
        self._idle.append(cache)
        return numbers, self._flags[numbers]

    def _numbered(self, tokens: Tokens, cache: "_Cache") -> WordNumbers:
        keys = _keys(tokens)
        numbers, slots = cache.look_up(keys)
        keyless = np.flatnonzero(keys == _NO_KEY)
        numbers[keyless] = self._look_up(tokens.some(keyless))
        missed = np.flatnonzero((cache.keys[slots] != keys) & (keys != _NO_KEY))
        while len(missed):
            # Of several keys that want one slot, one gets it; tokens with another key are looked up again.
            chosen = cache.one_for_each_slot(slots[missed], missed)
            cache.put(slots[chosen], keys[chosen], self._look_up(tokens.some(chosen)))
            wanted = slots[missed]
            numbers[missed] = cache.numbers[wanted]
            missed = missed[cache.keys[wanted] != keys[missed]]
        return numbers

    def _look_up(self, tokens: Sequence[str]) -> WordNumbers:
        """Look up the numbers of tokens one by one, adding those that are new."""
        with self._adding:
            new = [token for token in dict.fromkeys(tokens) if token not in self._numbers]
            if new:
                self._numbers.update(zip(new, count(len(self.words)), strict=False))
                self.words += new
                flags = np.fromiter(map(is_word, new), dtype=np.bool_, count=len(new))
                self._flags = np.concatenate((self._flags, flags))
            return np.fromiter(map(self._numbers.__getitem__, tokens), dtype=np.uint32, count=len(tokens))


class _Cache:
    """The numbers of some keys, each in the one slot it can have; not safe to share between threads."""

    def __init__(self) -> None:
        """Start empty."""
        self.keys = np.full(1 << _SLOTS, _NO_KEY, dtype=np.uint64)
        self.numbers = np.zeros(1 << _SLOTS, dtype=np.uint32)

    def look_up(self, keys: _Keys) -> tuple[WordNumbers, NDArray[np.intp]]:
        """Return the number in each key's slot, and the slot; the slot may hold another key."""
        slots = (keys * _FACTOR >> np.uint64(64 - _SLOTS)).astype(np.intp)
        return self.numbers[slots], slots

    def one_for_each_slot(self, slots: NDArray[np.intp], names: NDArray[np.intp]) -> NDArray[np.intp]:
        """Choose one name for each slot that is wanted; the numbers in these slots are overwritten."""
        self.numbers[slots] = names
        chosen: NDArray[np.intp] = names[self.numbers[slots] == names]
        return chosen

    def put(self, slots: NDArray[np.intp], keys: _Keys, numbers: WordNumbers) -> None:
        """Put keys with their numbers into distinct slots."""
        self.keys[slots] = keys
        self.numbers[slots] = numbers


def _keys(tokens: Tokens) -> _Keys:
    padded = np.zeros(len(tokens.codes) + _LENGTH, dtype=np.uint64)
    padded[:-_LENGTH] = tokens.codes
    # The mask cuts off the following token's characters, since characters up to U+FFFF keep to their 16 bits.
    packed = padded[: 1 - _LENGTH].copy()
    for place in range(1, _LENGTH):
        packed |= padded[place : place + len(packed)] << np.uint64(16 * place)
    keys: _Keys = packed[tokens.starts] & _MASKS[np.minimum(tokens.lengths, _LENGTH)]
    keys[tokens.lengths > _LENGTH] = _NO_KEY
    beyond = np.flatnonzero(tokens.codes > 0xFFFF)
    keys[np.searchsorted(tokens.starts, beyond, side="right") - 1] = _NO_KEY
    return keys
