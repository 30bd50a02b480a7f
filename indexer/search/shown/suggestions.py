"""Defines what is suggested to somebody who types, and what each suggestion asks for when it is taken."""

from msgspec import Struct

from indexer.search.fields import value_of
from indexer.search.query.tree import Exact, Field, Filter, SearchRequest
from indexer.search.suggestible import SuggestionKind

MOST = 50
"""Suggestions that may be asked for at once."""
SHOWN = 10
"""Suggestions that are listed if nobody says how many."""


class Suggestion(Struct, frozen=True, gc=False):
    """Something of the archive that may be meant by what was typed."""

    kind: SuggestionKind
    text: str
    """As printed; of a yearbook or section its name."""
    count: int
    """How many entries `request_for` finds; never 0."""


def request_for(kind: SuggestionKind, text: str) -> SearchRequest:
    """Return the search that a suggestion stands for: a filter or, for titles and phrases, the string as printed."""
    match kind:
        case SuggestionKind.TITLE:
            return SearchRequest(Field("title", Exact(text)))
        case SuggestionKind.PHRASE:
            return SearchRequest(Exact(text))
        case SuggestionKind.AUTHOR:
            return SearchRequest(filters=(Filter(kind.value, (text,)),))
        case _:
            return SearchRequest(filters=(Filter(kind.value, (value_of(text),)),))
