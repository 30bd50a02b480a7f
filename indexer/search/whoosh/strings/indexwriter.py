"""Builds the exact index (`indexer.search.whoosh.strings.index`) from folded texts, chunk by chunk."""

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexFailure
from indexer.search.sortedarrays import group_sizes, group_starts
from indexer.search.whoosh.files import npy
from indexer.search.whoosh.files.merging import Keys, Runs
from indexer.search.whoosh.strings.alphabet import BETWEEN, Codes16
from indexer.search.whoosh.strings.folded import Strings
from indexer.search.whoosh.strings.placelists import write_places
from indexer.text.fold import code_points

_MOST = 1 << 32
"""Most characters that places of 32 bits can tell apart."""
_SORTED_AT_ONCE = 1 << 21
"""Characters whose bigrams are sorted at once, which takes 30 bytes each."""
_IN_MEMORY = 1 << 26
"""Most places merged in memory; more are merged on disk."""
_Run = tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]
"""Every bigram once, sorted, with its first character's number in the high half and its second's in the low; how often
each occurs; and its places, bigram by bigram, ascending."""


class StringIndexWriter:
    """Takes the texts in the order of the index; writes the arrays at the end."""

    def __init__(self, folder: Path, beyond: str, executor: Executor) -> None:
        """Set the generation's folder, the archive's characters beyond U+FFFF, and the executor that sorts."""
        self._folder = folder
        self._executor = executor
        self._lengths: list[NDArray[np.uint32]] = [np.zeros(1, dtype=np.uint32)]
        self._text = npy.Appender(folder, "text")
        self._gaps = npy.Appender(folder, "gaps")
        self._block: list[Codes16] = []
        """Texts whose bigrams are not yet sorted."""
        self._sorted = 0
        """Characters before these texts."""
        self._sorting: list[Future[_Run]] = []
        self._runs = Runs(folder, "grams")
        npy.save(folder, "beyond", code_points("".join(sorted(beyond))))

    def add(self, strings: Strings) -> None:
        """Add strings.

        Raises `IndexFailure` if the archive has more characters than the index can tell apart.
        """
        before = self._text.rows
        if before + len(strings.text) >= _MOST:
            raise IndexFailure("index-too-long", limit=_MOST)
        self._text.add(strings.text)
        self._lengths.append(strings.lengths)
        self._gaps.add(strings.gaps + before)
        self._block.append(strings.text)
        if self._text.rows - self._sorted >= _SORTED_AT_ONCE:
            self._sort()

    def finish(self) -> None:
        """Write all arrays.  It waits for the executor, so it must not run in one of its threads."""
        self.close()
        bounds = np.cumsum(np.concatenate(self._lengths), dtype=np.int64)
        npy.save(self._folder, "bounds", bounds)
        self._sort()
        self._collect(0)
        _write_grams(self._folder, self._runs)

    def close(self) -> None:
        """Close the files, finished or not."""
        self._text.close()
        self._gaps.close()

    def _sort(self) -> None:
        self._sorting.append(self._executor.submit(_bigrams, self._block, self._sorted))
        self._block, self._sorted = [], self._text.rows
        self._collect(1)

    def _collect(self, left: int) -> None:
        """Take over the blocks that are sorted; wait until at most `left` are not."""
        while len(self._sorting) > left or (self._sorting and self._sorting[0].done()):
            grams, counts, places = self._sorting.pop(0).result()
            self._runs.add(grams, counts, [places])


def _bigrams(texts: Sequence[Codes16], before: int) -> _Run:
    """Sort the bigrams of texts that have `before` characters before them in the archive."""
    text = np.concatenate([*texts, np.full(1, BETWEEN, dtype=np.uint16)])
    first, second = text[:-1], text[1:]
    # NumPy's radix sort of 16-bit numbers, twice, takes a third of the time of sorting pairs.  `BETWEEN` comes first,
    # with which no bigram begins; a character always has something behind it.
    order = np.lexsort((second, first))[np.count_nonzero(first == BETWEEN) :]
    grams = first[order].astype(np.uint32) << 16 | second[order]
    starts = group_starts(grams)
    return grams[starts], group_sizes(starts, len(grams)).astype(np.uint32), (order + before).astype(np.uint32)


def _write_grams(folder: Path, runs: Runs) -> None:
    """Merge the runs of bigrams into lists of places."""
    grams = runs.keys()

    def place(run: Keys) -> NDArray[np.integer[Any]]:
        return np.searchsorted(grams, run)

    if runs.rows <= _IN_MEMORY:
        places = np.empty(runs.rows, dtype=np.uint32)
    else:
        places = npy.create(folder, "all-places", np.uint32, runs.rows)
    starts = runs.merge(len(grams), place, [places])
    write_places(folder, grams, starts, places)
    if runs.rows > _IN_MEMORY:
        npy.remove(folder, "all-places")
