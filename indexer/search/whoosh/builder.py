"""Builds a generation from entries and publishes it as a whole."""

import gc
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexLocked
from indexer.files.durable import FolderBusy, locked, unwritable
from indexer.model import Entry
from indexer.progress import Progress, silent
from indexer.search.fields import APART, FILTERS, TEXT_FIELDS, WEIGHTS, field_texts
from indexer.search.repeated import Repeated
from indexer.search.whoosh import generation
from indexer.search.whoosh.building.room import room
from indexer.search.whoosh.building.spool import EntrySpool, Numbers
from indexer.search.whoosh.chunks import Chunk, prepare
from indexer.search.whoosh.damage import opening
from indexer.search.whoosh.facets.columns import write_columns
from indexer.search.whoosh.files import npy
from indexer.search.whoosh.files.recordfile import encode_record
from indexer.search.whoosh.openindex import open_index
from indexer.search.whoosh.strings.alphabet import characters_beyond
from indexer.search.whoosh.strings.folded import Strings
from indexer.search.whoosh.strings.indexwriter import StringIndexWriter
from indexer.search.whoosh.suggestions import Suggestions
from indexer.search.whoosh.words.segmentwriter import SegmentWriter
from indexer.search.whoosh.words.vocabulary import Vocabulary
from indexer.search.whoosh.words.whoosherrors import whoosh_errors
from indexer.text.analyzer import load

_SPOOL = "entries.spool"
"""File that the entries lie in until all are there."""
_CHUNK = range(100, 301)
"""Fewest and most entries in a chunk; chunks get smaller towards the end, so that all threads finish together."""
_CHUNK_SIZE = 1 << 20
"""Most bytes of records in a chunk."""
_WAITING = 3
"""Chunks per thread that may be in preparation, queued for it, or finished and waiting for earlier ones."""
_THREADS = min(os.cpu_count() or 1, 8)
"""Threads at work; more would wait for one another, since a third of the work is Python, one thread at a time."""


