"""Runs the live crawl: asks for one page after another with Scrapy's downloader, politely."""

import asyncio
import time
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy import signals
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import StopDownload
from scrapy.http import Response

from indexer.crawl import frontier as entries
from indexer.crawl.answers import Answers
from indexer.crawl.downloader import failure, is_private_address, scrapy_settings
from indexer.crawl.frontier import Frontier, Target
from indexer.crawl.job import Job, Tally
from indexer.crawl.policy import MAX_FAILURES, MAX_ROBOTS, MAX_TRIES, MAX_WAIT, RETRIED, retry_after
from indexer.crawl.robots import Robots
from indexer.errors import FetchError, YearbookError
from indexer.files.forgotten import LEFT_OUT
from indexer.urls import Spellings, volume_of

_START = "start"
"""Key in a request's meta for the number of bytes still wanted of the answer."""


def run_crawl(job: Job) -> Tally:
    """Crawl until nothing is left to ask for, or the site does not answer; return the tally.

    It can be called only once per process.  An error of the page store ends the crawl; it is raised unless something
    was stored before.
    """
    tally = Tally()
    process = CrawlerProcess(scrapy_settings(job.manners))
    process.crawl(YearbookSpider, job=job, tally=tally)
    process.start()
    if tally.fault:
        if not isinstance(tally.fault, YearbookError) or tally.did_nothing:
            raise tally.fault
        tally.stopped = str(tally.fault)
    return tally


class YearbookSpider(scrapy.Spider):
    """Takes URLs from the frontier one by one; all state is in the ledger's file."""

    name = "yearbook"

    def __init__(self, job: Job, tally: Tally) -> None:
        """Set the job, and the tally to keep."""
        super().__init__()
        self._job = job
        self._tally = tally
        self._frontier = Frontier(job.writer.ledger)
        self._answers = Answers(job, tally, self._frontier)
        self._robots = Robots(partial(self._download, headers={}, start=MAX_ROBOTS), job.manners)
        self._ready: dict[str, float] = {}
        self._failures = 0

    async def start(self) -> Any:
        """Do the whole crawl; nothing is yielded to Scrapy's own scheduler."""
        self.crawler.signals.connect(self._received, signal=signals.bytes_received)
        try:
            await self._crawl()
        except FetchError as error:
            self._tally.stopped = str(error)
        except Exception as error:  # Scrapy would take it for the end of the crawl
            self._tally.fault = error
        return
        yield  # makes this an async generator, as Scrapy requires

    async def _crawl(self) -> None:
        urls = Spellings(self._job.known)
        seeds = [(urls.page(seed), volume.id) for volume in self._job.volumes for seed in volume.seeds]
        self._frontier.begin(seeds, refresh=self._job.refresh)
        wanted = [volume.id for volume in self._job.volumes]
        while not self._tally.stopped and (target := self._frontier.next(wanted)):
            try:
                await self._visit(target)
            except YearbookError:  # the store or a robots.txt failed, which does not concern this URL alone
                raise
            except Exception as error:
                self._answers.leave(entries.failed(target.url, failure(error, target.url)))
            self._job.report(self._tally, self._frontier.counts(wanted))

    async def _visit(self, target: Target) -> None:
        if target.url in self._job.forgotten:
            self._answers.leave(entries.refused(target.url, LEFT_OUT))
            return
        if volume_of(target.url, self._job.known) is None and not target.is_shown:
            self._answers.leave(entries.refused(target.url, "outside the scope of its volume"))
            return
        if self._answers.take_stored(target):
            return
        if not self._job.manners.allow_private and is_private_address(target.url):
            self._answers.leave(entries.refused(target.url, "its host is a private address"))
            return
        if not await self._robots.allow(target.url):
            self._answers.leave(entries.refused(target.url, "robots.txt forbids it"))
            return
        try:
            response = await self._download(target.url, self._conditions(target))
        except Exception as error:
            self._failed(target, failure(error, target.url), wait=0.0)
            return
        await self._answered(target, response)

    def _conditions(self, target: Target) -> dict[str, str]:
        if not target.etag and not target.modified:
            return {}
        conditions = {"If-None-Match": target.etag, "If-Modified-Since": target.modified}
        return {name: value for name, value in conditions.items() if value}

    async def _answered(self, target: Target, response: Response) -> None:
        if response.status in RETRIED:
            said = (response.headers.get(b"Retry-After") or b"").decode("latin-1")
            wait = retry_after(said, datetime.now(UTC))
            if wait > MAX_WAIT:
                self._tally.stopped = f"{target.url} asks to wait {wait:.0f} s; run `nianjian crawl` again after that"
            self._failed(target, entries.answered(response.status), wait)
        else:
            self._failures = 0
            self._answers.take(target, response)

    def _failed(self, target: Target, reason: str, wait: float) -> None:
        again = target.tries + 1 < MAX_TRIES
        self._failures += 1
        if self._failures >= MAX_FAILURES and not self._tally.stopped:
            self._tally.stopped = f"{self._failures} failures one after another, the last: {target.url}: {reason}"
        # Give a failing server time before asking it for anything more.
        pause = max(wait, self._job.manners.delay * 2**target.tries)
        self._ready[urlsplit(target.url).netloc] = time.monotonic() + pause
        self._frontier.apply([entries.failed(target.url, reason, again=again)])
        self._tally.bad += not again

    async def _download(self, url: str, headers: dict[str, str], start: int = 0) -> Response:
        """Ask for a URL; with `start`, for at most that many bytes of it."""
        host = urlsplit(url).netloc
        wait = self._ready.get(host, 0.0) - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        self._tally.asked += 1
        assert self.crawler.engine is not None
        meta = {"download_maxsize": 0, _START: start} if start else {}
        request = scrapy.Request(url, headers=headers, dont_filter=True, meta=meta)
        try:
            return await self.crawler.engine.download_async(request)
        finally:
            self._ready[host] = max(self._ready.get(host, 0.0), time.monotonic() + self._delay(url))

    def _received(self, data: bytes, request: scrapy.Request) -> None:
        """Stop a download once the wanted bytes have arrived."""
        if _START in request.meta:
            request.meta[_START] -= len(data)
            if request.meta[_START] <= 0:
                raise StopDownload(fail=False)

    def _delay(self, url: str) -> float:
        """Return the seconds to wait between two requests to a host: our own delay, or a longer one from robots.txt."""
        return max(self._job.manners.delay, min(self._robots.delay(url), MAX_WAIT))
