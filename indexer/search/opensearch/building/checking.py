"""Checks a generation against the entries that it was made of, before anybody is answered from it."""

from collections.abc import Callable, Iterator

from indexer.errors import StaleIndex
from indexer.model import Entry
from indexer.search.fields import SCOPES, field_texts
from indexer.search.opensearch.connection import Query
from indexer.search.opensearch.matching.strings import all_of, standing
from indexer.search.opensearch.questions import Questions
from indexer.search.query.terms import Term
from indexer.text.fold import fold
from indexer.text.variants import Likeness

_ENTRIES = 32
"""Entries of which strings are looked for, evenly spread."""
_LONGEST = 12


def check(questions: Questions, entries: int, entry: Callable[[int], Entry]) -> None:
    """Raise `StaleIndex` unless an index has so many entries, and strings of some of them find these.

    `entry` reads the entry with a number.
    """
    questions.require(entries)
    for number in range(0, entries, max(1, entries // _ENTRIES)):
        if any(count != 1 for count in questions.counts(list(_samples(entry(number), number)))):
            raise StaleIndex("cluster-check-failed", id=entry(number).id[:200])


def _samples(entry: Entry, number: int) -> Iterator[Query]:
    """Yield queries that must find an entry: by a string of the last text in each field, and by its first character.

    The number says whence in the text the string is taken.
    """
    texts = field_texts(entry)
    for scope in SCOPES:
        text = next((folded for folded in map(fold, reversed(texts[scope])) if folded), "")
        start = number * 7919 % max(1, len(text) - _LONGEST)
        string = text[start : start + _LONGEST]
        for likeness in Likeness if string else ():
            for part in {string, string[0]}:
                yield all_of([{"term": {"rank": number}}, standing(scope, Term(part, likeness))])
