"""Decides what makes two entries similar: the rare words that both have, as the engines find them.

What half the archive says, or a section every year, is boilerplate and makes nothing similar.  Knows no engine: these
say which entries have a word.
"""

import math
from collections.abc import Iterable
from itertools import islice

from indexer.model import Entry
from indexer.search.fields import WEIGHTS, field_texts
from indexer.text.analyzer import analyze
from indexer.text.counted import counts_something
from indexer.text.fold import fold
from indexer.text.wordlists import function_words, generic_titles

LISTED = 6
"""Similar entries that a page lists."""
RARE = 10
"""A word is rare if no more than one entry in this many has it.  This and the numbers below were set by the judged list
of `tests/relevance`: with half or twice of one, fewer related entries are listed, or more that are not."""
MANY = 10
"""From this many entries on a section can have words of its own: those that more than half of them have."""
WORDS = 50
"""Rare words of an entry that are looked at, those worth most; a report of the year has a thousand."""
IN_TITLE = 3
"""A word counts this many times if it stands in the title of the entry that others are compared with."""
IN_BOTH = 2
"""And so many times more if it stands in the title of the other one, too."""
SHORT = 150
"""Characters by which the length of an entry is increased: a line of a chronicle has few words to share."""
ENOUGH = 9.5
"""The least likeness of entries that are listed: with 10 one entry of 64 less finds what is related to it, with 9 more is
listed of which nothing is."""
_TOLD = 4
"""Words that are told of a pair."""
_STEEP = 2
"""Exponent of a word's rarity."""


def telling_words(entry: Entry) -> dict[str, int]:
    """Return the words of an entry that may be shared with others, folded, each with what it counts for: 1 or `IN_TITLE`.

    Single characters, function words and numbers say nothing.  A heading over a generic title counts as a title.
    """
    texts, titles = field_texts(entry), _titles(entry)
    words: dict[str, int] = {}
    for field in WEIGHTS:
        counts = IN_TITLE if field in titles else 1
        for word in (word for text in texts[field] for word in analyze(text)):
            if counts > words.get(word, 0):
                words[word] = counts
    return {word: counts for word, counts in words.items() if _tells(word)}


def worth(counts: int, holders: int, entries: int) -> int:
    """Return what a word is worth in whole points, so that sums are equal in any order of adding.

    `counts` is what `telling_words` gives it; `holders` of the archive's `entries` have it.  A word of one entry in an
    archive would have 1000, one of all entries has none.
    """
    return round(1000 * counts * (1 - math.log(holders) / math.log(entries)) ** _STEEP)


def is_rare(holders: int, entries: int) -> bool:
    """Return whether a word that `holders` of the archive's `entries` have can make two of them similar."""
    return 1 < holders <= entries / RARE


def is_boilerplate(holders: int, section: int) -> bool:
    """Return whether a word is its section's own: `holders` of the `section` entries there have it."""
    return section >= MANY and holders > section / 2


def likeness(points: int, length: int) -> float:
    """Return how similar an entry is: by the points of the words shared, and by its own length in folded characters."""
    return points / (SHORT + length)


def title_words(entry: Entry, words: Iterable[str]) -> set[str]:
    """Return those of some folded words that stand in an entry's title, or in the heading over a generic one."""
    texts = field_texts(entry)
    titles = [fold(text) for field in _titles(entry) for text in texts[field]]
    return {word for word in words if any(word in title for title in titles)}


def told(worths: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Return the words to tell of a pair, given those shared and what each is worth: without such as stand in others."""
    ordered = [word for word, _ in sorted(worths, key=lambda each: (-each[1], each[0]))]
    apart = (word for word in ordered if not any(word in other for other in ordered if other != word))
    return tuple(islice(apart, _TOLD))


def _titles(entry: Entry) -> tuple[str, ...]:
    """Return the fields that say what an entry is about."""
    return ("title", "heading") if entry.title in generic_titles() else ("title",)


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in function_words() and not counts_something(word)
