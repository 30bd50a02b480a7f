"""Scores entries by BM25F over words and character bigrams; which entries match is decided elsewhere."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT
from indexer.search.query.plan import Leaf
from indexer.search.query.terms import Term
from indexer.search.shown.results import PartCode
from indexer.search.sortedarrays import values_of
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.files.cache import CacheOf
from indexer.search.whoosh.openindex import OpenIndex
from indexer.search.whoosh.words.bm25f import K1, STEPS
from indexer.text.analyzer import evidence, seam_grams
from indexer.text.variants import Likeness

GRAM = 0.6
"""Weight of a bigram relative to a word; this and the two constants below were set by `tests/relevance`."""
MISPRINT = 0.3
"""Weight of a word in entries that have it only as a look-alike, relative to the word itself."""
STEEP = 1.6
"""Exponent of the inverse document frequency: a rare word says more than its logarithm."""
SHARE = 0.25
"""Share of the best score added if a run of words stands together, and added again if it does so in the title."""
_ONE_BY_ONE = 40
"""If fewer than one document in this many is found, looking each up in the postings is faster than reading them all."""
_EVIDENT = 600
"""Bytes that a `WeightedTerm` takes beside its arrays."""
_ROWS = 4
"""Elements per block below which sorting everything is as fast as looking for the highest."""
POINT = 1000 * STEPS
"""Points that make a score of 1.  Scores are summed in whole points, so that equal ones are equal in any order of
adding."""
_DIGIT = re.compile("[0-9]")
Points = NDArray[np.int64]


class WeightedTerm(Struct, frozen=True, gc=False):
    """A word or bigram, and the entries that contain it."""

    code: PartCode
    text: str
    documents: NDArray[np.unsignedinteger[Any]]
    """Document numbers, ascending."""
    weights: NDArray[np.uint8]
    points: np.int64
    """Points that one step of weight is worth."""


WEIGHTED = CacheOf[tuple[WeightedTerm, ...]](32 << 20)
"""The weighted words and bigrams of a query, by its terms."""


class Contribution(NamedTuple):
    """One reason why entries have some of their points."""

    code: PartCode
    text: str
    """The word, bigram or run; empty where the code needs none."""
    points: Points
    """The points it gave each entry."""


class Ranking:
    """The scores of the entries found."""

    def __init__(self, leaves: tuple[Leaf, ...], numbers: NDArray[np.int64], lookup: Lookup) -> None:
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
        return contributions(evident(self._leaves, self._lookup), self.numbers[chosen]) + bonuses


def contributions(weighted: Iterable[WeightedTerm], numbers: NDArray[np.int64]) -> list[Contribution]:
    """Return the contribution of each word or bigram to the points of the documents `numbers`."""
    return [
        Contribution(each.code, each.text, values_of(numbers, each.documents, each.weights) * each.points)
        for each in weighted
    ]


def all_points(weighted: Iterable[WeightedTerm], lookup: Lookup) -> Points:
    """Return the points that words and bigrams give every entry."""
    result = np.zeros(len(lookup.index), dtype=np.int64)
    for each in weighted:
        result[each.documents] += each.weights * each.points
    return result


def term_points(leaves: tuple[Leaf, ...], numbers: NDArray[np.int64], lookup: Lookup) -> Points:
    """Return the points that words and bigrams give each of the documents `numbers`."""
    weighted = evident(leaves, lookup)
    if len(numbers) * _ONE_BY_ONE >= len(lookup.index):
        return all_points(weighted, lookup)[numbers]
    result = np.zeros(len(numbers), dtype=np.int64)
    for each in weighted:
        result += values_of(numbers, each.documents, each.weights) * each.points
    return result


def factor(frequency: int, documents: int) -> int:
    """Return the points of one step of a word's weight, if `frequency` of the documents contain the word."""
    rarity: float = max(0.0, math.log(documents / (frequency + 1)) + 1) ** STEEP
    return round(rarity * (K1 + 1) * POINT / STEPS)


def sort_keys(sort: str, numbers: NDArray[np.int64], points: Points, index: OpenIndex) -> NDArray[np.integer[Any]]:
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


