"""Builds a generation in the cluster and publishes it as a whole."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from indexer.errors import IndexLocked, IndexUnavailable, StaleIndex
from indexer.files.durable import FolderBusy, locked, unwritable
from indexer.model import Entry
from indexer.progress import Progress
from indexer.search.fields import FILTERS, WEIGHTS, field_texts, filter_values
from indexer.search.opensearch.aside import ASIDE, store
from indexer.search.opensearch.building.bulk import Numbered, Rejected, send
from indexer.search.opensearch.building.checking import check
from indexer.search.opensearch.building.documents import Document, characters_of, documents
from indexer.search.opensearch.building.holding import holding
from indexer.search.opensearch.connection import LONG_S, Gone
from indexer.search.opensearch.fingerprint import fingerprint
from indexer.search.opensearch.indexes import Indexes
from indexer.search.opensearch.questions import Questions
from indexer.search.opensearch.seal import Seal, write_seal
from indexer.search.opensearch.shape import FILLING, index_body
from indexer.search.order import PrintedOrder, printed_order, tie_break
from indexer.search.suggesting.suggestbuilder import SuggestionBuilder

_AT_ONCE = 200
"""Entries whose words are weighed at once."""
_SHARD = 20 << 30
"""Bytes that a shard should have at most: one can then be copied to another node within minutes."""
_GROWN = 5
"""How many times its entries' JSON an index takes, about."""
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Entry)


class ClusterBuilder:
    """Collects entries in a file, then sends them ordered by year, then id; nothing is searched before all are there."""

    def __init__(
        self,
        indexes: Indexes,
        progress: Progress,
        before_publishing: Callable[[], object] | None,
        published: Callable[[], object],
    ) -> None:
        """Set whose indexes it makes one of; nothing is created until the block is entered.

        `before_publishing` is called when only publishing is left to be done, `published` when that is done.
        """
        self._indexes = indexes
        self._cluster = indexes.cluster
        self._progress = progress
        self._before_publishing = before_publishing
        self._tell = published
        self._places: dict[str, tuple[int, int, int]] = {}
        """Year, and where the entry's record begins and ends in the file, by id."""
        self._printed: dict[str, PrintedOrder] = {}
        self._characters = dict.fromkeys(WEIGHTS, 0)
        self._size = 0
        self._open = ExitStack()
        self._name = ""
        self._published = False
        self._begun: datetime
        self._folder: Path
        self._spool: BinaryIO

    def add(self, entry: Entry) -> None:
        """Add an entry.

        Raises `ValueError` if its id was added before, `ConfigError` if the folder cannot be written.
        """
        if entry.id in self._places:
            raise ValueError(f"entry id {entry.id!r} stands twice; ids must be unique")
        record = _ENCODER.encode(entry)
        try:
            self._spool.write(record)
        except OSError as error:
            raise unwritable(self._folder, error) from error
        self._places[entry.id] = entry.year, self._size, self._size + len(record)
        self._printed[entry.id] = printed_order(entry)
        self._size += len(record)
        texts = field_texts(entry)
        for field in WEIGHTS:
            self._characters[field] += sum(map(len, texts[field]))

    def __enter__(self) -> Self:
        """Take the lock of this data folder; raise `IndexLocked` if another build holds it.

        Raises `ConfigError` if the folder is not writable, `IndexUnavailable` if the cluster does not answer.
        """
        with ExitStack() as opened:
            try:
                opened.enter_context(locked(self._indexes.folder))
            except FolderBusy as error:
                raise IndexLocked("build-running", path=self._indexes.folder) from error
            self._indexes.name_archive()
            for name in self._indexes.unfinished():  # what killed builds have left
                self._indexes.remove(name)
            self._begun = datetime.now(UTC)
            self._name = self._indexes.new_name()
            try:
                self._folder = Path(mkdtemp(prefix="cluster-", suffix=".part", dir=self._indexes.folder))
                opened.callback(shutil.rmtree, self._folder, ignore_errors=True)
                self._spool = opened.enter_context((self._folder / "entries.spool").open("wb+"))
            except OSError as error:
                raise unwritable(self._indexes.folder, error) from error
            self._open = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Send, check and publish the generation, unless the block failed."""
        with self._open:
            if kind is not None:
                return
            try:
                self._finish()
            finally:
                if not self._published:
                    self._indexes.discard(self._name)

    def _finish(self) -> None:
        order = sorted(self._places, key=lambda name: tie_break(self._places[name][0], name))
        averages = {field: max(1.0, total / max(1, len(order))) for field, total in self._characters.items()}
        index = self._indexes.index_of(self._name)
        self._cluster.create(index, index_body(self._shards(), index))
        filled = _Filling(self._spool, [self._places[name][1:] for name in order], averages, self._book(order))
        try:
            send(
                self._cluster, index, filled.all(), filled.again, lambda done: self._progress("index", done, len(order))
            )
        except Rejected as error:
            number, reason = error.rejected[0]
            count = len(error.rejected)
            raise StaleIndex(
                "cluster-rejected", address=self._cluster.address, count=count, id=order[number][:200], reason=reason
            ) from error
        self._settle(index)
        parts = self._store_aside(index, filled)
        self._copy(index)
        check(Questions(self._cluster, index, LONG_S), len(order), filled.entry)
        write_seal(
            self._cluster,
            index,
            Seal(self._begun.isoformat(timespec="microseconds"), len(order), fingerprint(), averages, parts),
        )
        if self._before_publishing:
            self._before_publishing()
        before = self._indexes.current()
        self._indexes.point(self._name)
        self._published = True
        self._tell()
        self._indexes.clear(self._name, before)

    def _shards(self) -> int:
        return self._cluster.settings.shards or max(1, -(-self._size * _GROWN // _SHARD))

    def _book(self, order: Sequence[str]) -> list[int]:
        """Return each entry's place in the printed order."""
        places = [0] * len(order)
        for place, number in enumerate(sorted(range(len(order)), key=lambda at: self._printed[order[at]])):
            places[number] = place
        return places

    def _settle(self, index: str) -> None:
        """Let what was sent be found, from as few segments as a shard needs; nothing more can be sent."""
        removed = {"remove": {"index": index, "alias": index + FILLING}}
        with suppress(Gone):  # a first attempt, of which nothing was heard, has done it
            self._cluster.ask("POST", "/_aliases", {"actions": [removed]}, limit_s=LONG_S)
        self._cluster.ask("POST", f"/{index}/_refresh", limit_s=LONG_S)
        self._cluster.ask("POST", f"/{index}/_forcemerge", params={"max_num_segments": 1}, limit_s=6 * LONG_S)
        self._cluster.ask("POST", f"/{index}/_refresh", limit_s=LONG_S)

    def _store_aside(self, index: str, filled: "_Filling") -> int:
        """Store what is suggested; return in how many parts."""
        filled.suggesting.choose(filled.holders)
        listed = {
            field: sorted({value for each in values for value in each}) for field, values in filled.columns.items()
        }
        holds = holding(Questions(self._cluster, index, LONG_S))
        characters = "".join(sorted(filled.characters))
        filled.suggesting.write(self._folder, filled.columns, listed, holds, characters)
        return store(self._cluster, index, self._folder, listed, filled.titles)

    def _copy(self, index: str) -> None:
        """Have the index copied to other nodes, as far as there are any."""
        copies = self._cluster.settings.replicas
        settings = {"index": {"number_of_replicas": copies}}
        self._cluster.ask("PUT", f"/{index}/_settings", settings, limit_s=LONG_S)
        self._cluster.ask(
            "PUT", f"/{index}{ASIDE}/_settings", {"index": {"number_of_replicas": copies}}, limit_s=LONG_S
        )
        params = {"wait_for_no_initializing_shards": "true", "wait_for_status": "yellow", "timeout": f"{LONG_S:.0f}s"}
        health = self._cluster.ask("GET", f"/_cluster/health/{index}", params=params, limit_s=LONG_S + 10)
        if health.get("timed_out"):
            raise IndexUnavailable(
                "cluster-busy", address=self._cluster.address, reason="shards are still being copied"
            )
        self._cluster.ask("POST", f"/{index}/_refresh", limit_s=LONG_S)


