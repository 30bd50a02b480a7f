"""Groups entries, and what is found in them, by their volumes."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import name_of
from indexer.search.shown.results import VolumeCount, VolumeFound
from indexer.search.whoosh.facets.columns import Column, Mask


def by_volume(
    columns: Mapping[str, Column], years: NDArray[np.int32], among: Mask
) -> list[tuple[VolumeCount, NDArray[np.int64]]]:
    """Return the volumes of some entries, ordered by yearbook, then year, then id, each with its entries' numbers."""
    numbers = among.nonzero()[0]
    if not len(numbers):
        return []
    books, volumes = columns["yearbook"], columns["volume"]
    # A volume's year is that of its entries; entries of another year count as another volume.
    rows = np.stack((books.first, years, volumes.first))
    triples, at, sizes = np.unique(rows[:, numbers], axis=1, return_inverse=True, return_counts=True)
    grouped = np.split(numbers[at.argsort(kind="stable")], np.cumsum(sizes)[:-1])
    counted = [
        (VolumeCount(name_of(books.values[book - 1]), name_of(volumes.values[volume - 1]), year, size), inside)
        for (book, year, volume), size, inside in zip(triples.T.tolist(), sizes.tolist(), grouped, strict=True)
    ]
    return sorted(counted, key=lambda each: (each[0].yearbook, each[0].year, each[0].volume))


def found_by_volume(
    volumes: Iterable[tuple[VolumeCount, NDArray[np.int64]]],
    found: Mask,
    places: NDArray[np.int64],
    characters: NDArray[np.int64],
) -> tuple[VolumeFound, ...]:
    """Return how much is found in each volume, given the entries found, and places and characters of every entry."""
    return tuple(
        VolumeFound(
            each.yearbook,
            each.volume,
            each.year,
            int(np.count_nonzero(found[numbers])),
            int(places[numbers].sum()),
            each.entries,
            int(characters[numbers].sum()),
        )
        for each, numbers in volumes
    )
