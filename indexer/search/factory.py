"""Opens the search index of a data folder; the only module that chooses an engine."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.authority import NOBODY, Authority
from indexer.config import DataFolder
from indexer.errors import IndexFailure, StoreError, YearbookError
from indexer.files.contributors import read_contributors
from indexer.files.forgotten import forgotten
from indexer.progress import Progress, silent
from indexer.search.engine import IndexBuilder, Searcher
from indexer.search.fields import EVERY
from indexer.search.query.tree import SearchRequest
from indexer.search.whoosh import generation
from indexer.search.whoosh.builder import WhooshBuilder
from indexer.search.whoosh.seal import Seal
from indexer.search.whoosh.searcher import WhooshSearcher
from indexer.search.whoosh.stored import StoredEntries

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """The generation that answers searches: the published one or, if that is damaged, the newest intact one."""

    whole: Searcher
    """A searcher over every entry, including those of forgotten pages."""
    made_at: float
    """When its build began, in seconds since 1970."""
    refused: tuple[IndexFailure, ...] = ()
    """Why newer generations could not be used, the published one first; empty if the published one answers."""

    @property
    def is_degraded(self) -> bool:
        """Whether an older generation answers in place of the published one."""
        return bool(self.refused)

    def shown(self, pages: frozenset[str], authority: Authority = NOBODY) -> Searcher:
        """Return a searcher that leaves out every entry of the given pages (canonical URLs), with persons for authors."""
        left = self.whole.without(pages) if pages else self.whole
        return left.attributed(authority) if authority else left


def open_generation(data_dir: Path) -> Opened:
    """Open a data folder's published generation or, if it is damaged, the newest intact one before it.

    Raises `IndexMissing` if nothing is indexed, `StaleIndex` if no generation can be used.
    """

    def open_one(folder: Path, manifest: Seal) -> tuple[Searcher, float]:
        return WhooshSearcher(folder, manifest), manifest.made_at

    found = generation.open_newest(DataFolder(data_dir).index, open_one)
    return Opened(*found.opened, found.refused)


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


def open_stored(data_dir: Path, *, of_any_version: bool = False) -> StoredEntries:
    """Open the published generation's entries for comparison, without loading the index around them.

    With `of_any_version` the generation may have been built by another version of this program, as far as it can be
    read.

    Raises `IndexMissing` or `StaleIndex`; unlike `open_generation` it never falls back to an older generation, because
    the comparison is about this one.
    """
    index = DataFolder(data_dir).index
    folder = index / generation.published(index)
    return StoredEntries(folder, generation.check(folder, of_any_version=of_any_version))


def open_answering(data_dir: Path) -> StoredEntries:
    """Open the entries of the generation that answers, including those of forgotten pages.

    Raises as `open_generation` does.
    """
    return generation.open_newest(DataFolder(data_dir).index, StoredEntries).opened


def open_builder(
    data_dir: Path, progress: Progress = silent, before_publishing: Callable[[], object] | None = None
) -> IndexBuilder:
    """Return a builder that publishes a new generation in a data folder when its `with` block succeeds.

    Most of the work happens at the end of the block, in as many threads as there are cores (at most eight).
    `before_publishing` is called when only that is left to be done, such as for a lock.
    """
    return WhooshBuilder(DataFolder(data_dir).index, progress, before_publishing)


@dataclass(frozen=True, slots=True)
class RolledBack:
    """A generation that answers again."""

    generation: str
    made_at: float
    """When its build began, in seconds since 1970."""
    entries: int
    taken_back: str
    """The generation that answered until then."""


def roll_back(data_dir: Path) -> RolledBack:
    """Let the generation in reserve answer in the place of the published one, which is then the one in reserve.

    Raises `IndexMissing` if nothing is indexed, `StaleIndex` if there is none in reserve that can answer, `IndexLocked`
    if a build is running, `ConfigError` if the folder cannot be written.
    """
    index = DataFolder(data_dir).index
    generation.published(index)  # before anything is written: a lock's file, say
    found, name, before = generation.roll_back(index, lambda folder, seal: WhooshSearcher(folder, seal).close())
    return RolledBack(name, found.made_at, found.entries, before)


def generation_time(data_dir: Path) -> float:
    """Return when the published generation's build began, in seconds since 1970.

    Raises `IndexMissing` if nothing is indexed, `StaleIndex` if the generation is damaged or of another version.
    """
    index = DataFolder(data_dir).index
    return generation.check(index / generation.published(index)).made_at


def published_generation(data_dir: Path) -> str:
    """Return the name of the published generation; cheap enough to call before every search.

    Raises `IndexMissing` if nothing is indexed, `StaleIndex` if the published generation cannot be determined.
    """
    return generation.published(DataFolder(data_dir).index)


def index_stamp(data_dir: Path) -> object:
    """Return a value that changes when a finished generation's files change or another one is published.

    It consists of the names, sizes and modification times of some 50 files; compare it for equality only.
    """
    return generation.stamp(DataFolder(data_dir).index)
