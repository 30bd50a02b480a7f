"""Brings pages into the page store: import, live crawl, web archive; parses none but to find links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from indexer.config import DataFolder
from indexer.crawl.frontier import Frontier
from indexer.crawl.job import Examined, Job, Report, Tally
from indexer.crawl.policy import MIN_DELAY, Manners
from indexer.crawl.webarchive import Wish, best_captures, fetch_capture, list_captures, polite_getter
from indexer.errors import ConfigError, FetchError
from indexer.imports.sources import NO_URL, Repeated, Skipped, find_sources, read_source
from indexer.manifest import Manifest, Site
from indexer.model import Page, Volume
from indexer.parse.pages import frame_page
from indexer.progress import Progress, silent
from indexer.store.pagestore import PageStore, PageWriter
from indexer.store.records import Fetched


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    pages: int
    """Pages found in the sources."""
    added: int
    """Of these, how many were not stored before."""
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """What a crawl did."""

    tally: Tally
    counts: dict[str, int]
    """URLs of the frontier by state."""
    problems: tuple[tuple[str, str, str, str], ...]
    """Volume, URL, state and reason of every URL that is not stored."""


def page_store(data: DataFolder) -> PageStore:
    """Give the page store of a data folder."""
    return PageStore(data.warc, data.ledger)


def import_paths(
    data: DataFolder, paths: Sequence[Path], manifest: Manifest, base_url: str | None, progress: Progress = silent
) -> ImportResult:
    """Bring pages from folders, files and archives into the page store; what is stored already is not stored again.

    Raises `FetchError` when a path holds no page, or no page's URL can be told.
    """
    if base_url is not None and not (base_url.startswith(("http://", "https://")) and urlsplit(base_url).hostname):
        raise ConfigError(f"--base-url {base_url!r} is no address; give one such as http://host/folder/")
    sources = find_sources(paths)
    pages = added = 0
    skipped: list[Skipped] = []
    repeated: list[Repeated] = []
    pages_of = page_store(data)
    with pages_of.writing() as store:
        for source in sources:
            for found in read_source(source, base_url, manifest.volumes):
                match found:
                    case Skipped():
                        skipped.append(found)
                    case Repeated():
                        repeated.append(found)
                    case Fetched():
                        pages += 1
                        added += store.add(found)
                        progress("import", pages, 0)
        # Last: the capture that a revisit record means may lie in any of the sources, or have come before.
        for each in repeated:
            resolved = _resolve(each, pages_of, store)
            if isinstance(resolved, Skipped):
                skipped.append(resolved)
            else:
                pages += 1
                added += store.add(resolved)
    if not pages:
        raise FetchError(_nothing_found(paths, skipped))
    return ImportResult(pages, added, tuple(skipped))


def import_web_archive(
    data: DataFolder, wish: Wish, contact: str, delay: float, progress: Progress = silent
) -> ImportResult:
    """Bring the best capture of every page below a URL prefix from a web archive; what is held is not fetched again.

    Raises `FetchError` when the archive does not answer, or has no such page.
    """
    get = polite_getter(Manners(contact).user_agent, delay)
    best = best_captures(list_captures(wish, get), wish)
    if not best:
        raise FetchError(
            f"{wish.cdx} has no HTML page with status 200 below {wish.prefix}; check the prefix and --until"
        )
    added = 0
    skipped: list[Skipped] = []
    with page_store(data).writing() as store:
        for done, capture in enumerate(best, start=1):
            source = f"web archive {wish.replay}{capture.timestamp}id_/{capture.url}"
            if all(held.source != source for held in store.ledger.captures(capture.url)):
                try:
                    added += store.add(fetch_capture(capture, wish, get))
                except FetchError as error:
                    skipped.append(Skipped(capture.url, str(error)))
            progress("import", done, len(best))
    return ImportResult(len(best) - len(skipped), added, tuple(skipped))


def _resolve(repeated: Repeated, store: PageStore, writer: PageWriter) -> Fetched | Skipped:
    """Give the page that a revisit record stands for, with the bytes of the capture it means."""
    captures = [capture for capture in writer.ledger.captures(repeated.of_url) if capture.kind != "revisit"]
    wanted = repeated.of_time
    same = [each for each in captures if wanted is None or abs(each.fetched_at - wanted) < timedelta(seconds=1)]
    if not same:
        when = f" of {repeated.of_time:%Y-%m-%d %H:%M:%S}" if repeated.of_time else ""
        what = f"revisit record of a capture{when} that is not held; import the file that has {repeated.of_url} too"
        return Skipped(repeated.url, what)
    stored = store.read(same[-1])
    kind = stored.capture.content_type
    page = Page(repeated.url, repeated.fetched_at, 200, kind, stored.body)
    return Fetched(page, repeated.source, stored.headers or None)


def _nothing_found(paths: Sequence[Path], skipped: Sequence[Skipped]) -> str:
    first = skipped[0] if skipped else None
    if first is None:
        return f"{paths[0]} holds no page; nothing is stored"
    if all(each.why == NO_URL for each in skipped):
        return (
            f"cannot tell the URLs of the {len(skipped)} files under {paths[0]}: no folder is named like a host and no "
            "known volume's path fits; give --base-url"
        )
    return f"{paths[0]} gave no page; {len(skipped)} skipped, the first: {first.name}: {first.why}"


def crawl_site(
    data: DataFolder, manifest: Manifest, volume_ids: Sequence[str], contact: str, report: Report, *, refresh: bool
) -> CrawlResult:
    """Crawl the live pages of volumes of one site into the page store; a crawl that was cut off goes on.

    Raises `ConfigError` for volumes that are unknown, of several sites, or of a site that is not live.
    """
    from indexer.crawl.spider import run_crawl

    site, volumes = _site_to_crawl(manifest, volume_ids)
    who = contact or site.contact
    if not who:
        raise ConfigError(
            f"nobody answers for a crawl of {site.title}: give --contact MAIL-OR-URL, or contact in the manifest"
        )
    delay = site.delay if site.allow_private else max(site.delay, MIN_DELAY)
    store = page_store(data)
    with store.writing() as writer:

        def read_stored(url: str) -> Page | None:
            captures = writer.ledger.captures(url)
            return store.page(writer.ledger, captures[-1]) if captures else None

        manners = Manners(who, delay, site.allow_private, site.timeout)
        tally = run_crawl(
            Job(volumes, manners, writer, partial(_examine, volumes=volumes), read_stored, refresh, report)
        )
        frontier = Frontier(writer.ledger)
        return CrawlResult(tally, frontier.counts(), tuple(frontier.problems()))


def _examine(page: Page, volumes: Sequence[Volume]) -> Examined:
    framed = frame_page(page, volumes)
    refusal = "" if framed.frame else framed.problems[-1].what
    return Examined(tuple(url for _, url in framed.links), refusal)


def _site_to_crawl(manifest: Manifest, volume_ids: Sequence[str]) -> tuple[Site, tuple[Volume, ...]]:
    known = {volume.id: (site, volume) for site in manifest.sites for volume in site.volumes}
    if unknown := [name for name in volume_ids if name not in known]:
        raise ConfigError(f"no volume {unknown[0]!r} in the manifest; it has {', '.join(known)}")
    live = [site for site in manifest.sites if site.live]
    wanted = [known[name] for name in volume_ids] or [(site, volume) for site in live for volume in site.volumes]
    sites = list({site.id: site for site, _ in wanted}.values())
    if len(sites) != 1:
        raise ConfigError("the manifest has several sites: name the volumes of one, and crawl the others after it")
    if not sites[0].live:
        raise ConfigError(f"{sites[0].title} is not on the web (live = false in the manifest); its pages are imported")
    return sites[0], tuple(volume for _, volume in wanted)
