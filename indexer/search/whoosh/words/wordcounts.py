"""Counts and weighs the words of entries: one posting for each word of an entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import TEXT_FIELDS, WEIGHTS, FieldTexts
from indexer.search.ranking.bm25f import STEPS, impact
from indexer.search.sortedarrays import group_sizes, group_starts
from indexer.search.whoosh.words.vocabulary import NUL, Tokens, Vocabulary
from indexer.text.fold import fold_all_for_words
from indexer.text.segment import cut_for_search

_FIELD = 3
"""Bits that hold a field's number."""
_BATCH = 32
"""Texts segmented at once; with more, their tokens would no longer fit into the processor's cache."""
_END = "\n"
"""Placed after each text; the segmenter leaves it alone, and folding leaves none inside a text."""
_WORD = np.uint64(32)
"""Bits below a word's number, which hold the numbers of entry and field."""


def shape() -> tuple[object, ...]:
    """Return what shapes the words of a text beside the segmenter."""
    return (_END,)


@dataclass(frozen=True, slots=True)
class WordCounts:
    """The postings of some entries, word by word."""

    words: NDArray[np.uint32]
    """Each word once, by its number in the vocabulary, ascending."""
    counts: NDArray[np.uint32]
    """How many entries contain each word."""
    documents: NDArray[np.uint32]
    """These entries, word by word, ascending for each word."""
    weights: NDArray[np.uint8]
    """The word's weight in each of them, in steps of `bm25f.STEPS`."""


def count_words(texts: Sequence[FieldTexts], factors: NDArray[np.float32], vocabulary: Vocabulary) -> WordCounts:
    """Count the words of entries and weigh each word in each entry over all fields.

    `factors` comes from `field_factors`; words new to `vocabulary` are added to it.
    """
    fields = [strings[field] for strings in texts for field in WEIGHTS]
    tokens = _cut(fold_all_for_words(list(chain.from_iterable(fields))))
    words, are_words = vocabulary.number(tokens)
    words = words[are_words]
    # A field's place combines its entry's number and its own.
    place = np.add.outer(np.arange(len(texts)) << _FIELD, np.arange(len(WEIGHTS))).ravel()
    of_string = np.repeat(place, np.fromiter(map(len, fields), dtype=np.intp, count=len(fields)))
    string = np.cumsum(tokens.codes[tokens.starts] == ord(_END))[are_words]
    places = of_string[string].astype(np.uint32)
    # Stable sort by word, in 16-bit halves: NumPy's radix sort of these takes a third of the time of other sorts.
    order = np.lexsort((words.astype(np.uint16), (words >> 16).astype(np.uint16)))
    found = words[order].astype(np.uint64) << _WORD | places[order]
    starts = group_starts(found)
    frequencies = group_sizes(starts, len(found))
    found = found[starts]
    place = found.astype(np.uint32)
    of_fields = factors[:, [TEXT_FIELDS.index(field) for field in WEIGHTS]]
    weighted = frequencies * of_fields[place >> _FIELD, place & (1 << _FIELD) - 1]
    # One posting for each entry and word, with the frequencies of all fields added up.
    pairs = found >> np.uint64(_FIELD)
    firsts = group_starts(pairs)
    weights = np.rint(impact(np.add.reduceat(weighted, firsts)) * STEPS) if len(firsts) else weighted
    documents = (place[firsts] >> _FIELD).astype(np.uint32)
    words = (found[firsts] >> _WORD).astype(np.uint32)
    starts = group_starts(words)
    holders = group_sizes(starts, len(words)).astype(np.uint32)
    return WordCounts(words[starts], holders, documents, np.maximum(weights, 1).astype(np.uint8))


def _cut(texts: Sequence[str]) -> Tokens:
    """Split folded texts into words, with an `_END` after each text."""
    batches = [_END.join((*texts[start : start + _BATCH], "")) for start in range(0, len(texts), _BATCH)]
    return Tokens(NUL.join([NUL.join(cut_for_search(batch)) for batch in batches]))
