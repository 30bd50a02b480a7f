"""Scores entries by BM25F over jieba words, from posting arrays; decides nothing about what matches."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.search.marks import Leaf
from indexer.search.whoosh import arrays
from indexer.search.whoosh.documents import Documents
from indexer.search.whoosh.matching import Evaluation
from indexer.search.whoosh.prepare import K1, STEPS
from indexer.text.analyzer import analyze

_TOGETHER = ("", "title")
"""Scopes in which a run of several words may stand together, for a share of the best score each."""
_SHARE = 0.25
"""A word cut can part what belongs together; this lifts an entry past another that has one more of the words."""
_FEW = 40
"""One in how many entries found makes it faster to look each one up in the postings than to go through them."""
POINT = 1000 * STEPS
"""Points of score 1.  Scores are added up in whole points, so that equal ones are equal in whatever order."""


def scores(
    leaves: Sequence[Leaf], numbers: NDArray[np.int64], documents: Documents, evaluation: Evaluation
) -> NDArray[np.int64]:
    """Give the points of each of the documents `numbers`; 0 where none of the query's words is a word of the entry."""
    result = np.zeros(len(numbers), dtype=np.int64)
    few = len(numbers) * _FEW < len(documents)
    whole = np.zeros(0 if few else len(documents), dtype=np.int64)
    for word in dict.fromkeys(word for leaf in leaves for string in leaf.strings for word in _words(string)):
        holders, weights = documents.postings(word)
        if not len(holders):
            continue
        points = np.int64(factor(len(holders), len(documents)))
        if few:
            result += arrays.values_of(numbers, holders, weights) * points
        else:
            whole[holders] += weights * points
    if not few:
        result = whole[numbers]
    runs = dict.fromkeys(leaf.whole for leaf in leaves if len(leaf.strings) > 1 and leaf.whole)
    if runs:
        share = int(_SHARE * (int(result.max(initial=0)) or POINT))
        for run in runs:
            for scope in _TOGETHER:
                result += evaluation.holding(scope, run, numbers) * np.int64(share)
    return result


def factor(frequency: int, documents: int) -> int:
    """Give the points of one step of a word's weight, the word standing in `frequency` of the documents.

    The inverse frequency is Whoosh's.
    """
    return round((math.log(documents / (frequency + 1)) + 1) * (K1 + 1) * POINT / STEPS)


@lru_cache(4096)
def _words(string: str) -> tuple[str, ...]:
    return tuple(analyze(string))


def best(points: NDArray[np.integer[Any]], first: int, count: int) -> NDArray[np.int64]:
    """Give the places of the elements that rank from `first` on, `count` of them, highest first, ties as they stand."""
    wanted = first + count
    if count and 4 * wanted < len(points):
        least = np.partition(points, len(points) - wanted)[len(points) - wanted]
        among = np.flatnonzero(points >= least)
        return among[np.argsort(-points[among], kind="stable")][first:wanted]
    return np.argsort(-points, kind="stable")[first:wanted]
