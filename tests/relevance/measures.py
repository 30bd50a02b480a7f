"""Measures of an order of results against judgements; knows no engine."""

import math
from collections.abc import Mapping, Sequence

RELEVANT = 2
"""The least grade that counts as found, where a measure knows only found or not."""


def ndcg(ids: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Give the discounted gain of the first results, as a share of the best order's (Järvelin and Kekäläinen, 2002)."""
    gained = _discounted([grades.get(each, 0) for each in ids[:depth]])
    return gained / _discounted(sorted(grades.values(), reverse=True)[:depth])


def reciprocal_rank(ids: Sequence[str], grades: Mapping[str, int]) -> float:
    """Give 1 ÷ the rank of the first relevant result; 0 where there is none."""
    return next((1 / rank for rank, each in enumerate(ids, 1) if grades.get(each, 0) >= RELEVANT), 0.0)


def recall(ids: Sequence[str], grades: Mapping[str, int], depth: int = 50) -> float:
    """Give the share of the relevant entries that the first results hold."""
    wanted = {each for each, grade in grades.items() if grade >= RELEVANT}
    return len(wanted & set(ids[:depth])) / len(wanted)


def _discounted(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
