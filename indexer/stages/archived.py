"""Brings pages from a web archive into the page store; parses none."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.config import DataFolder
from indexer.crawl.cdx import ArchiveCapture, Get, LeftOut, Wish, choose, list_captures
from indexer.crawl.policy import MAX_FAILURES, Manners
from indexer.crawl.webarchive import address_of, fetch_best, polite_getter
from indexer.errors import FetchError
from indexer.files.forgotten import LEFT_OUT, forgotten
from indexer.imports.findings import Skipped
from indexer.manifest import Manifest
from indexer.progress import Progress, silent
from indexer.stages.importing import ImportResult, page_store
from indexer.store.writing import PageWriter
from indexer.urls import Spellings


def import_web_archive(
    data: DataFolder, manifest: Manifest, wish: Wish, manners: Manners, progress: Progress = silent
) -> ImportResult:
    """Bring the best capture of every page below a URL prefix from a web archive; what is held is not fetched again.

    Whatever the archive lists and is not stored is left out for a reason.
    Raises `FetchError` when the archive does not answer, or has no such page.
    """
    wish = replace(wish, spellings=Spellings(manifest.volumes))
    get = polite_getter(manners.user_agent, manners.delay)
    pages, passed = choose(list_captures(wish, get), wish)
    if not pages:
        raise FetchError(_nothing_listed(wish, passed))
    missed: list[LeftOut] = []
    with page_store(data, manifest).writing() as writer:
        work = _Fetching(wish, get, writer, forgotten(data.forgotten))
        for done, captures in enumerate(pages, start=1):
            if reason := work.take(captures):
                missed.append(reason)
            progress("import", done, len(pages))
        lost = writer.lost
    skipped = tuple(Skipped(each.name, each.why, each.lost) for each in (*missed, *passed))
    return ImportResult(len(pages) - len(missed), work.added, skipped, lost=lost)


@dataclass(slots=True)
class _Fetching:
    """One import from a web archive at work."""

    wish: Wish
    get: Get
    writer: PageWriter
    forgotten: frozenset[str]
    added: int = 0
    failures: int = 0
    """Times the archive did not answer, one after another."""

    def take(self, captures: Sequence[ArchiveCapture]) -> LeftOut | None:
        """Store the best of a page's captures; give why, where none is."""
        url = self.wish.spellings.key(captures[0].url)
        if url in self.forgotten:
            return LeftOut(url, LEFT_OUT)
        sources = {f"web archive {address_of(capture, self.wish)}" for capture in captures}
        if any(held.source in sources for held in self.writer.captures(url)):
            return None
        if self.failures >= MAX_FAILURES:
            return LeftOut(url, "not asked for: the archive does not answer; run the same command again", lost=True)
        try:
            found = fetch_best(captures, self.wish, self.get)
        except FetchError as error:
            self.failures += 1
            return LeftOut(url, str(error), lost=True)
        self.failures = 0
        if isinstance(found, LeftOut):
            return found
        self.added += self.writer.add(found)
        return None


def _nothing_listed(wish: Wish, passed: Sequence[LeftOut]) -> str:
    """Say why an archive's list has no page, with the most frequent reasons."""
    reasons = Counter(each.why for each in passed).most_common(3)
    counted = "; ".join(f"{count} rows: {why}" for why, count in reasons) or "it lists nothing"
    return f"{wish.cdx} has no HTML page with status 200 below {wish.prefix} ({counted}); check the prefix and --until"
