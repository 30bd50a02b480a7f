"""Folds text for comparison: width, case, white space; knows nothing of queries or indexes.

Folding maps one character to one character or to none, never to several, so that every place in the folded
text has a place in the stored text (NFKC would turn ㎡ into m2 and … into ...).
"""

import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

ZERO_WIDTH = "\x00\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Characters that print nothing: left in stored text, skipped in comparison like white space."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with the way back to the text it came from."""

    text: str
    offsets: tuple[int, ...]
    """For each folded character, its offset in the original."""

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the half-open range of the original that the folded range `[start, end)` came from."""
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> str:
    """Fold width and case to one form and drop white space: `ＡＰＥＣ　会议` becomes `apec会议`."""
    return text.translate(_full_table())


def fold_with_offsets(text: str) -> Folded:
    """Fold like `fold`, and remember where each character stood."""
    table = _full_table()
    offsets = tuple(at for at, char in enumerate(text) if table.get(ord(char), 0) is not None)
    return Folded(text.translate(table), offsets)


def fold_width(text: str) -> str:
    """Fold width alone; the result has the same length, so patterns found in it lie at the same offsets."""
    return text.translate(_width_table())


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
    """All code points that fold to something else than themselves."""
    widths = _width_table()
    table: dict[int, int | None] = {}
    for code in range(sys.maxunicode + 1):
        narrow = chr(widths.get(code, code))
        lower = narrow.lower()
        folded = lower if len(lower) == 1 else narrow
        if folded.isspace() or folded in ZERO_WIDTH:
            table[code] = None
        elif ord(folded) != code:
            table[code] = ord(folded)
    return table
