"""The entries of a generation in memory: folded texts to scan, ordinals to count; knows no query."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh import index as whoosh_index
from whoosh.reading import IndexReader

from indexer.model import Entry
from indexer.search.fields import FACETS, TEXT_FIELDS, facet_values, field_texts
from indexer.search.whoosh.schema import schema
from indexer.text.fold import fold

_BETWEEN = "\x00"
"""Parts the strings of one scope; folding drops it, so no query can hold it."""

Mask = NDArray[np.bool_]
"""One truth value an entry, in document order."""


@dataclass(frozen=True, slots=True)
class Column:
    """A facet's values by entry: pairs of document and ordinal."""

    values: tuple[str, ...]
    """Sorted."""
    documents: NDArray[np.int32]
    ordinals: NDArray[np.int32]

    def counts(self, mask: Mask) -> NDArray[np.int64]:
        """Count the entries of `mask` by ordinal."""
        return np.bincount(self.ordinals[mask[self.documents]], minlength=len(self.values))

    def having(self, wanted: Sequence[str], size: int) -> Mask:
        """Give the entries that have one of the wanted values."""
        ordinals = [at for at, value in enumerate(self.values) if value in set(wanted)]
        mask = np.zeros(size, dtype=np.bool_)
        mask[self.documents[np.isin(self.ordinals, ordinals)]] = True
        return mask


@dataclass(frozen=True, slots=True)
class Documents:
    """All entries of a generation; a document's number is its place in year, id order."""

    reader: IndexReader
    entries: tuple[Entry, ...]
    numbers: Mapping[str, int]
    """Entry id to document number."""
    texts: Mapping[str, tuple[str, ...]]
    """Scope to folded texts; the scope "" joins all of `TEXT_FIELDS`."""
    years: NDArray[np.int32]
    columns: Mapping[str, Column]


def load_documents(folder: Path) -> Documents:
    """Open a generation's Whoosh index and read its entries."""
    reader = whoosh_index.open_dir(str(folder), schema=schema()).reader()
    entries = tuple(Entry.from_record(json.loads(fields["record"])) for fields in reader.all_stored_fields())
    scopes = [{scope: tuple(map(fold, strings)) for scope, strings in field_texts(entry).items()} for entry in entries]
    texts = {scope: tuple(_BETWEEN.join(each[scope]) for each in scopes) for scope in (scopes[0] if scopes else ())}
    texts[""] = tuple(_BETWEEN.join(string for scope in TEXT_FIELDS for string in each[scope]) for each in scopes)
    return Documents(
        reader=reader,
        entries=entries,
        numbers={entry.id: number for number, entry in enumerate(entries)},
        texts=texts,
        years=np.array([entry.year for entry in entries], dtype=np.int32),
        columns={facet: _column(facet, entries) for facet in FACETS},
    )


def _column(facet: str, entries: Sequence[Entry]) -> Column:
    pairs = [(value, number) for number, entry in enumerate(entries) for value in facet_values(entry)[facet]]
    values = tuple(sorted({value for value, _ in pairs}))
    ordinal = {value: at for at, value in enumerate(values)}
    return Column(
        values=values,
        documents=np.array([number for _, number in pairs], dtype=np.int32),
        ordinals=np.array([ordinal[value] for value, _ in pairs], dtype=np.int32),
    )