class WhooshBuilder:
    """Collects entries in a file, then writes them as one segment, ordered by year, then id.

    The work takes the memory that it is given, and more for what grows with the archive: some 200 bytes for each entry
    (its id, and numbers by which it is ordered and found again), up to 300 for a title and an address of its own, and
    the different words, authors and bigrams.  The commonest bigram's occurrences are packed at once, 50 bytes each.
    """

    def __init__(
        self,
        index: Path,
        progress: Progress = silent,
        before_publishing: Callable[[], object] | None = None,
        memory: int | None = None,
    ) -> None:
        """Set the folder of generations; nothing is created until the block is entered.

        `before_publishing` is called when the generation is finished; if it raises, nothing is published.  The work
        takes `memory` megabytes, or what `building.room.usual` says; what is written is the same.
        """
        self._index = index
        self._before_publishing = before_publishing
        self._progress = progress
        self._room = room(memory, _THREADS)
        self._beyond: set[str] = set()
        """Characters beyond U+FFFF that occur in the entries."""
        self._characters = dict.fromkeys(WEIGHTS, 0)
        self._open = ExitStack()
        self._published = False
        self._begun: datetime
        self._folder = index
        self._spool: EntrySpool
        self._pool: Executor
        self._loaded: Future[None]
        """Done when the segmenter's dictionary is loaded."""

    def add(self, entry: Entry) -> None:
        """Add an entry.

        Raises `ValueError` if its id was added before, `ConfigError` if the folder cannot be written.
        """
        if entry.id in self._spool:
            raise ValueError(f"entry id {entry.id!r} stands twice; ids must be unique")
        record = encode_record(entry)
        try:
            self._spool.add(entry, record)
        except OSError as error:
            raise unwritable(self._folder, error) from error
        self._beyond |= characters_beyond(record)
        texts = field_texts(entry)
        for field in WEIGHTS:
            self._characters[field] += sum(map(len, texts[field]))

    def __enter__(self) -> Self:
        """Take the lock; raise `IndexLocked` if another build holds it, `ConfigError` if the folder is not writable."""
        with ExitStack() as opened:
            try:
                opened.enter_context(locked(self._index))
            except FolderBusy as error:
                raise IndexLocked("build-running", path=self._index) from error
            try:
                generation.clear(self._index)
                self._begun = datetime.now(UTC)
                self._folder = generation.new_folder(self._index)
                opened.callback(self._discard)
                self._spool = opened.enter_context(EntrySpool(self._folder / _SPOOL))
                self._pool = ThreadPoolExecutor(_THREADS)
                opened.callback(self._pool.shutdown, cancel_futures=True)
                self._loaded = self._pool.submit(load)  # loads while entries are added
            except OSError as error:
                raise unwritable(self._index, error) from error
            self._open = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write, check and publish the generation, unless the block failed."""
        try:
            with self._open:
                if kind is None:
                    self._finish()
        except OSError as failed:
            raise unwritable(self._folder, failed) from failed

    def _finish(self) -> None:
        with whoosh_errors(str(self._folder)), _no_collection():
            self._write()
        self._spool.close()
        (self._folder / _SPOOL).unlink()
        generation.seal(self._folder, self._begun, len(self._spool))
        generation.check(self._folder)
        with opening(self._folder):
            open_index(self._folder)
        if self._before_publishing:
            self._before_publishing()
        generation.publish(self._index, self._folder)
        self._published = True

    def _discard(self) -> None:
        """Remove the unfinished generation once all files are closed and no thread is working on it."""
        if not self._published:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _write(self) -> None:
        order = self._spool.ordered()
        segment = SegmentWriter(self._folder, len(order), self._room.postings)
        self._open.callback(segment.abandon)
        grams = StringIndexWriter(self._folder, "".join(self._beyond), len(order), self._pool, self._room.grams)
        self._open.callback(grams.close)
        vocabulary = Vocabulary()
        values: dict[str, Repeated[tuple[str, ...]]] = {name: Repeated() for name in FILTERS}
        apart: list[Mapping[str, Strings]] = []
        suggesting = Suggestions(len(order))
        factors = npy.Appender(self._folder, "factors")
        self._open.callback(factors.close)
        done = 0
        for chunk, batch in self._prepared(order, vocabulary):
            for record in batch:
                segment.add(record)
            grams.add(chunk.text, TEXT_FIELDS)
            segment.add_words(chunk.words, done)
            factors.add(chunk.factors)
            for name, by_entry in chunk.values.items():
                values[name].extend(by_entry)
            apart.append(chunk.apart)
            suggesting.add(chunk.titles, chunk.words, batch)
            done += len(batch)
            self._progress("index", done, len(order))
        for scope in APART:
            for each in apart:
                grams.add(each[scope], (scope,))
        segment.end_records()
        factors.close()
        writing = self._pool.submit(segment.write_words, vocabulary.words)
        counting = self._pool.submit(suggesting.choose, vocabulary.words)
        listed = write_columns(self._folder, values)
        self._write_ids(order)
        npy.save(self._folder, "book", self._spool.book(order))
        grams.finish()
        counting.result()
        suggesting.write(self._folder, values, listed, self._pool)
        writing.result()
        segment.finish()

    def _prepared(self, order: Numbers, vocabulary: Vocabulary) -> Iterator[tuple[Chunk, list[bytes]]]:
        """Yield the entries as prepared chunks with their records, in order."""
        averages = {field: max(1.0, total / max(1, len(order))) for field, total in self._characters.items()}
        beyond = "".join(self._beyond)
        self._loaded.result()
        waiting: deque[tuple[Future[Chunk], list[bytes]]] = deque()
        for start, end in _chunks(self._spool.sizes(order)):
            batch = self._spool.records(order[start:end].tolist())
            waiting.append((self._pool.submit(prepare, batch, averages, beyond, vocabulary), batch))
            if len(waiting) > _WAITING * _THREADS:
                future, batch = waiting.popleft()
                yield future.result(), batch
        while waiting:
            future, batch = waiting.popleft()
            yield future.result(), batch

    def _write_ids(self, order: Numbers) -> None:
        ids = np.array(self._spool.ids(order), dtype=np.bytes_)
        numbers = np.argsort(ids, kind="stable")
        npy.save(self._folder, "ids", ids[numbers])
        npy.save(self._folder, "id-numbers", numbers)


def _chunks(sizes: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Split entries into chunks, given their bytes: each a share of those left, at most `_CHUNK_SIZE` bytes or a single
    entry.
    """
    ends = np.cumsum(sizes, dtype=np.int64)
    start = before = 0
    while start < len(ends):
        fit = int(ends.searchsorted(before + _CHUNK_SIZE, side="right"))
        end = min(max(start + 1, fit), start + _share(len(ends) - start))
        yield start, end
        start, before = end, int(ends[end - 1])


def _share(left: int) -> int:
    """Return the most entries that the next chunk may have, if `left` are left."""
    return max(_CHUNK[0], min(_CHUNK[-1], left // (4 * _THREADS)))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Turn the garbage collector off: it would scan the caller's objects repeatedly, and nothing here is cyclic."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
