"""Joins letters and the marks behind them, which Unicode writes in one character or in several: e and ´ are é.

What is joined is what Unicode's canonical composition joins, and also the few characters that it takes apart but never
puts together: of two ways to write the same, both become the shorter one, so that each character of the result can have
a place of its own in the text.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from operator import itemgetter

from indexer.text.forms import CASED, forms

_VOWELS = range(0x1161, 0x1176)
_FINALS = range(0x11A8, 0x11C3)
"""Hangul letters that join the ones before them; Unicode reckons these syllables, no table has them."""


def shape() -> tuple[object, ...]:
    """Return what determines which characters are joined."""
    return _VOWELS, _FINALS, tuple(sorted(pairs().items())), tuple(sorted(joiners().items()))


def join(text: str) -> str:
    """Join the characters of a folded text that begins with a letter and has only `joiners` behind it.

    The result is the same for all ways to write the same, and never longer than the text: where it would be (two long
    vowels of Tibetan on one letter, which nobody writes), the text stays as it is.
    """
    table = pairs()
    joined: list[str] = []
    starter, last = -1, 0
    for _, rank, char in _apart(text):
        if starter >= 0 and (last < rank or starter == len(joined) - 1):
            one = _joined(joined[starter] + char, table)
            if one:
                joined[starter] = one
                continue
        if joined and rank and (both := table.get(joined[-1] + char)):
            joined[-1] = both
        else:
            if not rank:
                starter = len(joined)
            joined.append(char)
        last = rank
    return "".join(joined) if len(joined) <= len(text) else text


@lru_cache(4096)
def join_briefly(text: str) -> str:
    """Return what `join` does; remembered, since texts repeat the same few letters."""
    return join(text)


@cache
def pairs() -> Mapping[str, str]:
    """Return which two folded characters make one folded character, but for Hangul."""
    table = {}
    for char in map(chr, range(CASED)):
        parts = unicodedata.decomposition(char).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            first, second = (_folded(chr(int(part, 16))) for part in parts)
            table[first + second] = _folded(char)
    return table


@cache
def joiners() -> Mapping[int, int]:
    """Return the folded characters that can join the one before them or change places, with their combining class."""
    found = {ord(pair[1]) for pair in pairs()} | set(_VOWELS) | set(_FINALS)
    for code in range(CASED):
        if unicodedata.combining(unicodedata.normalize("NFD", chr(code))[0]):
            found.add(code)
    return {code: unicodedata.combining(chr(code)) for code in found if code not in forms()}


def _apart(text: str) -> list[tuple[int, int, str]]:
    """Take a folded text apart into letters and marks, in Unicode's order, each behind its letter's number and its class.

    They are sorted here, because `unicodedata` takes time by the square of their number.
    """
    shown, marks = _shown(), joiners()
    letter = 0
    parts = []
    for char in text:
        for part in unicodedata.normalize("NFD", char).translate(shown):
            rank = marks.get(ord(part), 0)
            letter += not rank
            parts.append((letter, rank, part))
    return sorted(parts, key=itemgetter(0, 1))


@cache
def _shown() -> Mapping[int, int]:
    """Return what characters fold to that are not dropped: taking a letter apart gives a capital of one (İ)."""
    return {code: form for code, form in forms().items() if form is not None}


def _joined(pair: str, table: Mapping[str, str]) -> str:
    """Return the character that two make, or nothing."""
    if ord(pair[1]) in _VOWELS or ord(pair[1]) in _FINALS:
        syllable = unicodedata.normalize("NFC", pair)
        return syllable if len(syllable) == 1 else ""
    return table.get(pair, "")


def _folded(char: str) -> str:
    form = forms().get(ord(char), ord(char))
    return "" if form is None else chr(form)
