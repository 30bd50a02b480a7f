"""Turns text into the words that ranking counts."""

import re
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from indexer.text import variants
from indexer.text.fold import fold, fold_for_words
from indexer.text.segment import cut, cut_for_search
from indexer.text.wordlists import function_words, lexicon

_QUESTION = re.compile("谁|什么|甚么|哪|怎|如何|为何|何时|何地|多少|几[个次时]|[吗呢么？?]$")
VERSION = "words-4"
"""Version of the rules for words.  Change it when the words of a text change in a way that no constant here shows."""


def shape() -> tuple[object, ...]:
    """Return what determines the words of a folded text."""
    return VERSION, lexicon(), variants.shape()


def load() -> None:
    """Load the dictionary and all tables, so that the first text need not wait for them."""
    analyze("二〇〇一年" * 20)


def analyze(text: str) -> list[str]:
    """Return the folded words of `text`, including shorter dictionary words inside long ones, without punctuation.

    >>> analyze("总工会")
    ['总工', '工会', '总工会']
    """
    return list(filter(is_word, cut_for_search(fold_for_words(text))))


class Evidence(Struct, frozen=True, gc=False):
    """The words and bigrams of a query text that count in favour of an entry."""

    words: tuple[str, ...]
    """Consecutive words, folded."""
    parts: tuple[str, ...]
    """Shorter words inside them."""
    grams: tuple[str, ...]
    """Pairs of neighbouring characters, folded, that are neither words nor parts."""


@lru_cache(4096)
def evidence(text: str) -> Evidence:
    """Return the words and bigrams of a query text, without function words unless there are no others.

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


@lru_cache(1024)
def seam_grams(text: str) -> tuple[str, ...]:
    """Return the pairs of neighbouring characters of a query text of which one stands in a word that says something.

    Unlike those of `evidence` they may lie across the seam of two words, for the segmenter knows few names.

    >>> seam_grams("葛芳的家政")
    ('葛芳', '芳的', '的家', '家政')
    """
    folded = fold_for_words(text)
    cuts = cut(folded)
    says = [is_word(word) and word not in function_words() for word in cuts]
    if not any(says):
        says = list(map(is_word, cuts))
    flags = [each for word, each in zip(cuts, says, strict=True) for _ in word]
    pairs = zip(pairwise("".join(cuts)), pairwise(flags), strict=True)
    return tuple(
        dict.fromkeys(
            one + other
            for (one, other), either in pairs
            if any(either) and is_word(one) and is_word(other) and not (one + other).isascii()
        )
    )


def _parts(word: str) -> list[str]:
    """Return the dictionary words inside a word, except those across the seam of two others: `会主` in 工会主席."""
    found = [part for part in cut_for_search(word) if part != word]
    places = [(word.find(part), word.find(part) + len(part), part) for part in found]
    seams = {end for _, end, _ in places} & {start for start, _, _ in places}
    return [part for start, end, part in places if not any(start < seam < end for seam in seams)] or found


@lru_cache(4096)
def words(text: str) -> tuple[str, ...]:
    """Return the distinct folded words of a query run, in order; the run itself if it contains no word.

    >>> words("长宁区实施")
    ('长宁区', '实施')
    """
    found = dict.fromkeys(word for word in cut(fold_for_words(text)) if is_word(word))
    return tuple(found) or ((fold(text),) if fold(text) else ())


def is_question(text: str) -> bool:
    """Return whether a query text asks something: it has a question word, or ends as questions do."""
    return _QUESTION.search(text) is not None


def is_word(text: str) -> bool:
    """Return whether a piece of segmented text is more than punctuation."""
    return text.isalnum() or any(char.isalnum() for char in text)
