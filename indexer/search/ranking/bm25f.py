"""Computes what one occurrence of a word counts and what a word weighs in an entry, by BM25F."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import TEXT_FIELDS, WEIGHTS, FieldTexts
from indexer.text.wordlists import generic_titles

K1 = 1.2
"""BM25's k1: how fast further occurrences of a word stop counting."""
LENGTH_NORM: Mapping[str, float] = {"title": 0.3, "heading": 0.3, "body": 0.75, "captions": 0.75}
"""BM25's b by field: a title of twenty characters is no less about its words than one of ten."""
STEPS = 255
"""Steps to which a posting's weight is rounded; a 255th of a word's greatest weight decides no order worth having."""


def field_factors(texts: Sequence[FieldTexts], averages: Mapping[str, float]) -> NDArray[np.float32]:
    """Return what one occurrence of a word counts: a row for each entry, a column for each field in `TEXT_FIELDS`.

    It is the field's boost, normalised by its length; a heading over a generic title counts as a title.  `averages`
    holds the mean length in characters of each weighted field in the archive.
    """
    factors = np.array([_factors(strings, averages) for strings in texts], dtype=np.float32)
    return factors.reshape(-1, len(TEXT_FIELDS))


def impact(frequency: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return BM25's saturated weight, between 0 and 1, of a length-normalised term frequency."""
    return frequency / (K1 + frequency)


def _factors(strings: FieldTexts, averages: Mapping[str, float]) -> list[float]:
    factors = []
    for field in TEXT_FIELDS:
        if field not in WEIGHTS:
            factors.append(0.0)
            continue
        b = LENGTH_NORM[field]
        generic = field == "heading" and strings["title"][0] in generic_titles()
        boost = WEIGHTS["title" if generic else field]
        factors.append(boost / (1 - b + b * sum(map(len, strings[field])) / averages[field]))
    return factors
