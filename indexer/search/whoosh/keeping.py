"""Keeps the embedded engine's generations of one archive: folders in its data folder."""

from collections.abc import Callable
from pathlib import Path

from indexer.progress import Progress
from indexer.search.engine import IndexBuilder, Searcher
from indexer.search.generations import Opened, RolledBack
from indexer.search.whoosh import generation
from indexer.search.whoosh.builder import WhooshBuilder
from indexer.search.whoosh.seal import Seal
from indexer.search.whoosh.searcher import WhooshSearcher
from indexer.search.whoosh.stored import StoredEntries


class WhooshGenerations:
    """The generations in one folder; see `indexer.search.generations.Generations`."""

    def __init__(self, index: Path) -> None:
        """Set the folder; it need not exist."""
        self._index = index

    def open(self) -> Opened:
        """Open the published generation or, if it is damaged, the newest intact one before it."""

        def open_one(folder: Path, manifest: Seal) -> tuple[Searcher, float]:
            return WhooshSearcher(folder, manifest), manifest.made_at

        found = generation.open_newest(self._index, open_one)
        return Opened(*found.opened, found.refused)

    def stored(self, *, of_any_version: bool = False) -> StoredEntries:
        """Open the published generation's entries, without loading the index around them."""
        folder = self._index / generation.published(self._index)
        return StoredEntries(folder, generation.check(folder, of_any_version=of_any_version))

    def answering(self) -> StoredEntries:
        """Open the entries of the generation that answers."""
        return generation.open_newest(self._index, StoredEntries).opened

    def builder(
        self, progress: Progress, before_publishing: Callable[[], object] | None, memory: int | None = None
    ) -> IndexBuilder:
        """Return a builder; most of its work happens at the end of its block, in as many threads as there are cores."""
        return WhooshBuilder(self._index, progress, before_publishing, memory)

    def roll_back(self) -> RolledBack:
        """Publish the generation in reserve."""
        generation.published(self._index)  # before anything is written: a lock's file, say
        found, name, before = generation.roll_back(
            self._index, lambda folder, seal: WhooshSearcher(folder, seal).close()
        )
        return RolledBack(name, found.made_at, found.entries, before)

    def made_at(self) -> float:
        """Return when the published generation's build began."""
        return generation.check(self._index / generation.published(self._index)).made_at

    def published(self) -> str:
        """Return the name of the published generation."""
        return generation.published(self._index)

    def stamp(self) -> object:
        """Return the names, sizes and modification times of some 50 files."""
        return generation.stamp(self._index)