def evident(leaves: tuple[Leaf, ...], lookup: Lookup, *, seams: bool = False) -> tuple[WeightedTerm, ...]:
    """Return each word and bigram of the leaves that some entry contains; with `seams`, bigrams across those of words."""
    texts = tuple(each for leaf in leaves for each in ((leaf.whole,) if leaf.whole else leaf.terms))
    kept = lookup.index.caches.of(WEIGHTED)
    found = kept.get((texts, seams))
    if found is None:
        found = tuple(_weighted(texts, lookup, seams=seams))
        # Words' postings are memory-mapped and take no memory here.
        held = (array for each in found for array in (each.documents, each.weights) if array.flags.owndata)
        kept.put((texts, seams), found, _EVIDENT * len(found) + sum(array.nbytes for array in held))
    return found


def _weighted(texts: Sequence[Term], lookup: Lookup, *, seams: bool) -> Iterator[WeightedTerm]:
    index = lookup.index
    found = [evidence(each.text) for each in texts]
    short = all(len(word) == 1 for each in found for word in each.words)
    for word in dict.fromkeys(word for each in found for word in (*each.words, *each.parts)):
        # Numbers are printed, and so segmented, in several ways; single characters are seldom segmented as words.
        as_string = _DIGIT.search(word) or (short and len(word) == 1)
        holders, weights = lookup.weigh(Term(word, Likeness.VARIANT)) if as_string else index.postings(word)
        if len(holders):
            yield WeightedTerm(PartCode.WORD, word, holders, weights, np.int64(factor(len(holders), len(index))))
    grams = dict.fromkeys(gram for each in found for gram in each.grams)
    if seams:
        known = {word for each in found for word in (*each.words, *each.parts)}
        grams |= dict.fromkeys(gram for each in texts for gram in seam_grams(each.text) if gram not in known)
    for gram in grams:
        holders, weights = lookup.weigh(Term(gram, Likeness.VARIANT))
        if len(holders):
            points = round(GRAM * factor(len(holders), len(index)))
            yield WeightedTerm(PartCode.BIGRAM, gram, holders, weights, np.int64(points))
    wide = [each for text, each in zip(texts, found, strict=True) if text.likeness is Likeness.ALIKE]
    for word in dict.fromkeys(word for each in wide for word in each.words):
        term = Term(word, Likeness.ALIKE)
        if lookup.sought(term).widened:
            holders, weights = lookup.weigh(term)
            only = ~lookup.mask(lookup.weigh(term.as_meant)[0])[holders]
            if only.any():
                points = round(MISPRINT * factor(len(holders), len(index)))
                yield WeightedTerm(PartCode.ALIKE, word, holders[only], weights[only], np.int64(points))


def together(
    leaves: tuple[Leaf, ...], numbers: NDArray[np.int64], lookup: Lookup, points: Points
) -> list[Contribution]:
    """Return what lifts entries in which runs of words stand together; `points` are those that the words gave.

    The segmenter may split what belongs together, so words that stand together lift an entry past one that has one more
    of the words apart.
    """
    share = _share(points)
    lifts = []
    for run in _runs(leaves):
        for scope, code in ((ALL_TEXT, PartCode.TOGETHER), ("title", PartCode.TOGETHER_IN_TITLE)):
            held = lookup.holding(scope, run.as_meant, numbers)
            lifts.append(Contribution(code, run.text, held * np.int64(share)))
    return lifts


def _bonuses(
    leaves: tuple[Leaf, ...],
    numbers: NDArray[np.int64],
    lookup: Lookup,
    points: Points,
    alike: NDArray[np.bool_] | None,
) -> Iterator[Contribution]:
    """Yield what lifts entries above others beside words; `points` are those that the words gave."""
    yield from together(leaves, numbers, lookup, points)
    if alike is not None and not alike.all():
        # An entry that has the query's strings only as look-alikes must rank below all that have them as meant.
        most = int(points[alike].max()) + 2 * len(_runs(leaves)) * _share(points) + 1
        yield Contribution(PartCode.AS_MEANT, "", ~alike * np.int64(most))


def _runs(leaves: tuple[Leaf, ...]) -> list[Term]:
    return list(dict.fromkeys(leaf.whole for leaf in leaves if len(leaf.terms) > 1 and leaf.whole))


def _share(points: Points) -> int:
    return int(SHARE * (int(points.max(initial=0)) or POINT))


def _only_alike(leaves: tuple[Leaf, ...], numbers: NDArray[np.int64], lookup: Lookup) -> NDArray[np.bool_] | None:
    result = np.zeros(len(numbers), dtype=np.bool_)
    for scope, term in dict.fromkeys((leaf.scope, term) for leaf in leaves for term in leaf.terms):
        if lookup.has_misprints(scope, term):
            result |= lookup.holding(scope, term, numbers) & ~lookup.holding(scope, term.as_meant, numbers)
    return result if result.any() else None
