"""Brings pages from folders, files and archives into the page store; it does not use the network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from indexer.config import DataFolder
from indexer.errors import ConfigError, FetchError, StoreError
from indexer.files.forgotten import LEFT_OUT, forgotten
from indexer.imports.findings import NO_URL, Aside, Original, Repeated
from indexer.imports.references import references
from indexer.imports.savedfiles import readable_name
from indexer.imports.settings import Reading
from indexer.imports.sources import Source, find_sources, read_source
from indexer.manifest import Manifest
from indexer.model import Page, Skipped
from indexer.progress import Progress, silent
from indexer.store.ledger import Loss
from indexer.store.pagestore import PageStore
from indexer.store.writing import PageWriter
from indexer.urls import Spellings, volume_of
from indexer.warc.digests import holds, same_notation
from indexer.warc.records import Capture, Fetched, Referred

_BATCH = 32
"""Pages synced to disk together; syncing each one alone takes four fifths of an import's time."""
_UNSEEN = "a picture or style sheet that no page in scope refers to"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    pages: int
    """Number of pages found in the sources."""
    added: int
    """How many of these were not stored before."""
    skipped: tuple[Skipped, ...]
    shown: int = 0
    """Number of pictures and style sheets that are now stored."""
    lost: tuple[Loss, ...] = ()
    """What turned out to be unreadable in the store."""

    @property
    def has_losses(self) -> bool:
        """Whether something is missing that should be stored."""
        return bool(self.lost) or any(each.lost for each in self.skipped)


def page_store(data: DataFolder, manifest: Manifest | None = None) -> PageStore:
    """Return the page store of a data folder; with a manifest, its spellings of one host count as the same."""
    return PageStore(data.warc, data.ledger, Spellings(manifest.volumes if manifest else ()))


def check_base_url(base_url: str | None) -> None:
    """Raise `ConfigError` if a folder's URL is given and is not an http or https URL."""
    if base_url is not None and not (base_url.startswith(("http://", "https://")) and urlsplit(base_url).hostname):
        raise ConfigError("base-url-odd", url=base_url)


def import_paths(
    data: DataFolder, paths: Sequence[Path], manifest: Manifest, base_url: str | None, progress: Progress = silent
) -> ImportResult:
    """Import pages from folders, files and archives into the page store, except those stored already.

    Pictures and style sheets are stored if a page in scope refers to them.

    Raises `FetchError` if the paths hold no page, or if no page's URL can be determined, and `ConfigError` for a bad
    `base_url`.
    """
    check_base_url(base_url)
    sources = find_sources(paths)
    left_out = forgotten(data.forgotten)
    store = page_store(data, manifest)
    with store.writing(batch=_BATCH) as writer:
        work = _Import(store, writer, manifest, left_out, progress)
        for source in sources:
            work.read(source, Reading(readable_name(source.path.name), base_url, manifest.volumes))
        work.resolve()
        work.read_shown(sources, base_url)
        work.skipped += [Skipped(name, _UNSEEN) for names in work.aside.values() for name in names]
        lost = writer.lost
    if not work.pages:
        raise _nothing_found(paths, work.skipped)
    return ImportResult(work.pages, work.added, tuple(work.skipped), work.shown, lost)


