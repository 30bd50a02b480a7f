"""Opens the engine of a data folder; the one place that knows which engines there are."""

from pathlib import Path

from indexer.config import DataFolder
from indexer.progress import Progress, silent
from indexer.search.engine import IndexBuilder, Searcher
from indexer.search.whoosh.builder import WhooshBuilder
from indexer.search.whoosh.generation import published, written
from indexer.search.whoosh.searcher import WhooshSearcher
from indexer.search.whoosh.stored import StoredEntries


def open_searcher(data_dir: Path) -> Searcher:
    """Open the published generation of a data folder.

    Raises `IndexMissing` when nothing is indexed, `StaleIndex` when the index cannot be trusted.
    """
    return WhooshSearcher(DataFolder(data_dir).index)


def open_stored(data_dir: Path) -> StoredEntries:
    """Open the entries of the published generation for comparing them, without the index around them.

    Raises `IndexMissing` or `StaleIndex`.
    """
    return StoredEntries(DataFolder(data_dir).index)


def open_builder(data_dir: Path, progress: Progress = silent) -> IndexBuilder:
    """Open a builder whose block, when it succeeds, publishes a new generation in a data folder.

    The work is done at the end of the block, in as many threads as there are cores.
    """
    return WhooshBuilder(DataFolder(data_dir).index, progress)


def generation_time(data_dir: Path) -> float:
    """Give when the published generation was written, in seconds since 1970.

    Raises `IndexMissing` when nothing is indexed, `StaleIndex` when it cannot be told.
    """
    return written(DataFolder(data_dir).index)


def published_generation(data_dir: Path) -> str:
    """Give the name of the generation that is published now; cheap enough to ask before every search.

    Raises `IndexMissing` when nothing is indexed.
    """
    return published(DataFolder(data_dir).index)
