"""Keeps long sequences of values that repeat: each value once, and a number for each place."""

from array import array
from collections.abc import Hashable, Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray


class _Comparable(Hashable, Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=_Comparable)


class Repeated(Generic[T]):
    """A sequence that grows at its end; a place takes four bytes, and each different value its own room once."""

    def __init__(self, values: Iterable[T] = ()) -> None:
        """Begin with some values."""
        self.values: list[T] = []
        """Every value once, in the order in which they came."""
        self._numbers: dict[T, int] = {}
        self._places = array("I")
        self.extend(values)

    def append(self, value: T) -> None:
        """Add a value at the end."""
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        self._places.append(number)

    def extend(self, values: Iterable[T]) -> None:
        """Add values at the end."""
        for value in values:
            self.append(value)

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._places)

    def __getitem__(self, at: int) -> T:
        """Return the value at a place."""
        return self.values[self._places[at]]

    def __iter__(self) -> Iterator[T]:
        """Go through the places."""
        return map(self.values.__getitem__, self._places)

    def numbers(self) -> NDArray[np.uint32]:
        """Return for each place which of `values` stands there."""
        return np.array(self._places, dtype=np.uint32)

    def ranks(self) -> NDArray[np.uint32]:
        """Return for each place how many of `values` are less than the one there; they must be comparable."""
        ranks = np.zeros(len(self.values), dtype=np.uint32)
        for rank, value in enumerate(sorted(self.values)):
            ranks[self._numbers[value]] = rank
        ordered: NDArray[np.uint32] = ranks[self.numbers()]
        return ordered
