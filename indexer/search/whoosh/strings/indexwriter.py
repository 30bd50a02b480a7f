"""Builds the exact index (`indexer.search.whoosh.strings.index`) from folded texts, chunk by chunk."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexFailure
from indexer.search.sortedarrays import begins_group, group_sizes, group_starts
from indexer.search.whoosh.files import npy
from indexer.search.whoosh.files.gaplists import GapListWriter, Packed, packed
from indexer.search.whoosh.files.merging import Block, Runs
from indexer.search.whoosh.strings.alphabet import BETWEEN, Codes16
from indexer.search.whoosh.strings.folded import Strings
from indexer.search.whoosh.strings.gramlists import BODY, OUTSIDE, outside_numbers
from indexer.text.fold import code_points

_MOST = 1 << 32
"""Most characters that places of 32 bits can tell apart."""
_SORTED_AT_ONCE = 1 << 21
"""Most characters whose bigrams are sorted at once; with more, the processor's caches help less."""
SORTING = 30
"""Bytes that sorting takes for each of them."""
_PACKED_AT_ONCE = 1 << 20
"""Occurrences merged and packed at once, which takes 50 bytes each."""
_WAITING = 4 * _PACKED_AT_ONCE
"""Occurrences that are packed, or wait for it, before the first of them are written; if a single bigram has more, it is
packed alone.
"""
_Run = tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]
"""Every bigram once, sorted, with its first character's number in the high half and its second's in the low; how often
each occurs; and where, bigram by bigram, as `_numbers_of` numbers it."""


class _Part(NamedTuple):
    """Texts whose bigrams are not yet sorted."""

    text: Codes16
    fields: NDArray[np.uint32]
    """The number of each field of each document."""
    lengths: NDArray[np.uint32]


class Held(NamedTuple):
    """How much the writer holds in memory."""

    runs: int = 64 << 20
    """Bytes of sorted bigrams; the others lie on disk."""
    sorted: int = _SORTED_AT_ONCE
    """Characters whose bigrams are sorted at once."""