class _Filling:
    """The entries of a build, read from its file in the order of year, then id."""

    def __init__(
        self, spool: BinaryIO, places: Sequence[tuple[int, int]], averages: dict[str, float], book: Sequence[int]
    ) -> None:
        self._spool = spool
        self._places = places
        self._averages = averages
        self._book = book
        # What is suggested is made of the following, once `all` has yielded every entry.
        self.suggesting = SuggestionBuilder[Entry](len(places), lambda entry: entry)
        self.holders: Counter[str] = Counter()
        """How many entries have each word."""
        self.columns: dict[str, list[tuple[str, ...]]] = {name: [] for name in FILTERS}
        self.characters: set[str] = set()
        self.titles: list[str] = []

    def __len__(self) -> int:
        return len(self._places)

    def entry(self, number: int) -> Entry:
        """Read an entry."""
        return _DECODER.decode(self._record(number))

    def all(self) -> Iterator[Numbered]:
        """Yield all documents, with their numbers."""
        for first in range(0, len(self), _AT_ONCE):
            numbers = range(first, min(len(self), first + _AT_ONCE))
            records = list(map(self._record, numbers))
            entries = list(map(_DECODER.decode, records))
            made = documents(records, entries, self._averages, first, self._book[first : numbers.stop])
            self._note(entries, made)
            yield from zip(numbers, (document for document, _ in made), strict=True)

    def _note(self, entries: Sequence[Entry], made: Sequence[tuple[Document, list[str]]]) -> None:
        titles = [entry.title for entry in entries]
        self.titles += titles
        self.suggesting.add(titles, entries)
        for entry, (document, words) in zip(entries, made, strict=True):
            self.holders.update(words)
            self.characters |= characters_of(document)
            for field, values in filter_values(entry).items():
                self.columns[field].append(values)

    def again(self, numbers: Sequence[int]) -> Iterator[Numbered]:
        """Yield some documents anew."""
        for number in numbers:
            record = self._record(number)
            made = documents([record], [_DECODER.decode(record)], self._averages, number, [self._book[number]])
            yield number, made[0][0]

    def _record(self, number: int) -> bytes:
        start, end = self._places[number]
        self._spool.seek(start)
        return self._spool.read(end - start)
