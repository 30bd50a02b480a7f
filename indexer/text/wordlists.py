"""The word lists that lie beside this module as text: one reader for all of them; knows not what they are used for."""

from functools import cache
from importlib.resources import files


@cache
def function_words() -> frozenset[str]:
    """Give the words that say nothing of what a text is about: particles, pronouns, question words."""
    return frozenset(word for line in _lines("function-words.txt") for word in line.split())


@cache
def generic_titles() -> frozenset[str]:
    """Give the titles that many entries have: such an entry is about what its heading says."""
    return frozenset(_lines("generic-titles.txt"))


@cache
def lexicon() -> tuple[str, ...]:
    """Give the terms of the field that a general dictionary does not know as one word."""
    return tuple(word for line in _lines("lexicon.txt") for word in line.split())


@cache
def synonyms() -> tuple[tuple[str, ...], ...]:
    """Give the sets of terms that mean the same: full names and short forms."""
    return tuple(tuple(line.split()) for line in _lines("synonyms.txt"))


@cache
def lookalikes() -> tuple[tuple[str, str, str], ...]:
    """Give the classes of look-alike characters: the characters, where they are known from, why they are taken."""
    rows = [line.split("\t") for line in _lines("lookalikes.txt")]
    return tuple((group, source, reason) for group, source, reason in rows)


def _lines(name: str) -> list[str]:
    lines = files("indexer.text").joinpath(name).read_text("utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]