class StringIndexWriter:
    """Takes the texts in the order of the index; writes the arrays at the end."""

    def __init__(
        self, folder: Path, beyond: str, documents: int, executor: Executor, at_most: Held | None = None
    ) -> None:
        """Set the generation's folder, the archive's characters beyond U+FFFF, how many documents are to come, the
        executor that sorts, and how much is held in memory; something where nobody says how much.
        """
        self._folder = folder
        self._documents = documents
        self._executor = executor
        at_most = at_most or Held()
        self._sorted = min(_SORTED_AT_ONCE, at_most.sorted)
        self._text = npy.Appender(folder, "text")
        self._bounds = npy.Appender(folder, "bounds")
        self._bounds.add(np.zeros(1, dtype=np.uint32))
        self._gaps = npy.Appender(folder, "gaps")
        self._parts: list[_Part] = []
        self._waiting = 0
        """Characters of these parts."""
        self._added: Counter[tuple[str, ...]] = Counter()
        """Documents of which the texts in some scopes were added."""
        self._sorting: list[Future[_Run]] = []
        self._runs = Runs(folder, "grams", at_most.runs)
        npy.save(folder, "beyond", code_points("".join(sorted(beyond))))

    def add(self, strings: Strings, scopes: tuple[str, ...]) -> None:
        """Add the strings that the next documents have in some scopes: `TEXT_FIELDS`, or one of those apart.

        Raises `IndexFailure` if the archive has more characters than the index can tell apart.
        """
        before = self._text.rows
        if before + len(strings.text) >= _MOST:
            raise IndexFailure("index-too-long", limit=_MOST)
        self._text.add(strings.text)
        self._bounds.add(before + np.cumsum(strings.lengths, dtype=np.int64))
        self._gaps.add(strings.gaps + before)
        first, count = self._added[scopes], len(strings.lengths) // len(scopes)
        self._added[scopes] += count
        self._parts.append(_Part(strings.text, self._numbers_of(scopes, first, count), strings.lengths))
        self._waiting += len(strings.text)
        if self._waiting >= self._sorted:
            self._sort()

    def finish(self) -> None:
        """Write all arrays.  It waits for the executor, so it must not run in one of its threads."""
        self._close_texts()
        self._sort()
        self._collect(0)
        self._write_grams()

    def close(self) -> None:
        """Close the files, finished or not."""
        self._close_texts()
        self._runs.close()

    def _close_texts(self) -> None:
        for file in (self._text, self._bounds, self._gaps):
            file.close()

    def _numbers_of(self, scopes: tuple[str, ...], first: int, count: int) -> NDArray[np.uint32]:
        """Number the fields of documents: a body as its document, any other by `outside_numbers`, above all bodies."""
        documents = np.arange(first, first + count)
        columns = [
            documents if scope == BODY else self._documents + outside_numbers(self._documents, documents, scope)
            for scope in scopes
        ]
        return np.stack(columns, axis=1).ravel().astype(np.uint32)

    def _sort(self) -> None:
        self._sorting.append(self._executor.submit(_bigrams, self._parts))
        self._parts, self._waiting = [], 0
        self._collect(1)

    def _collect(self, left: int) -> None:
        """Take over the blocks that are sorted; wait until at most `left` are not."""
        while len(self._sorting) > left or (self._sorting and self._sorting[0].done()):
            grams, counts, numbers = self._sorting.pop(0).result()
            self._runs.add(grams, counts, [numbers])

    def _write_grams(self) -> None:
        """Merge the runs of bigrams into lists of documents."""
        grams, _, merged = self._runs.merged(_PACKED_AT_ONCE)
        npy.save(self._folder, "grams", grams)
        bodies, outside = (GapListWriter(self._folder, name) for name in ("bodies", "outside"))
        holders = [np.zeros(0, dtype=np.int64)]
        with bodies, outside:
            for lists in self._packed(merged):
                bodies.add(lists.bodies)
                outside.add(lists.outside)
                holders.append(lists.holders)
        npy.save(self._folder, "holders", np.concatenate(holders))

    def _packed(self, merged: Iterable[Block]) -> Iterator["_Lists"]:
        """Yield the lists of some bigrams after the other."""
        waiting: deque[tuple[Future[_Lists], int]] = deque()
        rows = 0
        for block in merged:
            (numbers,) = block.columns
            while waiting and rows + len(numbers) > _WAITING:
                future, fewer = waiting.popleft()
                yield future.result()
                rows -= fewer
            waiting.append((self._executor.submit(_lists, numbers, block.starts, self._documents), len(numbers)))
            rows += len(numbers)
        while waiting:
            yield waiting.popleft()[0].result()


def _bigrams(parts: Sequence[_Part]) -> _Run:
    """Sort the bigrams of texts."""
    text = np.concatenate([*(part.text for part in parts), np.full(1, BETWEEN, dtype=np.uint16)])
    first, second = text[:-1], text[1:]
    # NumPy's radix sort of 16-bit numbers, twice, takes a third of the time of sorting pairs.  `BETWEEN` comes first,
    # with which no bigram begins; a character always has something behind it.
    order = np.lexsort((second, first))[np.count_nonzero(first == BETWEEN) :]
    numbers = np.concatenate([np.zeros(0, np.uint32), *(np.repeat(part.fields, part.lengths) for part in parts)])
    grams = first[order].astype(np.uint32) << 16 | second[order]
    starts = group_starts(grams)
    return grams[starts], group_sizes(starts, len(grams)).astype(np.uint32), numbers[order]


class _Lists(NamedTuple):
    """The lists of some bigrams."""

    bodies: Packed
    outside: Packed
    holders: NDArray[np.int64]
    """How many documents have each in their text fields."""


def _lists(numbers: NDArray[np.uint32], starts: NDArray[np.int64], documents: int) -> _Lists:
    """Make the lists of some bigrams: those of bodies, and those outside of bodies."""
    in_body = numbers < documents
    inside = np.add.reduceat(in_body, starts[:-1], dtype=np.int64)
    beside = np.diff(starts) - inside
    above = numbers - np.uint32(documents)
    # A bigram's occurrences in text fields stand in the order of documents, those in fields apart behind them.
    owners = np.where(in_body, numbers, above // np.uint32(len(OUTSIDE)))
    new = begins_group(owners)
    new[starts[:-1]] = True
    new &= in_body | (above < documents * len(OUTSIDE))
    holders = np.add.reduceat(new, starts[:-1], dtype=np.int64)
    return _Lists(packed(numbers[in_body], inside), packed(above[~in_body], beside), holders)
