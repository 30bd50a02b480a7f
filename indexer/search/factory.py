"""Opens the engine of a data folder; the one place that knows which engines there are."""

import logging
from dataclasses import dataclass
from pathlib import Path

from indexer.config import DataFolder
from indexer.errors import IndexFailure
from indexer.files.forgotten import forgotten
from indexer.progress import Progress, silent
from indexer.search.engine import IndexBuilder, Searcher
from indexer.search.whoosh import generation
from indexer.search.whoosh.builder import WhooshBuilder
from indexer.search.whoosh.seal import Seal
from indexer.search.whoosh.searcher import WhooshSearcher
from indexer.search.whoosh.stored import StoredEntries

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """The generation that answers: the published one or, where that is damaged, the one before it."""

    whole: Searcher
    """With all that is in it, forgotten or not."""
    made_at: float
    """When it began to be built, in seconds since 1970."""
    refused: tuple[IndexFailure, ...] = ()
    """Why those that should answer do not, the published one first; none where it does."""

    @property
    def is_degraded(self) -> bool:
        """Whether another generation than the published one answers."""
        return bool(self.refused)

    def shown(self, pages: frozenset[str]) -> Searcher:
        """Give a searcher that shows nothing of some pages."""
        return self.whole.without(pages) if pages else self.whole


def open_generation(data_dir: Path) -> Opened:
    """Open the published generation of a data folder or, where it is damaged, the newest one before it that is whole.

    Raises `IndexMissing` when nothing is indexed, `StaleIndex` when no generation can be trusted.
    """

    def open_one(folder: Path, manifest: Seal) -> tuple[Searcher, float]:
        return WhooshSearcher(folder, manifest), manifest.made_at

    found = generation.open_newest(DataFolder(data_dir).index, open_one)
    return Opened(*found.opened, found.refused)


def open_searcher(data_dir: Path) -> Searcher:
    """Open what answers in a data folder; pages that are forgotten are not in it.

    A damaged generation that another one answers for is logged as a warning.
    Raises `IndexMissing` or `StaleIndex` as `open_generation` does, `StoreError` when it cannot be told what is
    forgotten.
    """
    opened = open_generation(data_dir)
    for error in opened.refused:
        _log.warning("answering from %s: %s", opened.whole.generation, error)
    return opened.shown(hidden_pages(data_dir, opened.made_at))


def hidden_pages(data_dir: Path, made_at: float) -> frozenset[str]:
    """Give the pages that no searcher on a generation made at that time may show.

    Raises `StoreError` when it cannot be told.
    """
    return forgotten(DataFolder(data_dir).forgotten, made_at)


def open_stored(data_dir: Path, *, of_any_version: bool = False) -> StoredEntries:
    """Open the entries of the published generation for comparing them, without the index around them.

    With `of_any_version` it may have been built by another version of this program, as far as it can be read.
    Raises `IndexMissing` or `StaleIndex`: none before it takes its place, since it is this one that is asked about.
    """
    index = DataFolder(data_dir).index
    folder = index / generation.published(index)
    return StoredEntries(folder, generation.check(folder, of_any_version=of_any_version))


def open_answering(data_dir: Path) -> StoredEntries:
    """Open the entries of the generation that answers, forgotten or not.  Raises as `open_generation` does."""
    return generation.open_newest(DataFolder(data_dir).index, StoredEntries).opened


def open_builder(data_dir: Path, progress: Progress = silent) -> IndexBuilder:
    """Open a builder whose block, when it succeeds, publishes a new generation in a data folder.

    The work is done at the end of the block, in as many threads as there are cores.
    """
    return WhooshBuilder(DataFolder(data_dir).index, progress)


def generation_time(data_dir: Path) -> float:
    """Give when the published generation began to be built, in seconds since 1970.

    Raises `IndexMissing` when nothing is indexed, `StaleIndex` when it is damaged or of another version.
    """
    index = DataFolder(data_dir).index
    return generation.check(index / generation.published(index)).made_at


def published_generation(data_dir: Path) -> str:
    """Give the name of the generation that is published now; cheap enough to ask before every search.

    Raises `IndexMissing` when nothing is indexed, `StaleIndex` when it cannot be told which it is.
    """
    return generation.published(DataFolder(data_dir).index)


def index_stamp(data_dir: Path) -> object:
    """Give what changes when a finished generation does, or which is published: of some 50 files name, size and time."""
    return generation.stamp(DataFolder(data_dir).index)
