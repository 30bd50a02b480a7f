"""Finds strings that stand together, near one another or with gaps, in all texts of the archive at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.search.query.leaves import Arrangement
from indexer.search.query.proximity import taking_part
from indexer.search.query.wildcards import places_with_gaps
from indexer.search.sortedarrays import distinct
from indexer.search.whoosh.strings.index import StringIndex
from indexer.search.whoosh.strings.placelists import Places

_LENGTH = 24
"""Bits that hold a string's length beside its place."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """Where strings stand together: sorted, each range once."""

    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]

    @property
    def size(self) -> int:
        """Bytes that the arrays take."""
        return self.starts.nbytes + self.ends.nbytes


def arranged(grams: StringIndex, found: Sequence[Places], lengths: Sequence[int], arrangement: Arrangement) -> Ranges:
    """Find strings that stand together: each single one if they are near one another, the whole if they have gaps.

    `found` holds each string's places, overlapping ones included; `lengths` their lengths in characters.
    """
    if not found or not all(len(places) for places in found):
        return Ranges(np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.uint32))
    places = [np.sort(each.astype(np.int64)) for each in found]
    reach = max(most for _, most in arrangement) if isinstance(arrangement, tuple) else arrangement
    # Texts are moved apart, so that nothing stands together with what is in the next.
    shifts = [grams.strings_of(each) * (reach + 1) for each in places]
    moved = [each + shift for each, shift in zip(places, shifts, strict=True)]
    if isinstance(arrangement, tuple):
        begins, ends = places_with_gaps(moved, lengths, arrangement)
        shift = shifts[0][moved[0].searchsorted(begins)]
        return Ranges((begins - shift).astype(np.uint32), (ends - shift).astype(np.uint32))
    near = taking_part(moved, lengths, arrangement)
    # Place and length in one number: NumPy sorts whole numbers with vector instructions.
    packed = [each[flags] << _LENGTH | length for each, flags, length in zip(places, near, lengths, strict=True)]
    ranges = distinct(np.concatenate(packed))
    starts = ranges >> _LENGTH
    return Ranges(starts.astype(np.uint32), (starts + (ranges & (1 << _LENGTH) - 1)).astype(np.uint32))
