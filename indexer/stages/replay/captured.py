"""Finds the capture of a page that a time means, among all captures of it, and reads what it brought."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.config import DataFolder
from indexer.files.forgotten import forgotten
from indexer.manifest import Manifest
from indexer.stages.importing import page_store
from indexer.store.held import Held
from indexer.store.ledger import Ledger, Loss
from indexer.store.pagestore import Answered, PageStore
from indexer.warc.records import Capture


@dataclass(frozen=True, slots=True)
class Captured:
    """One capture of a page, with the others of the same URL."""

    url: str
    """The URL under which the archive knows the page."""
    capture: Capture
    """The capture meant; its record may say no more than that nothing had changed."""
    holder: Capture
    """The capture whose record holds the bytes."""
    moments: tuple[datetime, ...]
    """Times of all captures that brought something, oldest first, UTC."""


class Captures:
    """The captures of an archive, as they are in its ledger while this is open; nothing is written.

    The ledger is used as it is, so that a web page need not wait until new files have been read.
    """

    def __init__(self, store: PageStore, ledger: Ledger, manifest: Manifest, hidden: frozenset[str]) -> None:
        """Take an open ledger, the archive's manifest, and the pages that must not be shown."""
        self.store = store
        self.manifest = manifest
        self.ledger = ledger
        self._hidden = hidden

    def hides(self, url: str) -> bool:
        """Return whether a page, in any spelling of its URL, was taken out of the archive."""
        return self.store.spellings.key(url) in self._hidden

    def nearest(self, url: str, moment: datetime, *, is_page: bool = True) -> Captured | None:
        """Return the capture of a URL that is nearest in time, the earlier of two; None if it was never captured.

        With `is_page` false a picture, a style sheet or the like is looked for.
        """
        if self.hides(url):
            return None
        found = self.store.answers(self.ledger, url, is_page=is_page)
        if not found:
            return None
        capture, holder = _nearest(found, moment)
        moments = tuple(sorted({each.fetched_at for each, _ in found}))
        return Captured(self.store.spellings.key(url), capture, holder, moments)

    def read(self, found: Captured) -> Held | Loss:
        """Read what a capture brought; a `Loss` if its record can no longer be read."""
        return self.store.read_answer(found.url, found.capture, found.holder)

    def among(self, urls: Iterable[str], moment: datetime) -> dict[str, datetime]:
        """Return those of some pages that are held, each with the time of the capture that is nearest."""
        found = ((url, self.nearest(url, moment)) for url in urls)
        return {url: each.capture.fetched_at for url, each in found if each is not None}


def open_captures(data: DataFolder, manifest: Manifest, ledger: Ledger) -> Captures:
    """Return the captures in an open ledger, without those of forgotten pages.

    Raises `StoreError` if the list of forgotten pages cannot be read.
    """
    return Captures(page_store(data, manifest), ledger, manifest, forgotten(data.forgotten))


def moment_of(digits: str) -> datetime | None:
    """Return the time (UTC) that 14 digits mean, as web archives write it; None if they mean none.

    >>> moment_of("20060501123000"), moment_of("20060231000000")
    (datetime.datetime(2006, 5, 1, 12, 30, tzinfo=datetime.timezone.utc), None)
    """
    if len(digits) != 14 or not (digits.isascii() and digits.isdecimal()):
        return None
    parts = [int(digits[start:end]) for start, end in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))]
    try:
        return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        return None


def _nearest(found: Answered, moment: datetime) -> tuple[Capture, Capture]:
    """Return the capture nearest to a time; of several in one second the last, of an earlier and a later the earlier."""
    nearest = min((abs(each.fetched_at - moment), each.fetched_at) for each, _ in found)
    return next(pair for pair in found if pair[0].fetched_at == nearest[1])
