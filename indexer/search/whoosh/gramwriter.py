"""Builds the exact index (`indexer.search.whoosh.grams`) from folded texts, chunk by chunk."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexFailure
from indexer.search.whoosh import arrays
from indexer.search.whoosh.places import write_places
from indexer.search.whoosh.prepare import Strings
from indexer.search.whoosh.runs import Keys, Runs
from indexer.text.fold import code_points

_MOST = 1 << 32
"""Characters that a place can tell apart."""
_IN_MEMORY = 1 << 26
"""Places that are merged in memory; more of them are merged on disk."""


class GramWriter:
    """Takes the texts in the order of the index; writes its arrays at the end."""

    def __init__(self, folder: Path, beyond: str) -> None:
        """Name the generation's folder, and the archive's characters beyond U+FFFF."""
        self._folder = folder
        self._lengths: list[NDArray[np.uint32]] = [np.zeros(1, dtype=np.uint32)]
        self._text = arrays.Appender(folder, "text", np.uint16)
        self._gaps = arrays.Appender(folder, "gaps", np.uint32)
        self._runs = Runs(folder, "grams")
        arrays.save(folder, "beyond", code_points(beyond))

    def add(self, strings: Strings) -> None:
        """Add strings with their bigrams.

        Raises `IndexFailure` when there are more characters than the index can tell apart.
        """
        before = self._text.rows
        if before + len(strings.text) >= _MOST:
            raise IndexFailure(f"the archive has more than {_MOST:,} characters; index it in two data folders")
        self._text.add(strings.text)
        self._lengths.append(strings.lengths)
        self._gaps.add(strings.gaps + before)
        self._runs.add(strings.grams, strings.counts, [strings.places + np.uint32(before)])

    def finish(self) -> Runs:
        """Write all arrays but the places; those are left to `write_grams`, which another process may run."""
        self.close()
        bounds = np.cumsum(np.concatenate(self._lengths), dtype=np.int64)
        arrays.save(self._folder, "bounds", bounds.astype(np.uint32))
        return self._runs

    def close(self) -> None:
        """Close the files, finished or not."""
        self._text.close()
        self._gaps.close()


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
    write_places(folder, grams, starts, places)
    if runs.rows > _IN_MEMORY:
        arrays.remove(folder, "all-places")
