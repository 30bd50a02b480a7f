"""Numbers the words of a build; knows no entry.

Text has millions of tokens and few words, so tokens are not looked up one by one: the characters of up to four are one
whole number, and such numbers are looked up in an array, all at once.
"""

from collections.abc import Sequence
from itertools import count
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from indexer.text.analyzer import is_word
from indexer.text.fold import code_points

NUL = "\0"
"""What stands between tokens: folding drops it, so none has it."""
_LENGTH = 4
"""Characters, of 16 bits, that go into a key."""
_MASKS = np.array([(1 << 16 * length) - 1 for length in range(_LENGTH + 1)], dtype=np.uint64)
_NO_KEY = 0
"""Key of tokens that are longer, or have a character beyond U+FFFF, or have none."""
_SLOTS = 18
"""Binary logarithm of the size of a cache: 3 MB."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio: multiplied by it, keys spread evenly (Knuth, The Art of Computer Programming, 6.4)."""

WordNumbers = NDArray[np.uint32]
_Keys = NDArray[np.uint64]


class Tokens:
    """What texts were cut into, as one string: a string for each token takes ten times the room and the time."""

    def __init__(self, text: str) -> None:
        """Take tokens with `NUL` between them."""
        self._text = text
        self.codes = code_points(text)
        ends = np.append(np.flatnonzero(self.codes == ord(NUL)), len(self.codes))
        self.starts = np.concatenate(([0], ends[:-1] + 1))
        self.lengths = ends - self.starts

    def some(self, chosen: NDArray[np.intp]) -> list[str]:
        """Give tokens as strings."""
        starts = self.starts[chosen]
        ends = starts + self.lengths[chosen]
        return [self._text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


class Vocabulary:
    """The words met so far, in the order they were met in; threads may share it."""

    def __init__(self) -> None:
        """Begin."""
        self.words: list[str] = []
        """By number; punctuation too."""
        self._numbers: dict[str, int] = {}
        self._flags = np.zeros(0, dtype=np.bool_)
        self._adding = Lock()
        self._idle: list[_Cache] = []

    def number(self, tokens: Tokens) -> tuple[WordNumbers, NDArray[np.bool_]]:
        """Number tokens; say beside which are words, not punctuation."""
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
            # One of the keys that want a slot gets it; tokens with another one are looked up again.
            chosen = cache.one_for_each_slot(slots[missed], missed)
            cache.put(slots[chosen], keys[chosen], self._look_up(tokens.some(chosen)))
            wanted = slots[missed]
            numbers[missed] = cache.numbers[wanted]
            missed = missed[cache.keys[wanted] != keys[missed]]
        return numbers

    def _look_up(self, tokens: Sequence[str]) -> WordNumbers:
        """Number tokens one by one; those that are new are added."""
        with self._adding:
            new = [token for token in dict.fromkeys(tokens) if token not in self._numbers]
            if new:
                self._numbers.update(zip(new, count(len(self.words)), strict=False))
                self.words += new
                flags = np.fromiter(map(is_word, new), dtype=np.bool_, count=len(new))
                self._flags = np.concatenate((self._flags, flags))
            return np.fromiter(map(self._numbers.__getitem__, tokens), dtype=np.uint32, count=len(tokens))


class _Cache:
    """The numbers of some keys, each in the one slot it can have; not to be shared by threads."""

    def __init__(self) -> None:
        """Begin with none."""
        self.keys = np.full(1 << _SLOTS, _NO_KEY, dtype=np.uint64)
        self.numbers = np.zeros(1 << _SLOTS, dtype=np.uint32)

    def look_up(self, keys: _Keys) -> tuple[WordNumbers, NDArray[np.intp]]:
        """Give each key's slot and the number that lies there; the key that lies there may be another one."""
        slots = (keys * _FACTOR >> np.uint64(64 - _SLOTS)).astype(np.intp)
        return self.numbers[slots], slots

    def one_for_each_slot(self, slots: NDArray[np.intp], names: NDArray[np.intp]) -> NDArray[np.intp]:
        """Choose one name for each slot that is wanted; what lies there is lost."""
        self.numbers[slots] = names
        chosen: NDArray[np.intp] = names[self.numbers[slots] == names]
        return chosen

    def put(self, slots: NDArray[np.intp], keys: _Keys, numbers: WordNumbers) -> None:
        """Put keys with their numbers into slots, each once."""
        self.keys[slots] = keys
        self.numbers[slots] = numbers


def _keys(tokens: Tokens) -> _Keys:
    padded = np.zeros(len(tokens.codes) + _LENGTH, dtype=np.uint64)
    padded[:-_LENGTH] = tokens.codes
    # Of a token without characters beyond U+FFFF, another one's cannot reach further down than the mask.
    packed = padded[: 1 - _LENGTH].copy()
    for place in range(1, _LENGTH):
        packed |= padded[place : place + len(packed)] << np.uint64(16 * place)
    keys: _Keys = packed[tokens.starts] & _MASKS[np.minimum(tokens.lengths, _LENGTH)]
    keys[tokens.lengths > _LENGTH] = _NO_KEY
    beyond = np.flatnonzero(tokens.codes > 0xFFFF)
    keys[np.searchsorted(tokens.starts, beyond, side="right") - 1] = _NO_KEY
    return keys
