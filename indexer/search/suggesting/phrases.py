"""Finds the words and phrases of an archive that are frequent enough to be suggested."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from indexer.text import counted
from indexer.text.counted import counts_something
from indexer.text.fold import fold_for_words
from indexer.text.segment import cut
from indexer.text.wordlists import function_words

FEWEST = 3
"""Entries that must have a word or phrase."""
MOST_WORDS, MOST_PAIRS = 8_000, 4_000
LENGTHS = range(2, 9)
"""Characters of a word or phrase."""
READ = 2_000
"""Entries that are read for phrases; of larger archives every so-manieth, since what is frequent is in these, too."""
_TOGETHER = 0.2
"""Share of the entries with the rarer of two words that must have both one behind the other."""


def shape() -> tuple[object, ...]:
    """Return the constants that determine which words and phrases are suggested."""
    return FEWEST, MOST_WORDS, MOST_PAIRS, LENGTHS, READ, _TOGETHER, *counted.shape()


def is_telling(word: str) -> bool:
    """Return whether a word tells a reader something: neither a function word nor a number."""
    if len(word) not in LENGTHS or word in function_words() or not all(map(_is_han, word)):
        return False
    return not counts_something(word)


def frequent_words(holders: Mapping[str, int]) -> list[str]:
    """Return the most frequent of words that tell something, given how many entries have each."""
    found = [word for word, count in holders.items() if count >= FEWEST and is_telling(word)]
    return sorted(found, key=lambda word: (-holders[word], word))[:MOST_WORDS]


def frequent_pairs(texts: Iterable[Iterable[str]]) -> list[str]:
    """Return what two words one behind the other often form, the most frequent first; each text is a tuple of strings."""
    pairs: Counter[tuple[str, str]] = Counter()
    words: Counter[str] = Counter()
    for strings in texts:
        cuts = [cut(fold_for_words(string)) for string in strings]
        words.update({word for each in cuts for word in each})
        pairs.update({pair for each in cuts for pair in pairwise(each) if all(map(is_telling, pair))})
    found = [
        (-count, one + other)
        for (one, other), count in pairs.items()
        if count >= FEWEST and len(one + other) in LENGTHS and count >= _TOGETHER * min(words[one], words[other])
    ]
    return [text for _, text in sorted(found)[:MOST_PAIRS]]


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"
