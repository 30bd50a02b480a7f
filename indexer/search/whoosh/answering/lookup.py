"""Looks up strings in the exact index for one request: where each stands, how often, and what it weighs."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from indexer.search.cache import CacheOf
from indexer.search.fields import APART
from indexer.search.query.plan import Leaf
from indexer.search.query.terms import Term
from indexer.search.ranking.bm25f import STEPS, impact
from indexer.search.sortedarrays import group_sizes, group_starts, values_of
from indexer.search.whoosh.facets.columns import Mask
from indexer.search.whoosh.openindex import OpenIndex
from indexer.search.whoosh.strings.index import Sought
from indexer.search.whoosh.strings.placelists import Places
from indexer.search.whoosh.strings.together import Ranges, together
from indexer.search.whoosh.words.lexicon import NO_POSTINGS, Postings
from indexer.text.variants import Likeness

READ, SCAN, _LOOK, COUNT = 500, 40, 20, 3000
"""Costs of reading an entry's text, of searching through it, of looking its bounds up in a list of places, and of
starting to count all entries.  The unit is one candidate place, which takes some eight nanoseconds to count."""
_FEW_TEXTS = 10
"""Entries whose texts are read sooner than the index has said what it takes to look a printed string up."""
_CLEARED = 10
"""Elements of an array of all documents that are set to zero in the time of one candidate place."""
_DENSE = 8
"""If one document in this many or more is found, a mask takes no more memory than a list."""
_SPARSE = 16
"""Places per document below which comparing neighbours counts faster than an array of all documents."""


class Occurrences(Struct, frozen=True, gc=False):
    """Which entries contain something, and how often."""

    documents: NDArray[np.integer[Any]]
    """Document numbers, ascending."""
    counts: NDArray[np.integer[Any]]
    places: Places | None = None
    """Where it stands in the text of the archive; None if the exact index itself holds this list, or it is not kept."""
    mask: Mask | None = None
    """The documents as a mask, if that is no larger than the list."""

    @property
    def size(self) -> int:
        """Bytes that the arrays take."""
        more = [array.nbytes for array in (self.places, self.mask) if array is not None]
        return self.documents.nbytes + self.counts.nbytes + sum(more)


OCCURRENCES = CacheOf[Occurrences](64 << 20)
"""What searches looked up last, by scope and what was looked for; the next page or filter asks for it again."""
SOUGHT = CacheOf[Sought](8 << 20)
"""The forms that each term can have in this archive."""
_MISPRINTS = CacheOf[bool](8 << 20)
"""Whether some entry has a term only in the form of a look-alike, by scope and term."""
_RANGES = CacheOf[Ranges](128 << 20)
"""Where strings stand together, by leaf.  For the commonest characters of 10,000 entries,
near one another, that takes 10 MB."""
_WEIGHED = CacheOf[Postings](32 << 20)
"""Each term's postings when it is weighed as a string."""


