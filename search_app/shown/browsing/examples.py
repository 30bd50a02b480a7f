"""Chooses searches to begin with from what an archive holds: a word, a quoted string, a title in some years.

Each finds something in this archive, and says how much.  None is written down anywhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.fields import FIELDS
from indexer.search.query.tree import SearchRequest
from indexer.text.segment import cut
from search_app.shown.links import SearchState, exactly
from search_app.shown.naming import Names

_TITLE, _YEAR = FIELDS["title"][-1], FIELDS["year"][-1]
_PAGES, _PAGE = 4, 50
"""What is read to choose from: pages of entries from all over the archive, and entries on each."""
_TRIED = 12
"""How many candidates of a kind are counted in the whole archive."""
_LONGEST = 8
"""Characters of a quoted string that a reader takes in at a glance."""
_TOO_COMMON = 0.25
"""Share of the archive's entries beyond which a word tells nothing of it."""


class ExampleKind(StrEnum):
    """What an example shows."""

    WORD = "word"
    QUOTED = "quoted"
    LIMITED = "limited"


@dataclass(frozen=True, slots=True)
class Example:
    """A search that finds something."""

    kind: ExampleKind
    state: SearchState
    total: int
    """How many entries it finds."""


def examples(searcher: Searcher, _: Names) -> tuple[Example, ...]:
    """Return up to three examples, of one kind each; none for an archive without words in its titles."""
    read = list(_sample(searcher))
    titles = [list(map(str, cut(each.title))) for each in read]
    words = [word for word, _ in _commonest(filter(_is_word, set(title)) for title in titles)]
    word = _best(ExampleKind.WORD, map(SearchState, words), searcher)
    quoted = _best(ExampleKind.QUOTED, filter(None, map(exactly, _strings(titles))), searcher)
    left = [each for each in words if word is None or each != word.state.text]
    limited = _best(ExampleKind.LIMITED, (_limited(each, read) for each in left), searcher)
    return tuple(each for each in (word, quoted, limited) if each)


def _sample(searcher: Searcher) -> Iterator[Entry]:
    last = -(-len(searcher) // _PAGE)
    for page in sorted({1 + at * last // _PAGES for at in range(_PAGES)}):
        yield from (hit.entry for hit in searcher.search(SearchRequest(sort="year-asc", page=page, size=_PAGE)).hits)


def _is_word(word: str) -> bool:
    return len(word) > 1 and word.isalpha()


def _commonest(found: Iterable[Iterable[str]]) -> Sequence[tuple[str, int]]:
    """Return the strings that most lists have, longer ones first among equals, then by their characters."""
    counts = Counter(each for listed in found for each in listed)
    return sorted(counts.items(), key=lambda each: (-each[1] * (len(each[0]) - 1), each[0]))


def _strings(titles: Iterable[Sequence[str]]) -> list[str]:
    """Return what two neighbouring words of a title make together."""
    found = (
        {first + second for first, second in pairwise(title) if _is_word(first) and _is_word(second)}
        for title in titles
    )
    return [string for string, _ in _commonest(found) if len(string) <= _LONGEST]


def _limited(word: str, read: Sequence[Entry]) -> SearchState:
    """Return the search for a word in titles of the first half of the years in which it was seen there."""
    years = sorted({each.year for each in read if word in each.title and each.year})
    if not years:
        return SearchState(f"{_TITLE}:{word}")
    first, last = years[0], years[(len(years) - 1) // 2]
    return SearchState(f"{_TITLE}:{word} {_YEAR}:{first}" + (f"-{last}" if last > first else ""))


def _best(kind: ExampleKind, states: Iterable[SearchState], searcher: Searcher) -> Example | None:
    """Return the first candidates' search that finds most, but not so much that it tells nothing; None if none finds."""
    most = max(1, _TOO_COMMON * len(searcher))
    counted = []
    for state, _ in zip(states, range(_TRIED), strict=False):
        request, notes = state.request()
        total = 0 if notes else searcher.count(request)
        if total:
            counted.append(((total <= most, total), Example(kind, state, total)))
    return max(counted, key=lambda each: each[0])[1] if counted else None
