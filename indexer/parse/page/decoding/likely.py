"""Rates how likely characters are in Chinese print: each adds a cost to a reading that contains it."""

import re
from collections import Counter
from collections.abc import Set
from functools import cache

from indexer.parse.page.decoding.gb import (
    HAN,
    PRIVATE,
    common_characters,
    is_han,
    known_characters,
    symbols,
    traditional_characters,
)

_PLAIN = (
    *map(chr, range(0x3000, 0x3012)),
    *map(chr, range(0x3014, 0x3018)),
    *map(chr, range(0xFF01, 0xFF5F)),
    *map(chr, range(ord("①"), ord("⑳") + 1)),
    *map(chr, range(ord("Ⅰ"), ord("Ⅻ") + 1)),
    *"￥·—‘’“”…×",
)
"""Punctuation, full-width forms, and numbers in one character."""
_FOREIGN = re.compile("[À-žΑ-ωА-яЁё]")
"""Letters of other alphabets that occur in print."""
_SYMBOL = 0.25
"""Cost of a symbol; it is low because symbols come in numbers, as in tables or Japanese names."""
_LETTERS = "\u0800"
"""Up to here characters are letters that UTF-8 writes in two bytes; many GB pairs can be misread as such."""
_TRADITIONAL = 0.5
"""Cost of a traditional character on a page; the sample in traditional characters has 0.3 on average."""
_MANY = 50
"""With more different rare characters than this, all characters of a text are counted in one pass."""


@cache
def free_characters() -> frozenset[str]:
    """Return the characters that cost nothing, ASCII included: nearly all of most pages."""
    return common_characters().union(_PLAIN, map(chr, range(0x80)))


@cache
def cost(char: str, *, letters_tell: bool) -> float:
    """Return a character's cost: 0 for common characters of Chinese print, up to 4 for what print never has.

    Symbols say little against a reading.  With `letters_tell`, letters do: many GB pairs misread as UTF-8 become
    letters.
    """
    if char in free_characters():
        return 0.0
    if char in symbols() and (char > _LETTERS or not letters_tell):
        return _SYMBOL
    if char in known_characters() or _FOREIGN.match(char):
        return 1.0
    return 4.0 if PRIVATE.match(char) or char < "\u2000" else 2.0


def mean_cost(text: str, *, letters_tell: bool) -> float:
    """Return the average cost of the characters beyond ASCII; 0 if there are none."""
    counts = _counted(text, set(text) - free_characters())
    return (
        sum(cost(char, letters_tell=letters_tell) * count for char, count in counts.items()) / beyond_ascii(text)
        if counts
        else 0.0
    )


def mean_han_cost(text: str, at_least: int) -> float:
    """Return the average cost of the Han characters; 0 if there are fewer than `at_least`.

    Other characters are left out: box drawing, units, kana and letters with tones occur in pages of any encoding.
    Traditional characters are as likely as simplified ones but cost a little, since a page has either.
    """
    counts = _counted(text, {char for char in set(text) - free_characters() if is_han(char)})
    count = len(text) - len(HAN.sub("", text)) if counts else 0
    if not counts or count < at_least:
        return 0.0
    traditional = traditional_characters()
    return (
        sum((_TRADITIONAL if char in traditional else cost(char, letters_tell=False)) * counts[char] for char in counts)
        / count
    )


def _counted(text: str, rare: Set[str]) -> dict[str, int]:
    counts = Counter(text) if len(rare) > _MANY else None
    return {char: counts[char] if counts else text.count(char) for char in rare}


def beyond_ascii(text: str) -> int:
    """Return the number of characters beyond ASCII."""
    return len(text) - len(text.encode("ascii", errors="ignore"))