@dataclass(slots=True)
class _Import:
    """One import in progress."""

    store: PageStore
    writer: PageWriter
    manifest: Manifest
    forgotten: frozenset[str]
    progress: Progress
    pages: int = 0
    added: int = 0
    shown: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)
    originals: dict[str, tuple[str, str]] = field(default_factory=dict)
    """URL and time of a page, by its record id and its payload digest."""
    referred: set[str] = field(default_factory=set)
    """URLs of what pages in scope show."""
    aside: dict[str, list[str]] = field(default_factory=dict)
    """Names in the sources, by URL of the picture or style sheet."""

    def read(self, source: Source, reading: Reading) -> None:
        """Store a source's pages; set aside what is not a page, and keep revisit records for `resolve`."""
        for found in read_source(source, reading):
            match found:
                case Skipped():
                    self.skipped.append(found)
                case Repeated():
                    self.repeated.append(found)
                case Aside(url, name):
                    self.aside.setdefault(self.store.spellings.key(url), []).append(name)
                case Original(fetched, names):
                    for name in names:
                        self.originals[name] = fetched.page.url, fetched.page.fetched_at.isoformat()
                    self.add(fetched)
                case Fetched():
                    self.add(found)

    def add(self, fetched: Fetched) -> None:
        """Store a page unless it is forgotten."""
        url = self.store.spellings.key(fetched.page.url)
        if url in self.forgotten:
            self.skipped.append(Skipped(fetched.page.url, LEFT_OUT))
            return
        self.pages += 1
        self.added += self.writer.add(fetched)
        self.progress("import", self.pages, 0)
        if volume_of(url, self.manifest.volumes):
            self.referred.update(references(fetched.page))

    def resolve(self) -> None:
        """Store what revisit records stand for; run it last, since the originals may be in any source."""
        for each in self.repeated:
            resolved = self._resolved(each)
            if isinstance(resolved, Skipped):
                self.skipped.append(resolved)
            elif resolved:
                self.add(resolved)

    def read_shown(self, sources: Sequence[Source], base_url: str | None) -> None:
        """Read the sources again for the pictures and style sheets that stored pages show."""
        spellings = self.store.spellings
        wanted = frozenset(url for url in map(spellings.key, self.referred) if url in self.aside)
        spelt = frozenset(spelling for url in wanted for spelling in spellings.all(url))
        for source in sources if wanted else ():
            reading = Reading(readable_name(source.path.name), base_url, self.manifest.volumes, spelt)
            for found in read_source(source, reading):
                if isinstance(found, Fetched) and (url := spellings.key(found.page.url)) in wanted:
                    self.writer.add(found)
                    self.shown += 1
                    self.aside.pop(url, None)

    def _resolved(self, repeated: Repeated) -> Fetched | Skipped | None:
        """Return the page that a revisit record stands for, why there is none, or None if it is not a page."""
        page, of = repeated.fetched.page, repeated.of
        if not (same := self._meant(of)):
            when = f" of {of.time:%Y-%m-%d %H:%M:%S}" if of.time else ""
            what = f"revisit record of a capture{when} that is not held; import the file that has {of.url} too"
            return Skipped(page.url, what, lost=True)
        if not same.is_page:
            return None
        try:
            stored = self.store.read(same)
        except StoreError as error:
            return Skipped(page.url, str(error), lost=True)
        known = self.originals.get(same_notation(of.digest))
        if not (known and known[0] == same.url) and not holds(of.digest, (stored.body,)):
            return Skipped(page.url, f"revisit record of {of.url}, whose bytes are others than it says", lost=True)
        kind = stored.capture.content_type
        whole = Page(page.url, page.fetched_at, 200, kind, stored.body)
        return Fetched(whole, repeated.fetched.source, stored.headers or None)

    def _meant(self, of: Referred) -> Capture | None:
        """Find the original capture by record id, by URL and time, by digest or by URL alone, as the record allows."""
        for name in (of.record_id, same_notation(of.digest)):
            if name in self.originals:
                url, at = self.originals[name]
                for capture in self._captures(url):
                    if capture.fetched_at.isoformat() == at:
                        return capture
        captures = self._captures(of.url)
        if of.time is not None:
            wanted = of.time
            captures = [each for each in captures if abs(each.fetched_at - wanted) < timedelta(seconds=1)]
        return captures[-1] if captures else None

    def _captures(self, url: str) -> list[Capture]:
        return [each for each in self.writer.captures(url) if each.kind != "revisit"]


def _nothing_found(paths: Sequence[Path], skipped: Sequence[Skipped]) -> FetchError:
    """Return the error that says why no page came in."""
    path = readable_name(str(paths[0]))
    first = next((each for each in skipped if each.lost), skipped[0] if skipped else None)
    if first is None:
        return FetchError("import-empty", path=path)
    if all(each.why == NO_URL for each in skipped):
        return FetchError("import-urls-unknown", path=path, count=len(skipped))
    return FetchError("import-without-page", path=path, count=len(skipped), name=first.name, reason=first.why)
