"""Decides which entries a query matches, from the exact index; knows no ranking."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import TEXT_FIELDS
from indexer.search.groups import group_sizes, group_starts, values_of
from indexer.search.marks import Arrangement, Leaf, searched, terms_of, whole_of
from indexer.search.query import All, Any, Exact, Field, Match, Near, Node, Not, Pattern, SearchRequest, YearRange
from indexer.search.terms import Term, can_overlap
from indexer.search.whoosh.arrangements import Ranges, arranged
from indexer.search.whoosh.columns import Mask
from indexer.search.whoosh.documents import Documents, Occurrences
from indexer.search.whoosh.grams import Sought
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
        self._sought: dict[Term, Sought] = {}
        self._places: dict[tuple[str, Term], Places] = {}
        self._found: dict[tuple[str, Term], Occurrences] = {}
        self._ranges: dict[tuple[str, tuple[Term, ...], Arrangement], Ranges] = {}
        self._texts: dict[tuple[int, str], str] = {}
        self._sizes: dict[Term, int] = {}

    def matching(self, node: Node | None, scope: str = "", within: Mask | None = None, *, alike: bool = True) -> Mask:
        """Give the entries that match `node`, of those in `within`; None matches all.

        What a NOT leaves out is taken as it is meant, without look-alikes (`alike`).
        """
        match node:
            case Match() | Exact():
                found = within
                terms = terms_of(node) if alike else [term.as_meant for term in terms_of(node)]
                for term in sorted(terms, key=partial(self._holders, scope)):
                    found = self._holding(scope, term, found)
            case All(parts):
                found = within
                for part in sorted(parts, key=self._cost):
                    found = self.matching(part, scope, found, alike=alike)
            case Any(parts):
                found = np.zeros(len(self._documents), dtype=np.bool_)
                for part in parts:
                    found |= self.matching(part, scope, within, alike=alike)
            case Not(part):
                found = ~self.matching(part, scope, within, alike=False)
                return found if within is None else found & within
            case Field(name, inner):
                return self.matching(inner, name, within, alike=alike)
            case Near(parts, distance):
                wholes = tuple(whole_of(part) if alike else whole_of(part).as_meant for part in parts)
                found = _limited(self._arranged(scope, wholes, distance), within)
            case Pattern(strings, gaps):
                found = _limited(self._arranged(scope, tuple(map(Term, strings)), gaps), within)
            case YearRange(first, last):
                years = self._documents.years
                found = _limited((years >= first) & (years <= last), within)
            case None:
                found = within
        return np.ones(len(self._documents), dtype=np.bool_) if found is None else found

    def occurrences(self, scope: str, term: Term) -> Occurrences:
        """Count a term in a scope, from the left and without overlaps, as a scan does."""
        found = self._known(scope, term)
        if found is None:
            places = self._all_places(scope, term)
            if can_overlap(term):
                places = _without_overlaps(places, len(term.text))
            held = not scope and self._documents.grams.is_held(self.sought(term))
            counted = self._counted(self._owners(scope, places), ordered=len(term.text) > 1)
            dense = len(counted.documents) * _DENSE > len(self._documents)
            found = replace(
                counted,
                # A copy: what was cut out of a longer list would keep all of it.
                places=None if len(term.text) == 1 or can_overlap(term) or held else places.copy(),
                mask=self._mask(counted.documents) if dense else None,
            )
            for array in (found.documents, found.counts, found.mask):
                if array is not None:
                    array.setflags(write=False)
            self._documents.occurrences.put((scope, term), found, found.size)
            self._found[scope, term] = found
        return found

    def _known(self, scope: str, term: Term) -> Occurrences | None:
        """Give what was found for a term before: in this request, or in another and kept."""
        found = self._found.get((scope, term))
        if found is None:
            found = self._documents.occurrences.get((scope, term))
            if found is not None:
                self._found[scope, term] = found
        return found

    def sought(self, term: Term) -> Sought:
        """Say what a term can be in this archive."""
        found = self._sought.get(term) or self._documents.sought.get(term)
        if found is None:
            found = self._documents.grams.sought(term)
            self._documents.sought.put(term, found, 0)
        self._sought[term] = found
        return found

    def has_misprints(self, scope: str, term: Term) -> bool:
        """Say whether some entry has a term only with look-alikes."""
        if not self.sought(term).widened:
            return False
        found = self._documents.misprints.get((scope, term))
        if found is None:
            both = (self.occurrences(scope, each).documents for each in (term, term.as_meant))
            found = len({len(documents) for documents in both}) > 1
            self._documents.misprints.put((scope, term), found, 0)
        return found

    def holding(self, scope: str, term: Term, numbers: NDArray[np.int64]) -> Mask:
        """Say which of the documents `numbers` hold a term."""
        return self._counts(scope, term, numbers) > 0

    def ordered_places(self, scope: str, term: Term) -> Places | None:
        """Give where a term stands, overlapping places too, ascending; None where that is not known cheaply."""
        if not scope and self._documents.grams.is_held(self.sought(term)):
            return self._all_places(scope, term)
        found = self._known(scope, term)
        return found.places if found else None

    def ranges(self, scope: str, terms: tuple[Term, ...], arrangement: Arrangement) -> Ranges:
        """Give where terms stand together."""
        key = scope, terms, arrangement
        found = self._ranges.get(key) or self._documents.ranges.get(key)
        if found is None:
            places = [self._all_places(scope, term) for term in terms]
            found = arranged(self._documents.grams, places, [len(term.text) for term in terms], arrangement)
            self._documents.ranges.put(key, found, found.size)
        self._ranges[key] = found
        return found

    def count(self, leaves: Sequence[Leaf], numbers: NDArray[np.int64], mask: Mask) -> int:
        """Count how often the leaves' terms stand in the entries found, each term without overlaps.

        `mask` says the same as `numbers`.
        """
        total = sum(int(self._counts(scope_of(scopes), term, numbers).sum()) for scopes, term in searched(leaves))
        for leaf in leaves:
            if leaf.arrangement is not None:
                scope = scope_of(leaf.scopes)
                owners = self._owners(scope, self.ranges(scope, leaf.terms, leaf.arrangement).starts)
                total += int(np.count_nonzero(mask[owners]))
        return total

    def _arranged(self, scope: str, terms: tuple[Term, ...], arrangement: Arrangement) -> Mask:
        return self._mask(self._owners(scope, self.ranges(scope, terms, arrangement).starts))

    def _holding(self, scope: str, term: Term, within: Mask | None) -> Mask:
        found = self._known(scope, term)
        if within is None:
            return self._mask_of(found or self.occurrences(scope, term))
        if found:
            return self._mask_of(found) & within
        numbers = within.nonzero()[0]
        return self._mask(numbers[self._counts(scope, term, numbers) > 0])

    def _counts(self, scope: str, term: Term, numbers: NDArray[np.int64]) -> NDArray[np.integer]:
        """Count a term in each of the documents `numbers`, in the way that is fastest for so many."""
        found = self._known(scope, term)
        if found is None and scope not in APART:
            size = self._candidates(term)
            sought = self.sought(term)
            unread = max(0, len(numbers) - len(self._texts))
            simple = len(term.text) > 1 and not can_overlap(term)
            if (
                simple
                and len(numbers) * _LOOK < size + _COUNT
                and ((scope, term) in self._places or self._documents.grams.is_held(sought))
            ):
                return self._counts_by_bounds(scope, term, numbers)
            if sought.forms and unread * _READ + len(numbers) * len(sought.forms) * _SCAN < size + _COUNT:
                texts = [self.text(number, scope) for number in numbers.tolist()]
                return np.array([sum(map(text.count, sought.forms)) for text in texts], dtype=np.int64)
        found = found or self.occurrences(scope, term)
        documents = found.documents
        if len(documents) == len(numbers) and np.array_equal(documents, numbers):
            return found.counts
        if len(numbers) * _LOOK < len(documents):
            return values_of(numbers, documents, found.counts)
        whole = np.zeros(len(self._documents), dtype=np.int64)
        whole[documents] = found.counts
        return whole[numbers]

    def _counts_by_bounds(self, scope: str, term: Term, numbers: NDArray[np.int64]) -> NDArray[np.integer]:
        places = self._all_places(scope, term)
        starts, ends = self._documents.grams.bounds_of(numbers, scope)
        return places.searchsorted(ends) - places.searchsorted(starts)

    def _holders(self, scope: str, term: Term) -> int:
        """Give about how many entries hold a term, or more."""
        found = self._known(scope, term)
        return self._candidates(term) if found is None else len(found.documents)

    def _candidates(self, term: Term) -> int:
        if term not in self._sizes:
            self._sizes[term] = self._documents.grams.candidates(self.sought(term))
        return self._sizes[term]

    def text(self, number: int, scope: str) -> str:
        """Give a document's folded strings in a scope of text fields, each followed by NUL."""
        key = number, scope
        if key not in self._texts:
            grams = self._documents.grams
            self._texts[key] = grams.folded(*grams.bounds(number, scope))
        return self._texts[key]

    def _all_places(self, scope: str, term: Term) -> Places:
        key = scope, term
        if key not in self._places:
            self._places[key] = self._documents.grams.find(self.sought(term), scope)
        return self._places[key]

    def _owners(self, scope: str, places: Places) -> NDArray[np.integer]:
        return self._documents.grams.owners_of(places, scope)

    def _cost(self, node: Node) -> int:
        """Guess how many entries a part leaves: the fewest first."""
        match node:
            case Match() | Exact():
                return min(map(self._candidates, terms_of(node)), default=0)
            case Near(parts, _):
                return min(map(self._candidates, map(whole_of, parts)), default=0)
            case Pattern(strings, _):
                return min(map(self._candidates, map(Term, strings)), default=0)
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
            starts = group_starts(owners)
            return Occurrences(owners[starts], group_sizes(starts, len(owners)))
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
