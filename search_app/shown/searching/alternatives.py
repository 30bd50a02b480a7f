"""Finds other names for what was searched, and how many entries each would find."""

from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.search.engine import Searcher
from indexer.search.query.synonyms import also
from search_app.shown.links import SearchState

_MOST = 4


@dataclass(frozen=True, slots=True)
class Alternative:
    """The same search by another name, and how many entries it finds."""

    state: SearchState
    total: int


_also = lru_cache(1024)(also)


def alternatives(state: SearchState, searcher: Searcher) -> tuple[Alternative, ...]:
    """Return the searches to offer beside this one: the first few by other names that find something."""
    found: list[Alternative] = []
    for text in _also(state.text):
        if len(found) == _MOST:
            break
        other = replace(state, text=text, page=1, nearest_page=1)
        total = searcher.count(other.request()[0])
        if total:
            found.append(Alternative(other, total))
    return tuple(found)