class Lookup:
    """The look-ups of one request on one generation; each string is looked up once."""

    def __init__(self, index: OpenIndex) -> None:
        """Start with what earlier requests left in the generation's caches."""
        self.index = index
        caches = index.caches
        self.kept_occurrences = caches.of(OCCURRENCES)
        self._kept_sought, self._kept_misprints = caches.of(SOUGHT), caches.of(_MISPRINTS)
        self._kept_ranges, self._kept_weighed = caches.of(_RANGES), caches.of(_WEIGHED)
        self._sought: dict[Term, Sought] = {}
        self._places: dict[tuple[str, Term], Places] = {}
        self._owned: dict[tuple[str, Term], NDArray[np.integer[Any]]] = {}
        self._found: dict[tuple[str, Term], Occurrences] = {}
        self._ranges: dict[Leaf, Ranges] = {}
        self._texts: dict[tuple[int, str], str] = {}

    def occurrences(self, scope: str, term: Term) -> Occurrences:
        """Return how often a term occurs in each entry's scope, counted left to right without overlaps."""
        found = self.known(scope, term)
        if found is None:
            places, owners = self.all_places(scope, term), self._owners(scope, term)
            sought = self.sought(term)
            if sought.overlaps:
                kept = apart(places, len(term.text))
                places, owners = places[kept], owners[kept]
            held = not scope and sought.is_held
            counted = self.counted(owners, ordered=len(term.text) > 1)
            dense = len(counted.documents) * _DENSE > len(self.index)
            found = replace(
                counted,
                # A copy: a slice would keep the whole longer list in memory.
                places=None if len(term.text) == 1 or sought.overlaps or held else places.copy(),
                mask=self.mask(counted.documents) if dense else None,
            )
            for array in (found.documents, found.counts, found.mask):
                if array is not None:
                    array.setflags(write=False)
            self.kept_occurrences.put((scope, term), found, found.size)
            self._found[scope, term] = found
        return found

    def known(self, scope: str, term: Term) -> Occurrences | None:
        """Return what was found for a term earlier, in this request or a cached one; None if it was not looked up."""
        found = self._found.get((scope, term))
        if found is None:
            found = self.kept_occurrences.get((scope, term))
            if found is not None:
                self._found[scope, term] = found
        return found

    def sought(self, term: Term) -> Sought:
        """Return the forms that a term can have in this archive."""
        found = self._sought.get(term) or self._kept_sought.get(term)
        if found is None:
            found = self.index.strings.sought(term)
            self._kept_sought.put(term, found, 0)
        self._sought[term] = found
        return found

    def has_misprints(self, scope: str, term: Term) -> bool:
        """Return whether some entry has a term only in the form of a look-alike."""
        if not self.sought(term).widened:
            return False
        found = self._kept_misprints.get((scope, term))
        if found is None:
            both = (self.occurrences(scope, each).documents for each in (term, term.as_meant))
            found = len({len(documents) for documents in both}) > 1
            self._kept_misprints.put((scope, term), found, 0)
        return found

    def weigh(self, term: Term) -> Postings:
        """Return the documents that contain a term as a string, ascending, and its weight in each.

        The weights are on the scale of words' weights.
        """
        kept = self._kept_weighed
        found = kept.get(term)
        if found is None:
            found = self._weighed(term)
            kept.put(term, found, found[0].nbytes + found[1].nbytes)
        return found

    def _weighed(self, term: Term) -> Postings:
        places, owners = self.all_places("", term), self._owners("", term)
        if not len(places):
            return NO_POSTINGS
        counted = self.counted(owners, ordered=len(term.text) > 1)
        documents, counts = counted.documents, counted.counts
        # Nearly all places are in bodies, so only the others are weighed one by one.
        grams, factors = self.index.strings, self.index.factors
        outside = grams.outside_bodies(places, owners)
        at = documents.searchsorted(owners[outside])
        counts = counts - np.bincount(at, minlength=len(documents))
        sums = counts * factors[grams.bodies_of(documents)].astype(np.float64)
        sums += np.bincount(at, factors[grams.fields_at(places[outside])], minlength=len(documents))
        return documents.astype(np.uint32), np.rint(impact(sums) * STEPS).astype(np.uint8)

    def holding(self, scope: str, term: Term, numbers: NDArray[np.int64]) -> Mask:
        """Return a flag for each of the documents `numbers`: whether it contains a term."""
        return self.counts(scope, term, numbers) > 0

    def ordered_places(self, scope: str, term: Term) -> Places | None:
        """Return where a term stands, ascending, overlapping places included; None if that cannot be told cheaply."""
        if not scope and self.sought(term).is_held:
            return self.all_places(scope, term)
        found = self.known(scope, term)
        return found.places if found else None

    def ranges(self, leaf: Leaf) -> Ranges:
        """Return the ranges where a leaf's terms stand together."""
        found = self._ranges.get(leaf) or self._kept_ranges.get(leaf)
        if found is None:
            places = [self.all_places(leaf.scope, term) for term in leaf.terms]
            found = together(self.index.strings, places, leaf)
            self._kept_ranges.put(leaf, found, found.size)
        self._ranges[leaf] = found
        return found

    def range_owners(self, leaf: Leaf) -> NDArray[np.integer[Any]]:
        """Return the document number of each of these ranges."""
        return self.index.strings.owners_of(self.ranges(leaf).starts, leaf.scope)

    def counts(self, scope: str, term: Term, numbers: NDArray[np.int64]) -> NDArray[np.integer]:
        """Return how often a term occurs in each of the documents `numbers`, by the method fastest for that many."""
        found = self.known(scope, term)
        if found is None and scope not in APART:
            if term.likeness is Likeness.PRINTED and len(numbers) <= _FEW_TEXTS:
                return self._counts_by_reading(scope, (term.text,), numbers)
            sought = self.sought(term)
            size = sought.candidates
            unread = max(0, len(numbers) - len(self._texts))
            simple = len(term.text) > 1 and not sought.overlaps
            if simple and len(numbers) * _LOOK < size + COUNT and ((scope, term) in self._places or sought.is_held):
                return self._counts_by_bounds(scope, term, numbers)
            if sought.forms and unread * READ + len(numbers) * len(sought.forms) * SCAN < size + COUNT:
                return self._counts_by_reading(scope, sought.forms, numbers)
        return self.counts_of(found or self.occurrences(scope, term), numbers)

    def counts_of(self, found: Occurrences, numbers: NDArray[np.int64]) -> NDArray[np.integer]:
        """Return the counts in `found` for the documents `numbers`, 0 for those it does not list."""
        documents = found.documents
        if len(documents) == len(numbers) and np.array_equal(documents, numbers):
            return found.counts
        if not len(documents):
            return np.zeros(len(numbers), dtype=np.int64)
        if len(numbers) * _LOOK < len(documents) + len(self.index) // _CLEARED:
            return values_of(numbers, documents, found.counts)
        whole = np.zeros(len(self.index), dtype=np.int64)
        whole[documents] = found.counts
        return whole[numbers]

    def _counts_by_reading(self, scope: str, forms: Sequence[str], numbers: NDArray[np.int64]) -> NDArray[np.integer]:
        texts = [self.text(number, scope) for number in numbers.tolist()]
        return np.array([sum(map(text.count, forms)) for text in texts], dtype=np.int64)

    def _counts_by_bounds(self, scope: str, term: Term, numbers: NDArray[np.int64]) -> NDArray[np.integer]:
        places = self.all_places(scope, term)
        starts, ends = self.index.strings.bounds_of(numbers, scope)
        return places.searchsorted(ends) - places.searchsorted(starts)

    def holders(self, scope: str, term: Term) -> int:
        """Return an upper estimate of how many entries contain a term; exact if the term was looked up before."""
        found = self.known(scope, term)
        return self.sought(term).candidates if found is None else len(found.documents)

    def text(self, number: int, scope: str) -> str:
        """Return a document's folded strings in a scope of text fields, each followed by NUL."""
        key = number, scope
        if key not in self._texts:
            grams = self.index.strings
            self._texts[key] = grams.folded(*grams.bounds(number, scope))
        return self._texts[key]

    def all_places(self, scope: str, term: Term) -> Places:
        """Return every place of a term, overlapping ones included; ascending unless it is a single character."""
        key = scope, term
        if key not in self._places:
            self._places[key] = self.index.strings.find(self.sought(term), scope)
        return self._places[key]

    def _owners(self, scope: str, term: Term) -> NDArray[np.integer[Any]]:
        """Return the document number of each place of a term, in the order of `all_places`."""
        key = scope, term
        if key not in self._owned:
            self._owned[key] = self.index.strings.owners_of(self.all_places(scope, term), scope)
        return self._owned[key]

    def mask_of(self, found: Occurrences) -> Mask:
        return self.mask(found.documents) if found.mask is None else found.mask

    def mask(self, numbers: NDArray[np.integer]) -> Mask:
        mask = np.zeros(len(self.index), dtype=np.bool_)
        mask[numbers] = True
        return mask

    def counted(self, owners: NDArray[np.integer], *, ordered: bool) -> Occurrences:
        """Count places by document, given each place's document; `ordered` says that `owners` is ascending."""
        size = len(self.index)
        if ordered and len(owners) < size * _SPARSE:
            starts = group_starts(owners)
            return Occurrences(owners[starts], group_sizes(starts, len(owners)))
        counts = np.bincount(owners, minlength=size)
        documents = np.flatnonzero(counts)
        return Occurrences(documents, counts[documents])


def apart(places: Places, length: int) -> slice | list[int]:
    """Choose, of places that may overlap, those that a scan from the left takes; returns indexes into `places`.

    Matches never run from one string of the archive into the next, so one scan serves for all of them.
    """
    if len(places) < 2 or not (np.diff(places.astype(np.int64)) < length).any():
        return slice(None)
    kept = []
    end = -1
    for at, place in enumerate(places.tolist()):
        if place >= end:
            kept.append(at)
            end = place + length
    return kept
