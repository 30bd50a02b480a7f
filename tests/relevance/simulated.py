"""Simulated searches: words that an entry is remembered by, one of them wrong."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from rankers import Ranker

from indexer.model import Entry
from indexer.text.analyzer import is_word
from indexer.text.fold import fold
from indexer.text.segment import cut
from indexer.text.wordlists import function_words

COUNT = 1000
SEED = 20261128
PAGE = 20
"""Hits of a page."""


def found_first_and_on_the_first_page(
    rank: Ranker, entries: Sequence[Entry], seed: int = SEED, count: int = COUNT
) -> tuple[float, float]:
    """Give the share of simulated searches that list their entry first, and of those that list it on the first page."""
    places = [list(rank(query)[:PAGE]) for query, _ in searches(entries, seed, count)]
    wanted = [name for _, name in searches(entries, seed, count)]
    first = sum(ids[:1] == [name] for ids, name in zip(places, wanted, strict=True))
    listed = sum(name in ids for ids, name in zip(places, wanted, strict=True))
    return first / count, listed / count


def searches(entries: Sequence[Entry], seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Draw searches, each with the id of the entry that it was made of.

    Of an entry's twelve words that say most (by tf-idf) three to five are typed; one of them is then exchanged for such a
    word of another entry that it has not.  Drawn again are those of which another entry has as many words: no one could
    say that it is not meant.
    """
    rng = Random(seed)
    texts = {entry.id: fold(f"{entry.title} {entry.heading} {entry.body}") for entry in entries}
    words = {name: Counter(filter(_says, cut(text))) for name, text in texts.items()}
    held = Counter(word for counts in words.values() for word in counts)
    salient = {name: _salient(counts, held, len(entries)) for name, counts in words.items()}
    names = [name for name in texts if len(salient[name]) >= 5]
    drawn = 0
    while drawn < count:
        name, other = rng.choice(names), rng.choice(names)
        typed = rng.sample(salient[name], rng.randint(3, 5))
        wrong = [word for word in salient[other] if word not in texts[name]]
        if wrong:
            typed[rng.randrange(len(typed))] = rng.choice(wrong)
        had = {each: sum(word in text for word in typed) for each, text in texts.items()}
        if sorted(had.values())[-2] < had[name] < len(typed):
            drawn += 1
            yield " ".join(typed), name


def _says(word: str) -> bool:
    return len(word) > 1 and is_word(word) and not word.isascii() and word not in function_words()


def _salient(counts: Counter[str], held: Counter[str], size: int) -> list[str]:
    def weight(word: str) -> float:
        return counts[word] * math.log(size / held[word])

    return sorted(counts, key=lambda word: (-weight(word), word))[:12]
