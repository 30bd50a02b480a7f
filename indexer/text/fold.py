"""Folds text for comparison: width, case, white space.

Folding maps one character to one character or to none, never to several, so that every place in the folded text has a
place in the stored text (NFKC would turn ㎡ into m2 and … into ...).
"""

import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.text.variants import simplifications, simplified, with_arabic_years

Codes = NDArray[np.uint32]
"""Code points, one per element."""

ZERO_WIDTH = "\x00\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Characters that print nothing: kept in stored text, but skipped in comparison like white space."""


def shape() -> tuple[object, ...]:
    """Return what determines folded text: the constants, and the table made from Python's Unicode data."""
    return ZERO_WIDTH, CASED, tuple(sorted(_full_table().items()))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with the place of each character in the original."""

    text: str
    offsets: Sequence[int] | NDArray[np.intp]
    """Offset in the original of each folded character."""

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original from which the folded range `[start, end)` came, also half-open."""
        return int(self.offsets[start]), int(self.offsets[end - 1]) + 1


def fold(text: str) -> str:
    """Return the text with width and case unified and white space dropped: `ＡＰＥＣ　会议` becomes `apec会议`."""
    return text.translate(_full_table())


def fold_with_offsets(text: str) -> Folded:
    """Fold like `fold`, and keep each character's offset in the original."""
    if len(text) < _SHORT:
        table = _full_table()
        folded = text.translate(table)
        if len(folded) == len(text):
            return Folded(folded, range(len(text)))
        return Folded(folded, [at for at, char in enumerate(text) if table.get(ord(char), 0) is not None])
    codes = _code_table()[code_points(text)]
    kept = codes != _DROPPED
    if kept.all():
        return Folded(decode_points(codes), range(len(text)))
    return Folded(decode_points(codes[kept]), np.flatnonzero(kept))


def fold_codes(text: str) -> tuple[Codes, NDArray[np.bool_]]:
    """Fold like `fold`; return the code points kept, and a flag per original character: whether it was kept."""
    codes = _code_table()[code_points(text)]
    kept = codes != _DROPPED
    return codes[kept], kept


def code_points(text: str) -> Codes:
    """Return the text's code points."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def decode_points(codes: Codes) -> str:
    """Return the text that the code points stand for."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def fold_for_words(text: str) -> str:
    """Fold like `fold`, and convert to simplified characters and Arabic years, which jieba's dictionary expects.

    One space is left where white space follows a Latin letter, because it separates words there.
    """
    if len(text) < _SHORT and len(folded := fold(text)) == len(text):
        return with_arabic_years(simplified(folded))
    return fold_all_for_words((text,))[0]


def fold_all_for_words(texts: Sequence[str]) -> list[str]:
    """Fold each text like `fold_for_words`; many at once, since every array operation has a fixed cost."""
    codes = _word_table()[code_points("".join(texts))]
    ends = np.cumsum(np.fromiter(map(len, texts), dtype=np.intp, count=len(texts)))
    dropped = codes == _DROPPED
    if dropped.any():
        latin = (codes >= ord("a")) & (codes <= ord("z"))
        parting = dropped.copy()
        parting[1:] &= latin[:-1]
        parting[:1] = False
        # White space at the beginning of a text separates nothing.
        parting[ends[:-1][ends[:-1] < len(codes)]] = False
        codes[parting] = ord(" ")
        kept = parting | ~dropped
        ends = np.concatenate(([0], np.cumsum(kept)))[ends]
        codes = codes[kept]
    folded = decode_points(codes)
    return [with_arabic_years(folded[start:end]) for start, end in pairwise((0, *ends.tolist()))]


@lru_cache(256)
def fold_width(text: str) -> str:
    """Fold width alone; the result has the same length, so patterns found in it have the same offsets.

    Results are cached, because a parser tries several patterns on each line.
    """
    return text.translate(_width_table())


_SHORT = 48
"""Texts with fewer characters are folded without arrays, which would cost more than they save."""
_DROPPED = 0xFFFFFFFF
CASED = 0x20000
"""Above this code point no character has a case or is white space, as of Unicode 16; a test checks it."""


@cache
def _code_table() -> Codes:
    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    for code, folded in _full_table().items():
        table[code] = _DROPPED if folded is None else folded
    return table


@cache
def _word_table() -> Codes:
    table = _code_table().copy()
    for code, simple in simplifications().items():
        table[code] = simple
    return table


@cache
def _width_table() -> Mapping[int, int]:
    table = {}
    for code in (0x3000, *range(0xFF01, 0xFFEF)):
        kind, _, target = unicodedata.decomposition(chr(code)).partition(" ")
        if kind in ("<wide>", "<narrow>"):
            table[code] = int(target, 16)
    return table


@cache
def _full_table() -> Mapping[int, int | None]:
    """Return what each code point folds to, without those that stay the same; None for those dropped."""
    widths = _width_table()
    table: dict[int, int | None] = {}
    for code in range(CASED):
        narrow = chr(widths.get(code, code))
        lower = narrow.lower()
        folded = lower if len(lower) == 1 else narrow
        if folded.isspace() or folded in ZERO_WIDTH:
            table[code] = None
        elif ord(folded) != code:
            table[code] = ord(folded)
    return table
