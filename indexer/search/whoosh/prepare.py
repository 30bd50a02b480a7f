"""Turns entries into the arrays an index is made of: code points, bigrams, weighted words; knows no file.

This is the part of a build that runs in several processes, one chunk of entries at a time.
"""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice

import numpy as np
from numpy.typing import NDArray

from indexer.search.fields import TEXT_FIELDS, WEIGHTS, facet_values, field_texts
from indexer.search.groups import group_sizes, group_starts
from indexer.search.whoosh.codes import Numbering, Numbers
from indexer.search.whoosh.records import decode_record
from indexer.text.analyzer import is_word, pieces
from indexer.text.fold import fold_codes
from indexer.text.wordlists import generic_titles

BETWEEN = 0
"""Number after each string: folding drops it, so no query can hold it and no match runs over it."""
APART = ("author", "section")
"""Scopes that only a query which names them looks at."""
K1 = 1.2
"""BM25's saturation."""
LENGTH_NORM: Mapping[str, float] = {"title": 0.3, "heading": 0.3, "body": 0.75, "captions": 0.75}
"""BM25's b by field: a title of twenty characters is no less about its words than one of ten."""
STEPS = 255
"""Steps that a posting's weight is rounded to; a 255th of a word's greatest weight decides no order worth having."""
_WORD, _FIELD = 32, 3
"""Bits of a piece's number in a chunk, and of a field's."""
_FieldTexts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Strings:
    """Folded strings, each followed by `BETWEEN`, with their bigrams."""

    text: Numbers
    lengths: NDArray[np.uint32]
    """Characters of each field of each entry, `BETWEEN` included."""
    gaps: NDArray[np.int64]
    """Places in `text` before which folding dropped a printed character, ascending, one for each such character."""
    grams: NDArray[np.uint32]
    """Every bigram once, sorted: the number of its first character in the high half, of its second in the low."""
    counts: NDArray[np.uint32]
    """How often each stands in `text`."""
    places: NDArray[np.uint32]
    """Where, gram by gram, ascending."""


@dataclass(frozen=True, slots=True)
class Words:
    """The postings of some entries."""

    speaker: int
    """Which vocabulary `words` belongs to."""
    new: tuple[str, ...]
    """Words that are new in that vocabulary, in its order."""
    words: NDArray[np.uint32]
    """Each word once, by its place in the vocabulary."""
    counts: NDArray[np.uint32]
    """How many entries have each word."""
    documents: NDArray[np.uint32]
    """Which, word by word, ascending."""
    weights: NDArray[np.uint8]
    """What the word weighs in the entry, in `STEPS`."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some entries that follow one another, as arrays."""

    text: Strings
    """Those of `TEXT_FIELDS`, entry by entry."""
    apart: Mapping[str, Strings]
    """Those of each scope in `APART`."""
    factors: NDArray[np.float32]
    """What one occurrence of a word counts, entry by entry for each of `TEXT_FIELDS`."""
    words: Words
    values: Mapping[str, list[tuple[str, ...]]]
    """Facet, and `volume`, to each entry's values."""


class Vocabulary:
    """Numbers the words that one process meets, so that it need name each only once."""

    def __init__(self) -> None:
        """Begin."""
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)

    def number(self, words: Sequence[str]) -> tuple[NDArray[np.uint32], tuple[str, ...]]:
        """Number words; give those that are new beside."""
        known = len(self._numbers)
        numbers = np.fromiter(map(self._numbers.__getitem__, words), dtype=np.uint32, count=len(words))
        return numbers, tuple(islice(self._numbers, known, None))


_VOCABULARY = Vocabulary()


def prepare(
    records: Sequence[bytes], averages: Mapping[str, float], beyond: str, vocabulary: Vocabulary = _VOCABULARY
) -> Chunk:
    """Prepare entries given as JSON.

    `averages` are the archive's mean characters of each weighted field, `beyond` its characters beyond U+FFFF.

    Chunks of one vocabulary, by default the process's, must be used in the order they were made in.
    """
    entries = list(map(decode_record, records))
    texts = [field_texts(entry) for entry in entries]
    numbering = Numbering(beyond)
    columns = [{**facet_values(entry), "volume": (entry.volume,)} for entry in entries]
    factors = np.array([_factors(each, averages) for each in texts], dtype=np.float32)
    return Chunk(
        _strings(texts, TEXT_FIELDS, numbering),
        {scope: _strings(texts, (scope,), numbering) for scope in APART},
        factors.ravel(),
        _words(texts, factors, vocabulary),
        {name: [each[name] for each in columns] for name in columns[0]} if columns else {},
    )


