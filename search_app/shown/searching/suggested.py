"""Makes of what the engine suggests what a reader can follow: a search, its address, what kind of thing it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indexer.search.engine import Searcher
from indexer.search.shown.results import FacetValue
from indexer.search.shown.suggestions import MOST, SHOWN, Suggestion, request_for
from indexer.search.suggestible import SuggestionKind
from indexer.text.fold import fold
from search_app.shown.addresses import search_url
from search_app.shown.links import SearchState
from search_app.words import answers


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion, and the search that it leads to."""

    suggestion: Suggestion
    state: SearchState


def offers(text: str, searcher: Searcher, limit: int = SHOWN) -> tuple[Offer, ...]:
    """Return what to offer to somebody who has typed a text, the best first."""
    found = ((each, SearchState().asking(request_for(each.kind, each.text))) for each in searcher.suggest(text, limit))
    return tuple(Offer(each, state) for each, state in found if state)


def suggest_json(text: str, generation: str, found: Sequence[Offer], root: str = "") -> dict[str, Any]:
    """Return the answer of `/api/v1/suggest` and of `nianjian suggest --json`; `root` is what addresses begin with."""
    return {
        "query": text,
        "generation": generation,
        "suggestions": [
            {
                "kind": each.suggestion.kind,
                "label": answers.KINDS[each.suggestion.kind],
                "text": each.suggestion.text,
                "count": each.suggestion.count,
                "query": each.state.text,
                "url": root + search_url(each.state),
            }
            for each in found
        ],
    }


def named(text: str, values: Sequence[FacetValue], kind: SuggestionKind, searcher: Searcher) -> tuple[FacetValue, ...]:
    """Return the values of a facet in which a text stands, or that may be meant by it: by sound, or with a mistake."""
    meant = {each.text for each in searcher.suggest(text, MOST) if each.kind is kind}
    sought = fold(text)
    return tuple(each for each in values if each.value in meant or sought in fold(each.value))
