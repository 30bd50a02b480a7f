"""Collects what is suggested while a generation is built."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.search.query.terms import Term
from indexer.search.sortedarrays import group_starts
from indexer.search.suggestible import SuggestionKind
from indexer.search.whoosh.files.recordfile import decode_record
from indexer.search.whoosh.strings.index import StringIndex
from indexer.search.whoosh.suggesting.phrases import FEWEST, READ, frequent_pairs, frequent_words
from indexer.search.whoosh.suggesting.suggestwriter import Suggested, from_columns, from_titles, write_suggestions
from indexer.search.whoosh.words.wordcounts import WordCounts


class SuggestionBuilder:
    """What the entries of one build give to suggest."""

    def __init__(self, entries: int) -> None:
        """Start with nothing; `entries` is the number of entries to come."""
        self._entries = entries
        self._every = max(1, -(-entries // READ))
        self._holders = np.zeros(0, dtype=np.int64)
        """How many entries have each word of the vocabulary."""
        self._titles: list[str] = []
        self._read: list[bytes] = []
        """Records of the entries that are read for phrases."""
        self._phrases: list[str] = []

    def add(self, titles: Sequence[str], counts: WordCounts, records: Sequence[bytes], first: int) -> None:
        """Take some entries: their titles, words and records; the first of them has the number `first`."""
        words = counts.words
        if len(words) and words[-1] >= len(self._holders):
            self._holders.resize(2 * int(words[-1]) + 1, refcheck=False)
        self._holders[words] += counts.counts
        self._titles += titles
        self._read += records[-first % self._every :: self._every]

    def choose(self, vocabulary: Sequence[str]) -> None:
        """Choose words and phrases when all entries were added."""
        holders = dict(zip(vocabulary, self._holders.tolist(), strict=False))
        pairs = frequent_pairs(map(_strings, self._read))
        self._phrases = list(dict.fromkeys((*frequent_words(holders), *pairs)))

    def write(
        self, folder: Path, columns: Mapping[str, Sequence[tuple[str, ...]]], values: Mapping[str, Sequence[str]]
    ) -> None:
        """Write the suggestions into the folder of a generation whose exact index is written."""
        strings = StringIndex(folder, self._entries)
        counts = [_count(strings, phrase) for phrase in self._phrases]
        phrases = (
            Suggested(SuggestionKind.PHRASE, phrase, count, at)
            for at, (phrase, count) in enumerate(zip(self._phrases, counts, strict=True))
            if count >= FEWEST
        )
        suggested = (*from_columns(columns, values), *from_titles(self._titles), *phrases)
        write_suggestions(folder, suggested, self._phrases, strings.alphabet())


def _strings(record: bytes) -> Iterable[str]:
    texts = field_texts(decode_record(record))
    return [string for field in TEXT_FIELDS for string in texts[field]]


def _count(strings: StringIndex, phrase: str) -> int:
    """Return how many entries have a phrase as it stands."""
    return len(group_starts(strings.documents_of(strings.find(strings.sought(Term(phrase))))))
