"""Scores entries by BM25F over words and character bigrams; which entries match is decided elsewhere."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT
from indexer.search.query.plan import Leaf
from indexer.search.query.terms import Term
from indexer.search.ranking.contributions import Contribution, Points
from indexer.search.ranking.weighing import Weighed, lift, lift_as_meant, runs, texts_of, weighed
from indexer.search.shown.results import PartCode
from indexer.search.whoosh.answering import weights
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.openindex import OpenIndex
from indexer.search.whoosh.strings.entries import Documents

_ROWS = 4
"""Elements per block below which sorting everything is as fast as looking for the highest."""


class Ranking:
    """The scores of the entries found."""

    def __init__(self, leaves: tuple[Leaf, ...], numbers: Documents, lookup: Lookup) -> None:
        """Score the documents `numbers`."""
        self._leaves = leaves
        self.numbers = numbers
        self._lookup = lookup
        self.alike = _only_alike(leaves, numbers, lookup)
        """Which documents have one of the terms only in the form of a look-alike; None if there are none."""
        points = term_points(leaves, numbers, lookup)
        self._bonuses = list(_bonuses(leaves, numbers, lookup, points, self.alike))
        self.points: Points = sum((part.points for part in self._bonuses), points)

    def parts(self, chosen: NDArray[np.int64]) -> list[Contribution]:
        """Return what makes up the points of some entries, given by their indexes in `numbers`."""
        bonuses = [part._replace(points=part.points[chosen]) for part in self._bonuses]
        return contributions(self._leaves, self.numbers[chosen], self._lookup, seams=False) + bonuses


def contributions(
    leaves: tuple[Leaf, ...], numbers: NDArray[np.int64], lookup: Lookup, *, seams: bool
) -> list[Contribution]:
    """Return the contribution of each word or bigram to the points of documents, which may stand in any order."""
    order = numbers.argsort()
    ascending, back = numbers[order], order.argsort()
    return [
        Contribution(each.code, each.text, _points(each, ascending, lookup)[back])
        for each in weighed(texts_of(leaves), seams=seams)
    ]


def all_points(leaves: tuple[Leaf, ...], lookup: Lookup, *, seams: bool) -> Points:
    """Return the points that words and bigrams give every entry."""
    result = np.zeros(len(lookup.index), dtype=np.int64)
    for each in weighed(texts_of(leaves), seams=seams):
        if each.as_string:
            if _counts(each, lookup):
                documents = weights.holders(each.term, lookup)
                result[documents] += _points(each, documents, lookup)
        else:
            holders, found = lookup.word(each.text)
            result[holders.astype(np.intp)] += found * _of_one_step(each, lookup)
    return result


def evident(leaves: tuple[Leaf, ...], lookup: Lookup, *, seams: bool) -> list[Weighed]:
    """Return the words and bigrams of leaves that give some entry points; with `seams`, bigrams across those of words."""
    return [each for each in weighed(texts_of(leaves), seams=seams) if _is_evident(each, lookup)]


def _is_evident(each: Weighed, lookup: Lookup) -> bool:
    if not each.as_string:
        return lookup.index.frequency(each.text) > 0
    if each.code is PartCode.ALIKE:
        return _counts(each, lookup) and lookup.held(each.term) > lookup.held(each.term.as_meant)
    return lookup.held(each.term) > 0


def term_points(leaves: tuple[Leaf, ...], numbers: Documents, lookup: Lookup) -> Points:
    """Return the points that words and bigrams give each of the documents `numbers`."""
    result = np.zeros(len(numbers), dtype=np.int64)
    for each in weighed(texts_of(leaves)):
        result += _points(each, numbers, lookup)
    return result


def _points(each: Weighed, numbers: Documents, lookup: Lookup) -> Points:
    """Return the points that a word or bigram gives each of some documents."""
    if not each.as_string:
        found = weights.of_word(each.text, numbers, lookup)
    elif each.code is PartCode.ALIKE:
        found = _weights_alike(each.term, numbers, lookup)
    else:
        found = weights.of_string(each.term, numbers, lookup)
    # How rare it is matters only where some of these have it; to know it may take reading.
    return found * _of_one_step(each, lookup) if found.any() else found.astype(np.int64)


def _weights_alike(term: Term, numbers: Documents, lookup: Lookup) -> weights.Weights:
    """Return the weight of a term in those of some documents that have it as a look-alike alone."""
    found = np.zeros(len(numbers), dtype=np.uint8)
    if lookup.sought(term).widened:
        only = lookup.holding(ALL_TEXT, term, numbers) & ~lookup.holding(ALL_TEXT, term.as_meant, numbers)
        if only.any():
            found[only] = weights.of_string(term, numbers[only], lookup)
    return found


def _counts(each: Weighed, lookup: Lookup) -> bool:
    """Return whether a string counts: look-alike words that have no other form here do not."""
    return each.code is not PartCode.ALIKE or lookup.sought(each.term).widened


def _of_one_step(each: Weighed, lookup: Lookup) -> np.int64:
    """Return the points that one step of a word's or bigram's weight is worth."""
    frequency = lookup.held(each.term) if each.as_string else lookup.index.frequency(each.text)
    return np.int64(each.points(frequency, len(lookup.index)))


def sort_keys(sort: str, numbers: Documents, points: Points, index: OpenIndex) -> NDArray[np.integer[Any]]:
    """Return for each of the documents `numbers` what orders it by one of `SORTS`, highest first; ties keep their order.

    A document's number is its rank by `indexer.search.order.tie_break`.
    """
    match sort:
        case "year-asc":
            return -index.years[numbers]
        case "year-desc":
            return index.years[numbers]
        case "book":
            return -index.book[numbers]
        case _:
            return points


def best(points: NDArray[np.integer[Any]], first: int, count: int) -> NDArray[np.int64]:
    """Return the indexes of `count` elements, ranked from `first` on: highest first, ties in array order."""
    wanted = first + count
    among = _not_below(points, wanted) if count else np.arange(0)
    return among[np.argsort(-points[among], kind="stable")][first:wanted]


def _not_below(points: NDArray[np.integer[Any]], wanted: int) -> NDArray[np.int64]:
    """Return the indexes of some elements, ascending, with the `wanted` highest among them.

    The array is cut into more blocks than elements are wanted; those less than the `wanted`-th highest of the blocks'
    maxima can be skipped.  That takes a tenth of what NumPy's own partition does where many elements are equal.
    """
    blocks = 4 * wanted
    rows = len(points) // blocks
    if rows < _ROWS:
        return np.arange(len(points))
    greatest = points[: rows * blocks].reshape(blocks, rows).max(axis=1)
    least = np.partition(greatest, blocks - wanted)[blocks - wanted]
    above = np.flatnonzero(points > least)
    if len(above) < wanted:
        equal = np.flatnonzero(points == least)
        return np.sort(np.concatenate((above, equal[: wanted - len(above)])))
    return above


def together(leaves: tuple[Leaf, ...], numbers: Documents, lookup: Lookup, points: Points) -> list[Contribution]:
    """Return what lifts entries in which runs of words stand together; `points` are those that the words gave.

    The segmenter may split what belongs together, so words that stand together lift an entry past one that has one more
    of the words apart.
    """
    share = lift(int(points.max(initial=0)))
    lifts = []
    for run in runs(leaves):
        for scope, code in ((ALL_TEXT, PartCode.TOGETHER), ("title", PartCode.TOGETHER_IN_TITLE)):
            held = lookup.holding(scope, run.as_meant, numbers)
            lifts.append(Contribution(code, run.text, held * np.int64(share)))
    return lifts


def _bonuses(
    leaves: tuple[Leaf, ...],
    numbers: Documents,
    lookup: Lookup,
    points: Points,
    alike: NDArray[np.bool_] | None,
) -> Iterator[Contribution]:
    """Yield what lifts entries above others beside words; `points` are those that the words gave."""
    yield from together(leaves, numbers, lookup, points)
    if alike is not None and not alike.all():
        lifted = 2 * len(runs(leaves)) * lift(int(points.max(initial=0)))
        most = lift_as_meant(int(points[alike].max()), lifted)
        yield Contribution(PartCode.AS_MEANT, "", ~alike * np.int64(most))


def _only_alike(leaves: tuple[Leaf, ...], numbers: Documents, lookup: Lookup) -> NDArray[np.bool_] | None:
    result = np.zeros(len(numbers), dtype=np.bool_)
    for scope, term in dict.fromkeys((leaf.scope, term) for leaf in leaves for term in leaf.terms):
        if lookup.sought(term).widened:
            result |= lookup.holding(scope, term, numbers) & ~lookup.holding(scope, term.as_meant, numbers)
    return result if result.any() else None
