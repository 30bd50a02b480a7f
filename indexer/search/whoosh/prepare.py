"""Turns entries into the arrays an index is made of: code points, bounds, weighted words; knows no file.

This is the part of a build that runs in several processes, one chunk of entries at a time.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, count

import numpy as np
from numpy.typing import NDArray

from indexer.model import Entry
from indexer.search.fields import TEXT_FIELDS, WEIGHTS, facet_values, field_texts
from indexer.text.analyzer import is_word, pieces
from indexer.text.fold import Codes, fold_codes

BETWEEN = 0
"""Code point after each string: folding drops it, so no query can hold it and no match runs over it."""
APART = ("author", "section")
"""Scopes that only a query which names them looks at."""
K1 = 1.2
"""BM25's saturation."""
LENGTH_NORM: Mapping[str, float] = {"title": 0.3, "heading": 0.3, "body": 0.75, "captions": 0.75}
"""BM25's b by field: a title of twenty characters is no less about its words than one of ten."""
_WORD, _FIELD = 32, 3
"""Bits of a piece's number in a chunk, and of a field's."""
STEPS = 255
"""Steps that a posting's weight is rounded to; a 255th of a word's greatest weight decides no order worth having."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some entries that follow one another, as arrays."""

    text: Codes
    """Folded strings of `TEXT_FIELDS`, entry by entry, each followed by `BETWEEN`."""
    lengths: NDArray[np.uint32]
    """Code points of each text field of each entry, `BETWEEN` included."""
    gaps: NDArray[np.int64]
    """Places in `text` before which folding dropped a printed character, ascending, one for each such character."""
    apart: Mapping[str, tuple[Codes, NDArray[np.uint32]]]
    """Text and lengths of each scope in `APART`."""
    words: tuple[str, ...]
    word_of: NDArray[np.uint32]
    """For each posting, its place in `words`."""
    document_of: NDArray[np.uint32]
    """For each posting, the entry's place in the chunk."""
    weights: NDArray[np.uint8]
    """For each posting, what the word weighs in the entry, in `STEPS`."""
    values: Mapping[str, list[tuple[str, ...]]]
    """Facet, and `volume`, to each entry's values."""


def prepare(records: Sequence[bytes], averages: Mapping[str, float]) -> Chunk:
    """Prepare entries given as JSON; `averages` are the archive's mean characters of each weighted field."""
    entries = [Entry.from_record(json.loads(record)) for record in records]
    texts = [field_texts(entry) for entry in entries]
    text, lengths, gaps = _joined(texts, TEXT_FIELDS)
    words, *postings = _postings(texts, averages)
    return Chunk(
        text,
        lengths,
        gaps,
        {scope: _joined(texts, (scope,))[:2] for scope in APART},
        words,
        *postings,
        _columns(entries),
    )


def _columns(entries: Sequence[Entry]) -> dict[str, list[tuple[str, ...]]]:
    columns = [{**facet_values(entry), "volume": (entry.volume,)} for entry in entries]
    return {name: [each[name] for each in columns] for name in columns[0]} if columns else {}


def impact(frequency: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give BM25's saturated weight, between 0 and 1, of a length-normalised term frequency."""
    return frequency / (K1 + frequency)


def _joined(
    texts: Sequence[Mapping[str, tuple[str, ...]]], scopes: Sequence[str]
) -> tuple[Codes, NDArray[np.uint32], NDArray[np.int64]]:
    end = np.array([BETWEEN], dtype=np.uint32)
    parts: list[Codes] = []
    lengths: list[int] = []
    gaps: list[NDArray[np.intp]] = []
    done = 0
    for strings in texts:
        for scope in scopes:
            length = 0
            for string in strings[scope]:
                codes, dropped = fold_codes(string)
                parts += (codes, end)
                if len(dropped):
                    gaps.append(dropped + (done + length))
                length += len(codes) + 1
            lengths.append(length)
            done += length
    text = np.concatenate(parts) if parts else end[:0]
    return text, np.array(lengths, dtype=np.uint32), np.concatenate([np.zeros(0, dtype=np.int64), *gaps])


def _postings(
    texts: Sequence[Mapping[str, tuple[str, ...]]], averages: Mapping[str, float]
) -> tuple[tuple[str, ...], NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]:
    """Count words; give them, and for each pair of word and entry the BM25F weight over all fields."""
    known: defaultdict[str, int] = defaultdict(count().__next__)
    found: list[NDArray[np.int64]] = []
    sizes: list[int] = []
    factors: list[float] = []
    for strings in texts:
        for field, boost in WEIGHTS.items():
            cut = [piece for string in strings[field] for piece in pieces(string)]
            found.append(np.fromiter(map(known.__getitem__, cut), dtype=np.int64, count=len(cut)))
            sizes.append(len(cut))
            b = LENGTH_NORM[field]
            factors.append(boost / (1 - b + b * sum(map(len, strings[field])) / averages[field]))
    # One number each for entry, word and field, so that sorting brings together what is to be counted.
    entries = np.repeat(np.arange(len(texts)) << _FIELD + _WORD, len(WEIGHTS))
    fields = np.tile(np.arange(len(WEIGHTS)), len(texts))
    ordered = np.concatenate(found) << _FIELD | np.repeat(entries | fields, sizes)
    ordered.sort()
    starts = _starts(ordered)
    counts = np.diff(starts, append=len(ordered))
    ordered = ordered[starts]
    is_kept = np.fromiter(map(is_word, known), dtype=np.bool_)
    kept = is_kept[ordered >> _FIELD & (1 << _WORD) - 1]
    ordered, counts = ordered[kept], counts[kept]
    pairs = ordered >> _FIELD
    factor_of = (pairs >> _WORD) * len(WEIGHTS) + (ordered & (1 << _FIELD) - 1)
    frequencies = counts * np.array(factors)[factor_of]
    # One posting for each entry and word, its fields' frequencies added.
    firsts = _starts(pairs)
    weights = np.rint(impact(np.add.reduceat(frequencies, firsts) if len(firsts) else frequencies) * STEPS)
    pairs = pairs[firsts]
    number = np.cumsum(is_kept) - 1
    return (
        tuple(compress(known, is_kept)),
        number[pairs & (1 << _WORD) - 1].astype(np.uint32),
        (pairs >> _WORD).astype(np.uint32),
        np.maximum(weights, 1).astype(np.uint8),
    )


def _starts(ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return np.flatnonzero(new)
