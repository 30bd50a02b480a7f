"""Says what words and strings weigh in entries: in all that have them, or in those that matter."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import ALL_TEXT
from indexer.search.query.terms import Term
from indexer.search.ranking.bm25f import STEPS, impact
from indexer.search.sortedarrays import located, values_of
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.strings.entries import Documents
from indexer.search.whoosh.strings.gramlists import BODY
from indexer.search.whoosh.strings.index import Sought

Weights = NDArray[np.uint8]
"""Weights on the scale of words' weights: in steps of `bm25f.STEPS`."""
_FEW = 10
"""Documents whose texts say sooner what a string weighs there than lists do: a page shows them anyway."""
_DENSE = 32
"""If one document in this many or more is asked for, marking what has a word is faster than looking each up."""


def of_word(word: str, numbers: Documents, lookup: Lookup) -> Weights:
    """Return the weight of a word, as the segmenter cuts it, in each of some documents."""
    documents, weights = lookup.word(word)
    if not len(documents):
        return np.zeros(len(numbers), dtype=np.uint8)
    if len(numbers) * _DENSE < len(lookup.index):
        return values_of(numbers, documents, weights)
    whole = np.zeros(len(lookup.index), dtype=np.uint8)
    whole[documents.astype(np.intp)] = weights
    return whole[numbers]


def of_string(term: Term, numbers: Documents, lookup: Lookup) -> Weights:
    """Return the weight of a term, wherever it stands as a string, in each of some documents."""
    sought = lookup.sought(term)
    if not len(numbers) or not sought.numbers:
        return np.zeros(len(numbers), dtype=np.uint8)
    if len(numbers) <= _FEW and sought.forms and not sought.overlaps:
        sums = lookup.few_weighted(sought, numbers)
    else:
        inside, at, fields = (_listed if sought.is_listed else _read)(sought, numbers, lookup)
        factors = lookup.index.factors
        # Nearly all occurrences are in bodies, so only the others are weighed one by one.
        sums = inside * factors[lookup.index.strings.bodies_of(numbers)].astype(np.float64)
        sums += np.bincount(at, factors[fields], minlength=len(numbers))
    return np.rint(impact(sums) * STEPS).astype(np.uint8)


def holders(term: Term, lookup: Lookup) -> Documents:
    """Return the documents that have a term in their texts."""
    return (
        lookup.narrowed(ALL_TEXT, term, None)
        if lookup.sought(term).is_listed
        else lookup.occurrences(ALL_TEXT, term).documents.astype(np.int64)
    )


_Standing = tuple[NDArray[np.integer[Any]], NDArray[np.int64], NDArray[np.int64]]
"""How often something stands in the body of each of some documents; and each occurrence outside of bodies: the index of
its document among these, and its field, counted through all documents."""


def _listed(sought: Sought, numbers: Documents, lookup: Lookup) -> _Standing:
    inside = lookup.entries.listed(sought, BODY, numbers)
    documents, fields = lookup.entries.outside(sought)
    at, fits = located(documents, numbers)
    return inside, at[fits], fields[fits]


def _read(sought: Sought, numbers: Documents, lookup: Lookup) -> _Standing:
    strings = lookup.index.strings
    begins, ends = (each.astype(np.int64) for each in strings.bounds_of(numbers, BODY))
    inside, at, fields = [], [], []
    for part in lookup.read(ALL_TEXT, numbers):
        found = part.find(sought.numbers, sought.rarest)
        owners = part.owners(found) + part.first
        places = part.in_archive(found, owners - part.first)
        outside = ((places < begins[owners]) | (places >= ends[owners])).nonzero()[0]
        counts = part.counts(found)
        counts -= np.bincount(owners[outside] - part.first, minlength=len(counts))
        inside.append(counts)
        at.append(owners[outside])
        fields.append(strings.fields_at(places[outside]))
    return np.concatenate(inside), np.concatenate(at), np.concatenate(fields)
