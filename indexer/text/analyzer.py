"""Turns text into the tokens that ranking counts; knows no index."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.text.fold import fold, fold_width
from indexer.text.segment import Cut, cut, cut_for_search

VERSION = "words-1"
"""Part of every index's fingerprint: change it when the tokens of a text change."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text."""

    text: str
    """Folded."""
    position: int
    """Ordinal of the word; a word inside a longer one has the longer one's position."""
    start: int
    end: int
    """Half-open range in the original text."""


def analyze(text: str) -> Iterator[Token]:
    """Give the tokens of `text` in order, words inside longer words too; punctuation gives none."""
    joined, offsets = _join(text)
    position = 0
    for group in _groups(cut_for_search(joined)):
        tokens = [(fold(part), start, end) for part, start, end in group if _is_word(part)]
        for part, start, end in tokens:
            yield Token(part, position, offsets[start], offsets[end - 1] + 1)
        position += bool(tokens)


def words(text: str) -> tuple[str, ...]:
    """Give the folded words of a query run, each once, in order; the run itself when it holds no word.

    >>> words("长宁区实施")
    ('长宁区', '实施')
    """
    joined, _ = _join(text)
    found = dict.fromkeys(fold(word) for word, _, _ in cut(joined) if _is_word(word))
    return tuple(found) or ((fold(text),) if fold(text) else ())


def _groups(cuts: list[Cut]) -> Iterator[list[Cut]]:
    """Part the cuts where no later one reaches back: each long word with the shorter words inside it."""
    earliest_after = [0] * len(cuts)
    earliest = sys.maxsize
    for at in range(len(cuts) - 1, -1, -1):
        earliest_after[at] = earliest
        earliest = min(earliest, cuts[at][1])
    group: list[Cut] = []
    for each, earliest in zip(cuts, earliest_after, strict=True):
        group.append(each)
        if earliest >= max(end for _, _, end in group):
            yield group
            group = []


def _join(text: str) -> tuple[str, list[int]]:
    """Fold width and case, and leave out white space that does not part Latin words; give offsets too."""
    narrow = fold_width(text)
    kept: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(narrow):
        lower = char.lower() if len(char.lower()) == 1 else char
        if not fold(char):
            between_latin = kept and kept[-1].isascii() and kept[-1].isalpha()
            if not between_latin:
                continue
            lower = " "
        kept.append(lower)
        offsets.append(at)
    return "".join(kept), offsets


def _is_word(text: str) -> bool:
    return any(char.isalnum() for char in text)
