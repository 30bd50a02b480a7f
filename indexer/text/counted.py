"""Tells words that only number or count something: rare as they may be, they tell nobody what a text is about."""

NUMERALS = "〇○零一二三四五六七八九十百千万0123456789|亿|两|第|几"
"""What numbers are written with; the strokes only part them."""
UNITS = "|年|月|日|号|个|名|人|次|件|元|项|家|所|位"
"""What is counted."""


def shape() -> tuple[object, ...]:
    """Return the constants that determine which words these are."""
    return NUMERALS, UNITS


def counts_something(word: str) -> bool:
    """Return whether a word is a number, or one with what it counts.

    >>> [counts_something(word) for word in ("一百一十七名", "1984年", "第一次", "一线", "三方")]
    [True, True, True, False, False]
    """
    return word[0] in NUMERALS and all(char in NUMERALS or char in UNITS for char in word)
