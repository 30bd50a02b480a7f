"""Keeps the entries of a build on disk until all are there; of each, memory holds its id and some numbers."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from indexer.closing import Closing
from indexer.model import Entry
from indexer.search.order import PrintedPlace, printed_place, tie_break
from indexer.search.repeated import Repeated

_ORDERED_AT_ONCE = 1 << 16
"""Ids ordered at once: what they are ordered by takes a kilobyte each."""
_YEAR = 2
"""The year's place in a `PrintedPlace`."""

Numbers = NDArray[np.int64]
"""Numbers of entries, as they came."""


class EntrySpool(Closing):
    """Entries in the order in which they came, with what orders them otherwise."""

    def __init__(self, path: Path) -> None:
        """Create the file for the records."""
        self._file = path.open("wb+")
        self._ids: list[str] = []
        self._known: set[str] = set()
        self._ends = array("Q", [0])
        self._printed: tuple[Repeated[str] | Repeated[int], ...] = tuple(Repeated() for _ in get_args(PrintedPlace))

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._ids)

    def __contains__(self, entry_id: object) -> bool:
        """Return whether an entry with this id was added."""
        return entry_id in self._known

    def add(self, entry: Entry, record: bytes) -> None:
        """Add an entry whose id is not there.  Raises `OSError` if its record cannot be written."""
        self._file.write(record)
        self._ids.append(entry.id)
        self._known.add(entry.id)
        self._ends.append(self._ends[-1] + len(record))
        for column, value in zip(self._printed, printed_place(entry), strict=True):
            column.append(value)  # type: ignore[arg-type]  # each column has values of its own type

    def ordered(self) -> Numbers:
        """Return all entries ordered by year, then id."""
        years = self._printed[_YEAR]

        def key(number: int) -> tuple[int, list[tuple[int, str]]]:
            return tie_break(int(years[number]), self._ids[number])

        every = range(len(self._ids))
        parts = [
            array("I", sorted(every[start : start + _ORDERED_AT_ONCE], key=key))
            for start in range(0, len(every), _ORDERED_AT_ONCE)
        ]
        return np.fromiter(merge(*parts, key=key), dtype=np.int64, count=len(every))

    def book(self, order: Numbers) -> Numbers:
        """Return the place in the printed order of each entry, given that all are `ordered`."""
        ranks = [column.ranks()[order] for column in self._printed]
        return np.argsort(np.lexsort(ranks[::-1]))

    def sizes(self, order: Numbers) -> NDArray[np.int64]:
        """Return the bytes of some entries' records."""
        ends = np.array(self._ends, dtype=np.int64)
        sizes: NDArray[np.int64] = (ends[1:] - ends[:-1])[order]
        return sizes

    def records(self, numbers: Iterable[int]) -> list[bytes]:
        """Return some entries' records."""
        return list(self._records(numbers))

    def ids(self, order: Numbers) -> Sequence[bytes]:
        """Return some entries' ids in UTF-8."""
        return [self._ids[number].encode("utf-8", "surrogatepass") for number in order.tolist()]

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _records(self, numbers: Iterable[int]) -> Iterator[bytes]:
        for number in numbers:
            start, end = self._ends[number : number + 2]
            self._file.seek(start)
            yield self._file.read(end - start)
