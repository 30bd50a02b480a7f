"""Says how many entries of an index have each of many strings."""

from collections.abc import Callable, Iterator, Sequence

from indexer.search.fields import ALL_TEXT
from indexer.search.opensearch.matching.strings import standing
from indexer.search.opensearch.questions import Questions
from indexer.search.query.terms import Term

_AT_ONCE = 200
"""Strings that are asked for at once."""


def holding(questions: Questions) -> Callable[[Sequence[str]], Iterator[int]]:
    """Return a function that says how many entries have each of some folded strings as it stands."""

    def held(texts: Sequence[str]) -> Iterator[int]:
        for start in range(0, len(texts), _AT_ONCE):
            yield from questions.counts([standing(ALL_TEXT, Term(text)) for text in texts[start : start + _AT_ONCE]])

    return held
