"""Turns entries into the arrays an index is made of: characters, weighted words, facet values.

This part of a build runs in several threads, one chunk of entries at a time: the segmenter and NumPy let other threads
run while they work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import APART, TEXT_FIELDS, field_texts, filter_values
from indexer.search.ranking.bm25f import field_factors
from indexer.search.whoosh.files.recordfile import decode_record
from indexer.search.whoosh.strings.alphabet import Numbering
from indexer.search.whoosh.strings.folded import Strings, folded_strings
from indexer.search.whoosh.words.vocabulary import Vocabulary
from indexer.search.whoosh.words.wordcounts import WordCounts, count_words


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some consecutive entries as arrays."""

    text: Strings
    """The strings of `TEXT_FIELDS`, entry by entry."""
    apart: Mapping[str, Strings]
    """The strings of each field in `APART`."""
    factors: NDArray[np.float32]
    """What one occurrence of a word counts: entry by entry, and within each for every field in `TEXT_FIELDS`."""
    words: WordCounts
    values: Mapping[str, list[tuple[str, ...]]]
    """Each entry's values, by facet, and by `volume`."""
    titles: list[str]


def prepare(records: Sequence[bytes], averages: Mapping[str, float], beyond: str, vocabulary: Vocabulary) -> Chunk:
    """Prepare at least one entry, given as JSON records.

    `averages` holds the mean length in characters of each weighted field in the archive, `beyond` the archive's
    characters beyond U+FFFF.
    """
    entries = list(map(decode_record, records))
    texts = [field_texts(entry) for entry in entries]
    numbering = Numbering(beyond)
    columns = list(map(filter_values, entries))
    factors = field_factors(texts, averages)
    return Chunk(
        folded_strings(texts, TEXT_FIELDS, numbering),
        {scope: folded_strings(texts, (scope,), numbering) for scope in APART},
        factors.ravel(),
        count_words(texts, factors, vocabulary),
        {name: [each[name] for each in columns] for name in columns[0]},
        [entry.title for entry in entries],
    )
