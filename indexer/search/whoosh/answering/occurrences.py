"""Counts how often a query's strings occur in the entries found; overlapping occurrences count once."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT, APART, TEXT_FIELDS
from indexer.search.query.overlapping import groups
from indexer.search.query.plan import Leaf
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.strings.entries import Documents
from indexer.search.whoosh.strings.entries import standing as where
from indexer.search.whoosh.strings.reading import Read

_LENGTH = 24
"""Bits that hold a range's length beside its place."""
_LONGEST = (1 << _LENGTH) - 1


def count(lookup: Lookup, leaves: tuple[Leaf, ...], numbers: Documents) -> int:
    """Count occurrences of the leaves' strings in the entries found."""
    total = 0
    for sources in groups(leaves):
        if _is_single(sources):
            total += lookup.total(sources[0].scope, sources[0].terms[0], numbers)
        else:
            total += int(_counts(lookup, sources, numbers).sum())
    return total


def counts(lookup: Lookup, leaves: tuple[Leaf, ...], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count occurrences in each of the documents `numbers`, which may stand in any order; the sum is that of `count`."""
    order = numbers.argsort()
    ascending = numbers[order]
    found = np.zeros(len(numbers), dtype=np.int64)
    if len(numbers):
        for sources in groups(leaves):
            found[order] += _counts(lookup, sources, ascending)
    return found


def _is_single(sources: tuple[Leaf, ...]) -> bool:
    """Return whether a group is one term, whose occurrences are counted by themselves."""
    return len(sources) == 1 and sources[0].together is None


def _counts(lookup: Lookup, sources: tuple[Leaf, ...], numbers: Documents) -> NDArray[np.integer[Any]]:
    """Count the occurrences of one group in each of some documents."""
    if _is_single(sources):
        return lookup.counts(sources[0].scope, sources[0].terms[0], numbers)
    owners = np.concatenate([np.zeros(0, np.int64), *(each.documents for each in _standing(lookup, sources, numbers))])
    return np.bincount(numbers.searchsorted(owners), minlength=len(numbers))


class Standing(Struct, frozen=True, gc=False):
    """Where occurrences stand, by entry and within an entry in reading order."""

    documents: NDArray[np.int64]
    """Number of the document that each is in."""
    starts: NDArray[np.int64]
    """Where each begins in the folded text of the archive."""
    ends: NDArray[np.int64]


def standing(lookup: Lookup, leaves: tuple[Leaf, ...], numbers: Documents) -> Standing:
    """Return where the leaves' strings stand in the documents `numbers`: as many places as `count` counts."""
    found = [each for sources in groups(leaves) for each in _standing(lookup, sources, numbers)]
    nowhere = np.zeros(0, np.int64)
    documents = np.concatenate([nowhere, *(each.documents for each in found)])
    starts = np.concatenate([nowhere, *(each.starts for each in found)])
    ends = np.concatenate([nowhere, *(each.ends for each in found)])
    # What stands apart from the text fields lies behind them, so places order an entry's fields as they are read.
    order = np.lexsort((starts, documents))
    return Standing(documents[order], starts[order], ends[order])


def _standing(lookup: Lookup, sources: Sequence[Leaf], numbers: Documents) -> Iterator[Standing]:
    """Yield where the ranges of one group stand in some documents, overlapping ones once, some documents at a time."""
    scope = next((source.scope for source in sources if source.scope in APART), ALL_TEXT)
    begins, ends = (each.astype(np.int64) for each in lookup.index.strings.bounds_of(numbers, scope))
    for part in lookup.index.strings.read(numbers, scope):
        last = part.first + len(part.begins)
        starts, stops = _unpacked(_separate([_ranges(lookup, source, part, begins, ends) for source in sources]))
        owners = part.first + begins[part.first : last].searchsorted(starts, side="right") - 1
        yield Standing(numbers[owners], starts, stops)


def _ranges(
    lookup: Lookup, source: Leaf, part: Read, begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return all ranges of a source in texts that were read, each packed into one number that sorts by place, the
    longest first.

    `begins` and `ends` say where in the text of the archive what is read of each document begins and ends.
    """
    if source.together is None:
        (term,) = source.terms
        sought = lookup.sought(term)
        if not sought.numbers:
            return np.zeros(0, dtype=np.int64)
        at = where(part, sought)
        starts = part.in_archive(at, part.owners(at))
        if source.scope and source.scope not in APART:
            fields = lookup.index.strings.fields_at(starts) % len(TEXT_FIELDS)
            starts = starts[fields == TEXT_FIELDS.index(source.scope)]
        return (starts << _LENGTH) + (_LONGEST - len(term.text))
    found = lookup.ranges(source)
    last = part.first + len(part.begins) - 1
    low, high = found.starts.searchsorted(np.array((begins[part.first], ends[last]), np.uint32)).tolist()
    starts, stops = found.starts[low:high].astype(np.int64), found.ends[low:high].astype(np.int64)
    at = begins.searchsorted(starts, side="right") - 1
    here = (at >= 0) & (starts < ends[at])
    return (starts[here] << _LENGTH) + (_LONGEST - (stops - starts)[here])


def _separate(packed: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return the ranges that a scan from the left takes: none begins before the one before has ended."""
    # Most are in order already; NumPy's stable sort makes use of that and takes a tenth of the time.
    ranges = np.sort(np.concatenate(packed), kind="stable")
    starts, ends = _unpacked(ranges)
    # A cluster of overlapping ranges ends before the next range that begins where all earlier ones have ended.
    taken = np.ones(len(starts), dtype=np.bool_)
    np.greater_equal(starts[1:], np.maximum.accumulate(ends)[:-1], out=taken[1:])
    begins = np.flatnonzero(taken)
    limits = np.append(begins[1:], len(starts))
    several = np.flatnonzero(limits - begins > 1)
    at, limits = begins[several], limits[several]
    while len(at):
        following = starts.searchsorted(ends[at])
        inside = following < limits
        at, limits = following[inside], limits[inside]
        taken[at] = True
    return ranges[taken]


def _unpacked(ranges: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where packed ranges begin and end."""
    starts = ranges >> _LENGTH
    return starts, starts + (_LONGEST - (ranges & _LONGEST))
