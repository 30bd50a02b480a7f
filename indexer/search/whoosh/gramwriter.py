"""Builds the exact index (`indexer.search.whoosh.grams`) from folded texts, run by run."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexFailure
from indexer.search.whoosh import arrays
from indexer.search.whoosh.prepare import BETWEEN
from indexer.search.whoosh.runs import Keys, Runs
from indexer.text.fold import Codes

_RUN = 1 << 22
"""Characters sorted at once: 4 million need some 150 MB."""
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
        self._lengths: list[NDArray[np.uint32]] = []
        self._gaps: list[NDArray[np.uint32]] = [np.zeros(0, dtype=np.uint32)]
        self._waiting: list[NDArray[np.uint16]] = []
        self._waiting_size = 0
        self._written = 0
        self._runs = Runs(folder, "grams")
        self._path = folder / "text.raw"
        self._file = self._path.open("wb")

    def add(self, text: Codes, lengths: NDArray[np.uint32], gaps: NDArray[np.int64] | None = None) -> None:
        """Add strings, each followed by `BETWEEN`, the lengths of the fields they make, and the gaps in them.

        Raises `IndexFailure` when there are more characters, or more different ones, than the index can tell apart.
        """
        self._number(text)
        numbers = self._numbers[text]
        self._file.write(numbers.tobytes())
        self._lengths.append(lengths)
        if gaps is not None:
            self._gaps.append((gaps + (self._written + self._waiting_size)).astype(np.uint32))
        self._waiting.append(numbers)
        self._waiting_size += len(numbers)
        if self._written + self._waiting_size >= _MOST:
            raise IndexFailure(f"the archive has more than {_MOST:,} characters; index it in two data folders")
        if self._waiting_size >= _RUN:
            self._sort()

    def finish(self) -> None:
        """Write all arrays."""
        self._sort()
        self._file.close()
        text = arrays.create(self._folder, "text", np.uint16, self._written)
        with self._path.open("rb") as file:
            for at in range(0, self._written, _RUN):
                count = min(_RUN, self._written - at)
                text[at : at + count] = np.fromfile(file, dtype=np.uint16, count=count)
        self._path.unlink()
        keys = self._runs.keys()
        places = arrays.create(self._folder, "places", np.uint32, self._runs.rows)

        def place(run: Keys) -> NDArray[np.integer[Any]]:
            return np.searchsorted(keys, run)

        starts = self._runs.merge(len(keys), place, [places])
        arrays.save(self._folder, "grams", keys)
        arrays.save(self._folder, "gram-starts", starts.astype(np.uint32))
        arrays.save(self._folder, "gaps", np.concatenate(self._gaps))
        arrays.save(self._folder, "alphabet", np.array(self._codes, dtype=np.uint32))
        arrays.save(
            self._folder, "bounds", np.cumsum(np.concatenate([[0], *self._lengths]), dtype=np.int64).astype(np.uint32)
        )

    def _number(self, text: Codes) -> None:
        """Give new characters their numbers; 0 is `BETWEEN`'s."""
        missing = text[self._numbers[text] == 0]
        new = np.unique(missing[missing != BETWEEN])
        if len(self._codes) + len(new) > 0xFFFF:
            raise IndexFailure("the texts have more than 65,000 different characters; they cannot be Chinese prose")
        self._numbers[new] = np.arange(len(self._codes), len(self._codes) + len(new))
        self._codes += new.tolist()

    def _sort(self) -> None:
        """Sort what waits; it ends with `BETWEEN`, so no bigram lies over the end."""
        if not self._waiting_size:
            return
        text = np.concatenate(self._waiting)
        second = np.concatenate((text[1:], np.zeros(1, dtype=np.uint16)))
        here = np.flatnonzero(text != BETWEEN)
        keys = text[here].astype(np.uint32) << 16 | second[here]
        self._runs.add(keys, [(here + self._written).astype(np.uint32)])
        self._written += len(text)
        self._waiting.clear()
        self._waiting_size = 0
