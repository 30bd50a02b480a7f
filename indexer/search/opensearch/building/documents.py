"""Makes the documents that are sent to the cluster: an entry's folded texts, what its words weigh, and its values."""

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.model import Entry
from indexer.search.fields import APART, TEXT_FIELDS, FieldTexts, field_texts, filter_values
from indexer.search.opensearch.features import Factors, factors_of, sent, strings_of, words_of
from indexer.search.opensearch.shape import END, GRAMS, RECORD, WORDS
from indexer.text.fold import fold
from indexer.text.wordlists import generic_titles
from indexer.urls import page_key

Document = dict[str, Any]


def documents(
    records: Sequence[bytes], entries: Sequence[Entry], averages: Mapping[str, float], first: int, book: Sequence[int]
) -> list[tuple[Document, list[str]]]:
    """Return the documents of entries, each with the words that it has.

    `records` are the same entries as JSON; `averages` holds the mean length of each weighted field in the archive, `first` the
    number of the first entry in the order of year, then id, `book` each entry's place in the printed order.
    """
    texts = list(map(field_texts, entries))
    factors = factors_of(texts, averages)
    return [
        _document(record.decode(), entry, text, factor, first + at, place)
        for at, (record, entry, text, factor, place) in enumerate(
            zip(records, entries, texts, factors, book, strict=True)
        )
    ]


def characters_of(document: Document) -> set[str]:
    """Return all characters of a document's folded texts."""
    fields = (*TEXT_FIELDS, *(f"in_{field}" for field in APART))
    return {*"".join(text for field in fields for text in document[field])} - {END}


def _document(
    record: str, entry: Entry, texts: FieldTexts, factors: Factors, rank: int, book: int
) -> tuple[Document, list[str]]:
    folded = {field: [fold(text) for text in strings] for field, strings in texts.items()}
    words = words_of(texts, factors)
    values = filter_values(entry)
    in_text = [text for field in TEXT_FIELDS for text in folded[field]]
    document: Document = {
        RECORD: record,
        **{field: _ended(folded[field]) for field in TEXT_FIELDS},
        **{f"in_{field}": _ended(folded[field]) for field in APART},
        WORDS: sent(words),
        GRAMS: sent(strings_of(folded, factors)),
        **{field: list(named) for field, named in values.items() if field != "year"},
        "year": entry.year,
        "id": entry.id,
        "page": page_key(entry.url),
        "rank": rank,
        "book": book,
        "characters": sum(map(len, in_text)),
        "strings": len(in_text),
        "about": entry.title in generic_titles(),
        "headed": entry.heading == entry.title,
    }
    return document, list(words)


def _ended(texts: list[str]) -> list[str]:
    return [text + END for text in texts if text]
