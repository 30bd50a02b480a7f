"""Numbers characters with 16 bits.

Those of the Basic Multilingual Plane have their own code point; each other one gets a surrogate's, which no text
contains.
"""

import unicodedata
from codecs import utf_16_le_decode
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexFailure
from indexer.text import joining
from indexer.text.fold import Codes, code_points, decode_points, fold
from indexer.text.forms import forms

Codes16 = NDArray[np.uint16]
BETWEEN = 0
"""Number placed after each string: folding drops it, so no query can hold it and no match runs across it."""
_PLANE = 0x10000
_SURROGATES = range(0xD800, 0xE000)
_BEYOND = tuple(bytes([first]) for first in range(0xF0, 0xF5))
"""First bytes of characters beyond U+FFFF in UTF-8."""


def shape() -> tuple[object, ...]:
    """Return the constants that determine how characters are numbered."""
    return BETWEEN, _PLANE, _SURROGATES, _BEYOND


def characters_beyond(record: bytes) -> set[str]:
    """Return the characters beyond U+FFFF that the strings in a UTF-8 record may have after folding."""
    if not any(first in record for first in _may_lead_beyond()):
        return set()
    folded = "".join({char for char in fold(record.decode()) if ord(char) >= _PLANE})
    # What a newline parts is joined in the string, but not in the record, where the newline is an escape.
    found = {*folded, *unicodedata.normalize("NFD", folded)}
    found |= {char for pair, char in joining.pairs().items() if pair[1] in found}
    return {char for char in found if ord(char) >= _PLANE}


@cache
def _may_lead_beyond() -> tuple[bytes, ...]:
    """Return beginnings of characters in UTF-8, of which a text has one if it is to have characters beyond U+FFFF."""
    nearer = {chr(code).encode()[:2] for code, form in forms().items() if code < _PLANE and form and form >= _PLANE}
    return *_BEYOND, *sorted(nearer)


class Numbering:
    """The numbers of one archive's characters."""

    def __init__(self, beyond: Iterable[str]) -> None:
        """Assign numbers to the given characters, all beyond U+FFFF.

        Raises `IndexFailure` if there are more of them than surrogates.
        """
        self.beyond = "".join(sorted(set(beyond)))
        if len(self.beyond) > len(_SURROGATES):
            raise IndexFailure("index-too-many-characters", count=len(self.beyond), limit=len(_SURROGATES))
        self._codes = code_points(self.beyond)
        self._numbers = dict(zip(self.beyond, _SURROGATES, strict=False))

    def number(self, char: str) -> int:
        """Return a character's number; 0 if the archive cannot contain it."""
        code = ord(char)
        if code in _SURROGATES:
            return 0
        return code if code < _PLANE else self._numbers.get(char, 0)

    def encode(self, codes: Codes) -> Codes16:
        """Return the numbers of code points."""
        if self.beyond and len(far := np.flatnonzero(codes >= _PLANE)):
            codes = codes.copy()
            codes[far] = np.searchsorted(self._codes, codes[far]) + _SURROGATES.start
        return codes.astype(np.uint16)

    def decode(self, numbers: Codes16) -> str:
        """Return the text that the numbers stand for."""
        return self.decoded(numbers.tobytes())

    def decoded(self, octets: bytes) -> str:
        """Return the text that numbers stand for, given as they are in memory."""
        if not self.beyond:
            return utf_16_le_decode(octets, "strict", True)[0]
        numbers = np.frombuffer(octets, dtype="<u2")
        codes = numbers.astype(np.uint32)
        far = np.flatnonzero((numbers >= _SURROGATES.start) & (numbers < _SURROGATES.stop))
        codes[far] = self._codes[codes[far] - _SURROGATES.start]
        return decode_points(codes)
