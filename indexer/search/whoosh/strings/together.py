"""Finds strings that stand together, near one another or with gaps, in all texts of the archive at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.search.query.plan import InOrder, Leaf, Within
from indexer.search.query.proximity import taking_part
from indexer.search.query.wildcards import places_with_gaps
from indexer.search.sortedarrays import distinct
from indexer.search.whoosh.strings.index import StringIndex
from indexer.search.whoosh.strings.placelists import Places

_LENGTH = 24
"""Bits that hold a string's length beside its place."""


_Moved = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranges:
    """Where strings stand together: sorted, each range once."""

    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]

    @property
    def size(self) -> int:
        """Bytes that the arrays take."""
        return self.starts.nbytes + self.ends.nbytes


def together(grams: StringIndex, found: Sequence[Places], leaf: Leaf) -> Ranges:
    """Find strings that stand together: each single one if they are near one another, the whole if they have gaps.

    `found` holds the places of each of the leaf's terms, overlapping ones included.
    """
    if not found or not all(len(places) for places in found):
        return Ranges(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint32))
    lengths = [len(term.text) for term in leaf.terms]
    places = [np.sort(each.astype(np.int64)) for each in found]
    match leaf.together:
        case InOrder(gaps):
            reach = max(most for _, most in gaps)
            moved, shifts = _moved_apart(grams, places, reach)
            begins, ends = places_with_gaps(moved, lengths, gaps)
            shift = shifts[0][moved[0].searchsorted(begins)]
            return Ranges((begins - shift).astype(np.uint32), (ends - shift).astype(np.uint32))
        case Within(distance):
            moved, _ = _moved_apart(grams, places, distance)
            near = taking_part(moved, lengths, distance)
        case None:
            raise ValueError(f"{leaf}: its terms need not stand together")
    # Place and length in one number: NumPy sorts whole numbers with vector instructions.
    packed = [each[flags] << _LENGTH | length for each, flags, length in zip(places, near, lengths, strict=True)]
    ranges = distinct(np.concatenate(packed))
    starts = ranges >> _LENGTH
    return Ranges(starts.astype(np.uint32), (starts + (ranges & (1 << _LENGTH) - 1)).astype(np.uint32))


def _moved_apart(grams: StringIndex, places: Sequence[_Moved], reach: int) -> tuple[list[_Moved], list[_Moved]]:
    """Move texts apart, so that nothing within `reach` stands together with what is in the next; also by how much."""
    shifts = [grams.strings_of(each) * (reach + 1) for each in places]
    return [each + shift for each, shift in zip(places, shifts, strict=True)], shifts
