"""Brings pages of a live site into the page store; parses none but to find links."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from indexer.config import DataFolder
from indexer.crawl.frontier import FAILED, PENDING, SHOWN, Frontier, Statement, found
from indexer.crawl.job import Examined, Job, Report, Tally
from indexer.crawl.policy import MIN_DELAY, Manners
from indexer.errors import ConfigError
from indexer.files.forgotten import forgotten
from indexer.imports.references import references
from indexer.manifest import Manifest, Site
from indexer.model import Page, Volume
from indexer.parse.pages import frame_page
from indexer.stages.importing import page_store
from indexer.store.ledger import Loss
from indexer.store.pagestore import Held, PageStore
from indexer.urls import Spellings, same_host, volume_of

_GONE = ("status 404", "status 410")
"""Answers that the site has no such page: told, but nothing that could be held is missing."""


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """What a crawl did."""

    tally: Tally
    counts: dict[str, int]
    """URLs of the volumes crawled, by state."""
    problems: tuple[tuple[str, str, str, str], ...]
    """Volume, URL, state and reason of every URL that is not stored."""
    seeds: frozenset[str]
    """URLs that the manifest says are there."""
    lost: tuple[Loss, ...] = ()
    """What of the store turned out to be unreadable."""

    @property
    def waiting(self) -> int:
        """URLs that are still to be asked for."""
        return self.counts.get(PENDING, 0)

    @property
    def unanswered(self) -> int:
        """URLs that did not answer as a page; those that the site says it has not are left out, if they are no seeds."""
        failed = [(url, reason) for _, url, state, reason in self.problems if state == FAILED]
        return sum(reason not in _GONE or url in self.seeds for url, reason in failed)

    @property
    def has_losses(self) -> bool:
        """Whether pages are still to be asked for, did not answer, or can no longer be read."""
        return bool(self.lost or self.waiting or self.unanswered)

    @property
    def did_nothing(self) -> bool:
        """Whether the site did not let anything be done."""
        return bool(self.tally.stopped) and not self.tally.stored + self.tally.unchanged


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
    """Crawl the live pages of volumes of one site into the page store; a crawl that was cut off goes on.

    What was lost of the store is asked for again.  With `images` so is what pages show: pictures, style sheets.
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
    store = page_store(data, manifest)
    with store.writing() as writer:

        def read_stored(url: str) -> Page | None:
            held = store.latest(writer.ledger, url)
            return held.page if isinstance(held, Held) else None

        manners = Manners(who, delay, site.allow_private, site.timeout)
        frontier = Frontier(writer.ledger)
        frontier.ask_again(store.spellings.key(loss.page) for loss in store.lasting(writer.ledger))
        if images:
            frontier.apply(_shown_on_held(store, volumes))
        examine = partial(_examine, volumes=volumes, shown_of=partial(_shown_on, store.spellings) if images else None)
        left_out = forgotten(data.forgotten)
        tally = run_crawl(Job(volumes, manners, writer, examine, read_stored, refresh, report, left_out))
        wanted = [volume.id for volume in volumes]
        seeds = frozenset(store.spellings.page(seed) for volume in volumes for seed in volume.seeds)
        return CrawlResult(tally, frontier.counts(wanted), tuple(frontier.problems(wanted)), seeds, writer.lost)


def _examine(
    page: Page, volumes: Sequence[Volume], shown_of: Callable[[Page], tuple[str, ...]] | None = None
) -> Examined:
    framed = frame_page(page, volumes)
    said = framed.problems[-1].what if framed.problems else ""
    return Examined(
        links=tuple(url for _, url in framed.links),
        refusal="" if framed.frame or framed.is_index or framed.is_fault else said,
        fault=said if framed.is_fault else "",
        moved_to=framed.moved_to,
        shown=shown_of(page) if shown_of else (),
    )


def _shown_on_held(store: PageStore, volumes: Sequence[Volume]) -> Iterator[Statement]:
    """Ask for what pages show that came before this was asked for."""
    for held in store.pages():
        volume = volume_of(held.page.url, volumes) if isinstance(held, Held) else None
        if isinstance(held, Held) and volume:
            shown = [(url, volume.id) for url in _shown_on(store.spellings, held.page)]
            yield from found(shown, SHOWN + held.page.url)


def _shown_on(spellings: Spellings, page: Page) -> tuple[str, ...]:
    """Give what a page shows of its own host: 2006's pages show counters and banners of others, too."""
    urls = map(spellings.key, references(page))
    return tuple(url for url in urls if same_host(url, page.url))


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
