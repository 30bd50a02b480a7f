"""Makes the rungs of a ladder: what may be changed in a search that finds nothing, and what is then found."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Protocol

from msgspec import Struct

from indexer.model import Entry
from indexer.search.query.plan import relax, resolve, unquoted
from indexer.search.query.tree import (
    All,
    Any,
    Exact,
    Field,
    Filter,
    Match,
    Near,
    Node,
    Not,
    Pattern,
    SearchRequest,
    YearRange,
    joined,
    parts_of,
)
from indexer.search.query.written import written
from indexer.search.shown.respelling import Respeller, Respelling, respellings
from indexer.search.shown.results import Evidence, Hit
from indexer.search.suggestible import SuggestionKind

_MOST = 2
"""Rungs of one kind that are shown."""
_RUNS = 4
"""Runs of a query that are looked at for a wrong character."""
_WORDS = 12
"""Words of a query of which each is tried to be left out."""
_LONGEST_TITLE = 150
"""Characters of a title that a query can hold."""


class RungCode(StrEnum):
    """What another search does differently; scripts may rely on it."""

    WITHOUT_QUOTES = "without-quotes"
    LOOK_ALIKES = "look-alikes"
    WITHOUT_FILTER = "without-filter"
    WITHOUT_FIELD = "without-field"
    WITHOUT_EXCLUSION = "without-exclusion"
    WORD_EXCHANGED = "word-exchanged"
    SAME_PINYIN = "same-pinyin"
    WORD_DROPPED = "word-dropped"
    NEAREST_TITLE = "nearest-title"


class Rung(Struct, frozen=True):
    """One other search."""

    code: RungCode
    request: SearchRequest
    total: int
    """How many entries it finds; never 0."""
    words: tuple[str, ...] = ()
    """What of the query is left out or exchanged."""
    instead: str = ""
    """What is put in its place; of `NEAREST_TITLE`, the title."""
    field: str = ""
    """The field in which it is no longer looked for."""
    filters: tuple[Filter, ...] = ()
    """The filters left out."""


class Helpful(Respeller, Protocol):
    """What an engine must answer; `indexer.search.engine.Searcher` says more."""

    def evidence(self, request: SearchRequest, limit: int, *, near_enough: bool = False) -> tuple[Evidence, ...]:
        """Return the entries that come nearest."""

    def get(self, entry_id: str) -> Entry | None:
        """Return an entry."""


def _rung(
    engine: Helpful,
    code: RungCode,
    request: SearchRequest,
    *words: str,
    instead: str = "",
    field: str = "",
    filters: tuple[Filter, ...] = (),
) -> Iterator[Rung]:
    """Yield a rung if it finds something."""
    if count := engine.count(request):
        yield Rung(code, request, count, words, instead, field, filters)


def without_quotes(engine: Helpful, request: SearchRequest) -> Iterator[Rung]:
    """Yield the search with its quotes read as words."""
    words = request.query and unquoted(request.query)
    if words != request.query:
        yield from _rung(engine, RungCode.WITHOUT_QUOTES, replace(request, query=words))


def with_look_alikes(engine: Helpful, request: SearchRequest) -> Iterator[Rung]:
    """Yield the search with look-alikes for what is in quotes."""
    alike = request.query and _alike(request.query)
    if alike != request.query:
        yield from _rung(engine, RungCode.LOOK_ALIKES, replace(request, query=alike))


def _alike(node: Node) -> Node:
    """Return a query with look-alikes for what is in quotes."""
    match node:
        case Exact(text):
            return Exact(text, alike=True)
        case All(parts) | Any(parts):
            return type(node)(tuple(map(_alike, parts)))
        case Near(parts, distance):
            return Near(
                tuple(Exact(each.text, alike=True) if isinstance(each, Exact) else each for each in parts), distance
            )
        case Field(name, inner):
            return Field(name, _alike(inner))
        case _:
            return node


def without_filters(engine: Helpful, request: SearchRequest) -> Iterator[Rung]:
    """Yield the search without one of its filters; without all, if each by itself does not help."""
    found: list[Rung] = []
    for each in request.filters:
        left = replace(request, filters=tuple(other for other in request.filters if other is not each))
        found += _rung(engine, RungCode.WITHOUT_FILTER, left, filters=(each,))
    if not found and len(request.filters) > 1:
        found += _rung(engine, RungCode.WITHOUT_FILTER, replace(request, filters=()), filters=request.filters)
    yield from sorted(found, key=lambda rung: rung.total)


def without_conditions(engine: Helpful, request: SearchRequest) -> Iterator[Rung]:
    """Yield the query without a field, a range of years or an exclusion that is written in it."""
    parts = parts_of(request.query)
    for at, part in enumerate(parts):
        match part:
            case Field(name, inner):
                changed = _with(request, parts, at, inner)
                yield from _rung(engine, RungCode.WITHOUT_FIELD, changed, _shown(inner), field=name)
            case YearRange(first, last):
                years = f"{first}-{last}" if first != last else str(first)
                changed = _with(request, parts, at, None)
                yield from _rung(engine, RungCode.WITHOUT_FILTER, changed, filters=(Filter("year", (years,)),))
            case Not(inner):
                changed = _with(request, parts, at, None)
                yield from _rung(engine, RungCode.WITHOUT_EXCLUSION, changed, _shown(inner))
            case _:
                pass


def respelled(engine: Helpful, request: SearchRequest) -> Iterator[Rung]:
    """Yield the query with a run put right by what stands in the archive."""
    parts = parts_of(request.query)
    found: list[tuple[int, Rung]] = []
    for at, part in islice(enumerate(parts), _RUNS):
        inner = _inner(part)
        if not isinstance(inner, Match | Exact):
            continue

        def asking(node: Node | None, at: int = at, part: Node = part) -> SearchRequest:
            wrapped = Field(part.name, node) if isinstance(part, Field) and node else node
            return _with(request, parts, at, wrapped)

        if len(parts) > 1 and engine.count(replace(request, query=part)):
            continue  # it is there, though not beside the others
        for each in respellings(engine, inner.text, asking):
            code = RungCode.SAME_PINYIN if each.sounds_alike else RungCode.WORD_EXCHANGED
            rungs = _exchanged(engine, each, isinstance(inner, Exact), asking, code, inner.text)
            found += [(each.rank, rung) for rung in rungs]
    found.sort(key=lambda each: (each[0], -each[1].total))
    kinds: dict[RungCode, int] = {}
    for _, rung in found:
        kinds[rung.code] = kinds.get(rung.code, 0) + 1
        if kinds[rung.code] <= _MOST:
            yield rung


def _exchanged(
    engine: Helpful,
    each: Respelling,
    is_quoted: bool,
    asking: Callable[[Node | None], SearchRequest],
    code: RungCode,
    word: str,
) -> Iterator[Rung]:
    ways: tuple[Node, ...] = (Exact(each.text),) if is_quoted else (Match(each.text), Exact(each.text))
    for way in ways:
        found = list(_rung(engine, code, asking(way), word, instead=each.text))
        if found:
            return (yield from found)


class NearestEntry:
    """The entry that comes nearest, looked for once, if it is needed."""

    def __init__(self, engine: Helpful, request: SearchRequest, known: Hit | None) -> None:
        """Take the entry, if it is known."""
        self._engine = engine
        self._request = request
        self._known = known

    @cached_property
    def has(self) -> tuple[str, ...]:
        """The query's words that it has."""
        return self._known.has if self._known else self._evidence[0].had if self._evidence else ()

    @cached_property
    def title(self) -> str:
        """Its title; empty if there is none."""
        entry = self._known.entry if self._known else self._engine.get(self._evidence[0].id) if self._evidence else None
        return entry.title if entry else ""

    @cached_property
    def _evidence(self) -> tuple[Evidence, ...]:
        return self._engine.evidence(self._request, 1, near_enough=True)


