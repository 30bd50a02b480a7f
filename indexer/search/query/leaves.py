"""Derives from a query which strings to look for, in which fields, and how they must stand together.

Every engine uses it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.search.fields import TEXT_FIELDS
from indexer.search.query.terms import Term
from indexer.search.query.tree import All, Any, Exact, Field, Match, Near, Node, Not, Pattern, Strings, YearRange
from indexer.search.query.wildcards import Gap
from indexer.text.analyzer import words
from indexer.text.fold import fold
from indexer.text.variants import Likeness

Arrangement = int | tuple[Gap, ...]
"""How strings stand together: the greatest distance in characters, in any order; or the gap after each, in this
order."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Strings to find, and the fields to find them in."""

    scopes: tuple[str, ...]
    terms: tuple[Term, ...]
    whole: Term | None = None
    """The whole run or quoted string, not cut into words; None for arranged strings."""
    arrangement: Arrangement | None = None
    """How the terms must stand together; None if each is looked for by itself."""

    @property
    def as_meant(self) -> "Leaf":
        """The same leaf without look-alikes."""
        terms = tuple(term.as_meant for term in self.terms)
        return Leaf(self.scopes, terms, self.whole and self.whole.as_meant, self.arrangement)


def terms_of(node: Match | Exact) -> tuple[Term, ...]:
    """Return the terms that an entry must all contain to match a leaf; none for a text of white space only."""
    if isinstance(node, Match):
        likeness = _likeness(node.text)
        return tuple(Term(word, likeness) for word in words(node.text))
    whole = fold(node.text)
    return (Term(whole),) if whole else ()


def positive_leaves(node: Node | None, scopes: tuple[str, ...] = TEXT_FIELDS) -> Iterator[Leaf]:
    """Yield the leaves that make an entry match; those below a NOT are left out."""
    match node:
        case All(parts) | Any(parts):
            for part in parts:
                yield from positive_leaves(part, scopes)
        case Field(name, inner):
            yield from positive_leaves(inner, (name,))
        case Not() | YearRange() | None:
            return
        case _:
            yield leaf_of(node, scopes)


@lru_cache(4096)
def leaf_of(node: Strings, scopes: tuple[str, ...] = TEXT_FIELDS) -> Leaf:
    """Return the strings that a node asks for and the fields to look in."""
    match node:
        case Near(parts, distance):
            return Leaf(scopes, tuple(map(whole_of, parts)), arrangement=distance)
        case Pattern(strings, gaps):
            return Leaf(scopes, tuple(map(Term, strings)), arrangement=gaps)
        case _:
            return Leaf(scopes, terms_of(node), whole_of(node))


@lru_cache(1024)
def leaves_of(node: Node | None) -> tuple[Leaf, ...]:
    """Return `positive_leaves` of a query as a tuple; cached, because the next page or filter asks for it again."""
    return tuple(positive_leaves(node))


@lru_cache(1024)
def runs_of(node: Node | None, scopes: tuple[str, ...] = TEXT_FIELDS) -> tuple[tuple[str, Leaf], ...]:
    """Return the unquoted runs of a query that were cut into several words, as typed, with what each looks for."""
    match node:
        case Match(text):
            leaf = leaf_of(node, scopes)
            return ((text, leaf),) if len(leaf.terms) > 1 else ()
        case All(parts) | Any(parts):
            return tuple(run for part in parts for run in runs_of(part, scopes))
        case Field(name, inner):
            return runs_of(inner, (name,))
        case _:
            return ()


def searched(leaves: Iterable[Leaf]) -> set[tuple[tuple[str, ...], Term]]:
    """Return each distinct pair of fields and term to look for, except the terms of arranged leaves.

    A term that is looked for in all text fields is not looked for in one of them again, and one that is looked for with
    its look-alikes is not looked for without them.
    """
    pairs = {(leaf.scopes, term) for leaf in leaves if leaf.arrangement is None for term in leaf.terms}
    widest: dict[tuple[tuple[str, ...], str], Likeness] = {}
    for scopes, term in pairs:
        key = scopes, term.text
        widest[key] = max(term.likeness, widest.get(key, Likeness.PRINTED))
    return {
        (scopes, Term(text, likeness))
        for (scopes, text), likeness in widest.items()
        if scopes == TEXT_FIELDS or scopes[0] not in TEXT_FIELDS or widest.get((TEXT_FIELDS, text), -1) < likeness
    }


def whole_of(node: Match | Exact) -> Term:
    """Return a leaf's whole text as one term, not cut into words."""
    if isinstance(node, Match):
        return Term(fold(node.text), _likeness(node.text))
    return Term(fold(node.text))


def _likeness(run: str) -> Likeness:
    """Return how far an unquoted run may differ from the text.

    Single characters get no look-alikes: these would find far more wrong entries than misprints.
    """
    return Likeness.ALIKE if len(fold(run)) > 1 else Likeness.VARIANT
