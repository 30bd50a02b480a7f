"""Reads the word lists stored as text files beside this module."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def function_words() -> frozenset[str]:
    """Return words that do not tell what a text is about: particles, pronouns, question words."""
    return frozenset(word for line in _lines("function-words.txt") for word in line.split())


@cache
def generic_titles() -> frozenset[str]:
    """Return titles that many entries share; what such an entry is about is told by its heading."""
    return frozenset(_lines("generic-titles.txt"))


@cache
def lexicon() -> tuple[str, ...]:
    """Return terms of the field that a general dictionary does not list as one word."""
    return tuple(word for line in _lines("lexicon.txt") for word in line.split())


@cache
def synonyms() -> tuple[tuple[str, ...], ...]:
    """Return groups of terms that mean the same: full names and short forms."""
    return tuple(tuple(line.split()) for line in _lines("synonyms.txt"))


@cache
def lookalikes() -> tuple[tuple[str, str, str], ...]:
    """Return the classes of look-alike characters: the characters, the source, and the reason for each class."""
    rows = [line.split("\t") for line in _lines("lookalikes.txt")]
    return tuple((group, source, reason) for group, source, reason in rows)


@cache
def role_words() -> tuple[str, ...]:
    """Return words that stand beside a name in a signature and say what somebody did or was, longest first."""
    return tuple(sorted((word for line in _lines("role-words.txt") for word in line.split()), key=len, reverse=True))


@cache
def name_lookalikes() -> tuple[str, ...]:
    """Return further classes of look-alike characters, which say something of names alone."""
    return tuple(_lines("name-lookalikes.txt"))


@cache
def radicals() -> tuple[tuple[str, str], ...]:
    """Return the radicals that have a code point of their own beside the ideograph, each with this."""
    return tuple((radical, ideograph) for radical, ideograph in (line.split("\t") for line in _lines("radicals.txt")))


@cache
def surnames() -> Mapping[str, tuple[str, ...]]:
    """Return surnames that are not read as their characters usually are, each with its syllables; longer ones last."""
    rows = [line.split() for line in _lines("surnames.txt")]
    return {name: tuple(syllables) for name, *syllables in sorted(rows, key=lambda row: len(row[0]))}


def _lines(name: str) -> list[str]:
    lines = files("indexer.text").joinpath(name).read_text("utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]
