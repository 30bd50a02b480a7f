"""Collects what is suggested while an index is built; which engine's that is, it does not know."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from indexer.model import Entry
from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.search.repeated import Repeated
from indexer.search.suggestible import SuggestionKind
from indexer.search.suggesting.phrases import FEWEST, READ, frequent_pairs, frequent_words
from indexer.search.suggesting.suggestwriter import Suggested, from_columns, from_titles, write_suggestions

Record = TypeVar("Record")
"""What an engine keeps an entry as while it builds."""


class SuggestionBuilder(Generic[Record]):
    """What the entries of one build give to suggest."""

    def __init__(self, entries: int, decode: Callable[[Record], Entry]) -> None:
        """Start with nothing; `entries` is the number of entries to come, `decode` reads one that is kept as a record."""
        self._decode = decode
        self._every = max(1, -(-entries // READ))
        self._titles = Repeated[str]()
        self._read: list[Record] = []
        """The entries that are read for phrases."""
        self._phrases: list[str] = []

    def add(self, titles: Sequence[str], records: Sequence[Record]) -> None:
        """Take the next entries: their titles and records, in the order of their numbers."""
        self._read += records[-len(self._titles) % self._every :: self._every]
        self._titles.extend(titles)

    def choose(self, holders: Mapping[str, int]) -> None:
        """Choose words and phrases when all entries were added; `holders` says how many of them have each word.

        The words are those that `indexer.text.analyzer.analyze` finds in the fields that have a weight.
        """
        pairs = frequent_pairs(map(self._strings, self._read))
        self._phrases = list(dict.fromkeys((*frequent_words(holders), *pairs)))

    def write(
        self,
        folder: Path,
        columns: Mapping[str, Iterable[tuple[str, ...]]],
        values: Mapping[str, Sequence[str]],
        holding: Callable[[Sequence[str]], Iterable[int]],
        characters: str,
    ) -> None:
        """Write the files that `suggestfiles.file_names` lists into a folder.

        `columns` holds each entry's values by facet, in the order of numbers, and `values` each facet's values once: by
        their order they are named again (`suggested.Held`).  `holding` says how many entries have each of some folded
        strings as it stands in a text field, and `characters` are all that the archive's folded texts have.
        """
        counts = holding(self._phrases)
        phrases = (
            Suggested(SuggestionKind.PHRASE, phrase, count, at)
            for at, (phrase, count) in enumerate(zip(self._phrases, counts, strict=True))
            if count >= FEWEST
        )
        suggested = (*from_columns(columns, values), *from_titles(self._titles), *phrases)
        write_suggestions(folder, suggested, self._phrases, characters)

    def _strings(self, record: Record) -> Iterable[str]:
        texts = field_texts(self._decode(record))
        return [string for field in TEXT_FIELDS for string in texts[field]]
