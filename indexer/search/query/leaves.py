"""Says which strings a query looks for, where, and how they stand together; the same for every engine."""

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
"""How strings stand together: the greatest distance, in any order; or the gap after each, in this order."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Strings to find, and where."""

    scopes: tuple[str, ...]
    terms: tuple[Term, ...]
    whole: Term | None = None
    """The run or quoted string as a whole."""
    arrangement: Arrangement | None = None
    """None: each stands by itself."""

    @property
    def as_meant(self) -> "Leaf":
        """The same without look-alikes."""
        terms = tuple(term.as_meant for term in self.terms)
        return Leaf(self.scopes, terms, self.whole and self.whole.as_meant, self.arrangement)


def terms_of(node: Match | Exact) -> tuple[Term, ...]:
    """Give what a leaf asks for, each of which must be there; nothing for a text of white space."""
    if isinstance(node, Match):
        likeness = _likeness(node.text)
        return tuple(Term(word, likeness) for word in words(node.text))
    whole = fold(node.text)
    return (Term(whole),) if whole else ()


def positive_leaves(node: Node | None, scopes: tuple[str, ...] = TEXT_FIELDS) -> Iterator[Leaf]:
    """Give the leaves that make an entry match; those below a NOT do not."""
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
    """Give the strings that a node asks for: all engines look for these, whatever kind of node it is."""
    match node:
        case Near(parts, distance):
            return Leaf(scopes, tuple(map(whole_of, parts)), arrangement=distance)
        case Pattern(strings, gaps):
            return Leaf(scopes, tuple(map(Term, strings)), arrangement=gaps)
        case _:
            return Leaf(scopes, terms_of(node), whole_of(node))


@lru_cache(1024)
def leaves_of(node: Node | None) -> tuple[Leaf, ...]:
    """Give `positive_leaves` of a query, kept for its next page or filter."""
    return tuple(positive_leaves(node))


def searched(leaves: Iterable[Leaf]) -> set[tuple[tuple[str, ...], Term]]:
    """Give each string to look for with its scopes, arranged ones aside, once: what is looked for everywhere is not
    looked for in one part again, nor as printed what is looked for with its look-alikes."""
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
    """Give a leaf's text as one string, which is not cut."""
    if isinstance(node, Match):
        return Term(fold(node.text), _likeness(node.text))
    return Term(fold(node.text))


def _likeness(run: str) -> Likeness:
    """Give the likeness of an unquoted run; a single character's look-alikes would bring far more than its errors."""
    return Likeness.ALIKE if len(fold(run)) > 1 else Likeness.VARIANT
