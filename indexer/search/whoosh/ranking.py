"""Scores entries by BM25F over jieba words, from posting arrays; decides nothing about what matches."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.marks import Leaf
from indexer.search.whoosh.documents import Documents
from indexer.search.whoosh.matching import Evaluation
from indexer.search.whoosh.prepare import K1, STEPS
from indexer.text.analyzer import analyze

_TOGETHER = ("", "title")
"""Scopes in which a run of several words may stand together, for a share of the best score each."""
_SHARE = 0.25
"""A word cut can part what belongs together; this lifts an entry past another that has one more of the words."""
_DIGITS = 6
"""Scores are equal when they are so to this many decimals: sums differ by their order in the last bit."""


def scores(
    leaves: Sequence[Leaf], numbers: NDArray[np.int64], documents: Documents, evaluation: Evaluation
) -> NDArray[np.float64]:
    """Give the score of each of the documents `numbers`; 0 where none of the query's words is a word of the entry."""
    result = np.zeros(len(documents))
    for word in dict.fromkeys(word for leaf in leaves for string in leaf.strings for word in analyze(string)):
        holders, weights = documents.postings(word)
        if len(holders):
            factor = inverse_frequency(len(holders), len(documents)) * (K1 + 1) / STEPS
            result[holders] += factor * weights
    share = _SHARE * (float(result[numbers].max(initial=0.0)) or 1.0)
    for leaf in leaves:
        if len(leaf.strings) > 1 and leaf.whole:
            for scope in _TOGETHER:
                result[evaluation.occurrences(scope, leaf.whole).documents] += share
    return np.round(result[numbers], _DIGITS)


def inverse_frequency(frequency: int, documents: int) -> float:
    """Give what a word weighs that stands in `frequency` of the documents; Whoosh's formula."""
    return math.log(documents / (frequency + 1)) + 1


def best(points: NDArray[np.float64], first: int, count: int) -> NDArray[np.int64]:
    """Give the places of the elements that rank from `first` on, `count` of them, highest first, ties as they stand."""
    wanted = first + count
    if count and 4 * wanted < len(points):
        least = np.partition(points, len(points) - wanted)[len(points) - wanted]
        among = np.flatnonzero(points >= least)
        return among[np.argsort(-points[among], kind="stable")][first:wanted]
    return np.argsort(-points, kind="stable")[first:wanted]
