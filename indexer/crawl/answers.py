"""Records what the answer to a URL means, in page store and frontier."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from scrapy.http import Response

from indexer.crawl import frontier as entries
from indexer.crawl.downloader import failure
from indexer.crawl.frontier import Frontier, Statement, Target
from indexer.crawl.job import Examined, Job, Tally
from indexer.crawl.policy import MAX_REDIRECTS, location_of
from indexer.model import Page
from indexer.urls import Spellings, volume_of
from indexer.warc.codings import CodingError, decode_content
from indexer.warc.digests import digest_of
from indexer.warc.records import Fetched

_FOR_GOOD = frozenset({301, 308})


class Answers:
    """Handles the answers of one crawl."""

    def __init__(self, job: Job, tally: Tally, frontier: Frontier) -> None:
        """Set where the answers go."""
        self._job = job
        self._tally = tally
        self._frontier = frontier
        self._urls = Spellings(job.known)

    def take(self, target: Target, response: Response) -> None:
        """Handle an answer that need not be asked for again."""
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        if response.status == 304:
            self._unchanged(target, response, headers)
        elif 300 <= response.status < 400:
            location = self._urls.page(location_of(response.headers.getlist(b"Location")), target.url)
            self._redirected(target, location, for_good=response.status in _FOR_GOOD)
        elif response.status != 200:
            self.leave(entries.failed(target.url, entries.answered(response.status)))
        else:
            self._page(target, response, headers)

    def take_stored(self, target: Target) -> bool:
        """Handle a page that was stored, but whose links were not recorded before the process was killed.

        Returns False if there is no such page.
        """
        page = self._job.read_stored(target.url)
        if page is None or page.fetched_at.isoformat(timespec="seconds") <= target.seen_at:
            return False
        if self._job.writer.captures(page.url)[-1].source != "crawl":  # imported: still ask for the live page
            return False
        examined = self._examined(page)
        state = entries.failed(target.url, examined.fault) if examined.fault else entries.done(target.url)
        self._frontier.apply([*self._links(examined, target), state])
        return True

    def leave(self, *statements: Statement) -> None:
        """Record why nothing is stored for a URL."""
        self._tally.bad += 1
        self._frontier.apply(statements)

    def _page(self, target: Target, response: Response, headers: dict[str, str]) -> None:
        try:
            body = decode_content(response.body, headers.get("content-encoding", ""))
        except CodingError as error:
            self.leave(entries.failed(target.url, str(error)))
            return
        at = datetime.now(UTC).replace(microsecond=0)
        page = Page(target.url, at, 200, headers.get("content-type", ""), body)
        examined = Examined((), has_text=True) if target.is_shown else self._examined(page)
        links = self._links(examined, target)
        if examined.moved_to:
            self._redirected(target, examined.moved_to, for_good=False, by_page=True)
            self._frontier.apply(links)
        elif examined.refusal:
            self.leave(entries.failed(target.url, examined.refusal), *links)
        elif not examined.has_text and (why := self._displaced(page, examined)):
            self.leave(entries.failed(target.url, why), *links)
        else:
            self._store(target, _fetched(page, response), examined, links, headers)

    def _displaced(self, page: Page, examined: Examined) -> str:
        """Return why a page without text must not replace the stored one; empty if it may."""
        held = self._job.read_stored(page.url)
        if held is None or held.digest == page.digest or not self._examined(held).has_text:
            return ""
        what = examined.fault or "it has no text any more"
        return f"{what}; the capture that has it, of {held.fetched_at:%Y-%m-%d}, stays"

    def _store(
        self, target: Target, fetched: Fetched, examined: Examined, links: list[Statement], headers: dict[str, str]
    ) -> None:
        body = fetched.page.body
        if examined.fault:
            self._tally.bad += 1
            state = entries.failed(target.url, f"{examined.fault}; its bytes are stored")
        else:
            state = entries.done(target.url, headers.get("etag", ""), headers.get("last-modified", ""))
        same = [c for c in self._job.writer.captures(target.url) if c.digest == digest_of(body)]
        if same:
            self._job.writer.add_revisit(fetched, same[-1], [*links, state])
            self._tally.unchanged += 1
        else:
            self._job.writer.add(fetched, [*links, state])
            self._tally.stored += 1
        self._tally.bytes += len(body)

    def _unchanged(self, target: Target, response: Response, headers: dict[str, str]) -> None:
        captures = self._job.writer.captures(target.url)
        if not captures:
            self.leave(entries.failed(target.url, "status 304 for a page that is not held"))
            return
        page = Page(target.url, datetime.now(UTC).replace(microsecond=0), 304, headers.get("content-type", ""), b"")
        etag, modified = headers.get("etag", target.etag), headers.get("last-modified", target.modified)
        self._job.writer.add_revisit(_fetched(page, response), captures[-1], [entries.done(target.url, etag, modified)])
        self._tally.unchanged += 1

    def _redirected(self, target: Target, location: str, *, for_good: bool, by_page: bool = False) -> None:
        """Record where a URL redirects to.

        The page then counts as the target's, unless the site redirects only for now, or in a circle.
        """
        note: Callable[[str, str], Statement] = entries.refused if for_good or target.is_shown else entries.failed
        volume = volume_of(location, self._job.known) if location else None
        steps = _redirects_before(target.found_on) + 1
        on = f"{_REDIRECT}{steps} {target.url}"
        if volume is None:
            self.leave(note(target.url, f"redirects to {location or 'nowhere'}, outside the scope"))
        elif location == target.url or target.url in self._frontier.leads(location):
            self.leave(entries.failed(target.url, f"redirects in a circle, through {location}"))
        elif steps > MAX_REDIRECTS:
            self.leave(entries.failed(target.url, "redirects without end"))
        elif not for_good and not by_page and self._frontier.found_on(location) not in (None, on):
            # A site that is overloaded, or closed for the night, answers like this: the page may come another time.
            self.leave(entries.failed(target.url, f"redirects for now to {location}, a page that stands for itself"))
        else:
            also = entries.found([(location, volume.id)], on)
            self._frontier.apply([*also, entries.moved(target.url, location, for_good=for_good)])

    def _examined(self, page: Page) -> Examined:
        """Examine a page; if that fails, its bytes are still worth keeping, so the failure is returned as a fault."""
        try:
            return self._job.examine(page)
        except Exception as error:
            return Examined((), fault=f"the parser failed: {failure(error, page.url)}")

    def _links(self, examined: Examined, target: Target) -> list[Statement]:
        """Return statements that record a page's links; its redirect target is recorded separately."""
        found = []
        for link in dict.fromkeys(self._urls.page(link, target.url) for link in examined.links):
            volume = volume_of(link, self._job.known) if link and link != examined.moved_to else None
            if volume:
                found.append((link, volume.id))
        shown = [(url, target.volume) for url in examined.shown]
        return entries.found(found, target.url) + entries.found(shown, entries.SHOWN + target.url)


_REDIRECT = "redirect "
"""How `found_on` begins for the target of a redirect; the number of redirects so far follows."""


def _redirects_before(found_on: str) -> int:
    """Return how many redirects led to a URL."""
    return int(found_on.split()[1]) if found_on.startswith(_REDIRECT) else 0


def _fetched(page: Page, response: Response) -> Fetched:
    received = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, vs in response.headers.items() for v in vs)
    assert response.request is not None
    sent = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, vs in response.request.headers.items() for v in vs)
    host = (("Host", urlsplit(page.url).netloc),)
    return Fetched(page, "crawl", received, "OK" if page.status == 200 else "Not Modified", host + sent)
