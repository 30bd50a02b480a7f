"""Opens the engine of a data folder; the one place that knows which engines there are."""

from pathlib import Path

from indexer.config import DataFolder
from indexer.errors import IndexFailure
from indexer.files.forgotten import forgotten
from indexer.progress import Progress, silent
from indexer.search.engine import IndexBuilder, Searcher
from indexer.search.whoosh.builder import WhooshBuilder
from indexer.search.whoosh.generation import published, written
from indexer.search.whoosh.searcher import WhooshSearcher
from indexer.search.whoosh.stored import StoredEntries


def open_searcher(data_dir: Path) -> Searcher:
    """Open the published generation of a data folder; pages that are forgotten are not in it.

    Raises `IndexMissing` when nothing is indexed, `StaleIndex` when the index cannot be trusted, `StoreError` when
    it cannot be told what is forgotten.
    """
    pages = hidden_pages(data_dir)
    searcher = open_whole(data_dir)
    return searcher.without(pages) if pages else searcher


def open_whole(data_dir: Path) -> Searcher:
    """Open the published generation with all that is in it, forgotten or not.

    Raises `IndexMissing` or `StaleIndex`.
    """
    return WhooshSearcher(DataFolder(data_dir).index)


def hidden_pages(data_dir: Path) -> frozenset[str]:
    """Give the pages that no searcher on the published generation may show.

    Raises `StoreError` when it cannot be told.
    """
    data = DataFolder(data_dir)
    try:
        made_at = written(data.index)
    except IndexFailure:
        made_at = 0.0
    return forgotten(data.forgotten, made_at)


def open_stored(data_dir: Path, *, of_any_version: bool = False) -> StoredEntries:
    """Open the entries of the published generation for comparing them, without the index around them.

    With `of_any_version` it may have been built by another version of this program, as far as it can be read.
    Raises `IndexMissing` or `StaleIndex`.
    """
    return StoredEntries(DataFolder(data_dir).index, of_any_version=of_any_version)


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
