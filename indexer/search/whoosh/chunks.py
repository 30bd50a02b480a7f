"""Turns entries into the arrays an index is made of: characters, weighted words, facet values; knows no file.

This is the part of a build that runs in several threads, one chunk of entries at a time: the cutter and NumPy let
other threads run while they work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.search.whoosh.facets.columns import column_values
from indexer.search.whoosh.files.records import decode_record
from indexer.search.whoosh.strings.alphabet import BETWEEN, Numbering, Numbers
from indexer.search.whoosh.words.bm25f import FieldTexts, field_factors
from indexer.search.whoosh.words.vocabulary import Vocabulary
from indexer.search.whoosh.words.wordcounts import Postings, count_words
from indexer.text.fold import fold_codes

APART = ("author", "section")
"""Scopes that only a query which names them looks at."""


@dataclass(frozen=True, slots=True)
class Strings:
    """Folded strings, each followed by `BETWEEN`."""

    text: Numbers
    lengths: NDArray[np.uint32]
    """Characters of each field of each entry, `BETWEEN` included."""
    gaps: NDArray[np.int64]
    """Places in `text` before which folding dropped a printed character, ascending, one for each such character."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some entries that follow one another, as arrays."""

    text: Strings
    """Those of `TEXT_FIELDS`, entry by entry."""
    apart: Mapping[str, Strings]
    """Those of each scope in `APART`."""
    factors: NDArray[np.float32]
    """What one occurrence of a word counts, entry by entry for each of `TEXT_FIELDS`."""
    words: Postings
    values: Mapping[str, list[tuple[str, ...]]]
    """Facet, and `volume`, to each entry's values."""


def prepare(records: Sequence[bytes], averages: Mapping[str, float], beyond: str, vocabulary: Vocabulary) -> Chunk:
    """Prepare entries, one at least, given as JSON.

    `averages` are the archive's mean characters of each weighted field, `beyond` its characters beyond U+FFFF.
    """
    entries = list(map(decode_record, records))
    texts = [field_texts(entry) for entry in entries]
    numbering = Numbering(beyond)
    columns = list(map(column_values, entries))
    factors = field_factors(texts, averages)
    return Chunk(
        _strings(texts, TEXT_FIELDS, numbering),
        {scope: _strings(texts, (scope,), numbering) for scope in APART},
        factors.ravel(),
        count_words(texts, factors, vocabulary),
        {name: [each[name] for each in columns] for name in columns[0]},
    )


def _strings(texts: Sequence[FieldTexts], scopes: Sequence[str], numbering: Numbering) -> Strings:
    fields = [strings[scope] for strings in texts for scope in scopes]
    printed = [string for field in fields for string in field]
    # All strings are folded at once: most are short, and arrays cost by the piece.
    codes, kept = fold_codes("".join(printed))
    number = np.repeat(np.arange(len(printed)), np.fromiter(map(len, printed), dtype=np.int64, count=len(printed)))
    place = np.arange(len(codes)) + number[kept]
    text = np.full(len(codes) + len(printed), BETWEEN, dtype=np.uint16)
    text[place] = numbering.encode(codes)
    dropped = np.flatnonzero(~kept)
    gaps = dropped - np.arange(len(dropped)) + number[dropped]
    ends = np.cumsum(np.bincount(number[kept], minlength=len(printed)) + 1)
    sizes = np.fromiter(map(len, fields), dtype=np.int64, count=len(fields))
    lengths = np.diff(np.concatenate(([0], ends))[np.cumsum(sizes)], prepend=0)
    return Strings(text, lengths.astype(np.uint32), gaps)
