"""Names what the suggestions of a generation are, with persons for printed authors."""

from collections.abc import Iterator

from indexer.authority import Person
from indexer.search.fields import name_of
from indexer.search.query.typed import Typed
from indexer.search.suggestible import SuggestionKind
from indexer.search.whoosh.openindex import OpenIndex


def suggested(typed: Typed, index: OpenIndex) -> Iterator[tuple[SuggestionKind, str, int | None]]:
    """Yield kind and text of what may be meant, the best first, and how many entries it finds; None if that is to be counted."""
    seen: set[tuple[SuggestionKind, str]] = set()
    for kind, text, count in _all(typed, index):
        if (kind, text) not in seen:
            seen.add((kind, text))
            yield kind, text, count


def _all(typed: Typed, index: OpenIndex) -> Iterator[tuple[SuggestionKind, str, int | None]]:
    for key, name in index.named:
        if typed.characters in key:
            yield SuggestionKind.AUTHOR, name, None
    suggestions = index.suggestions
    for number in suggestions.find(typed):
        kind, where = suggestions.kind(number), suggestions.where(number)
        count = None if index.visible is not None else int(suggestions.counts[number])
        match kind:
            case SuggestionKind.TITLE:
                yield kind, index.shown(where).title, None
            case SuggestionKind.PHRASE:
                yield kind, suggestions.phrases[where], count
            case SuggestionKind.AUTHOR if index.printed:
                form = index.printed.values[where]
                meant: tuple[Person, ...] = index.authority.conditional.get(form, ())
                for name in (*(person.name for person in meant), index.authority.plain.get(form, form)):
                    yield kind, name, None
            case SuggestionKind.AUTHOR:
                yield kind, index.columns[kind].values[where], count
            case _:
                yield kind, name_of(index.columns[kind].values[where]), count
