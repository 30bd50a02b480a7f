"""Finds strings that stand together, near one another or with gaps, in the texts of many entries at once."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.search.query.plan import InOrder, Leaf, Within
from indexer.search.query.proximity import taking_part
from indexer.search.query.wildcards import places_with_gaps
from indexer.search.sortedarrays import distinct
from indexer.search.whoosh.strings.alphabet import BETWEEN
from indexer.search.whoosh.strings.index import Sought, StringIndex
from indexer.search.whoosh.strings.reading import Read

_LENGTH = 24
"""Bits that hold a string's length beside its place."""
_Places = NDArray[np.int64]


class Ranges(Struct, frozen=True, gc=False):
    """Where strings stand together: by document, and within a document sorted, each range once."""

    documents: NDArray[np.int32]
    """The document of each range."""
    starts: NDArray[np.uint32]
    """Where each begins in the text of the archive."""
    ends: NDArray[np.uint32]

    @property
    def size(self) -> int:
        """Bytes that the arrays take."""
        return self.documents.nbytes + self.starts.nbytes + self.ends.nbytes


def together(strings: StringIndex, sought: Sequence[Sought], leaf: Leaf, documents: NDArray[np.int64]) -> Ranges:
    """Find strings that stand together: each single one if they are near one another, the whole if they have gaps.

    `sought` holds what is known of each of the leaf's terms; `documents`, ascending, those that may have all of them.
    """
    found: list[tuple[NDArray[np.int64], _Places, _Places]] = []
    for part in strings.read(documents, leaf.scope):
        places = [part.find(each.numbers, each.rarest) for each in sought]
        if not all(map(len, places)):
            continue
        starts, ends = _ranges(part, places, leaf)
        owners = part.owners(starts)
        shift = (part.places - part.begins)[owners]
        found.append((documents[part.first + owners], starts + shift, ends + shift))
    nowhere = np.zeros(0, np.int64)
    owned, starts, ends = (np.concatenate(column) for column in zip((nowhere, nowhere, nowhere), *found, strict=True))
    return Ranges(owned.astype(np.int32), starts.astype(np.uint32), ends.astype(np.uint32))


def _ranges(part: Read, places: Sequence[_Places], leaf: Leaf) -> tuple[_Places, _Places]:
    """Return where strings stand together in texts that were read, given where each of them stands."""
    lengths = [len(term.text) for term in leaf.terms]
    strings = np.flatnonzero(part.codes == BETWEEN)
    match leaf.together:
        case InOrder(gaps):
            reach = max(most for _, most in gaps)
            moved, shifts = _moved_apart(strings, places, reach)
            begins, ends = places_with_gaps(moved, lengths, gaps)
            shift = shifts[0][moved[0].searchsorted(begins)]
            return begins - shift, ends - shift
        case Within(distance):
            moved, _ = _moved_apart(strings, places, distance)
            near = taking_part(moved, lengths, distance)
        case None:
            raise ValueError(f"{leaf}: its terms need not stand together")
    # Place and length in one number: NumPy sorts whole numbers with vector instructions.
    packed = [each[flags] << _LENGTH | length for each, flags, length in zip(places, near, lengths, strict=True)]
    ranges = distinct(np.concatenate(packed))
    starts = ranges >> _LENGTH
    return starts, starts + (ranges & (1 << _LENGTH) - 1)


def _moved_apart(strings: _Places, places: Sequence[_Places], reach: int) -> tuple[list[_Places], list[_Places]]:
    """Move strings apart, so that nothing within `reach` stands together with what is in the next; also by how much."""
    shifts = [strings.searchsorted(each) * (reach + 1) for each in places]
    return [each + shift for each, shift in zip(places, shifts, strict=True)], shifts
