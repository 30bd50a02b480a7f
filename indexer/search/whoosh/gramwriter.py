"""Builds the exact index (`indexer.search.whoosh.grams`) from folded texts, chunk by chunk."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexFailure
from indexer.search.whoosh import arrays
from indexer.search.whoosh.places import write_places
from indexer.search.whoosh.prepare import BETWEEN, FIRST_CODE, Strings
from indexer.search.whoosh.runs import Keys, Runs
from indexer.text.fold import Codes

_MOST = 1 << 32
"""Characters that a place can tell apart."""
_CODES = 0x110000
_IN_MEMORY = 1 << 26
"""Places that are merged in memory; more of them are merged on disk."""


class GramWriter:
    """Takes the texts in the order of the index; writes its arrays at the end."""

    def __init__(self, folder: Path) -> None:
        """Name the generation's folder."""
        self._folder = folder
        self._numbers = np.zeros(_CODES, dtype=np.uint16)
        self._codes: list[int] = [BETWEEN]
        self._lengths: list[NDArray[np.uint32]] = [np.zeros(1, dtype=np.uint32)]
        self._text = arrays.Appender(folder, "text", np.uint16)
        self._gaps = arrays.Appender(folder, "gaps", np.uint32)
        self._runs = Runs(folder, "grams")

    def add(self, strings: Strings) -> None:
        """Add strings with their bigrams.

        Raises `IndexFailure` when there are more characters, or more different ones, than the index can tell apart.
        """
        before = self._text.rows
        if before + len(strings.text) >= _MOST:
            raise IndexFailure(f"the archive has more than {_MOST:,} characters; index it in two data folders")
        numbers = self._numbers[strings.text]
        unknown = strings.text[numbers == 0]
        if len(unknown) > len(np.flatnonzero(unknown == BETWEEN)):
            self._number(unknown)
            numbers = self._numbers[strings.text]
        self._text.add(numbers)
        self._lengths.append(strings.lengths)
        self._gaps.add(strings.gaps + before)
        first, second = strings.grams >> np.uint64(FIRST_CODE), strings.grams & np.uint64((1 << FIRST_CODE) - 1)
        grams = self._numbers[first].astype(np.uint32) << 16 | self._numbers[second]
        self._runs.add(grams, strings.counts, [strings.places + np.uint32(before)])

    def finish(self) -> Runs:
        """Write all arrays but the places; those are left to `write_grams`, which another process may run."""
        self.close()
        arrays.save(self._folder, "alphabet", np.array(self._codes, dtype=np.uint32))
        bounds = np.cumsum(np.concatenate(self._lengths), dtype=np.int64)
        arrays.save(self._folder, "bounds", bounds.astype(np.uint32))
        return self._runs

    def close(self) -> None:
        """Close the files, finished or not."""
        self._text.close()
        self._gaps.close()

    def _number(self, unknown: Codes) -> None:
        """Give new characters their numbers; 0 is `BETWEEN`'s."""
        new = np.unique(unknown[unknown != BETWEEN])
        if len(self._codes) + len(new) > 0xFFFF:
            raise IndexFailure("the texts have more than 65,000 different characters; they cannot be Chinese prose")
        self._numbers[new] = np.arange(len(self._codes), len(self._codes) + len(new))
        self._codes += new.tolist()


def write_grams(folder: Path, runs: Runs) -> None:
    """Merge the runs of bigrams into lists of places."""
    grams = runs.keys()

    def place(run: Keys) -> NDArray[np.integer[Any]]:
        return np.searchsorted(grams, run)

    if runs.rows <= _IN_MEMORY:
        places = np.empty(runs.rows, dtype=np.uint32)
    else:
        places = arrays.create(folder, "all-places", np.uint32, runs.rows)
    starts = runs.merge(len(grams), place, [places])
    write_places(folder, grams.astype(np.uint32), starts, places)
    if runs.rows > _IN_MEMORY:
        arrays.remove(folder, "all-places")
