"""Brings pages of a live site into the page store, following their links."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from indexer.config import DataFolder
from indexer.crawl.frontier import DONE, FAILED, PENDING, SHOWN, Frontier, Statement, Unstored, failed, found
from indexer.crawl.job import Examined, Job, Report, Tally
from indexer.crawl.policy import MIN_DELAY, Manners
from indexer.errors import ConfigError, FetchError
from indexer.files.forgotten import forgotten
from indexer.imports.references import references
from indexer.manifest import Manifest, Site
from indexer.model import Page, Volume
from indexer.parse.page.pages import frame_page
from indexer.stages.importing import page_store
from indexer.store.held import Held
from indexer.store.ledger import Loss
from indexer.store.pagestore import PageStore
from indexer.urls import Spellings, same_host, volume_of


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """What a crawl did."""

    tally: Tally
    counts: dict[str, int]
    """How many URLs of the crawled volumes are in each state."""
    unstored: tuple[Unstored, ...]
    """Every URL of the volumes that was asked for, or was ruled out, and is not stored."""
    seeds: frozenset[str]
    """URLs that the manifest names as seeds."""
    lost: tuple[Loss, ...] = ()
    """What turned out to be unreadable in the store."""

    @property
    def waiting(self) -> int:
        """How many URLs have still to be asked for."""
        return self.counts.get(PENDING, 0)

    @property
    def unanswered(self) -> int:
        """How many URLs did not answer with a page.

        Pictures, URLs that redirect to another one, and pages that the site says do not exist are left out; but a seed
        of the manifest, or where it redirects, counts even if the site says it does not exist.
        """
        wanted = self.seeds | {each.moved_to for each in self.unstored if each.url in self.seeds}
        missing = [each for each in self.unstored if each.state == FAILED and not (each.moved_to or each.is_shown)]
        return sum(not each.is_gone or each.url in wanted for each in missing)

    @property
    def has_losses(self) -> bool:
        """Whether pages have still to be asked for, did not answer, or can no longer be read."""
        return bool(self.lost or self.waiting or self.unanswered or self.tally.stopped)

    @property
    def nothing(self) -> FetchError | None:
        """Why the crawl did nothing at all; None if it did something, or pages are stored from earlier crawls."""
        if not self.tally.did_nothing:
            return None
        if self.tally.stopped:
            return FetchError("crawl-stopped", cause=self.tally.stopped)
        if self.counts.get(DONE) or not self.unstored:
            return None
        first = next((each for each in self.unstored if each.url in self.seeds), self.unstored[0])
        return FetchError("crawl-found-nothing", url=first.url, reason=first.reason)


def crawl_site(
    data: DataFolder,
    manifest: Manifest,
    volume_ids: Sequence[str],
    contact: str,
    report: Report,
    *,
    refresh: bool,
    images: bool = False,
) -> CrawlResult:
    """Crawl the live pages of volumes of one site into the page store; an interrupted crawl is continued.

    Pages lost from the store are asked for again.  With `images`, pictures and style sheets are fetched too.

    Raises `ConfigError` for volumes that are unknown, of several sites, or of a site that is not live, and if nobody's
    contact address is given.
    """
    from indexer.crawl.spider import run_crawl

    site, volumes = _site_to_crawl(manifest, volume_ids)
    manners = _manners(site, contact)
    store = page_store(data, manifest)
    with store.writing() as writer:

        def read_stored(url: str) -> Page | None:
            held = store.latest(writer.ledger, url)
            return held.page if isinstance(held, Held) else None

        frontier = Frontier(writer.ledger)
        frontier.ask_again(store.spellings.key(loss.page) for loss in store.lasting(writer.ledger))
        if images:
            frontier.apply(_shown_on_held(store, volumes))
        examine = partial(
            _examine, volumes=site.volumes, shown_of=partial(_shown_on, store.spellings) if images else None
        )
        left_out = forgotten(data.forgotten)
        job = Job(volumes, site.volumes, manners, writer, examine, read_stored, refresh, report, left_out)
        tally = run_crawl(job)
        wanted = [volume.id for volume in volumes]
        seeds = frozenset(store.spellings.page(seed) for volume in volumes for seed in volume.seeds)
        return CrawlResult(tally, frontier.counts(wanted), tuple(frontier.unstored(wanted)), seeds, writer.lost)


def _manners(site: Site, contact: str) -> Manners:
    who = contact or site.contact
    if not who:
        raise ConfigError("crawl-contact-missing", title=site.title)
    delay = site.delay if site.allow_private else max(site.delay, MIN_DELAY)
    return Manners(who, delay, site.allow_private, site.timeout)


def _examine(
    page: Page, volumes: Sequence[Volume], shown_of: Callable[[Page], tuple[str, ...]] | None = None
) -> Examined:
    framed = frame_page(page, volumes)
    fault = framed.fault
    try:
        shown = shown_of(page) if shown_of else ()
    except Exception as error:
        shown, fault = (), fault or _pictures_fault(error)
    return Examined(
        links=tuple(url for _, url in framed.links),
        has_text=framed.frame is not None,
        refusal=framed.refusal,
        fault=fault,
        moved_to=framed.moved_to,
        shown=shown,
    )


def _pictures_fault(error: Exception) -> str:
    return f"which pictures it shows cannot be told ({type(error).__name__}: {error}); report this page to our makers"


def _shown_on_held(store: PageStore, volumes: Sequence[Volume]) -> Iterator[Statement]:
    """Ask for what stored pages show; if that cannot be determined, ask for the page itself again."""
    for held in store.pages():
        volume = volume_of(held.page.url, volumes) if isinstance(held, Held) else None
        if isinstance(held, Held) and volume:
            url = held.page.url
            try:
                yield from found([(each, volume.id) for each in _shown_on(store.spellings, held.page)], SHOWN + url)
            except Exception as error:
                yield from (*found([(url, volume.id)], ""), failed(url, _pictures_fault(error)))


def _shown_on(spellings: Spellings, page: Page) -> tuple[str, ...]:
    """Return what a page shows from its own host, leaving out counters and banners of others."""
    urls = map(spellings.key, references(page))
    return tuple(url for url in urls if same_host(url, page.url))


def _site_to_crawl(manifest: Manifest, volume_ids: Sequence[str]) -> tuple[Site, tuple[Volume, ...]]:
    known = {volume.id: (site, volume) for site in manifest.sites for volume in site.volumes}
    if unknown := [name for name in volume_ids if name not in known]:
        raise ConfigError("crawl-volume-unknown", volume=unknown[0], known=", ".join(known))
    live = [site for site in manifest.sites if site.live]
    wanted = [known[name] for name in volume_ids] or [(site, volume) for site in live for volume in site.volumes]
    sites = list({site.id: site for site, _ in wanted}.values())
    if not sites:
        titles = ", ".join(site.title for site in manifest.sites)
        raise ConfigError("crawl-sites-not-live", titles=titles)
    if len(sites) != 1:
        raise ConfigError("crawl-several-sites")
    if not sites[0].live:
        raise ConfigError("crawl-site-not-live", title=sites[0].title)
    return sites[0], tuple(volume for _, volume in wanted)
