"""Puts a string right that stands nowhere, with what stands in the archive: one character other, missing, too many, or
two that changed places."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from indexer.search.query.tree import Exact, Node, Pattern, SearchRequest
from indexer.search.shown.concordance import ENTRY, Occurrence
from indexer.search.shown.suggestions import Suggestion
from indexer.search.suggestible import SuggestionKind
from indexer.text.fold import fold
from indexer.text.variants import Likeness, likened

_LENGTHS = range(2, 41)
_READ = 12
"""Occurrences that are read to see what stands there."""
_SURE = 4
"""Characters of which one may be any other; of fewer, it must sound or look like it."""
_WHOLE = (SuggestionKind.AUTHOR, SuggestionKind.SECTION, SuggestionKind.PHRASE)
"""Kinds of suggestions that a run is wholly exchanged for."""


@dataclass(frozen=True, slots=True)
class Respelling:
    """What a string may be meant for."""

    text: str
    rank: int
    """0 for what sounds or looks alike or has two characters changed, 1 for a missing one, 2 for others."""
    sounds_alike: bool


class Respeller(Protocol):
    """What an engine must answer; `indexer.search.engine.Searcher` says more."""

    def count(self, request: SearchRequest) -> int:
        """Return how many entries match."""

    def occurrences(self, request: SearchRequest, order: str = ENTRY, first: int = 0) -> Iterator[Occurrence]:
        """Yield every occurrence."""

    def suggest(self, text: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Return what may be meant."""

    def readings(self, char: str) -> tuple[str, ...]:
        """Return how a character can sound."""


def respellings(
    engine: Respeller, typed: str, asking: Callable[[Node | None], SearchRequest]
) -> tuple[Respelling, ...]:
    """Return what stands in the archive and differs from a string by one mistake, the likeliest first.

    `asking` makes the request for a node in the string's place, with everything else that is asked for.
    """
    text = fold(typed)
    if len(text) not in _LENGTHS or engine.count(asking(Exact(text))):
        return ()
    found: dict[str, Respelling] = {}
    names = (each.text for each in engine.suggest(typed, 5) if each.kind in _WHOLE)
    for string in (*map(fold, names), *_standing(engine, text, asking)):
        if string not in found and string != text:
            respelling = _judged(engine, text, string)
            if respelling is not None:
                found[string] = respelling
    return tuple(sorted(found.values(), key=lambda each: each.rank))


def _standing(engine: Respeller, text: str, asking: Callable[[Node | None], SearchRequest]) -> Iterator[str]:
    """Yield strings that stand in the archive and differ by one mistake."""

    def stands(string: str) -> bool:
        return not string or engine.count(asking(Exact(string))) > 0

    # The mistake is where neither what stands before it nor what stands behind it reaches farther.
    size = len(text)
    ahead = _longest(size, lambda length: stands(text[:length]))
    behind = _longest(size, lambda length: stands(text[size - length :]))
    for at in range(max(0, size - behind - 2), min(ahead, size - 1) + 1):
        crossed = text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
        if size - at - 2 <= behind and crossed != text and stands(crossed):
            yield crossed
    for at in range(max(0, size - behind - 1), min(ahead, size) + 1):
        before, after = text[:at], text[at + 1 :]
        if at < size and size - at - 1 <= behind:
            yield from _between(engine, before, after, asking)
        if at and size - at <= behind:
            yield from _between(engine, before, text[at:], asking)


def _between(
    engine: Respeller, before: str, after: str, asking: Callable[[Node | None], SearchRequest]
) -> Iterator[str]:
    """Yield strings that stand in the archive and have one character, or none, between two others; one may be empty."""
    if before and after:
        node: Node = Pattern((before, after), ((0, 1),))
        read = islice(engine.occurrences(asking(node)), _READ)
        yield from dict.fromkeys(fold(each.node) for each in read)
    elif before or after:
        read = islice(engine.occurrences(asking(Exact(before or after))), _READ)
        lines = ((each.left[-1:] if after else each.right[:1], each.node) for each in read)
        yield from dict.fromkeys(fold(beside + node if after else node + beside) for beside, node in lines)


def _judged(engine: Respeller, typed: str, string: str) -> Respelling | None:
    """Return how likely a string was meant; None if it is another one altogether."""
    if len(string) == len(typed):
        other = [(one, two) for one, two in zip(typed, string, strict=True) if one != two]
        if len(other) == 2 and other[0] == other[1][::-1]:
            return Respelling(string, 0, sounds_alike=False)
        alike = all(set(engine.readings(one)) & set(engine.readings(two)) for one, two in other)
        if alike:
            return Respelling(string, 0, sounds_alike=True)
        if all(likened(one, Likeness.ALIKE) == likened(two, Likeness.ALIKE) for one, two in other):
            return Respelling(string, 0, sounds_alike=False)
        return Respelling(string, 2, sounds_alike=False) if len(other) == 1 and len(typed) >= _SURE - 1 else None
    longer, shorter = sorted((typed, string), key=len, reverse=True)
    if len(longer) - len(shorter) != 1 or len(shorter) < 2:
        return None
    if not any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))):
        return None
    return Respelling(string, 1 if string is longer else 2, sounds_alike=False)


def _longest(size: int, holds: Callable[[int], bool]) -> int:
    """Return the greatest length up to `size` for which something holds that holds for all shorter ones."""
    low, high = 0, size
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
