"""Counts how often a query's strings occur in the entries found; overlapping occurrences count once."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.search.fields import APART
from indexer.search.query.overlapping import groups, overlaps
from indexer.search.query.plan import Leaf
from indexer.search.shown.marks import Range, occurrences, separate
from indexer.search.whoosh.answering.lookup import COUNT, READ, SCAN, Lookup, Occurrences, apart
from indexer.search.whoosh.facets.columns import Mask

_LENGTH = 24
"""Bits that hold a range's length beside its place."""
_LONGEST = (1 << _LENGTH) - 1


def count(lookup: Lookup, leaves: tuple[Leaf, ...], numbers: NDArray[np.int64], mask: Mask) -> int:
    """Count occurrences of the leaves' strings in the entries found, given both as `numbers` and as `mask`."""
    total = 0
    for sources in groups(leaves):
        first = sources[0]
        if len(sources) > 1 or overlaps(first):
            total += int(_counts_together(lookup, sources, numbers).sum())
        elif first.together is None:
            total += int(lookup.counts(first.scope, first.terms[0], numbers).sum())
        else:
            total += int(np.count_nonzero(mask[lookup.range_owners(first)]))
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


def _counts(lookup: Lookup, sources: tuple[Leaf, ...], numbers: NDArray[np.int64]) -> NDArray[np.integer[Any]]:
    """Count the occurrences of one group in each of some documents, ascending."""
    first = sources[0]
    if len(sources) > 1 or overlaps(first):
        return _counts_together(lookup, sources, numbers)
    if first.together is None:
        return lookup.counts(first.scope, first.terms[0], numbers)
    return np.bincount(lookup.range_owners(first), minlength=len(lookup.index))[numbers]


class Standing(Struct, frozen=True, gc=False):
    """Where occurrences stand, by entry and within an entry in reading order."""

    documents: NDArray[np.int64]
    """Number of the document that each is in."""
    starts: NDArray[np.int64]
    """Where each begins in the folded text of the archive."""
    ends: NDArray[np.int64]


def standing(lookup: Lookup, leaves: tuple[Leaf, ...], mask: Mask) -> Standing:
    """Return where the leaves' strings stand in the entries of `mask`: as many places as `count` counts."""
    found = [_standing(lookup, sources) for sources in groups(leaves)]
    documents = np.concatenate([np.zeros(0, np.int64), *(each.documents for each in found)])
    starts = np.concatenate([np.zeros(0, np.int64), *(each.starts for each in found)])
    ends = np.concatenate([np.zeros(0, np.int64), *(each.ends for each in found)])
    chosen = mask[documents].nonzero()[0]
    # What stands apart from the text fields lies behind them, so places order an entry's fields as they are read.
    order = chosen[np.lexsort((starts[chosen], documents[chosen]))]
    return Standing(documents[order], starts[order], ends[order])


def _standing(lookup: Lookup, sources: Sequence[Leaf]) -> Standing:
    """Return where the ranges of one group stand in all entries, overlapping ones once."""
    scope = next((source.scope for source in sources if source.scope in APART), "")
    starts, ends = _unpacked(_separate([_ranges(lookup, source) for source in sources]))
    return Standing(lookup.index.strings.owners_of(starts, scope).astype(np.int64), starts, ends)


def _counts_together(lookup: Lookup, sources: tuple[Leaf, ...], numbers: NDArray[np.int64]) -> NDArray[np.integer[Any]]:
    """Count the ranges of all sources, overlapping ones once; what is found is cached for the next page."""
    kept = lookup.kept_occurrences
    everywhere = frozenset(sources)
    here = everywhere, numbers.tobytes()
    found = kept.get(everywhere)
    if found is None and _is_read_faster(lookup, sources, len(numbers)):
        found = kept.get(here)
        if found is None:
            each = [len(separate(_read(lookup, sources, number))) for number in numbers.tolist()]
            found = Occurrences(numbers, np.array(each, dtype=np.int64))
            kept.put(here, found, 2 * found.size)
    elif found is None:
        found = lookup.counted(_standing(lookup, sources).documents, ordered=True)
        kept.put(everywhere, found, found.size)
    return lookup.counts_of(found, numbers)


def _is_read_faster(lookup: Lookup, sources: Iterable[Leaf], entries: int) -> bool:
    """Return whether reading so many entries is faster than going through all places of the sources' terms."""
    terms = [source.terms[0] for source in sources if source.together is None and source.scope not in APART]
    if len(terms) < len(list(sources)) or not all(lookup.sought(term).forms for term in terms):
        return False
    return entries * (READ + SCAN * len(terms)) < sum(lookup.sought(term).candidates for term in terms) + COUNT


def _read(lookup: Lookup, sources: Sequence[Leaf], number: int) -> list[Range]:
    """Return the ranges of terms in one entry, sorted."""
    grams = lookup.index.strings
    found = []
    for source in sources:
        text = lookup.text(number, source.scope)
        low = grams.bounds(number, source.scope)[0]
        for form in lookup.sought(source.terms[0]).forms:
            found += [(low + start, low + end) for start, end in occurrences(text, form)]
    return sorted(found)


def _ranges(lookup: Lookup, source: Leaf) -> NDArray[np.int64]:
    """Return all ranges of a source, each packed into one number that sorts by place, the longest first."""
    starts: NDArray[np.integer[Any]]
    lengths: NDArray[np.integer[Any]] | int
    if source.together is None:
        (term,) = source.terms
        starts, lengths = lookup.all_places(source.scope, term), len(term.text)
        if lookup.sought(term).overlaps:
            starts = starts[apart(starts, lengths)]
    else:
        found = lookup.ranges(source)
        starts, lengths = found.starts, found.ends - found.starts
    return (starts.astype(np.int64) << _LENGTH) + (_LONGEST - lengths)


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
