"""The live crawl: asks for one page after another with Scrapy's downloader, politely; knows no mark-up."""

import asyncio
import time
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

from indexer.crawl import frontier as entries
from indexer.crawl.downloader import failure, is_private_address, scrapy_settings
from indexer.crawl.frontier import Frontier, Statement, Target
from indexer.crawl.job import Examined, Job, Tally
from indexer.crawl.policy import (
    MAX_FAILURES,
    MAX_RESPONSE,
    MAX_ROBOTS,
    MAX_TRIES,
    MAX_WAIT,
    RETRIED,
    location_of,
    retry_after,
)
from indexer.crawl.robots import Robots
from indexer.errors import FetchError, YearbookError
from indexer.files.forgotten import LEFT_OUT
from indexer.model import Page
from indexer.urls import Spellings, volume_of
from indexer.warc.codings import CodingError, decode_content
from indexer.warc.digests import digest_of
from indexer.warc.records import Fetched

_MAX_REDIRECTS = 5


def run_crawl(job: Job) -> Tally:
    """Crawl until nothing is left to ask, or the site does not answer; may be called once a process.

    Raises what the page store raises when it cannot go on.
    """
    tally = Tally()
    process = CrawlerProcess(scrapy_settings(job.manners))
    process.crawl(YearbookSpider, job=job, tally=tally)
    process.start()
    if tally.fault:
        raise tally.fault
    return tally


