"""Decides which entries a query matches, from the exact index; knows no ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import TEXT_FIELDS
from indexer.search.marks import Leaf, has_border, near_strings, positive_leaves, strings_of
from indexer.search.query import All, Any, Exact, Field, Match, Near, Node, Not, SearchRequest, YearRange
from indexer.search.whoosh.columns import Mask
from indexer.search.whoosh.documents import Documents
from indexer.search.whoosh.grams import Places
from indexer.search.whoosh.near import near_places

_SPARSE = 16
"""Places a document below which counting document by document is faster than counting in an array of all."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """How often something stands in which entries."""

    documents: NDArray[np.int64]
    """Ascending."""
    counts: NDArray[np.int64]


class Evaluation:
    """One request on one generation: what was found for a string is found once."""

    def __init__(self, documents: Documents) -> None:
        """Begin."""
        self._documents = documents
        self._places: dict[tuple[str, str], Places] = {}
        self._found: dict[tuple[str, str], Occurrences] = {}
        self._near: dict[tuple[str, tuple[str, ...], int], Occurrences] = {}

    def matching(self, node: Node | None, scope: str = "") -> Mask:
        """Give the entries that match `node`; None matches all."""
        match node:
            case None:
                return np.ones(len(self._documents), dtype=np.bool_)
            case Match() | Exact():
                return self._all([self._mask(self.occurrences(scope, string)) for string in strings_of(node)])
            case Near(parts, distance):
                strings = tuple(string for part in parts for string in near_strings(part))
                return self._mask(self.near(scope, strings, distance))
            case Any(()):
                return np.zeros(len(self._documents), dtype=np.bool_)
            case All(parts):
                return self._all([self.matching(part, scope) for part in parts])
            case Any(parts):
                found = self.matching(parts[0], scope)
                for part in parts[1:]:
                    found |= self.matching(part, scope)
                return found
            case Not(part):
                return ~self.matching(part, scope)
            case Field(name, inner):
                return self.matching(inner, name)
            case YearRange(first, last):
                return (self._documents.years >= first) & (self._documents.years <= last)

    def places(self, scope: str, string: str) -> Places:
        """Give where a folded string stands in a scope, overlapping places too."""
        key = scope, string
        if key not in self._places:
            self._places[key] = self._documents.grams.find(string, scope)
        return self._places[key]

    def occurrences(self, scope: str, string: str) -> Occurrences:
        """Count a folded string in a scope, from the left and without overlaps, as a scan does."""
        key = scope, string
        if key not in self._found:
            places = self.places(scope, string)
            if has_border(string):
                places = _without_overlaps(places, len(string))
            owners = self._documents.grams.owners_of(places, scope)
            self._found[key] = _counted(owners, len(self._documents), ordered=len(string) > 1)
        return self._found[key]

    def near(self, scope: str, strings: tuple[str, ...], distance: int) -> Occurrences:
        """Count the places of strings that stand near one another."""
        key = scope, strings, distance
        if key not in self._near:
            grams = self._documents.grams
            places = near_places(grams, [self.places(scope, string) for string in strings], strings, distance)
            owners = grams.owners_of(places, scope)
            self._near[key] = _counted(owners, len(self._documents), ordered=True)
        return self._near[key]

    def count(self, node: Node | None, mask: Mask) -> int:
        """Count how often the query's strings stand in the entries of `mask`, each string without overlaps."""
        found: dict[object, Occurrences] = {}
        for leaf in positive_leaves(node):
            scope = _scope(leaf)
            if leaf.distance is not None:
                found[id(leaf)] = self.near(scope, leaf.strings, leaf.distance)
            else:
                found |= {(scope, string): self.occurrences(scope, string) for string in leaf.strings}
        return sum(int(each.counts[mask[each.documents]].sum()) for each in found.values())

    def _mask(self, found: Occurrences) -> Mask:
        mask = np.zeros(len(self._documents), dtype=np.bool_)
        mask[found.documents] = True
        return mask

    def _all(self, masks: Sequence[Mask]) -> Mask:
        if not masks:
            return np.ones(len(self._documents), dtype=np.bool_)
        found = masks[0]
        for mask in masks[1:]:
            found = found & mask
        return found


def filtered(mask: Mask, request: SearchRequest, documents: Documents, but: str = "") -> Mask:
    """Limit `mask` to the request's filters, except those of the facet `but`."""
    for each in request.filters:
        if each.field != but:
            mask = mask & documents.columns[each.field].having(each.values)
    return mask


def _scope(leaf: Leaf) -> str:
    return "" if leaf.scopes == TEXT_FIELDS else leaf.scopes[0]


def _counted(owners: NDArray[np.int32], size: int, *, ordered: bool) -> Occurrences:
    if ordered and len(owners) < size * _SPARSE:
        starts = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1]))) if len(owners) else owners
        return Occurrences(owners[starts], np.diff(starts, append=len(owners)))
    counts = np.bincount(owners, minlength=size)
    documents = np.flatnonzero(counts)
    return Occurrences(documents, counts[documents])


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
