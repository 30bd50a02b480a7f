"""Runs the stages in order and reports their progress."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from indexer.config import DataFolder
from indexer.errors import ConfigError, IndexFailure, IndexUnavailable, ManifestLost, StoreError, near_word
from indexer.files.entrystore import (
    read_entries,
    read_problems,
    read_reports,
    write_entries,
    write_problems,
    write_reports,
)
from indexer.files.forgotten import forgotten, forgotten_of
from indexer.files.ids import read_meanings, write_meanings
from indexer.files.reviewed import read_reviews
from indexer.files.standing import standing
from indexer.files.together import together
from indexer.manifest import Manifest, manifest_of
from indexer.model import Entry, Page, Volume
from indexer.parse.layouts import LAYOUTS
from indexer.progress import Progress, silent
from indexer.search.engine import IndexBuilder
from indexer.search.factory import hidden_pages, open_builder, open_generation, open_stored
from indexer.search.generations import Stored
from indexer.stages.importing import page_store
from indexer.stages.naming import changed_meanings
from indexer.stages.parsing.stream import parse_stream
from indexer.store.held import Held
from indexer.store.ledger import Loss
from indexer.urls import page_key


@dataclass(frozen=True, slots=True)
class ParseResult:
    """What a parse of the whole store produced."""

    pages: int
    entries: int
    problems: int
    reviewed: int = 0
    """How many of the problems people have ticked off."""
    lost: tuple[Loss, ...] = ()
    """Captures that can no longer be read."""
    empty: tuple[str, ...] = ()
    """URLs in a volume's scope that produced no entry."""
    forgotten: tuple[str, ...] = ()
    """URLs left out because they are forgotten."""
    without_pages: tuple[str, ...] = ()
    """Ids of volumes in whose scope no page is held."""
    overlapped: tuple[str, ...] = ()
    """Ids of volumes in whose scope pages are held, all of them of other volumes, whose scopes hold them, too."""
    outside: tuple[int, int] = (0, 0)
    """Pages with entries that are of no volume, and their entries."""

    @property
    def has_losses(self) -> bool:
        """Whether a page that should have entries produced none."""
        return bool(self.lost or self.empty)


class StoredPages:
    """The pages to parse, in order of URL; it also collects what is left out of them."""

    def __init__(self, data: DataFolder, manifest: Manifest) -> None:
        """Open the store without reading any page yet."""
        self._store = page_store(data, manifest)
        self.spellings = self._store.spellings
        self._forgotten = forgotten(data.forgotten)
        self.total = self._store.count()
        self.lost: list[Loss] = []
        self.left_out: list[str] = []

    def __iter__(self) -> Iterator[Page]:
        """Yield one page after another."""
        for held in self._store.pages():
            if isinstance(held, Loss):
                self.lost.append(held)
                continue
            self.lost += held.lost
            if held.page.url in self._forgotten:
                self.left_out.append(held.page.url)
            else:
                yield held.page

    def again(self, url: str) -> Page:
        """Read a page once more; raise `StoreError` if it can no longer be read."""
        with self._store.ledger() as ledger:
            held = self._store.latest(ledger, url)
        if not isinstance(held, Held):
            raise StoreError("page-lost-meanwhile", url=url)
        return held.page

    def note_losses(self) -> None:
        """Record in the ledger what could not be read."""
        self._store.note(self.lost)


def check_layouts(manifest: Manifest) -> Manifest:
    """Return the manifest unchanged; raise `ConfigError` if a volume names an unknown layout."""
    for volume in manifest.volumes:
        if volume.layout not in LAYOUTS:
            raise _no_layout(manifest.source, volume)
    return manifest


def _no_layout(source: str, volume: Volume) -> ConfigError:
    """Return the error that says which layouts there are, and which manifest is meant where it has a name."""
    name, layout, near, known = volume.id, volume.layout, near_word(volume.layout, LAYOUTS), ", ".join(LAYOUTS)
    if source and near:
        return ConfigError("manifest-layout-unknown-nearest", source=source, volume=name, layout=layout, nearest=near)
    if source:
        return ConfigError("manifest-layout-unknown", source=source, volume=name, layout=layout, known=known)
    if near:
        return ConfigError("layout-unknown-nearest", volume=name, layout=layout, nearest=near)
    return ConfigError("layout-unknown", volume=name, layout=layout, known=known)


def parse_store(data: DataFolder, manifest: Manifest, progress: Progress = silent) -> ParseResult:
    """Parse all stored pages into `entries.jsonl` and `problems.jsonl`; the same pages produce the same bytes.

    Pages that are forgotten or can no longer be read are left out and named in the result.

    Raises `StoreError` if the store holds no readable page.
    """
    source = StoredPages(data, manifest)
    reviews = read_reviews(data.reviewed)
    with parse_stream(source, source.again, manifest.volumes, progress, source.total) as parsed:
        if not parsed.pages and not source.left_out:
            if source.lost:
                raise StoreError("store-lost", path=data.warc, count=len(source.lost))
            raise StoreError("store-empty", path=data.warc)
        # Entries first: with reports of another parse, indexing may leave out too much, but never too little.
        with together(data.root):
            count = write_entries(data.entries, parsed.sorted_entries())
            write_problems(data.problems, parsed.problems)
            write_reports(data.pages, parsed.all_reports())
        source.note_losses()
        of_none = tuple(volume for volume in manifest.volumes if volume.id not in parsed.volumes)
        held = {volume.id for each in parsed.all_reports() for volume in of_none if each.url.startswith(volume.scope)}
        reviewed = standing(parsed.problems, reviews, source.spellings.key).reviewed
        return ParseResult(
            pages=parsed.pages,
            entries=count,
            problems=len(parsed.problems),
            reviewed=sum(reviewed.values()),
            lost=tuple(source.lost),
            empty=parsed.empty,
            forgotten=tuple(source.left_out),
            without_pages=tuple(volume.id for volume in of_none if volume.id not in held),
            overlapped=tuple(volume.id for volume in of_none if volume.id in held),
            outside=parsed.outside,
        )