class YearbookSpider(scrapy.Spider):
    """Takes URLs from the frontier one by one; all state is in the ledger's file."""

    name = "yearbook"

    def __init__(self, job: Job, tally: Tally) -> None:
        """Keep the job."""
        super().__init__()
        self._job = job
        self._tally = tally
        self._frontier = Frontier(job.writer.ledger)
        self._urls = Spellings(job.volumes)
        self._robots = Robots(partial(self._download, headers={}, maxsize=4 * MAX_ROBOTS), job.manners)
        self._ready: dict[str, float] = {}
        self._failures = 0

    async def start(self) -> Any:
        """Do the whole crawl; yields nothing to Scrapy's own scheduler."""
        try:
            await self._crawl()
        except FetchError as error:
            self._tally.stopped = str(error)
        except Exception as error:  # Scrapy would take it for the crawl's end
            self._tally.fault = error
        return
        yield  # an async generator, as Scrapy wants it

    async def _crawl(self) -> None:
        seeds = [(self._urls.page(seed), volume.id) for volume in self._job.volumes for seed in volume.seeds]
        self._frontier.begin(seeds, refresh=self._job.refresh)
        wanted = [volume.id for volume in self._job.volumes]
        while not self._tally.stopped and (target := self._frontier.next(wanted)):
            try:
                await self._visit(target)
            except YearbookError:  # the store's, or a robots.txt that cannot be read: no matter of this URL
                raise
            except Exception as error:
                self._bad(entries.failed(target.url, failure(error, target.url), again=False))
            self._job.report(self._tally, self._frontier.counts(wanted))

    async def _visit(self, target: Target) -> None:
        if target.url in self._job.forgotten:
            self._bad(entries.refused(target.url, LEFT_OUT))
            return
        if volume_of(target.url, self._job.volumes) is None and not target.is_shown:
            self._bad(entries.refused(target.url, "outside the scope of its volume"))
            return
        if self._recovered(target):
            return
        if not self._job.manners.allow_private and is_private_address(target.url):
            self._bad(entries.refused(target.url, "its host is a private address"))
            return
        if not await self._robots.allow(target.url):
            self._bad(entries.refused(target.url, "robots.txt forbids it"))
            return
        try:
            response = await self._download(target.url, self._conditions(target))
        except Exception as error:
            self._failed(target, failure(error, target.url), wait=0.0)
            return
        await self._answered(target, response)

    def _recovered(self, target: Target) -> bool:
        """Take a page that was stored, but whose links were not entered when the process was killed."""
        page = self._job.read_stored(target.url)
        if (
            page is None
            or page.fetched_at.isoformat(timespec="seconds") <= target.seen_at
            or self._came_otherwise(page)
        ):
            return False
        examined = self._examined(page)
        state = entries.failed(target.url, examined.fault, again=False) if examined.fault else entries.done(target.url)
        self._frontier.apply([*self._links(examined, target), state])
        return True

    def _examined(self, page: Page) -> Examined:
        """See what a page is; whatever goes wrong in that, its bytes are worth keeping."""
        try:
            return self._job.examine(page)
        except Exception as error:
            return Examined((), fault=f"the parser failed: {failure(error, page.url)}")

    def _came_otherwise(self, page: Page) -> bool:
        """Say whether the latest capture was imported: the live page is still to be asked."""
        captures = self._job.writer.captures(page.url)
        return captures[-1].source != "crawl"

    def _conditions(self, target: Target) -> dict[str, str]:
        if not target.etag and not target.modified:
            return {}
        conditions = {"If-None-Match": target.etag, "If-Modified-Since": target.modified}
        return {name: value for name, value in conditions.items() if value}

    async def _answered(self, target: Target, response: Response) -> None:
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        if response.status == 304:
            self._unchanged(target, response, headers)
        elif 300 <= response.status < 400:
            self._redirected(target, self._urls.page(location_of(response.headers.getlist(b"Location")), target.url))
        elif response.status in RETRIED:
            wait = retry_after(headers.get("retry-after", ""), datetime.now(UTC))
            if wait > MAX_WAIT:
                self._tally.stopped = f"{target.url} asks to wait {wait:.0f} s; run `nianjian crawl` again after that"
            self._failed(target, f"status {response.status}", wait)
        elif response.status != 200:
            self._failures = 0
            self._bad(entries.failed(target.url, f"status {response.status}", again=False))
        else:
            self._page(target, response, headers)

    def _page(self, target: Target, response: Response, headers: dict[str, str]) -> None:
        self._failures = 0
        try:
            body = decode_content(response.body, headers.get("content-encoding", ""))
        except CodingError as error:
            self._bad(entries.failed(target.url, str(error), again=False))
            return
        at = datetime.now(UTC).replace(microsecond=0)
        page = Page(target.url, at, 200, headers.get("content-type", ""), body)
        examined = Examined(()) if target.is_shown else self._examined(page)
        if examined.moved_to:
            self._redirected(target, examined.moved_to)
        elif examined.refusal:
            self._bad(entries.failed(target.url, examined.refusal, again=False), *self._links(examined, target))
        else:
            self._store(target, _fetched(page, response), examined, headers)

    def _store(self, target: Target, fetched: Fetched, examined: Examined, headers: dict[str, str]) -> None:
        body = fetched.page.body
        if examined.fault:
            self._tally.bad += 1
            state = entries.failed(target.url, f"{examined.fault}; its bytes are stored", again=False)
        else:
            state = entries.done(target.url, headers.get("etag", ""), headers.get("last-modified", ""))
        also = [*self._links(examined, target), state]
        same = [c for c in self._job.writer.captures(target.url) if c.digest == digest_of(body)]
        if same:
            self._job.writer.add_revisit(fetched, same[-1], also)
            self._tally.unchanged += 1
        else:
            self._job.writer.add(fetched, also)
            self._tally.stored += 1
        self._tally.bytes += len(body)

    def _unchanged(self, target: Target, response: Response, headers: dict[str, str]) -> None:
        captures = self._job.writer.captures(target.url)
        if not captures:
            self._failed(target, "status 304 for a page that is not held", wait=0.0)
            return
        self._failures = 0
        page = Page(target.url, datetime.now(UTC).replace(microsecond=0), 304, headers.get("content-type", ""), b"")
        etag, modified = headers.get("etag", target.etag), headers.get("last-modified", target.modified)
        self._job.writer.add_revisit(_fetched(page, response), captures[-1], [entries.done(target.url, etag, modified)])
        self._tally.unchanged += 1

    def _redirected(self, target: Target, location: str) -> None:
        self._failures = 0
        volume = volume_of(location, self._job.volumes) if location else None
        if volume is None:
            shown = location or "nowhere"
            self._bad(entries.refused(target.url, f"redirects to {shown}, outside the scope"))
        elif (steps := self._redirects_before(target.url)) >= _MAX_REDIRECTS:
            self._bad(entries.refused(target.url, "redirects without end"))
        else:
            self._bad(
                entries.refused(target.url, f"redirects to {location}"),
                *entries.found([(location, volume.id)], f"redirect {steps + 1} {target.url}"),
            )

    def _redirects_before(self, url: str) -> int:
        """Give how many redirects led to a URL."""
        with self._job.writer.ledger.transaction() as db:
            row = db.execute("SELECT found_on FROM frontier WHERE url = ?", (url,)).fetchone()
        on = row[0] if row else ""
        return int(on.split()[1]) if on.startswith("redirect ") else 0

    def _links(self, examined: Examined, target: Target) -> list[Statement]:
        found = []
        for link in dict.fromkeys(self._urls.page(link, target.url) for link in examined.links):
            volume = volume_of(link, self._job.volumes) if link else None
            if volume:
                found.append((link, volume.id))
        shown = [(url, target.volume) for url in examined.shown]
        return entries.found(found, target.url) + entries.found(shown, entries.SHOWN + target.url)

    def _failed(self, target: Target, reason: str, wait: float) -> None:
        again = target.tries + 1 < MAX_TRIES
        self._failures += 1
        if self._failures >= MAX_FAILURES and not self._tally.stopped:
            self._tally.stopped = f"{self._failures} failures one after another, the last: {target.url}: {reason}"
        # A server that fails is given time before anything more is asked of it.
        pause = max(wait, self._job.manners.delay * 2**target.tries)
        self._ready[urlsplit(target.url).netloc] = time.monotonic() + pause
        self._frontier.apply([entries.failed(target.url, reason, again=again)])
        self._tally.bad += not again

    def _bad(self, *statements: Statement) -> None:
        self._tally.bad += 1
        self._frontier.apply(statements)

    async def _download(self, url: str, headers: dict[str, str], maxsize: int = MAX_RESPONSE) -> Response:
        host = urlsplit(url).netloc
        wait = self._ready.get(host, 0.0) - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        self._tally.asked += 1
        assert self.crawler.engine is not None
        request = scrapy.Request(url, headers=headers, dont_filter=True, meta={"download_maxsize": maxsize})
        try:
            return await self.crawler.engine.download_async(request)
        finally:
            self._ready[host] = max(self._ready.get(host, 0.0), time.monotonic() + self._delay(url))

    def _delay(self, url: str) -> float:
        """Give the seconds to wait between two requests to a host: our own, or longer if robots.txt asks it."""
        return max(self._job.manners.delay, min(self._robots.delay(url), MAX_WAIT))


def _fetched(page: Page, response: Response) -> Fetched:
    received = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, vs in response.headers.items() for v in vs)
    assert response.request is not None
    sent = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, vs in response.request.headers.items() for v in vs)
    host = (("Host", urlsplit(page.url).netloc),)
    return Fetched(page, "crawl", received, "OK" if page.status == 200 else "Not Modified", host + sent)
