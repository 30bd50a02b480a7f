"""Reads and writes lists of places, one for each bigram, by bigram or by first character.

A rare bigram's places are numbers of 32 bits.  A frequent one's are the distances from one to the next, in 16 bits,
where `_FAR` stands for so many characters without a place: on Chinese text that saves a quarter.
"""

from bisect import bisect_left
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.search.sortedarrays import blocks, group_starts, is_ascending
from indexer.search.whoosh.files import npy

Places = NDArray[np.integer[Any]]
"""Where strings begin, in characters from the start of the archive's text."""
_FAR = 0xFFFF
_PLACES_AT_ONCE = 1 << 22
"""Places written at once."""
_HEAD = 12
"""Bytes that a frequent bigram takes beside its distances."""


def shape() -> tuple[object, ...]:
    """Return the constants that determine the lists' format."""
    return _FAR, _HEAD


def write_places(folder: Path, grams: NDArray[np.integer[Any]], starts: NDArray[np.int64], places: Places) -> None:
    """Write the places of sorted bigrams: those of the n-th begin at `starts[n]` in `places`, each list ascending."""
    kept: list[NDArray[Any]] = [np.zeros(0, dtype=np.int64)]
    frequent: list[NDArray[Any]] = [np.zeros((4, 0), dtype=np.int64)]
    with npy.Appender(folder, "places") as plain, npy.Appender(folder, "steps") as steps:
        for first, last in blocks(starts, _PLACES_AT_ONCE):
            block = np.asarray(places[starts[first] : starts[last]])
            begins = starts[first:last] - starts[first]
            counts = np.diff(starts[first : last + 1])
            step = np.diff(block, prepend=block[:1])
            step[begins] = 0
            sizes = counts + np.add.reduceat(step // _FAR, begins, dtype=np.int64)
            is_frequent = 2 * sizes + _HEAD < 4 * counts
            rows = np.repeat(is_frequent, counts)
            plain.add(block[~rows])
            kept.append(np.where(is_frequent, 0, counts))
            steps.add(_filled(step[rows]))
            about = (grams[first:last], block[begins], counts, sizes)
            frequent.append(np.stack([each.astype(np.int64)[is_frequent] for each in about]))
    npy.save(folder, "grams", grams)
    ends = np.cumsum(np.concatenate(kept))
    npy.save(folder, "gram-ends", ends)
    gram, begin, count, size = np.concatenate(frequent, axis=1)
    table = np.stack((gram, begin, count, np.cumsum(size)))
    npy.save(folder, "frequent", table)


def _filled(step: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """Write the part of each distance above `_FAR` as elements of its own before the rest."""
    far = np.flatnonzero(step >= _FAR)
    return np.insert((step % _FAR).astype(np.uint16), np.repeat(far, step[far] // _FAR), _FAR)


class PlaceLists:
    """The lists of one generation, memory-mapped."""

    def __init__(self, folder: Path) -> None:
        """Open the arrays.  Raises `OSError` if they cannot be read, `ValueError` if they do not fit together."""
        self._places = npy.load(folder, "places")
        self._steps = npy.load(folder, "steps")
        grams, ends = npy.load(folder, "grams"), npy.load(folder, "gram-ends")
        npy.require(is_ascending(grams) and is_ascending(ends), "grams")
        npy.require(len(ends) == len(grams) and (not len(ends) or ends[-1] == len(self._places)), "gram-ends")
        self._grams, self._ends = npy.view(grams), npy.view(ends)
        table = npy.load_whole(folder, "frequent")
        npy.require(len(table) == 4 and is_ascending(table[0]) and is_ascending(table[3]), "frequent")
        npy.require(not table.size or table[3, -1] == len(self._steps), "frequent")
        self._frequent, self._first, self._count, self._step_ends = (row.tolist() for row in table)
        self._numbers = {gram: at for at, gram in enumerate(self._frequent)}

    def count(self, gram: int) -> int:
        """Return how many places a bigram has."""
        at = self._numbers.get(gram)
        if at is not None:
            return int(self._count[at])
        start, end = self._plain(gram)
        return end - start

    def of_gram(self, gram: int) -> Places:
        """Return a bigram's places, ascending."""
        at = self._numbers.get(gram)
        if at is not None:
            return self._decoded(at, at + 1)
        start, end = self._plain(gram)
        return self._places[start:end]

    def characters(self) -> NDArray[np.integer[Any]]:
        """Return every character that bigrams begin with, ascending by number."""
        characters = np.asarray(self._grams) >> 16
        return characters[group_starts(characters)]

    def is_plain(self, gram: int) -> bool:
        """Return whether a bigram's places are stored in a form that needs no decoding."""
        return gram not in self._numbers

    def count_of_character(self, character: int) -> int:
        """Return how many places all bigrams that begin with a character have."""
        start, end, first, last = self._range_of_character(character)
        return end - start + int(sum(self._count[first:last]))

    def of_character(self, character: int) -> Places:
        """Return a character's places, bigram by bigram."""
        start, end, first, last = self._range_of_character(character)
        if first == last:
            return self._places[start:end]
        return np.concatenate((self._places[start:end], self._decoded(first, last)))

    def _range_of_character(self, character: int) -> tuple[int, int, int, int]:
        low, high = character << 16, (character + 1) << 16
        start, end = (self._end_before(bisect_left(self._grams, bound)) for bound in (low, high))
        return start, end, bisect_left(self._frequent, low), bisect_left(self._frequent, high)

    def _plain(self, gram: int) -> tuple[int, int]:
        at = bisect_left(self._grams, gram)
        if at == len(self._grams) or self._grams[at] != gram:
            return 0, 0
        return self._end_before(at), self._ends[at]

    def _end_before(self, at: int) -> int:
        return int(self._ends[at - 1]) if at else 0

    def _decoded(self, first: int, last: int) -> Places:
        """Decode the lists of consecutive frequent bigrams."""
        begin = self._step_ends[first - 1] if first else 0
        steps = self._steps[begin : self._step_ends[last - 1]]
        places = np.cumsum(steps, dtype=np.uint32)
        if last - first == 1:
            places += np.uint32(self._first[first])
            full = len(steps) == self._count[first]
        else:
            ends = np.array(self._step_ends[first:last]) - begin
            starts = np.concatenate(([0], ends[:-1]))
            shift = np.array(self._first[first:last], dtype=np.uint32) - places[starts]  # below 0 it wraps round
            places += np.repeat(shift, ends - starts)
            full = len(steps) == sum(self._count[first:last])
        return places if full else places[steps != _FAR]
