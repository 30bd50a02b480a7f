"""Reads and writes facet columns: which values each entry has, stored as numbers into a list of values."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.search.arrays.mapping import map_file
from indexer.search.fields import FILTERS
from indexer.search.repeated import Repeated
from indexer.search.sortedarrays import spread
from indexer.search.whoosh.files import filenames, npy

Mask = NDArray[np.bool_]
"""One truth value per entry, in document order."""
_READER = msgspec.json.Decoder(dict[str, tuple[str, ...]])
_ONE_BY_ONE = 20
"""If there are this many times more further values than entries, looking each entry up is faster than reading all
values."""


@dataclass(frozen=True, slots=True)
class Column:
    """One facet's values, entry by entry."""

    values: tuple[str, ...]
    """Every value once, sorted."""
    ordinals: Mapping[str, int]
    """Each value's index in `values`."""
    first: NDArray[np.intp]
    """1 + index of each entry's first value, 0 if it has none."""
    more_documents: NDArray[np.int32]
    """Document number of each further value, ascending."""
    more_ordinals: NDArray[np.int32]
    is_single: bool
    """Whether every entry has the same one value."""

    def counts(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many of some documents, ascending, have each value, in the order of `values`."""
        counts = np.bincount(self.first[numbers], minlength=len(self.values) + 1)[1:]
        places = self._further(numbers)
        if len(places):
            counts += np.bincount(self.more_ordinals[places], minlength=len(self.values))
        return counts

    def having(self, wanted: Iterable[str], numbers: NDArray[np.int64]) -> Mask:
        """Return for each of some documents, ascending, whether it has at least one of the wanted values."""
        chosen = np.zeros(len(self.values) + 1, dtype=np.bool_)
        chosen[[1 + self.ordinals[value] for value in wanted if value in self.ordinals]] = True
        flags: Mask = chosen[self.first[numbers]]
        places = self._further(numbers)
        if len(places):
            owners = self.more_documents[places[chosen[1 + self.more_ordinals[places]]]]
            flags[numbers.searchsorted(owners)] = True
        return flags

    def _further(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return which of the further values belong to some documents, ascending."""
        more = self.more_documents
        if not len(more) or not len(numbers):
            return np.zeros(0, dtype=np.int64)
        if len(numbers) * _ONE_BY_ONE < len(more):
            wanted = numbers.astype(more.dtype)
            low = more.searchsorted(wanted)
            return spread(low, more.searchsorted(wanted, side="right") - low)
        mask = np.zeros(int(max(numbers[-1], more[-1])) + 1, dtype=np.bool_)
        mask[numbers] = True
        return mask[more].nonzero()[0]


def write_columns(folder: Path, columns: Mapping[str, Repeated[tuple[str, ...]]]) -> dict[str, list[str]]:
    """Write the columns into a generation's folder, and return the values of each, in the order of their ordinals.

    `columns` holds each column's values, entry by entry.
    """
    values: dict[str, list[str]] = {}
    for name, column in columns.items():
        different = [tuple(dict.fromkeys(each)) for each in column.values]
        values[name] = sorted({value for each in different for value in each})
        ordinals = {value: at for at, value in enumerate(values[name])}
        numbers = column.numbers()
        first = np.array([1 + ordinals[each[0]] if each else 0 for each in different], dtype=np.int64)
        further = [[ordinals[value] for value in each[1:]] for each in different]
        counts = np.array(list(map(len, further)), dtype=np.int64)
        begins = np.cumsum(counts) - counts
        more = np.array([ordinal for each in further for ordinal in each], dtype=np.int64)
        documents = np.repeat(np.arange(len(numbers)), counts[numbers])
        npy.save(folder, f"{name}-first", first[numbers])
        npy.save(folder, f"{name}-more", np.stack((documents, more[spread(begins[numbers], counts[numbers])]), axis=1))
    (folder / filenames.VALUES).write_text(json.dumps(values, ensure_ascii=False), "utf-8")
    return values


def read_columns(folder: Path, entries: int) -> dict[str, Column]:
    """Read the columns of a generation that has `entries` entries.

    Raises `OSError` if a file cannot be read, `ValueError` if the columns do not fit together.
    """
    values = _READER.decode(map_file(folder / filenames.VALUES))
    npy.require(tuple(values) == FILTERS, filenames.VALUES)
    return {name: _column(folder, name, each, entries) for name, each in values.items()}


def _column(folder: Path, name: str, values: tuple[str, ...], entries: int) -> Column:
    first, more = npy.load(folder, f"{name}-first"), npy.load(folder, f"{name}-more")
    documents, ordinals = np.ascontiguousarray(more[:, 0]), np.ascontiguousarray(more[:, 1])
    npy.require(len(first) == entries, f"{name}-first")
    for numbers, limit in ((first, len(values) + 1), (documents, entries), (ordinals, len(values))):
        npy.require(not len(numbers) or (numbers.min() >= 0 and numbers.max() < limit), name)
    is_single = len(values) == 1 and bool(first.all()) and not len(more)
    return Column(
        values, {value: at for at, value in enumerate(values)}, first.astype(np.intp), documents, ordinals, is_single
    )
