"""Turns text into the words that ranking counts; knows no index."""

from functools import lru_cache

from indexer.text.fold import fold, fold_for_words
from indexer.text.segment import cut, cut_for_search

VERSION = "words-2"
"""Part of every index's fingerprint: change it when the words of a text change."""


def analyze(text: str) -> list[str]:
    """Give the folded words of `text`, long words' shorter dictionary words too; punctuation gives none.

    >>> analyze("总工会")
    ['总工', '工会', '总工会']
    """
    return list(filter(is_word, pieces(text)))


def pieces(text: str) -> list[str]:
    """Give what the folded text is cut into, punctuation too."""
    return cut_for_search(fold_for_words(text))


@lru_cache(4096)
def words(text: str) -> tuple[str, ...]:
    """Give the folded words of a query run, each once, in order; the run itself when it holds no word.

    >>> words("长宁区实施")
    ('长宁区', '实施')
    """
    found = dict.fromkeys(word for word in cut(fold_for_words(text)) if is_word(word))
    return tuple(found) or ((fold(text),) if fold(text) else ())


def is_word(text: str) -> bool:
    """Say whether a piece of cut text is more than punctuation."""
    return text.isalnum() or any(char.isalnum() for char in text)
