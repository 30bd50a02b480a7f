"""Names what is suggested, with persons for printed authors; how many entries are found, an engine says."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.authority import NOBODY, Authority
from indexer.search.fields import name_of
from indexer.search.query.tree import SearchRequest
from indexer.search.query.typed import Typed
from indexer.search.shown.suggestions import Suggestion, request_for
from indexer.search.suggestible import SuggestionKind
from indexer.search.suggesting.suggestindex import SuggestIndex
from indexer.text.keys import compared

Named = tuple[tuple[str, str], ...]
"""What suggestions compare of each person's name, and the name."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an engine holds of an archive that suggestions are named by."""

    suggestions: SuggestIndex
    values: Mapping[str, Sequence[str]]
    """Each facet's values, in the order in which they were given to `SuggestionBuilder.write`: authors as printed."""
    title: Callable[[int], str]
    """Returns the title of the entry with a number."""
    is_whole: bool
    """Whether every entry may be shown, so that what was counted when the index was built holds."""
    authority: Authority = NOBODY
    """Who is who."""
    named: Named = ()
    """`named` of its persons."""


def named(authority: Authority) -> Named:
    """Return what suggestions compare of persons' names."""
    return tuple((compared(person.name), person.name) for person in authority.persons)


def suggested(
    typed: Typed, held: Held, counted: Callable[[Sequence[SearchRequest]], Iterable[int]], limit: int
) -> tuple[Suggestion, ...]:
    """Return what may be meant, the best first, at most `limit`; `counted` counts where nothing counted before holds.

    It is given some requests at a time, since an engine may have to ask another machine.
    """
    candidates, found = _each_once(typed, held), list[Suggestion]()
    while len(found) < limit and (some := list(islice(candidates, limit - len(found)))):
        counts = iter(counted([request_for(kind, text) for kind, text, known in some if known is None]))
        made = [Suggestion(kind, text, next(counts) if known is None else known) for kind, text, known in some]
        found += [each for each in made if each.count]
    return tuple(found)


def _each_once(typed: Typed, held: Held) -> Iterator[tuple[SuggestionKind, str, int | None]]:
    seen: set[tuple[SuggestionKind, str]] = set()
    for kind, text, count in _all(typed, held):
        if (kind, text) not in seen:
            seen.add((kind, text))
            yield kind, text, count


def _all(typed: Typed, held: Held) -> Iterator[tuple[SuggestionKind, str, int | None]]:
    """Yield kind and text of what may be meant, and how many entries it finds; None if that is to be counted."""
    for key, name in held.named:
        if typed.characters in key:
            yield SuggestionKind.AUTHOR, name, None
    suggestions, values, authority = held.suggestions, held.values, held.authority
    for number in suggestions.find(typed):
        kind, where = suggestions.kind(number), suggestions.where(number)
        count = int(suggestions.counts[number]) if held.is_whole else None
        match kind:
            case SuggestionKind.TITLE:
                yield kind, held.title(where), None
            case SuggestionKind.PHRASE:
                yield kind, suggestions.phrases[where], count
            case SuggestionKind.AUTHOR if authority:
                form = values[kind][where]
                for person in authority.conditional.get(form, ()):
                    yield kind, person.name, None
                yield kind, authority.plain.get(form, form), None
            case SuggestionKind.AUTHOR:
                yield kind, values[kind][where], count
            case _:
                yield kind, name_of(values[kind][where]), count