def impact(frequency: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give BM25's saturated weight, between 0 and 1, of a length-normalised term frequency."""
    return frequency / (K1 + frequency)


def _strings(texts: Sequence[_FieldTexts], scopes: Sequence[str], numbering: Numbering) -> Strings:
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
    return Strings(text, lengths.astype(np.uint32), gaps, *_bigrams(text))


def _bigrams(text: Numbers) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]:
    # The last number is `BETWEEN`: a character always has one behind it.  Bigram and place in one number, since
    # NumPy sorts whole numbers with vector instructions.
    packed = text[:-1].astype(np.uint64) << np.uint64(48)
    packed |= text[1:].astype(np.uint64) << np.uint64(32)
    packed |= np.arange(len(packed), dtype=np.uint64)
    packed = packed[text[:-1] != BETWEEN]
    packed.sort()
    grams = (packed >> np.uint64(32)).astype(np.uint32)
    starts = group_starts(grams)
    return grams[starts], group_sizes(starts, len(grams)).astype(np.uint32), packed.astype(np.uint32)


def _factors(strings: _FieldTexts, averages: Mapping[str, float]) -> list[float]:
    """Give each text field's boost, normalised by its length; a heading over a generic title is the title."""
    factors = []
    for field in TEXT_FIELDS:
        if field not in WEIGHTS:
            factors.append(0.0)
            continue
        b = LENGTH_NORM[field]
        generic = field == "heading" and strings["title"][0] in generic_titles()
        boost = WEIGHTS["title" if generic else field]
        factors.append(boost / (1 - b + b * sum(map(len, strings[field])) / averages[field]))
    return factors


def _words(texts: Sequence[_FieldTexts], factors: NDArray[np.float32], vocabulary: Vocabulary) -> Words:
    """Count words; weigh each in each entry by BM25F over all fields."""
    # Numbers of this chunk alone: a small dictionary is a fast one.
    known: defaultdict[str, int] = defaultdict(count().__next__)
    found: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    headings: dict[tuple[str, ...], NDArray[np.int64]] = {}
    """A page's entries share its heading: it is cut once."""
    sizes: list[int] = []
    for strings in texts:
        for field in WEIGHTS:
            numbered = headings.get(strings[field]) if field == "heading" else None
            if numbered is None:
                cut: list[str] = []
                for string in strings[field]:
                    cut = cut + pieces(string) if cut else pieces(string)
                numbered = np.fromiter(map(known.__getitem__, cut), dtype=np.int64, count=len(cut))
                if field == "heading":
                    headings[strings[field]] = numbered
            found.append(numbered)
            sizes.append(len(numbered))
    # One number each for word, entry and field, so that sorting brings together what is to be counted.
    place = np.repeat(np.arange(len(texts)) << _FIELD, len(WEIGHTS)) | np.tile(np.arange(len(WEIGHTS)), len(texts))
    ordered = np.concatenate(found) << _WORD | np.repeat(place, sizes)
    ordered.sort()
    starts = group_starts(ordered)
    frequencies = group_sizes(starts, len(ordered))
    ordered = ordered[starts]
    kept = np.fromiter(map(is_word, known), dtype=np.bool_, count=len(known))[ordered >> _WORD]
    ordered, frequencies = ordered[kept], frequencies[kept]
    place = ordered & (1 << _WORD) - 1
    of_fields = factors[:, [TEXT_FIELDS.index(field) for field in WEIGHTS]]
    weighted = frequencies * of_fields[place >> _FIELD, place & (1 << _FIELD) - 1]
    # One posting for each entry and word, its fields' frequencies added.
    pairs = ordered >> _FIELD
    firsts = group_starts(pairs)
    weights = np.rint(impact(np.add.reduceat(weighted, firsts)) * STEPS) if len(firsts) else weighted
    words = pairs[firsts] >> _WORD - _FIELD
    starts = group_starts(words)
    names = list(known)
    numbers, new = vocabulary.number([names[word] for word in words[starts].tolist()])
    return Words(
        os.getpid(),
        new,
        numbers,
        group_sizes(starts, len(words)).astype(np.uint32),
        (pairs[firsts] & (1 << _WORD - _FIELD) - 1).astype(np.uint32),
        np.maximum(weights, 1).astype(np.uint8),
    )
