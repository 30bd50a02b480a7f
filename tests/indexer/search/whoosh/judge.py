"""Judges what a search found, by reading the texts of entries; knows no index."""

import re
from collections.abc import Iterable, Sequence

from indexer.model import Entry
from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.search.query.leaves import Leaf, positive_leaves, terms_of, whole_of
from indexer.search.query.terms import Term
from indexer.search.query.tree import All, Any, Exact, Field, Match, Near, Node, Not, Pattern, YearRange
from indexer.search.shown.marks import arranged
from indexer.search.shown.results import Hit
from indexer.text.analyzer import evidence
from indexer.text.fold import fold
from indexer.text.variants import Likeness, likened
from indexer.text.wordlists import function_words


def holds(entry: Entry, node: Node, scope: str = "", *, alike: bool = True) -> bool:
    """Say whether an entry matches, by reading its texts; what a NOT leaves out has no look-alikes."""
    texts = [fold(text) for name in ([scope] if scope else TEXT_FIELDS) for text in field_texts(entry)[name]]

    def sought(terms: Iterable[Term]) -> list[Term]:
        return [term if alike else term.as_meant for term in terms]

    match node:
        case Match() | Exact():
            return all(
                any(term.pattern in likened(text, term.likeness) for text in texts) for term in sought(terms_of(node))
            )
        case Near(parts, distance):
            return any(arranged(text, sought(map(whole_of, parts)), distance) for text in texts)
        case Pattern(strings, gaps):
            wanted = lazy(strings, gaps)
            return any(wanted.search(text) for text in texts)
        case All(parts):
            return all(holds(entry, part, scope, alike=alike) for part in parts)
        case Any(parts):
            return any(holds(entry, part, scope, alike=alike) for part in parts)
        case Not(part):
            return not holds(entry, part, scope, alike=False)
        case Field(name, inner):
            return holds(entry, inner, name, alike=alike)
        case YearRange(first, last):
            return first <= entry.year <= last


def marked_leaves(node: Node, *, partly: bool) -> list[Leaf]:
    """Give what is marked in the entries on a page, and so counted.

    Where no entry matches (`partly`), a word typed without quotes is marked only if it says something or no other
    does, and so are the shorter words inside it: an entry need not have the whole.
    """
    if not partly:
        return list(positive_leaves(node))
    leaves = []
    for part in node.parts if isinstance(node, All) else (node,):
        if isinstance(part, Match):
            terms = [term for term in terms_of(part) if any(map(str.isalnum, term.text))]
            weighty = [term for term in terms if term.text not in function_words()] or terms
            inner = [
                Term(word, Likeness.VARIANT)
                for term in weighty
                if len(words := evidence(term.text).parts) > 1
                for word in words
            ]
            leaves.append(Leaf(TEXT_FIELDS, (*weighty, *inner)))
        else:
            leaves += positive_leaves(part)
    return leaves


def occurrences(entry: Entry, leaves: Sequence[Leaf]) -> int:
    """Count by reading: the places of each string in each text, without overlaps, and of those that overlap one."""
    return sum(
        apart(place for leaf in leaves if name in leaf.scopes for place in places(fold(text), leaf))
        for name, texts in field_texts(entry).items()
        for text in texts
    )


def places(text: str, leaf: Leaf) -> list[tuple[int, int]]:
    """Give where a leaf's strings stand in a folded text, or where they stand together."""
    if isinstance(leaf.arrangement, int):
        return arranged(text, leaf.terms, leaf.arrangement)
    if leaf.arrangement is not None:
        return [found.span() for found in lazy([term.text for term in leaf.terms], leaf.arrangement).finditer(text)]
    return [
        found.span()
        for term in leaf.terms
        for found in re.finditer(re.escape(term.pattern), likened(text, term.likeness))
    ]


def apart(ranges: Iterable[tuple[int, int]]) -> int:
    """Count ranges from the left, the longest first where several begin, leaving out what overlaps one counted."""
    counted: list[tuple[int, int]] = []
    for start, end in sorted(ranges, key=lambda each: (each[0], -each[1])):
        if not counted or start >= counted[-1][1]:
            counted.append((start, end))
    return len(counted)


def said(hit: Hit) -> int:
    """Add up the occurrences that a hit tells its reader of."""
    return sum(int(reason.rsplit(" ", 2)[1]) for reason in hit.reasons)


def lazy(strings: Sequence[str], gaps: Sequence[tuple[int, int]]) -> re.Pattern[str]:
    """Give the regular expression that judges strings with gaps."""
    between = [f".{{{least},{most}}}?" for least, most in gaps]
    return re.compile("".join(map("".join, zip(map(re.escape, strings), [*between, ""], strict=True))), re.DOTALL)
