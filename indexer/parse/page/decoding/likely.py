"""How likely characters are in Chinese print: what each costs a reading that has it; knows no bytes."""

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
"""Punctuation, full-width forms, and numbers that stand for themselves."""
_FOREIGN = re.compile("[À-žΑ-ωА-яЁё]")
"""Letters of other alphabets as print has them."""
_SYMBOL = 0.25
"""What a symbol costs: where one is, as in a table or a Japanese name, there are many."""
_LETTERS = "\u0800"
"""Up to here characters are letters that UTF-8 writes in two bytes, as which many pairs of GB can be read."""
_TRADITIONAL = 0.5
"""What a character of traditional prose costs a page: the sample in traditional characters has 0.3 on average."""
_MANY = 50
"""Rare characters from which all of a text are counted in one go."""


@cache
def free_characters() -> frozenset[str]:
    """Give the characters that cost nothing, ASCII among them: nearly all of most pages."""
    return common_characters().union(_PLAIN, map(chr, range(0x80)))


@cache
def cost(char: str, *, letters_tell: bool) -> float:
    """Give what a character costs: nothing for common ones of Chinese print, up to 4 for what print never has.

    Symbols tell little against a reading.  Letters do where `letters_tell`: read as UTF-8, many pairs of GB are some.
    """
    if char in free_characters():
        return 0.0
    if char in symbols() and (char > _LETTERS or not letters_tell):
        return _SYMBOL
    if char in known_characters() or _FOREIGN.match(char):
        return 1.0
    return 4.0 if PRIVATE.match(char) or char < "\u2000" else 2.0


def mean_cost(text: str, *, letters_tell: bool) -> float:
    """Give what a character beyond ASCII costs on average; 0 where there is none."""
    counts = _counted(text, set(text) - free_characters())
    return (
        sum(cost(char, letters_tell=letters_tell) * count for char, count in counts.items()) / beyond_ascii(text)
        if counts
        else 0.0
    )


def mean_han_cost(text: str, at_least: int) -> float:
    """Give what a Han character costs on average; 0 where there are fewer than `at_least`.

    Tables are drawn, and units, kana and letters with tones printed, in pages of any encoding: they tell nothing of it.
    Characters of traditional prose are as likely as those of simplified, but cost a little, since a page has either.
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
    """Count the characters beyond ASCII."""
    return len(text) - len(text.encode("ascii", errors="ignore"))
