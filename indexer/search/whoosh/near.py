"""Finds strings that stand near one another in all texts of the archive at once; knows no query."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.search.proximity import taking_part
from indexer.search.whoosh import arrays
from indexer.search.whoosh.grams import Grams
from indexer.search.whoosh.places import Places

_LENGTH = 24
"""Bits of a string's length beside its place."""


@dataclass(frozen=True, slots=True)
class NearPlaces:
    """Where strings take part in a group: sorted, the same range once."""

    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]

    @property
    def size(self) -> int:
        """Bytes of the arrays."""
        return self.starts.nbytes + self.ends.nbytes


def near_places(grams: Grams, found: Sequence[Places], strings: Sequence[str], distance: int) -> NearPlaces:
    """Find the places that take part in a group, of those that `found` gives for each string."""
    if not found or not all(len(places) for places in found):
        return NearPlaces(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint32))
    places = [np.sort(each.astype(np.int64)) for each in found]
    # Texts are moved apart, so that no group runs from one into the next.
    moved = [each + grams.strings_of(each) * (distance + 1) for each in places]
    lengths = [len(string) for string in strings]
    near = taking_part(moved, lengths, distance)
    # Place and length in one number: NumPy sorts whole numbers with vector instructions.
    packed = [each[flags] << _LENGTH | length for each, flags, length in zip(places, near, lengths, strict=True)]
    ranges = arrays.distinct(np.concatenate(packed))
    starts = ranges >> _LENGTH
    ends = starts + (ranges & (1 << _LENGTH) - 1)
    return NearPlaces(starts.astype(np.uint32), ends.astype(np.uint32))
