"""Turns text into the words that ranking counts; knows no index."""

from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from indexer.text import variants
from indexer.text.fold import fold, fold_for_words
from indexer.text.segment import cut, cut_for_search
from indexer.text.wordlists import function_words, lexicon

VERSION = "words-3"
"""Change it when the words of a text change in a way that no constant says."""


def shape() -> tuple[object, ...]:
    """Give what shapes the words of a text, once it is folded."""
    return VERSION, lexicon(), variants.shape()


def load() -> None:
    """Load the dictionary and all tables, which the first text would load otherwise."""
    analyze("二〇〇一年" * 20)


def analyze(text: str) -> list[str]:
    """Give the folded words of `text`, long words' shorter dictionary words too; punctuation gives none.

    >>> analyze("总工会")
    ['总工', '工会', '总工会']
    """
    return list(filter(is_word, cut_for_search(fold_for_words(text))))


class Evidence(Struct, frozen=True, gc=False):
    """What in an entry speaks for a query text."""

    words: tuple[str, ...]
    """Folded words that follow one another."""
    parts: tuple[str, ...]
    """Shorter words inside them."""
    grams: tuple[str, ...]
    """Two characters that stand together in it and are none of these, folded."""


@lru_cache(4096)
def evidence(text: str) -> Evidence:
    """Give the words and bigrams of a query text, those of function words left out unless there are no others.

    >>> evidence("劳动竞赛是什么时候开展的")
    Evidence(words=('劳动竞赛',), parts=('劳动', '竞赛'), grams=('动竞',))
    """
    folded = fold_for_words(text)
    cuts = cut(folded)
    weighty = [word if is_word(word) and word not in function_words() else "" for word in cuts]
    if not any(weighty):
        weighty = [word if is_word(word) else "" for word in cuts]
    words = dict.fromkeys(filter(None, weighty))
    parts = dict.fromkeys(part for word in words for part in _parts(word) if part not in words)
    grams = dict.fromkeys(
        gram
        for stretch in "".join(word or " " for word in weighty).split()
        for gram in map("".join, pairwise(stretch))
        if gram not in words and gram not in parts and not gram.isascii() and is_word(gram[0]) and is_word(gram[1])
    )
    return Evidence(tuple(words), tuple(parts), tuple(grams))


def _parts(word: str) -> list[str]:
    """Give the dictionary words inside a word; not one that lies across the seam of two others: `会主` in 工会主席."""
    found = [part for part in cut_for_search(word) if part != word]
    places = [(word.find(part), word.find(part) + len(part), part) for part in found]
    seams = {end for _, end, _ in places} & {start for start, _, _ in places}
    return [part for start, end, part in places if not any(start < seam < end for seam in seams)] or found


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
