"""Brings pages from a web archive into the page store."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.config import DataFolder
from indexer.crawl.asking import Get, polite_getter
from indexer.crawl.cdx import ArchiveCapture, Wish, choose, list_captures
from indexer.crawl.policy import MAX_FAILURES, Manners
from indexer.crawl.webarchive import TAKEN, fetch_best, is_from
from indexer.errors import FetchError
from indexer.files.forgotten import LEFT_OUT, forgotten
from indexer.manifest import Manifest
from indexer.model import Skipped
from indexer.progress import Progress, silent
from indexer.stages.importing import ImportResult, page_store
from indexer.store.writing import PageWriter
from indexer.urls import Spellings


def import_web_archive(
    data: DataFolder, manifest: Manifest, wish: Wish, manners: Manners, progress: Progress = silent
) -> ImportResult:
    """Fetch the best capture of every page below a URL prefix from a web archive, except pages held from it already.

    Whatever the archive lists and is not stored is returned as skipped, with the reason.

    Raises `FetchError` if the archive does not answer, lists no such page, or delivers none.
    """
    wish = replace(wish, spellings=Spellings(manifest.volumes))
    get = polite_getter(manners.user_agent, manners.delay)
    pages, passed = choose(list_captures(wish, get), wish)
    if not pages:
        raise _nothing_listed(wish, passed)
    left_out = list(passed)
    with page_store(data, manifest).writing() as writer:
        work = _Fetching(wish, get, writer, forgotten(data.forgotten))
        for done, captures in enumerate(pages, start=1):
            left_out += work.take(captures)
            progress("import", done, len(pages))
        lost = writer.lost
    if not work.pages:
        raise FetchError("archive-gave-nothing", url=wish.cdx, prefix=wish.prefix, reason=_reasons(left_out))
    return ImportResult(work.pages, work.added, tuple(left_out), lost=lost)


@dataclass(slots=True)
class _Fetching:
    """One import from a web archive in progress."""

    wish: Wish
    get: Get
    writer: PageWriter
    forgotten: frozenset[str]
    pages: int = 0
    """Pages of which a capture is now stored."""
    added: int = 0
    failures: int = 0
    """How many times in a row the archive did not answer."""

    def take(self, captures: Sequence[ArchiveCapture]) -> Iterable[Skipped]:
        """Store the best of one page's captures that the archive delivers; return the others with the reason."""
        url = self.wish.spellings.key(captures[0].url)
        if url in self.forgotten:
            return [Skipped(each.name, LEFT_OUT) for each in captures]
        if any(is_from(held.source, captures, self.wish) for held in self.writer.captures(url)):
            self.pages += 1
            return [Skipped(each.name, TAKEN) for each in captures[1:]]
        if self.failures >= MAX_FAILURES:
            why = "not asked for: the archive does not answer; run the same command again"
            return [Skipped(each.name, why, lost=True) for each in captures]
        tried = fetch_best(captures, self.wish, self.get)
        self.failures = 0 if tried.answered else self.failures + 1
        if tried.page:
            self.pages += 1
            self.added += self.writer.add(tried.page)
        return tried.left_out


def _nothing_listed(wish: Wish, passed: Sequence[Skipped]) -> FetchError:
    """Return the error that says why an archive's list has no page."""
    if not passed:
        return FetchError("archive-empty", url=wish.cdx, prefix=wish.prefix)
    return FetchError("archive-without-page", url=wish.cdx, prefix=wish.prefix, reason=_reasons(passed))


def _reasons(left_out: Sequence[Skipped]) -> str:
    """Return the three most frequent reasons for leaving captures out, with their counts."""
    counts = Counter(each.why for each in left_out).most_common(3)
    return "; ".join(f"{count} rows: {why}" for why, count in counts)
