"""Arranges everybody who signed something as a printed register does: by the pinyin of their names, offices apart."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from indexer.search.engine import Searcher
from indexer.search.fields import EVERY
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.results import FacetValue
from indexer.search.suggestible import SuggestionKind
from indexer.text.fold import fold
from indexer.text.pinyin import LONGEST_NAME, with_surname
from search_app.shown.searching.suggested import named

OTHER, OFFICES = "other", "offices"
"""Groups behind the letters: names that have no sound, and those that are too long for a person's."""
_BRACKETS = "(（[［〔【"


@dataclass(frozen=True, slots=True)
class Group:
    """The contributors under one letter."""

    letter: str
    """`A` to `Z`, `OTHER` or `OFFICES`."""
    contributors: tuple[FacetValue, ...]


def register(searcher: Searcher, text: str = "") -> tuple[Group, ...]:
    """Return all contributors in groups or, for a text, those whose names may be meant by it."""
    listed = searcher.facet(SearchRequest(), "author", limit=EVERY).values
    if text:
        listed = named(text, listed, SuggestionKind.AUTHOR, searcher)
    keyed = sorted((_place(each.value, searcher.readings), each.value, each) for each in listed)
    groups = groupby(keyed, key=lambda each: each[0][:2])
    return tuple(Group(letter, tuple(value for *_, value in inside)) for (_, letter), inside in groups)


def _place(name: str, readings: Callable[[str], tuple[str, ...]]) -> tuple[int, str, tuple[str, ...]]:
    """Return what orders a name: whether it is a person's, its letter, its syllables."""
    bare = fold(name)
    for bracket in map(fold, _BRACKETS):
        bare = bare.partition(bracket)[0] or bare
    spoken = tuple(with_surname(bare, [next(iter(readings(char)), char) for char in bare]))
    if len(bare) > LONGEST_NAME and not bare.isascii():
        return 2, OFFICES, spoken
    letter = spoken[0][:1].upper() if spoken else ""
    return (0, letter, spoken) if letter.isascii() and letter.isalpha() else (1, OTHER, spoken)