def with_fewer_words(engine: Helpful, request: SearchRequest, near: NearestEntry) -> Iterator[Rung]:
    """Yield the query without one of its words or, if none helps, without all that the nearest entry lacks."""
    parts = parts_of(request.query)
    found = []
    for at, left, word in islice(_shorter(parts), _WORDS):
        rungs = list(_rung(engine, RungCode.WORD_DROPPED, _with(request, parts, at, left), word))
        if rungs:
            is_lacking = not engine.count(SearchRequest(Match(word)))
            found.append((not is_lacking, rungs[0].total, rungs[0]))
    if found:
        yield from [rung for _, _, rung in sorted(found, key=lambda each: each[:2])[:_MOST]]
        return
    relaxed = relax(request.query)
    if relaxed and near.has:
        lacks = [term.text for term in relaxed.words if term.text not in near.has]
        others = [part for part in parts if not isinstance(part, Match)]
        kept = replace(request, query=joined(All, [*map(Match, near.has), *others]))
        yield from _rung(engine, RungCode.WORD_DROPPED, kept, *lacks)


def _shorter(parts: Sequence[Node]) -> Iterator[tuple[int, Node | None, str]]:
    """Yield the ways to leave out one word: the number of the part it is in, what is left of that, and the word."""
    for at, part in enumerate(parts):
        if not isinstance(part, Match):
            if isinstance(part, Exact) and len(parts) > 1:
                yield at, None, part.text
            continue
        leaf = next(iter(resolve(part).leaves))
        words = [term.text for term in leaf.terms]
        if len(words) == 1 and len(parts) > 1:
            yield at, None, part.text
        for word in words if len(words) > 1 else ():
            before, found, after = part.text.partition(word)
            # A word in another form than typed is not found: the others are then asked for by themselves.
            rest = [before, after] if found else [other for other in words if other != word]
            yield at, joined(All, [Match(each) for each in rest if each.strip()]), word


def nearest_title(engine: Helpful, request: SearchRequest, near: NearestEntry) -> Iterator[Rung]:
    """Yield the search for the title that is likest to the words typed."""
    typed = "".join(inner.text for part in parts_of(request.query) if isinstance(inner := _inner(part), Match | Exact))
    titles = [each.text for each in engine.suggest(typed, 5) if each.kind is SuggestionKind.TITLE] if typed else []
    title = titles[0] if titles else near.title
    if title and len(title) <= _LONGEST_TITLE:
        asked = replace(request, query=Field("title", Exact(title)), filters=())
        yield from _rung(engine, RungCode.NEAREST_TITLE, asked, instead=title)


def _inner(part: Node) -> Node:
    return part.node if isinstance(part, Field) else part


def _with(request: SearchRequest, parts: Sequence[Node], at: int, node: Node | None) -> SearchRequest:
    """Return the request with one part exchanged, or left out."""
    kept = (node if number == at else part for number, part in enumerate(parts))
    return replace(request, query=joined(All, kept))


def _shown(node: Node) -> str:
    """Return a part of a query as a rung quotes it."""
    match node:
        case Match(text) | Exact(text):
            return text
        case Pattern(strings):
            return "…".join(strings)
        case _:
            return written(node) or ""
