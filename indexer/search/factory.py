"""Opens the search index of a data folder; the only module that chooses an engine."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.authority import NOBODY, Authority
from indexer.config import DataFolder
from indexer.errors import ConfigError, StoreError, YearbookError
from indexer.files.contributors import read_contributors
from indexer.files.forgotten import forgotten
from indexer.progress import Progress, silent
from indexer.search.engine import IndexBuilder, Searcher
from indexer.search.fields import EVERY
from indexer.search.generations import Generations, Opened, RolledBack, Stored
from indexer.search.query.tree import SearchRequest
from indexer.search.whoosh.keeping import WhooshGenerations

_log = logging.getLogger(__name__)
ENGINE = "NIANJIAN_ENGINE"
"""Environment variable that chooses the engine."""
ENGINES = ("whoosh", "opensearch")
"""Its values; the first if it is not set."""


def generations(data_dir: Path) -> Generations:
    """Return the generations of a data folder in the engine that the environment chooses.

    Raises `ConfigError` for an engine that there is not, or settings of it that cannot be used.
    """
    chosen = os.environ.get(ENGINE) or ENGINES[0]
    index = DataFolder(data_dir).index
    if chosen == "whoosh":
        return WhooshGenerations(index)
    if chosen != "opensearch":
        raise ConfigError("cluster-engine-unknown", name=ENGINE, value=chosen[:40])
    from indexer.search.opensearch.keeping import cluster_generations  # its client is an extra

    return cluster_generations(index, os.environ)


def is_in_cluster() -> bool:
    """Return whether the index is held by other machines, so that no file of it is in the data folder."""
    return (os.environ.get(ENGINE) or ENGINES[0]) == "opensearch"


def open_generation(data_dir: Path) -> Opened:
    """Open a data folder's published generation or, if it is damaged, the newest intact one before it.

    Raises `IndexMissing` if nothing is indexed, `StaleIndex` if no generation can be used, `IndexUnavailable` if a cluster
    holds them that does not answer.
    """
    return generations(data_dir).open()


def open_searcher(data_dir: Path) -> Searcher:
    """Open the generation that answers in a data folder, without the entries of forgotten pages, with persons for authors.

    Logs a warning if an older generation has to answer for a damaged one, or if what people have decided about authors
    cannot be followed.

    Raises `IndexMissing` or `StaleIndex` as `open_generation` does, and `StoreError` if the list of forgotten pages
    cannot be read.
    """
    opened = open_generation(data_dir)
    for error in opened.refused:
        _log.warning("answering from %s: %s", opened.whole.generation, error)
    decided = read_authority(data_dir, opened.whole)
    if decided.error:
        _log.warning("%s", decided.error)
    return opened.shown(hidden_pages(data_dir, opened.made_at), decided.authority)


@dataclass(frozen=True, slots=True)
class Decided:
    """What people have decided about who is who, as far as it can be followed."""

    authority: Authority = NOBODY
    error: YearbookError | None = None
    """Why it is not what `contributors.toml` says now."""


def read_authority(data_dir: Path, searcher: Searcher, last: Authority | None = None) -> Decided:
    """Read who is who.

    Where the file cannot be read, contradicts itself or names somebody whom no entry names, what was good `last` stays.
    Where nothing was, an unknown name changes nothing and the other decisions are followed; a file that cannot be read
    leaves printed names as they are.
    """
    path = DataFolder(data_dir).contributors
    try:
        found = read_contributors(path)
    except StoreError as error:
        return Decided(last or NOBODY, error)
    if not found:
        return Decided(found)
    printed = {each.value for each in searcher.facet(SearchRequest(), "author", limit=EVERY).values}
    missing = found.missing(printed)
    if not missing:
        return Decided(found)
    form, name = missing[0]
    why = StoreError("contributors-not-printed", path=path, form=form[:80], name=name[:80], count=len(missing))
    return Decided(found if last is None else last, why)


def hidden_pages(data_dir: Path, made_at: float) -> frozenset[str]:
    """Return the pages (canonical URLs) that must not be shown from a generation whose build began at `made_at`.

    `made_at` is in seconds since 1970.  Raises `StoreError` if the list of forgotten pages cannot be read.
    """
    return forgotten(DataFolder(data_dir).forgotten, made_at)


def open_stored(data_dir: Path, *, of_any_version: bool = False) -> Stored:
    """Open the published generation's entries for comparison, without loading the index around them.

    With `of_any_version` the generation may have been built by another version of this program, as far as it can be
    read.

    Raises as `open_generation` does, which falls back to an older generation; this does not, because the comparison is
    about the published one.
    """
    return generations(data_dir).stored(of_any_version=of_any_version)


def open_answering(data_dir: Path) -> Stored:
    """Open the entries of the generation that answers, including those of forgotten pages.

    Raises as `open_generation` does.
    """
    return generations(data_dir).answering()


def open_builder(
    data_dir: Path,
    progress: Progress = silent,
    before_publishing: Callable[[], object] | None = None,
    memory: int | None = None,
) -> IndexBuilder:
    """Return a builder that publishes a new generation in a data folder when its `with` block succeeds.

    `before_publishing` is called when only that is left to be done, such as for a lock.  `memory` is how many megabytes
    the work may take, on top of 200 to 500 bytes an entry; a part of the machine's where it is not given.
    """
    return generations(data_dir).builder(progress, before_publishing, memory)


def roll_back(data_dir: Path) -> RolledBack:
    """Let the generation in reserve answer in the place of the published one, which is then the one in reserve.

    Raises `IndexMissing` if nothing is indexed, `StaleIndex` if there is none in reserve that can answer, `IndexLocked`
    if a build is running, `ConfigError` if the folder cannot be written, `IndexUnavailable` if a cluster does not answer.
    """
    return generations(data_dir).roll_back()


def generation_time(data_dir: Path) -> float:
    """Return when the published generation's build began, in seconds since 1970; raises as `open_generation` does."""
    return generations(data_dir).made_at()


def published_generation(data_dir: Path) -> str:
    """Return the name of the published generation; cheap enough to call before every search.

    Raises `IndexMissing` if nothing is indexed, `StaleIndex` if the published generation cannot be determined.
    """
    return generations(data_dir).published()


def index_stamp(data_dir: Path) -> object:
    """Return a value that changes when a finished generation's files change or another one is published.

    Compare it for equality only.
    """
    return generations(data_dir).stamp()
