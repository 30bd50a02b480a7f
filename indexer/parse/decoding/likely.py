"""How likely characters are in Chinese print: what each costs a reading that has it; knows no bytes."""

import re
from collections import Counter
from functools import cache

from indexer.parse.decoding.gb import PRIVATE, common_characters, known_characters

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
_MANY = 50
"""Rare characters from which all of a text are counted in one go."""


@cache
def free_characters() -> frozenset[str]:
    """Give the characters that cost nothing, ASCII among them: nearly all of most pages."""
    return common_characters().union(_PLAIN, map(chr, range(0x80)))


@cache
def cost(char: str) -> float:
    """Give what a character costs: nothing for common ones of Chinese print, up to 4 for what print never has."""
    if char in free_characters():
        return 0.0
    if char in known_characters() or _FOREIGN.match(char):
        return 1.0
    return 4.0 if PRIVATE.match(char) or char < "\u2000" else 2.0


def mean_cost(text: str) -> float:
    """Give what a character beyond ASCII costs on average; 0 where there is none."""
    rare = set(text) - free_characters()
    if not rare:
        return 0.0
    counts = Counter(text) if len(rare) > _MANY else {char: text.count(char) for char in rare}
    return sum(cost(char) * counts[char] for char in rare) / beyond_ascii(text)


def beyond_ascii(text: str) -> int:
    """Count the characters beyond ASCII."""
    return len(text) - len(text.encode("ascii", errors="ignore"))
