"""Resolves a query once into a plan: which strings to look for, in which fields, and how they must stand together.

Matching, ranking, marking, counting and the search for near entries all read the same plan; every engine uses it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.search.fields import ALL_TEXT, TEXT_FIELDS, covers
from indexer.search.query.otherforms import OtherForm, other_forms
from indexer.search.query.terms import Term
from indexer.search.query.tree import All, Any, Exact, Field, Match, Near, Node, Not, Pattern, YearRange, parts_of
from indexer.search.query.wildcards import Gap
from indexer.text.analyzer import evidence, is_question, is_word, words
from indexer.text.fold import fold
from indexer.text.variants import Likeness
from indexer.text.wordlists import function_words


@dataclass(frozen=True, slots=True)
class Within:
    """Strings stand together in any order, with at most `distance` characters between neighbours."""

    distance: int


@dataclass(frozen=True, slots=True)
class InOrder:
    """Strings stand together in this order; `gaps` hold the least and greatest number of characters after each."""

    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Strings that must all stand in a scope; without strings, everything matches."""

    scope: str
    """A field's name, or `ALL_TEXT`."""
    terms: tuple[Term, ...]
    whole: Term | None = None
    """The whole run or quoted string, not cut into words; None for strings that stand together."""
    together: Within | InOrder | None = None
    """How the terms must stand together; None if each is looked for by itself."""

    @property
    def as_meant(self) -> "Leaf":
        """The same leaf without look-alikes."""
        terms = tuple(term.as_meant for term in self.terms)
        return Leaf(self.scope, terms, self.whole and self.whole.as_meant, self.together)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must match."""

    parts: tuple["Step", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part must match."""

    parts: tuple["Step", ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The part must not match; its leaves have no look-alikes, so that these exclude nothing."""

    part: "Step"


Step = Leaf | AllOf | AnyOf | NoneOf | YearRange
"""What decides whether an entry matches."""


@dataclass(frozen=True, slots=True)
class Searched:
    """The strings that some leaves look for, each once."""

    single: tuple[tuple[str, Term], ...]
    """Terms that are looked for by themselves, each with its scope."""
    together: tuple[Leaf, ...]
    """Leaves whose terms must stand together."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A query, resolved."""

    root: Step | None
    """None matches everything."""
    leaves: tuple[Leaf, ...]
    """What makes an entry match; leaves below a NOT are left out."""
    runs: tuple[tuple[str, Leaf], ...]
    """The unquoted runs that were cut into several words, as typed."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What of a query an entry can meet in part: the words typed without quotes.  All other conditions stay."""

    words: tuple[Term, ...]
    """The words that count, as typed."""
    runs: int
    """In how many runs they were typed."""
    weighed: tuple[Term, ...]
    """The same words, and the shorter ones inside them."""
    condition: Step | None
    leaves: tuple[Leaf, ...]
    """What to mark in an entry that comes near."""

    @property
    def has_strings(self) -> bool:
        """Whether the other conditions name strings, so that an entry which meets them has something of the query."""
        return len(self.leaves) > 1


@lru_cache(1024)
def resolve(query: Node | None) -> Plan:
    """Resolve a query; cached, because the next page or filter asks for it again."""
    root = None if query is None else _step(query, ALL_TEXT)
    return Plan(root, tuple(_positive(root)), tuple(_cut_runs(query, ALL_TEXT)))


@lru_cache(1024)
def relax(query: Node | None) -> Relaxed | None:
    """Return what of a query can be met in part.

    None if nothing can: it has no words outside quotes and fields.
    """
    parts = parts_of(query)
    runs = [part for part in parts if isinstance(part, Match)]
    typed = tuple(dict.fromkeys(word for run in runs for word in _weighty(run)))
    weighed = tuple(dict.fromkeys(each for word in typed for each in (word, *_inner(word))))
    if not weighed:
        return None
    others = tuple(_step(part, ALL_TEXT) for part in parts if not isinstance(part, Match))
    condition = AllOf(others) if others else None
    return Relaxed(typed, len(runs), weighed, condition, (*_positive(condition), Leaf(ALL_TEXT, weighed)))


def unquoted(node: Node) -> Node:
    """Return a query with its quotes read as words; the same if it has none."""
    match node:
        case Exact(text):
            return Match(text)
        case Pattern(strings):
            return Match("".join(strings))
        case Near(parts):
            return All(tuple(Match(part.text) for part in parts))
        case All(parts) | Any(parts):
            return type(node)(tuple(map(unquoted, parts)))
        case Field(name, inner):
            return Field(name, unquoted(inner))
        case _:
            return node


@lru_cache(1024)
def searched(leaves: tuple[Leaf, ...]) -> Searched:
    """Return each string that leaves look for once.

    A term that is looked for in all text fields is not looked for in one of them again, and one that is looked for with
    its look-alikes is not looked for without them.
    """
    widest: dict[tuple[str, str], Likeness] = {}
    for leaf in leaves:
        for term in () if leaf.together else leaf.terms:
            key = leaf.scope, term.text
            widest[key] = max(term.likeness, widest.get(key, Likeness.PRINTED))
    single = tuple(
        (scope, Term(text, likeness))
        for (scope, text), likeness in widest.items()
        if scope not in TEXT_FIELDS or widest.get((ALL_TEXT, text), -1) < likeness
    )
    return Searched(single, tuple(leaf for leaf in leaves if leaf.together))


@lru_cache(1024)
def searched_in(leaves: tuple[Leaf, ...], field: str) -> Searched:
    """Return each string that leaves look for in one field once."""
    return searched(tuple(leaf for leaf in leaves if covers(leaf.scope, field)))


def _step(node: Node, scope: str, *, alike: bool = True) -> Step:
    match node:
        case All(parts):
            return AllOf(tuple(_step(part, scope, alike=alike) for part in parts))
        case Any(parts):
            return AnyOf(tuple(_step(part, scope, alike=alike) for part in parts))
        case Not(part):
            return NoneOf(_step(part, scope, alike=False))
        case Field(name, inner):
            return _step(inner, name, alike=alike)
        case YearRange():
            return node
        case Near(parts, distance):
            leaf = Leaf(scope, tuple(map(_whole, parts)), together=Within(distance))
        case Pattern(strings, gaps):
            leaf = Leaf(scope, tuple(map(Term, strings)), together=InOrder(gaps))
        case Match(text):
            ways = [Leaf(scope, _terms(node), _whole(node)), *(_formed(scope, form) for form in other_forms(text))]
            if len(ways) > 1:
                return AnyOf(tuple(way if alike else way.as_meant for way in ways))
            (leaf,) = ways
        case _:
            leaf = Leaf(scope, _terms(node), _whole(node))
    return leaf if alike else leaf.as_meant


def _formed(scope: str, form: OtherForm) -> Leaf:
    """Return the leaf of a run in another form: what is formed otherwise is found as it stands, the rest is cut."""
    fixed = (Term(text, Likeness.VARIANT) for text in form.fixed)
    cut = (term for text in form.rest for term in _terms(Match(text)))
    return Leaf(scope, tuple(dict.fromkeys((*fixed, *cut))), Term(form.text, Likeness.VARIANT))


def _positive(step: Step | None) -> Iterator[Leaf]:
    match step:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _positive(part)
        case Leaf():
            yield step
        case _:
            return


def _cut_runs(node: Node | None, scope: str) -> Iterator[tuple[str, Leaf]]:
    match node:
        case Match(text):
            terms = _terms(node)
            if len(terms) > 1:
                yield text, Leaf(scope, terms, _whole(node))
        case All(parts) | Any(parts):
            for part in parts:
                yield from _cut_runs(part, scope)
        case Field(name, inner):
            yield from _cut_runs(inner, name)
        case _:
            return


@lru_cache(4096)
def _terms(node: Match | Exact) -> tuple[Term, ...]:
    """Return the terms that an entry must all contain to match; none for a text of white space only."""
    if isinstance(node, Match):
        likeness = _likeness(node.text)
        cut = words(node.text)
        if is_question(node.text):  # its words that say nothing need not be there
            cut = tuple(word for word in cut if word not in function_words()) or cut
        return tuple(Term(word, likeness) for word in cut)
    whole = _whole(node)
    return (whole,) if whole.text else ()


def _whole(node: Match | Exact) -> Term:
    """Return a whole text as one term, not cut into words."""
    is_exact = isinstance(node, Exact) and not node.alike
    return Term(fold(node.text), Likeness.PRINTED if is_exact else _likeness(node.text))


def _likeness(run: str) -> Likeness:
    """Return how far a run, or a string in quotes that asks for look-alikes, may differ from the text.

    Single characters get no look-alikes: these would find far more wrong entries than misprints.
    """
    return Likeness.ALIKE if len(fold(run)) > 1 else Likeness.VARIANT


def _weighty(run: Match) -> Iterable[Term]:
    """Return a run's significant words."""
    terms = [term for term in _terms(run) if is_word(term.text)]
    return [term for term in terms if term.text not in function_words()] or terms


def _inner(word: Term) -> Iterator[Term]:
    """Yield the shorter words inside one that has several."""
    if len(parts := evidence(word.text).parts) > 1:
        yield from (Term(part, min(word.likeness, Likeness.VARIANT)) for part in parts)
