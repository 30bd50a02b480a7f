"""Gives what a build has counted and found to what is suggested; what that is, `indexer.search.suggesting` decides."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

import numpy as np

from indexer.search.suggesting.suggestbuilder import SuggestionBuilder
from indexer.search.whoosh.files.recordfile import decode_record
from indexer.search.whoosh.strings.holders import holders
from indexer.search.whoosh.strings.index import StringIndex
from indexer.search.whoosh.words.wordcounts import WordCounts


class Suggestions:
    """What the entries of one build give to suggest."""

    def __init__(self, entries: int) -> None:
        """Start with nothing; `entries` is the number of entries to come."""
        self._entries = entries
        self._builder = SuggestionBuilder(entries, decode_record)
        self._holders = np.zeros(0, dtype=np.int64)
        """How many entries have each word of the vocabulary."""

    def add(self, titles: Sequence[str], counts: WordCounts, records: Sequence[bytes]) -> None:
        """Take the next entries: their titles, words and records."""
        words = counts.words
        if len(words) and words[-1] >= len(self._holders):
            self._holders.resize(2 * int(words[-1]) + 1, refcheck=False)
        self._holders[words] += counts.counts
        self._builder.add(titles, records)

    def choose(self, vocabulary: Sequence[str]) -> None:
        """Choose words and phrases when all entries were added."""
        self._builder.choose(dict(zip(vocabulary, self._holders.tolist(), strict=False)))

    def write(
        self,
        folder: Path,
        columns: Mapping[str, Iterable[tuple[str, ...]]],
        values: Mapping[str, Sequence[str]],
        executor: Executor,
    ) -> None:
        """Write the suggestions into the folder of a generation whose exact index is written.

        It waits for the executor, so it must not run in one of its threads.
        """
        strings = StringIndex(folder, self._entries)
        held = partial(holders, strings, executor=executor)
        self._builder.write(folder, columns, values, held, strings.alphabet())
