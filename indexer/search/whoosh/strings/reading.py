"""Reads the folded texts of some entries at once, and finds where strings stand in them."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.search.whoosh.strings.alphabet import Codes16

Choices = tuple[tuple[int, ...], ...]
"""For each character of a string, the numbers of those that may stand there."""
_AT_ONCE = 1 << 21
"""Characters read at once: they fit into the processor's cache, and memory is bounded."""


class Read(Struct, frozen=True, gc=False):
    """The texts of some documents, one behind the other; no string runs from one into the next."""

    codes: Codes16
    """The numbers of their characters."""
    first: int
    """Index of the first of the documents among those that were asked for."""
    begins: NDArray[np.int64]
    """Where each document begins in `codes`."""
    places: NDArray[np.int64]
    """Where each begins in the text of the archive."""

    def find(self, choices: Choices, rarest: int = 0) -> NDArray[np.int64]:
        """Return where a string stands in `codes`, ascending, overlapping places included.

        `rarest` is the offset of the character that is looked for first.
        """
        codes, last = self.codes, len(self.codes) - len(choices)
        found = np.flatnonzero(_is_any(codes, choices[rarest]))
        if rarest or len(choices) > 1:
            found -= rarest
            if len(found) and (found[0] < 0 or found[-1] > last):
                found = found[(found >= 0) & (found <= last)]
        for offset, choice in enumerate(choices):
            if offset != rarest and len(found):
                found = found[_is_any(codes[found + offset], choice)]
        return found

    def owners(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each place in `codes` the index of its document among those of `begins`."""
        return self.begins.searchsorted(at, side="right") - 1

    def counts(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many of some places in `codes`, ascending, are in each document."""
        limits = at.searchsorted(self.begins)
        return np.diff(limits, append=len(at))

    def in_archive(self, at: NDArray[np.int64], owners: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where places in `codes` are in the text of the archive."""
        return at + (self.places - self.begins)[owners]


def read(text: Codes16, begins: NDArray[np.integer[Any]], ends: NDArray[np.integer[Any]]) -> Iterator[Read]:
    """Read stretches of the archive's text, ascending, each of whole strings; as many at once as fit."""
    starts, stops = begins.astype(np.int64), ends.astype(np.int64)
    sizes = stops - starts
    sums = np.cumsum(sizes)
    first = 0
    while first < len(starts):
        before = int(sums[first - 1]) if first else 0
        last = max(first + 1, int(sums.searchsorted(before + _AT_ONCE, side="right")))
        if int(stops[last - 1] - starts[first]) == int(sums[last - 1]) - before:
            codes = text[starts[first] : stops[last - 1]]
        else:
            limits = zip(starts[first:last].tolist(), stops[first:last].tolist(), strict=True)
            codes = np.concatenate([text[start:stop] for start, stop in limits])
        yield Read(codes, first, sums[first:last] - sizes[first:last] - before, starts[first:last])
        first = last


def _is_any(codes: Codes16, choice: Sequence[int]) -> NDArray[np.bool_]:
    fits: NDArray[np.bool_] = codes == choice[0]
    for number in choice[1:]:
        fits |= codes == number
    return fits


def apart(places: NDArray[np.int64], length: int) -> slice | list[int]:
    """Choose, of ascending places that may overlap, those that a scan from the left takes; gives indexes into `places`.

    Matches never run from one string of the archive into the next, so one scan serves for all of them.
    """
    if len(places) < 2 or not (np.diff(places) < length).any():
        return slice(None)
    kept = []
    end = -1
    for at, place in enumerate(places.tolist()):
        if place >= end:
            kept.append(at)
            end = place + length
    return kept
