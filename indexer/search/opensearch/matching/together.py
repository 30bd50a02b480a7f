"""Finds the entries in which strings stand near one another.

Two strings that share no character at their ends are found by the cluster alone.  Of others it finds those in which they
may stand so, since it compares their outer distance only; these are read, and looked at by our own rule.
"""

from collections.abc import Iterable, Iterator
from itertools import permutations

from indexer.errors import IndexUnavailable
from indexer.model import Entry
from indexer.search.cache import CacheOf
from indexer.search.fields import APART, TEXT_FIELDS, covers, field_texts
from indexer.search.opensearch.connection import Query
from indexer.search.opensearch.matching.strings import (
    NOTHING,
    all_of,
    any_of,
    can_be_sent,
    fields_of,
    single_forms,
)
from indexer.search.opensearch.questions import BY_RANK, Questions
from indexer.search.opensearch.shape import LIKENESSES, MOST_TERMS, SINGLE
from indexer.search.query.plan import InOrder, Leaf
from indexer.search.query.terms import Term, can_meet
from indexer.search.shown.marks import standing_together
from indexer.text.fold import fold

_RANKS = CacheOf[tuple[int, ...]](16 << 20)
"""Numbers of the entries in which the strings of a leaf stand together."""
MOST_READ = 20_000
"""Entries that are read to see whether strings stand together in them; reading more would keep a reader waiting."""


class Together:
    """The leaves of one generation whose strings must stand together, each as a query that matches exactly."""

    def __init__(self, questions: Questions) -> None:
        """Set whom to ask."""
        self._questions = questions

    def query(self, leaf: Leaf, context: Iterable[Query] = ()) -> Query:
        """Return a query for the entries in which a leaf's strings stand together.

        Where entries have to be read and these are too many, only those that meet `context`, which the caller adds anyway,
        are looked at.  Raises `IndexUnavailable` if they are too many even then.
        """
        if not all(term.text and can_be_sent(term.text) for term in leaf.terms):
            return NOTHING
        fields = [
            (field, each) for field in (*TEXT_FIELDS, *APART) if covers(leaf.scope, field) for each in fields_of(field)
        ]
        if _is_found_by_distance(leaf):
            return any_of([_intervals(name, _pairs(name, leaf)) for _, name in fields])
        kept = self._questions.caches.of(_RANKS)
        ranks = kept.get(leaf)
        if ranks is None:
            wide = any_of([_intervals(name, _around(name, leaf)) for _, name in fields])
            narrow = [wide, *context]
            is_whole = self._questions.count(wide) <= MOST_READ
            if not is_whole and self._questions.count(all_of(narrow)) > MOST_READ:
                raise IndexUnavailable("cluster-too-many-near", limit=MOST_READ)
            read = self._questions.stream(wide if is_whole else all_of(narrow), BY_RANK)
            ranks = tuple(hit.rank for hit in read if _stand_together(hit.entry, leaf))
            if is_whole:
                kept.put(leaf, ranks, 40 * len(ranks))
        parts = [list(ranks[at : at + MOST_TERMS]) for at in range(0, len(ranks), MOST_TERMS)]
        return any_of([{"terms": {"rank": part}} for part in parts])


def _stand_together(entry: Entry, leaf: Leaf) -> bool:
    assert leaf.together is not None
    return any(
        text and standing_together(fold(text), leaf.terms, leaf.together)
        for field, texts in field_texts(entry).items()
        if covers(leaf.scope, field)
        for text in texts
    )


def _is_found_by_distance(leaf: Leaf) -> bool:
    """Return whether the cluster's own measure of distance is exact for a leaf."""
    if len(leaf.terms) != 2 or can_meet(*leaf.terms):
        return False
    return not isinstance(leaf.together, InOrder) or all(least == 0 for least, _ in leaf.together.gaps)


def _pairs(field: str, leaf: Leaf) -> list[Query]:
    """Return the orders in which two strings may stand, with the most that may be between them."""
    one, other = leaf.terms
    if isinstance(leaf.together, InOrder):
        ((_, most),) = leaf.together.gaps
        return [_ordered(field, (one, other), most + _wide(one))]
    assert leaf.together is not None
    most = leaf.together.distance
    return [_ordered(field, pair, most + _wide(pair[0])) for pair in permutations((one, other))]


def _around(field: str, leaf: Leaf) -> list[Query]:
    """Return what stands at most as far apart, all in all, as strings that stand together may."""
    room = sum(map(_wide, leaf.terms))
    if isinstance(leaf.together, InOrder):
        return [_ordered(field, leaf.terms, sum(most for _, most in leaf.together.gaps) + room)]
    assert leaf.together is not None
    most = (len(leaf.terms) - 1) * leaf.together.distance + room
    rules = list(_strings(field, leaf.terms))
    return [{"all_of": {"mode": "unordered", "max_gaps": most, "intervals": rules}} if len(rules) > 1 else rules[0]]


def _wide(term: Term) -> int:
    """Return by how much a string reaches farther than its last pair: pairs begin at all characters but the last."""
    return min(1, len(term.text) - 1)


def _ordered(field: str, terms: tuple[Term, ...], most: int) -> Query:
    rules = list(_strings(field, terms))
    return {"all_of": {"mode": "ordered", "max_gaps": most, "intervals": rules}} if len(rules) > 1 else rules[0]


def _strings(field: str, terms: Iterable[Term]) -> Iterator[Query]:
    """Yield each string as the cluster measures distances from it."""
    for term in terms:
        if len(term.text) > 1:
            name = field + LIKENESSES[term.likeness]
            yield {"match": {"query": term.text, "max_gaps": 0, "mode": "ordered", "use_field": name}}
        else:
            forms = [{"match": {"query": char, "use_field": field + SINGLE}} for char in single_forms(term)]
            yield {"any_of": {"intervals": forms}} if len(forms) > 1 else forms[0]


def _intervals(field: str, rules: list[Query]) -> Query:
    rule = {"any_of": {"intervals": rules}} if len(rules) > 1 else rules[0]
    return {"intervals": {field: rule}}
