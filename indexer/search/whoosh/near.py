"""Finds strings that stand near one another in all texts of the archive at once; knows no query."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.search.proximity import taking_part
from indexer.search.whoosh import arrays
from indexer.search.whoosh.grams import Grams
from indexer.search.whoosh.places import Places

_LENGTH = 24
"""Bits of a string's length beside its place."""


def near_places(
    grams: Grams, found: Sequence[Places], strings: Sequence[str], distance: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give beginnings and ends of the places that take part in a group, sorted, the same range once."""
    if not found or not all(len(places) for places in found):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    places = [np.sort(each.astype(np.int64)) for each in found]
    # Texts are moved apart, so that no group runs from one into the next.
    moved = [each + grams.strings_of(each) * (distance + 1) for each in places]
    lengths = [len(string) for string in strings]
    near = taking_part(moved, lengths, distance)
    # Place and length in one number: NumPy sorts whole numbers with vector instructions.
    packed = [each[flags] << _LENGTH | length for each, flags, length in zip(places, near, lengths, strict=True)]
    ranges = arrays.distinct(np.concatenate(packed))
    start = ranges >> _LENGTH
    return start, start + (ranges & (1 << _LENGTH) - 1)
