"""Finds where a query's strings stand in an entry, on its text as printed; the same for every engine."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from indexer.search.fields import TEXT_FIELDS
from indexer.search.query.proximity import taking_part
from indexer.search.query.terms import Term
from indexer.search.query.tree import All, Any, Exact, Field, Match, Near, Node, Not, Pattern
from indexer.search.query.wildcards import Gap, places_with_gaps
from indexer.text.analyzer import words
from indexer.text.fold import fold, fold_with_offsets
from indexer.text.variants import Likeness, likened

Range = tuple[int, int]
"""A half-open range of characters."""
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


@dataclass(frozen=True, slots=True)
class Marks:
    """What of a text a query matches."""

    ranges: Sequence[Range]
    """Of the text as printed, merged where they touch, sorted."""
    pieces: Sequence[Range]
    """The same before merging, sorted: each string's, without overlaps."""

    @property
    def count(self) -> int:
        """Occurrences: what different strings have in common is one."""
        return separate(self.pieces)


_NO_MARKS = Marks((), ())


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
        case Match() | Exact():
            yield Leaf(scopes, terms_of(node), whole_of(node))
        case Near(parts, distance):
            yield Leaf(scopes, tuple(map(whole_of, parts)), arrangement=distance)
        case Pattern(strings, gaps):
            yield Leaf(scopes, tuple(map(Term, strings)), arrangement=gaps)
        case All(parts) | Any(parts):
            for part in parts:
                yield from positive_leaves(part, scopes)
        case Field(name, inner):
            yield from positive_leaves(inner, (name,))
        case Not(_) | None:
            return
        case _:
            return


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


def occurrences(text: str, string: str) -> list[Range]:
    """Give where `string` stands in `text`, from the left, without overlaps; both folded alike."""
    return [(at, at + len(string)) for at in _places(text, string, len(string))]


def arranged(text: str, terms: Sequence[Term], arrangement: Arrangement) -> list[Range]:
    """Give where strings stand together in a folded text."""
    starts = [np.array(_places(likened(text, term.likeness), term.pattern, 1), dtype=np.int64) for term in terms]
    if not all(map(len, starts)):
        return []
    lengths = [len(term.text) for term in terms]
    if isinstance(arrangement, tuple):
        begins, ends = places_with_gaps(starts, lengths, arrangement)
        return list(zip(begins.tolist(), ends.tolist(), strict=True))
    groups = zip(starts, lengths, taking_part(starts, lengths, arrangement), strict=True)
    return sorted({(start, start + length) for places, length, near in groups for start in places[near].tolist()})


def find_marks(leaves: Sequence[Leaf], scope: str, text: str) -> Marks:
    """Find what the leaves match in a text of this scope."""
    wanted = [leaf for leaf in leaves if scope in leaf.scopes]
    if not wanted or not text:
        return _NO_MARKS
    folded = fold_with_offsets(text)
    terms = {term for _, term in searched(wanted)}
    texts = {likeness: likened(folded.text, likeness) for likeness in {term.likeness for term in terms}}
    found = [place for term in terms for place in occurrences(texts[term.likeness], term.pattern)]
    for leaf in wanted:
        if leaf.arrangement is not None:
            found += arranged(folded.text, leaf.terms, leaf.arrangement)
    if not found:
        return _NO_MARKS
    pieces = sorted(folded.original_span(start, end) for start, end in found)
    return Marks(merged(pieces), pieces)


def separate(ranges: Sequence[Range]) -> int:
    """Count ranges, sorted, as a scan from the left finds them: none within another, the longest of those that begin
    together."""
    count = 0
    begin = end = -1
    for first, last in ranges:
        if first >= end:
            count += 1
            begin, end = first, last
        elif first == begin:
            end = last
    return count


def merged(ranges: Sequence[Range]) -> list[Range]:
    """Join ranges that overlap or touch; give them sorted."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _likeness(run: str) -> Likeness:
    """Give the likeness of an unquoted run; a single character's look-alikes would bring far more than its errors."""
    return Likeness.ALIKE if len(fold(run)) > 1 else Likeness.VARIANT


def _places(text: str, string: str, step: int) -> list[int]:
    """Give where `string` stands in `text`, each at least `step` behind the one before it."""
    found = []
    at = text.find(string) if string else -1
    while at >= 0:
        found.append(at)
        at = text.find(string, at + step)
    return found
