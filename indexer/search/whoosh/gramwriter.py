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
        self._number(strings.text)
        self._text.add(self._numbers[strings.text])
        self._lengths.append(strings.lengths)
        self._gaps.add(strings.gaps + before)
        first, second = strings.grams >> np.uint64(FIRST_CODE), strings.grams & np.uint64((1 << FIRST_CODE) - 1)
        grams = self._numbers[first].astype(np.uint32) << 16 | self._numbers[second]
        self._runs.add(grams, strings.counts, [strings.places + np.uint32(before)])

    def finish(self) -> None:
        """Write all arrays."""
        self._text.close()
        self._gaps.close()
        grams = self._runs.keys()

        def place(run: Keys) -> NDArray[np.integer[Any]]:
            return np.searchsorted(grams, run)

        places = arrays.create(self._folder, "all-places", np.uint32, self._runs.rows)
        starts = self._runs.merge(len(grams), place, [places])
        write_places(self._folder, grams, starts, places)
        arrays.remove(self._folder, "all-places")
        arrays.save(self._folder, "alphabet", np.array(self._codes, dtype=np.uint32))
        bounds = np.cumsum(np.concatenate(self._lengths), dtype=np.int64)
        arrays.save(self._folder, "bounds", bounds.astype(np.uint32))

    def _number(self, text: Codes) -> None:
        """Give new characters their numbers; 0 is `BETWEEN`'s."""
        missing = text[self._numbers[text] == 0]
        new = np.unique(missing[missing != BETWEEN])
        if len(self._codes) + len(new) > 0xFFFF:
            raise IndexFailure("the texts have more than 65,000 different characters; they cannot be Chinese prose")
        self._numbers[new] = np.arange(len(self._codes), len(self._codes) + len(new))
        self._codes += new.tolist()