def index_entries(
    data: DataFolder, source: Path | None = None, progress: Progress = silent, memory: int | None = None
) -> int:
    """Build and publish a new generation from an entries file; return the number of entries.

    Entries of forgotten pages are left out.  If the data folder's own entries are indexed, changes in the meaning of
    ids are recorded in `ids.jsonl`; for an entries file from elsewhere they are not.  The folder's own entries that do
    not say their yearbook, as those of an earlier version, get it from the manifest that they were made with.  `memory`
    is how many megabytes the work may take, as `open_builder` says.

    Raises `StoreError` if the file has no entries, or an id twice.
    """
    path = source or data.entries
    known = list(read_meanings(data.ids)) if source is None else []
    before = _published(data) if source is None else None
    with ExitStack() as held:
        # Ids are those of the generation that is published: who copies the archive gets both, or neither.
        lock = (lambda: held.enter_context(together(data.root))) if source is None else None
        done, hidden = _build(data, path, partial(open_builder, data.root, progress, lock, memory), progress)
        if source is None:
            write_meanings(data.ids, changed_meanings(known, before, partial(_shown_entries, path, hidden), hidden))
    return done


def _build(
    data: DataFolder, path: Path, builder_of: Callable[[], IndexBuilder], progress: Progress
) -> tuple[int, frozenset[str]]:
    """Build a generation; return the number of entries, and the pages that were left out.

    The list of forgotten pages is read after the build has begun, so any later decision is also later than the
    generation's own time, which shows that it is not taken into account.
    """
    with builder_of() as builder:
        # A forgotten page that has a report was parsed before it was forgotten.
        is_ours = path == data.entries and data.pages.exists()
        parsed = {page_key(report.url) for report in read_reports(data.pages)} if is_ours else None
        hidden = forgotten_of(data.forgotten, parsed)
        done = 0
        known = yearbooks(data) if path == data.entries else {}
        for entry in _shown_entries(path, hidden):
            try:
                builder.add(as_indexed(entry, known))
            except ValueError as error:
                raise StoreError("entry-id-twice", path=path, id=entry.id) from error
            done += 1
            progress("read", done, 0)
        if not done:
            raise StoreError("entries-none", path=path)
    return done, hidden


def _shown_entries(path: Path, hidden: frozenset[str]) -> Iterator[Entry]:
    """Yield the entries of a file whose page is not forgotten."""
    for entry in read_entries(path):
        if not hidden or page_key(entry.url) not in hidden:
            yield entry


def _published(data: DataFolder) -> Stored | None:
    """Open the previous index, whose texts show what an id meant; return None if none can be read.

    Raises `IndexUnavailable` where a cluster does not answer: meanings that are lost then would be lost for good.
    """
    try:
        return open_stored(data.root, of_any_version=True)
    except IndexUnavailable:
        raise
    except IndexFailure:
        return None


def archive_status(data: DataFolder, manifest: Manifest) -> dict[str, Any]:
    """Return what a data folder holds as plain values: captures, losses, entries by year, problems by code, index.

    Raises `StoreError` for a file that cannot be read.
    """
    store = page_store(data, manifest)
    with store.ledger() as ledger:
        urls = Counter(store.spellings.key(each.page) for each in ledger.captures() if each.is_page)
        lost = store.lasting(ledger)
    entries = Counter(entry.year for entry in read_entries(data.entries)) if data.entries.exists() else Counter[int]()
    problems = read_problems(data.problems) if data.problems.exists() else ()
    found = standing(problems, read_reviews(data.reviewed), store.spellings.key)
    refused: tuple[IndexFailure, ...] = ()
    try:
        opened = open_generation(data.root)
        searcher = opened.shown(hidden_pages(data.root, opened.made_at))
        index, refused = f"{searcher.generation}, {len(searcher)} entries", opened.refused
    except IndexFailure as error:
        index = str(error)
    return {
        "pages": urls.total(),
        "urls": len(urls),
        "lost": [as_plain(each) for each in lost],
        "not_read": [str(path) for path in store.strangers()],
        "forgotten": len(forgotten(data.forgotten)),
        "entries": entries.total(),
        "entries_by_year": {str(year): entries[year] for year in sorted(entries)},
        "problems": found.open,
        "problems_reviewed": found.reviewed,
        "index": index,
        "index_refused": list(map(str, refused)),
    }


def as_plain(loss: Loss) -> dict[str, Any]:
    """Return a loss as values that JSON can hold."""
    at = loss.fetched_at.isoformat() if loss.fetched_at else None
    return {
        "url": loss.url,
        "file": loss.file,
        "start": loss.start,
        "end": loss.end,
        "captured": at,
        "why": loss.why,
    }


def yearbooks(data: DataFolder) -> Mapping[str, str]:
    """Return the yearbook of each volume that an archive was parsed with.

    None where its manifest is lost, since searches go on without it, or if its entries were made elsewhere.
    """
    if data.pages.exists():
        with suppress(ManifestLost):
            return {volume.id: volume.yearbook for volume in manifest_of(data, None).manifest.volumes}
    return {}


def as_indexed(entry: Entry, known: Mapping[str, str]) -> Entry:
    """Return an entry as it is indexed, given `yearbooks`: with its volume's yearbook, if it does not say it."""
    missing = not entry.yearbook and entry.volume in known
    return replace(entry, yearbook=known[entry.volume]) if missing else entry
