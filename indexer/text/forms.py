"""Defines what each character folds to by itself: width, case, radicals, and what prints nothing.

Every table maps one character to one or to none.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain

from indexer.text.wordlists import radicals

INVISIBLE = (
    (0x0000, 0x0000),
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
"""First and last of the characters that print nothing: NUL, and Unicode's Default_Ignorable_Code_Point (the last ranges
hold unassigned ones, too).  They are kept in stored text, but skipped in comparison."""
CASED = 0x20000
"""Above this code point no character has a case, a width or is white space, as of Unicode 16; a test checks it."""
_KANGXI = range(0x2F00, 0x2FD6)
_FAR = (range(0x2F800, 0x2FA20), range(0xE0000, 0xE1000))
"""What folds to another character or to none above `CASED`: compatibility ideographs, and what prints nothing."""


@cache
def widths() -> Mapping[int, int]:
    """Return the half-width form of full-width characters, and the reverse where that is the usual one."""
    table = {}
    for code in (0x3000, *range(0xFF01, 0xFFEF)):
        kind, _, target = unicodedata.decomposition(chr(code)).partition(" ")
        if kind in ("<wide>", "<narrow>"):
            table[code] = int(target, 16)
    return table


@cache
def invisible() -> frozenset[int]:
    """Return the characters that print nothing and part nothing, as code points."""
    return frozenset(chain.from_iterable(range(first, last + 1) for first, last in INVISIBLE))


@cache
def forms() -> Mapping[int, int | None]:
    """Return what each code point folds to, without those that stay the same; None for those dropped."""
    narrow, ideographs, unseen = widths(), _ideographs(), invisible()
    table: dict[int, int | None] = {}
    for code in _candidates():
        form = _one(chr(ideographs.get(code) or narrow.get(code, code)))
        if form.isspace() or code in unseen:
            table[code] = None
        elif ord(form) != code:
            table[code] = ord(form)
    return table


def _candidates() -> Iterator[int]:
    return chain(range(CASED), *_FAR)


def _one(char: str) -> str:
    """Return a character as Unicode composes it, in lower case, as far as that is a single character."""
    composed = unicodedata.normalize("NFC", char)
    char = composed if len(composed) == 1 else char
    lower = char.lower()
    return lower if len(lower) == 1 else char


@cache
def _ideographs() -> Mapping[int, int]:
    """Return the ideograph that each radical looks like."""
    kangxi = {code: int(unicodedata.decomposition(chr(code)).split()[1], 16) for code in _KANGXI}
    return kangxi | {ord(radical): ord(ideograph) for radical, ideograph in radicals()}
