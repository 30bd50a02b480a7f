"""A generation's files, open: entries, words, exact index, facet columns; knows no query."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from indexer.model import Entry
from indexer.search.fields import TEXT_FIELDS
from indexer.search.whoosh.facets.columns import Column, Mask, read_columns
from indexer.search.whoosh.files import filenames, npy
from indexer.search.whoosh.files.cache import BoundedCache
from indexer.search.whoosh.files.ids import EntryIds
from indexer.search.whoosh.files.recordfile import RecordFile, decode_record
from indexer.search.whoosh.strings.index import Sought, StringIndex
from indexer.search.whoosh.strings.placelists import Places
from indexer.search.whoosh.strings.together import Ranges
from indexer.search.whoosh.words.lexicon import Lexicon

_ENTRIES_KEPT = 16 * 1024 * 1024
"""Bytes: some thousands of entries."""
_TERMS_KEPT = 8 * 1024 * 1024
"""Bytes."""
_OCCURRENCES_KEPT = 64 * 1024 * 1024
"""Bytes."""
_RANGES_KEPT = 128 * 1024 * 1024
"""Bytes; the commonest characters of 10,000 entries, near one another, take 10 MB."""
_FILTERS_KEPT = 16 * 1024 * 1024
"""Bytes; a filter takes one an entry."""
_GRAMS_KEPT = 32 * 1024 * 1024
"""Bytes."""
_WORDS_KEPT = 16 * 1024 * 1024
"""Bytes; postings are mapped, so a word takes no more than keeping anything does."""
Postings = tuple[NDArray[np.unsignedinteger[Any]], NDArray[np.uint8]]
NO_POSTINGS: Postings = np.zeros(0, dtype=np.uint16), np.zeros(0, dtype=np.uint8)


class Occurrences(Struct, frozen=True, gc=False):
    """How often something stands in which entries."""

    documents: NDArray[np.integer[Any]]
    """Ascending."""
    counts: NDArray[np.integer[Any]]
    places: Places | None = None
    """Where it stands, where the exact index does not hold just this list."""
    mask: Mask | None = None
    """The documents as a mask, where that is no larger."""

    @property
    def size(self) -> int:
        """Bytes of the arrays."""
        more = [array.nbytes for array in (self.places, self.mask) if array is not None]
        return self.documents.nbytes + self.counts.nbytes + sum(more)


class WeightedTerm(Struct, frozen=True, gc=False):
    """A word or bigram that entries have."""

    what: str
    """In words for the reader."""
    documents: NDArray[np.unsignedinteger[Any]]
    """Ascending."""
    weights: NDArray[np.uint8]
    points: np.int64
    """Of one step of the weights."""


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """All entries of a generation; a document's number is its place in year, id order."""

    records: RecordFile
    words: Lexicon
    strings: StringIndex
    ids: EntryIds
    columns: Mapping[str, Column]
    """The facets, and `volume`."""
    years: NDArray[np.int32]
    book: NDArray[np.int32]
    """Each entry's place in the printed order."""
    visible: Mask | None
    """The entries that may be shown; None when all may."""
    factors: NDArray[np.float32]
    """What one occurrence counts in each text field of each entry."""
    entries: BoundedCache[Entry]
    """What pages showed last."""
    sought: BoundedCache[Sought]
    """By term, what it can be in this archive."""
    occurrences: BoundedCache[Occurrences]
    """By scope and what is sought, what searches looked up last: the next page or filter asks for it again."""
    misprints: BoundedCache[bool]
    """By scope and term, whether some entry has it only with look-alikes."""
    ranges: BoundedCache[Ranges]
    """By scope, strings and arrangement, where strings stand together."""
    filters: BoundedCache[Mask]
    """By facet and values, the entries that have one of them."""
    gram_weights: BoundedCache[Postings]
    """By term, what a search weighed."""
    evidence: BoundedCache[tuple[WeightedTerm, ...]]
    """By terms, what speaks for a query."""
    known_words: BoundedCache[Postings]
    """Where words' postings lie: reading it from the lexicon takes ten times as long."""

    def __len__(self) -> int:
        """Give the number of entries."""
        return len(self.years)

    def entry(self, number: int) -> Entry:
        """Read an entry."""
        return self.records.entry(number)

    def shown(self, number: int) -> Entry:
        """Read an entry for a page; those shown last are kept."""
        found = self.entries.get(number)
        if found is None:
            record = self.records.record(number)
            found = decode_record(record)
            self.entries.put(number, found, 2 * len(record))
        return found

    def number(self, entry_id: str) -> int | None:
        """Give the document that has an id."""
        return self.ids.number(entry_id)

    def without(self, is_hidden: Callable[[Entry], bool]) -> "OpenIndex":
        """Give the same, but for the entries that are not to be shown; what is kept is kept for both."""
        hidden = np.fromiter(map(is_hidden, map(self.entry, range(len(self)))), np.bool_, len(self))
        return replace(self, visible=~hidden if hidden.any() else None)

    def having(self, facet: str, values: tuple[str, ...]) -> Mask:
        """Give the entries that have one of a facet's values; not to be changed."""
        found = self.filters.get((facet, values))
        if found is None:
            found = self.columns[facet].having(values)
            found.setflags(write=False)
            self.filters.put((facet, values), found, found.nbytes)
        return found

    def postings(self, word: str) -> Postings:
        """Give the documents that have a word, ascending, and its weight in each."""
        found = self.known_words.get(word)
        if found is None:
            found = self.words.postings(word.encode("utf-8", "surrogatepass")) or NO_POSTINGS
            self.known_words.put(word, found, 0)
        return found


def open_index(folder: Path) -> OpenIndex:
    """Open a generation's files.

    Raises `OSError` for a file that is not there, `ValueError` and what else reading nonsense gives for one that is not
    what it should be; `indexer.search.whoosh.damage` makes `StaleIndex` of that.
    """
    records = RecordFile(folder / filenames.RECORDS)
    columns = read_columns(folder, len(records))
    npy.require(bool((columns["year"].first > 0).all()), "year-first")
    years = np.array([int(value) for value in columns["year"].values], dtype=np.int32)
    factors = npy.load(folder, "factors")
    npy.require(len(factors) == len(TEXT_FIELDS) * len(records), "factors")
    book = npy.load(folder, "book")
    npy.require(len(book) == len(records), "book")
    return OpenIndex(
        records=records,
        words=Lexicon(folder / filenames.WORDS, folder / filenames.POSTINGS),
        strings=StringIndex(folder, len(records)),
        ids=EntryIds(folder, len(records)),
        columns=columns,
        entries=BoundedCache(_ENTRIES_KEPT),
        sought=BoundedCache(_TERMS_KEPT),
        occurrences=BoundedCache(_OCCURRENCES_KEPT),
        misprints=BoundedCache(_TERMS_KEPT),
        ranges=BoundedCache(_RANGES_KEPT),
        filters=BoundedCache(_FILTERS_KEPT),
        gram_weights=BoundedCache(_GRAMS_KEPT),
        evidence=BoundedCache(_GRAMS_KEPT),
        known_words=BoundedCache(_WORDS_KEPT),
        factors=factors,
        years=years[columns["year"].first - 1],
        book=book,
        visible=None,
    )
