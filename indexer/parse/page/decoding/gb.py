"""Corrects what Python's codec makes of GB 18030 pages of the time, and lists which characters are common."""

import re
from functools import cache

PRIVATE = re.compile("[\ue000-\uf8ff]")
HAN = re.compile("[\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0010ffff]+")
"""Han characters, and private-use ones, which fonts and damage put in their place."""
_MEANT = {
    "\ue5e5": "\u3000",  # A3A0: an ideographic space in the GBK of the time
    **{chr(0xE78D + n): char for n, char in enumerate("\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19")},
    "\ue7c7": "\u1e3f",
    "\ue81e": "\u9fb4",
    "\ue826": "\u9fb5",
    "\ue82b": "\u9fb6",
    "\ue82c": "\u9fb7",
    "\ue832": "\u9fb8",
    "\ue843": "\u9fb9",
    "\ue854": "\u9fba",
    "\ue864": "\u9fbb",
    "\ue816": "\U00020087",
    "\ue817": "\U00020089",
    "\ue818": "\U000200cc",
    "\ue831": "\U000215d7",
    "\ue83b": "\U0002298f",
    "\ue855": "\U000241fe",
}
"""What private-use characters mean that Python's codec (GB 18030-2000) returns for pairs with characters of their own
by now: in GB 18030-2022, the last six in print (Lunde, CJKV Information Processing, table 3-37)."""
_TABLE = str.maketrans(_MEANT)


def meant(text: str) -> str:
    """Return text read as GB 18030 with private-use characters replaced by what they mean; others stay."""
    return text.translate(_TABLE) if PRIVATE.search(text) else text


@cache
def common_characters() -> frozenset[str]:
    """Return the 3,755 characters of GB 2312's first level."""
    return frozenset("".join(_row(lead) for lead in range(0xB0, 0xD8)))


@cache
def known_characters() -> frozenset[str]:
    """Return the 3,008 characters of GB 2312's second level: rarer, but in print."""
    return frozenset("".join(_row(lead) for lead in range(0xD8, 0xF8)))


@cache
def traditional_characters() -> frozenset[str]:
    """Return the 5,401 characters of Big5's first level, which prose in traditional characters uses."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes((lead, trail)) for lead in range(0xA4, 0xC7) for trail in trails)
    return frozenset("".join(pair.decode("big5") for pair in pairs if pair < b"\xc6\x7f"))


@cache
def symbols() -> frozenset[str]:
    """Return what GBK has beside Han characters: box drawing, kana, units, letters with tones."""
    trails = (*range(0x40, 0x7F), *range(0x80, 0xFF))
    pairs = (bytes((lead, trail)) for lead in range(0xA1, 0xAA) for trail in trails)
    return frozenset(char for pair in pairs if not is_han(char := pair.decode("gb18030")))


def is_han(char: str) -> bool:
    """Return whether a character is Han, or a private-use one, which fonts and damage put in its place."""
    return HAN.match(char) is not None


def _row(lead: int) -> str:
    return "".join(bytes((lead, trail)).decode("gb2312", errors="ignore") for trail in range(0xA1, 0xFF))
