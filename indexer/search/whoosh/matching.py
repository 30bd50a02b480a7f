"""Decides which entries a query matches, from the exact index; knows no ranking."""

import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import TEXT_FIELDS
from indexer.search.marks import Leaf, has_border, near_strings, searched, strings_of
from indexer.search.query import All, Any, Exact, Field, Match, Near, Node, Not, SearchRequest, YearRange
from indexer.search.whoosh import arrays
from indexer.search.whoosh.columns import Mask
from indexer.search.whoosh.documents import Documents, Occurrences
from indexer.search.whoosh.near import NearPlaces, near_places
from indexer.search.whoosh.places import Places
from indexer.search.whoosh.prepare import APART

_READ, _SCAN, _LOOK, _COUNT = 500, 40, 20, 3000
"""What it takes to read an entry's text, to look through it, to look its bounds up in a list of places, and to begin
counting all entries: in candidate places, of which counting one takes some eight nanoseconds."""
_DENSE = 8
"""One in how many documents makes their mask no larger than their list."""
_SPARSE = 16
"""Places a document below which comparing neighbours counts faster than an array of all documents."""


class Evaluation:
    """One request on one generation: what was found for a string is found once."""

    def __init__(self, documents: Documents) -> None:
        """Begin."""
        self._documents = documents
        self._places: dict[tuple[str, str], Places] = {}
        self._found: dict[tuple[str, str], Occurrences] = {}
        self._near: dict[tuple[str, tuple[str, ...], int], NearPlaces] = {}
        self._texts: dict[tuple[int, str], str] = {}
        self._sizes: dict[str, int] = {}

    def matching(self, node: Node | None, scope: str = "", within: Mask | None = None) -> Mask:
        """Give the entries that match `node`, of those in `within`; None matches all."""
        match node:
            case Match() | Exact():
                found = within
                for string in sorted(strings_of(node), key=self._candidates):
                    found = self._holding(scope, string, found)
            case All(parts):
                found = within
                for part in sorted(parts, key=self._cost):
                    found = self.matching(part, scope, found)
            case Any(parts):
                found = np.zeros(len(self._documents), dtype=np.bool_)
                for part in parts:
                    found |= self.matching(part, scope, within)
            case Not(part):
                found = ~self.matching(part, scope, within)
                return found if within is None else found & within
            case Field(name, inner):
                return self.matching(inner, name, within)
            case Near(parts, distance):
                strings = tuple(string for part in parts for string in near_strings(part))
                found = _limited(
                    self._mask(self._owners(scope, self.near_places(scope, strings, distance).starts)), within
                )
            case YearRange(first, last):
                years = self._documents.years
                found = _limited((years >= first) & (years <= last), within)
            case None:
                found = within
        return np.ones(len(self._documents), dtype=np.bool_) if found is None else found

    def occurrences(self, scope: str, string: str) -> Occurrences:
        """Count a folded string in a scope, from the left and without overlaps, as a scan does."""
        found = self._known(scope, string)
        if found is None:
            places = self._all_places(scope, string)
            if has_border(string):
                places = _without_overlaps(places, len(string))
            held = not scope and self._documents.grams.is_held(string)
            counted = self._counted(self._owners(scope, places), ordered=len(string) > 1)
            dense = len(counted.documents) * _DENSE > len(self._documents)
            found = replace(
                counted,
                # A copy: what was cut out of a longer list would keep all of it.
                places=None if len(string) == 1 or has_border(string) or held else places.copy(),
                mask=self._mask(counted.documents) if dense else None,
            )
            for array in (found.documents, found.counts, found.mask):
                if array is not None:
                    array.setflags(write=False)
            self._documents.occurrences.put((scope, string), found, found.size)
            self._found[scope, string] = found
        return found

    def _known(self, scope: str, string: str) -> Occurrences | None:
        """Give what was found for a string before: in this request, or in another and kept."""
        found = self._found.get((scope, string))
        if found is None:
            found = self._documents.occurrences.get((scope, string))
            if found is not None:
                self._found[scope, string] = found
        return found

    def holding(self, scope: str, string: str, numbers: NDArray[np.int64]) -> Mask:
        """Say which of the documents `numbers` hold a folded string."""
        return self._counts(scope, string, numbers) > 0

    def ordered_places(self, scope: str, string: str) -> Places | None:
        """Give where a string stands, overlapping places too, ascending; None where that is not known cheaply."""
        if not scope and self._documents.grams.is_held(string):
            return self._all_places(scope, string)
        found = self._known(scope, string)
        return found.places if found else None

    def near_places(self, scope: str, strings: tuple[str, ...], distance: int) -> NearPlaces:
        """Give where the strings stand near one another."""
        key = scope, strings, distance
        found = self._near.get(key) or self._documents.near.get(key)
        if found is None:
            places = [self._all_places(scope, string) for string in strings]
            found = near_places(self._documents.grams, places, strings, distance)
            self._documents.near.put(key, found, found.size)
        self._near[key] = found
        return found

    def count(self, leaves: Sequence[Leaf], numbers: NDArray[np.int64], mask: Mask) -> int:
        """Count how often the leaves' strings stand in the entries found, each string without overlaps.

        `mask` says the same as `numbers`.
        """
        total = sum(int(self._counts(scope_of(scopes), string, numbers).sum()) for scopes, string in searched(leaves))
        for leaf in leaves:
            if leaf.distance is not None:
                scope = scope_of(leaf.scopes)
                owners = self._owners(scope, self.near_places(scope, leaf.strings, leaf.distance).starts)
                total += int(np.count_nonzero(mask[owners]))
        return total

    def _holding(self, scope: str, string: str, within: Mask | None) -> Mask:
        found = self._known(scope, string)
        if within is None:
            return self._mask_of(found or self.occurrences(scope, string))
        if found:
            return self._mask_of(found) & within
        numbers = within.nonzero()[0]
        return self._mask(numbers[self._counts(scope, string, numbers) > 0])

    def _counts(self, scope: str, string: str, numbers: NDArray[np.int64]) -> NDArray[np.integer]:
        """Count a folded string in each of the documents `numbers`, in the way that is fastest for so many."""
        found = self._known(scope, string)
        if found is None and scope not in APART:
            size = self._candidates(string)
            unread = max(0, len(numbers) - len(self._texts))
            simple = len(string) > 1 and not has_border(string)
            if (
                simple
                and len(numbers) * _LOOK < size + _COUNT
                and ((scope, string) in self._places or self._documents.grams.is_held(string))
            ):
                return self._counts_by_bounds(scope, string, numbers)
            if unread * _READ + len(numbers) * _SCAN < size + _COUNT:
                texts = [self.text(number, scope) for number in numbers.tolist()]
                return np.array([text.count(string) for text in texts], dtype=np.int64)
        found = found or self.occurrences(scope, string)
        documents = found.documents
        if len(documents) == len(numbers) and np.array_equal(documents, numbers):
            return found.counts
        if len(numbers) * _LOOK < len(documents):
            return arrays.values_of(numbers, documents, found.counts)
        whole = np.zeros(len(self._documents), dtype=np.int64)
        whole[documents] = found.counts
        return whole[numbers]

    def _counts_by_bounds(self, scope: str, string: str, numbers: NDArray[np.int64]) -> NDArray[np.integer]:
        places = self._all_places(scope, string)
        starts, ends = self._documents.grams.bounds_of(numbers, scope)
        return places.searchsorted(ends) - places.searchsorted(starts)

    def _candidates(self, string: str) -> int:
        if string not in self._sizes:
            self._sizes[string] = self._documents.grams.candidates(string)
        return self._sizes[string]

    def text(self, number: int, scope: str) -> str:
        """Give a document's folded strings in a scope of text fields, each followed by NUL."""
        key = number, scope
        if key not in self._texts:
            grams = self._documents.grams
            self._texts[key] = grams.folded(*grams.bounds(number, scope))
        return self._texts[key]

    def _all_places(self, scope: str, string: str) -> Places:
        key = scope, string
        if key not in self._places:
            self._places[key] = self._documents.grams.find(string, scope)
        return self._places[key]

    def _owners(self, scope: str, places: Places) -> NDArray[np.integer]:
        return self._documents.grams.owners_of(places, scope)

    def _cost(self, node: Node) -> int:
        """Guess how many entries a part leaves: the fewest first."""
        match node:
            case Match() | Exact():
                return min(map(self._candidates, strings_of(node)), default=0)
            case Near(parts, _):
                strings = [string for part in parts for string in near_strings(part)]
                return min(map(self._candidates, strings), default=0)
            case Field(_, inner):
                return self._cost(inner)
            case All(parts):
                return min(map(self._cost, parts), default=0)
            case Any(parts):
                return sum(map(self._cost, parts))
            case YearRange():
                return 0
            case _:
                return sys.maxsize

    def _mask_of(self, found: Occurrences) -> Mask:
        return self._mask(found.documents) if found.mask is None else found.mask

    def _mask(self, numbers: NDArray[np.integer]) -> Mask:
        mask = np.zeros(len(self._documents), dtype=np.bool_)
        mask[numbers] = True
        return mask

    def _counted(self, owners: NDArray[np.integer], *, ordered: bool) -> Occurrences:
        size = len(self._documents)
        if ordered and len(owners) < size * _SPARSE:
            starts = arrays.group_starts(owners)
            return Occurrences(owners[starts], arrays.group_sizes(starts, len(owners)))
        counts = np.bincount(owners, minlength=size)
        documents = np.flatnonzero(counts)
        return Occurrences(documents, counts[documents])


def filtered(mask: Mask, request: SearchRequest, documents: Documents, but: str = "") -> Mask:
    """Limit `mask` to the request's filters, except those of the facet `but`."""
    for each in request.filters:
        if each.field != but:
            mask = mask & documents.having(each.field, each.values)
    return mask


def scope_of(scopes: tuple[str, ...]) -> str:
    """Give the name of the scopes that a leaf looks at; all text fields are the scope ""."""
    return "" if scopes == TEXT_FIELDS else scopes[0]


def _limited(mask: Mask, within: Mask | None) -> Mask:
    return mask if within is None else mask & within


def _without_overlaps(places: Places, length: int) -> Places:
    """Take from places that may overlap those that a scan from the left takes; no string runs into another one's."""
    if len(places) < 2 or not (np.diff(places.astype(np.int64)) < length).any():
        return places
    kept = []
    end = -1
    for at, place in enumerate(places.tolist()):
        if place >= end:
            kept.append(at)
            end = place + length
    return places[kept]
