"""Opens a generation's files: entries, words, exact index, facet columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.authority import NOBODY, Authority
from indexer.model import Entry
from indexer.search.cache import CacheOf, Caches, MemoOf
from indexer.search.fields import TEXT_FIELDS
from indexer.search.suggesting.suggested import Held, Named, named
from indexer.search.suggesting.suggestindex import SuggestIndex
from indexer.search.whoosh.facets.columns import Column, Mask, read_columns
from indexer.search.whoosh.facets.persons import attributed
from indexer.search.whoosh.files import filenames, npy
from indexer.search.whoosh.files.ids import EntryIds
from indexer.search.whoosh.files.recordfile import RecordFile, decode_record
from indexer.search.whoosh.strings.index import StringIndex
from indexer.search.whoosh.words.lexicon import NO_POSTINGS, Lexicon, Postings, Row

_ENTRIES = CacheOf[Entry](12 << 20)
"""Entries shown on pages lately: some thousands."""
_DENSE = 8
"""If one document in this many or more is looked at, a mask of all is made, and kept."""
_FILTERS = CacheOf[Mask](8 << 20)
"""Mask of the entries that have one of some values, by facet and values: a byte per entry."""
_WORDS = MemoOf[tuple[Row | None]](8192)
"""Where words' postings lie; finding that in the lexicon takes ten times as long."""


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """All entries of a generation; a document's number is its rank by year, then id."""

    records: RecordFile
    words: Lexicon
    strings: StringIndex
    ids: EntryIds
    columns: Mapping[str, Column]
    """The facets, and `volume`."""
    suggestions: SuggestIndex
    years: NDArray[np.int32]
    book: NDArray[np.int32]
    """Each entry's place in the printed order."""
    visible: Mask | None
    """Mask of the entries that may be shown; None if all may."""
    factors: NDArray[np.float32]
    """What one occurrence counts in each text field of each entry."""
    caches: Caches
    """What was looked up last; the modules that look up declare what is kept."""
    authority: Authority = NOBODY
    """Who is who; the column of authors has persons."""
    attribution: object = None
    """Tells what is cached for its column of authors from what is for another's."""
    view: object = None
    """Tells what is cached for what may be shown, and for its column of authors, from what is for another's."""
    named: Named = ()
    """The persons' names, as suggestions compare them."""
    printed: Column | None = None
    """The column of printed authors, if that of authors is another one."""

    def __len__(self) -> int:
        """Return how many entries there are, including those that may not be shown."""
        return len(self.years)

    def entry(self, number: int) -> Entry:
        """Read the entry with this document number."""
        return self.records.entry(number)

    def shown(self, number: int) -> Entry:
        """Read an entry for a page; those shown lately come from a cache."""
        kept = self.caches.of(_ENTRIES)
        found = kept.get(number)
        if found is None:
            record = self.records.record(number)
            found = decode_record(record)
            kept.put(number, found, 2 * len(record))
        return found

    def number(self, entry_id: str) -> int | None:
        """Return the document number of an id, or None."""
        return self.ids.number(entry_id)

    def without(self, is_hidden: Callable[[Entry], bool]) -> "OpenIndex":
        """Return the same index without the entries for which `is_hidden` is true; both share their caches."""
        hidden = np.fromiter(map(is_hidden, map(self.entry, range(len(self)))), np.bool_, len(self))
        return replace(self, visible=~hidden if hidden.any() else None, view=object())

    def attributed(self, authority: Authority) -> "OpenIndex":
        """Return the same index with persons for authors; both share their caches."""
        printed = self.printed or self.columns["author"]
        columns = {**self.columns, "author": attributed(printed, authority, self.entry) if authority else printed}
        names = named(authority)
        token = object()
        return replace(
            self, columns=columns, authority=authority, attribution=token, view=token, named=names, printed=printed
        )

    @property
    def suggestible(self) -> Held:
        """What suggestions are named by."""
        values = {name: column.values for name, column in self.columns.items()}
        if self.printed:
            values["author"] = self.printed.values
        is_whole = self.visible is None
        return Held(self.suggestions, values, self._title, is_whole, self.authority, self.named)

    def _title(self, number: int) -> str:
        return self.shown(number).title

    def having(self, facet: str, values: tuple[str, ...], numbers: NDArray[np.int64]) -> Mask:
        """Return for each of some documents, ascending, whether it has one of a facet's values."""
        if len(numbers) * _DENSE < len(self):
            return self.columns[facet].having(values, numbers)
        return self.mask(facet, values)[numbers]

    def mask(self, facet: str, values: tuple[str, ...]) -> Mask:
        """Return the mask of entries that have one of a facet's values; it is cached and read-only."""
        kept = self.caches.of(_FILTERS)
        key = facet, values, self.attribution if facet == "author" else None
        found = kept.get(key)
        if found is None:
            found = self.columns[facet].having(values, np.arange(len(self)))
            found.setflags(write=False)
            kept.put(key, found, found.nbytes)
        return found

    def postings(self, word: str) -> Postings:
        """Return the documents that contain a word, ascending, and its weight in each."""
        row = self._row(word)
        return NO_POSTINGS if row is None else self.words.of(row)

    def frequency(self, word: str) -> int:
        """Return how many documents contain a word."""
        row = self._row(word)
        return 0 if row is None else row.documents

    def _row(self, word: str) -> Row | None:
        kept = self.caches.memo(_WORDS)
        found = kept.get(word)
        if found is None:
            found = (self.words.find(word.encode("utf-8", "surrogatepass")),)
            kept.put(word, found)
        return found[0]


def open_index(folder: Path) -> OpenIndex:
    """Open a generation's files.

    Raises `OSError` for a file that is missing, and `ValueError` or whatever else misreading raises for one that is not
    what it should be; `indexer.search.whoosh.damage` turns these into `StaleIndex`.
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
        suggestions=SuggestIndex(folder),
        caches=Caches(),
        factors=factors,
        years=years[columns["year"].first - 1],
        book=book,
        visible=None,
    )
