"""Defines what makes up entries' points, reason by reason, in arrays; and what of it a hit says."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.search.ranking.weighing import POINT
from indexer.search.shown.results import PartCode, ScorePart

Points = NDArray[np.int64]


class Contribution(NamedTuple):
    """One reason why entries have some of their points."""

    code: PartCode
    text: str
    """The word, bigram or run; empty where the code needs none."""
    points: Points
    """The points it gave each entry."""


def score_parts(contributions: Sequence[Contribution]) -> list[tuple[ScorePart, ...]]:
    """Return what makes up each entry's score, from what each contribution gave every entry."""
    by_part = [[(each, float(points / POINT)) for points in each.points] for each in contributions]
    return [
        tuple(ScorePart(each.code, each.text, points) for each, points in of_entry if points)
        for of_entry in zip(*by_part, strict=True)
    ]
