"""The page store: append-only WARC files and their ledger, the only copy of what the site said."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from indexer.errors import StoreError, YearbookError, reason_of
from indexer.files.durable import FolderBusy, locked
from indexer.model import Page
from indexer.progress import Progress, silent
from indexer.store.held import Held, Rebuilt, Surveyed
from indexer.store.ledger import ABOUT, Ledger, Loss
from indexer.store.ledgerfile import connect, connect_for_reading
from indexer.store.rebuilding import rebuild
from indexer.store.surveying import catch_up, loss_of, renew
from indexer.store.writing import ROLL_AT, PageWriter, Sizes, cut_unfinished
from indexer.urls import Spellings
from indexer.warc.reading import read_records
from indexer.warc.records import Capture, Stored

_ARCHIVES = (".warc.gz", ".warc", ".arc", ".arc.gz", ".zst", ".wacz")
_LOOKS = 2
"""How often a new loss is checked again before it is believed."""
Answered = list[tuple[Capture, Capture]]
"""Captures, each with the one that holds its bytes."""


class PageStore:
    """The WARC files of one data folder, with their ledger."""

    def __init__(self, folder: Path, ledger: Path, spellings: Spellings | None = None) -> None:
        """Set the paths; nothing is read or created before it is needed."""
        self.folder = folder
        self.ledger_path = ledger
        self.spellings = spellings or Spellings()

    @contextmanager
    def ledger(self, *, as_it_is: bool = False) -> Iterator[Ledger]:
        """Open the ledger for reading, brought up to date with the WARC files in memory; nothing is written.

        With `as_it_is` the WARC files are not looked at, so that a web page need not wait for that.

        Raises `StoreError` if the ledger is damaged or cannot be read.
        """
        ledger = Ledger(connect_for_reading(self.ledger_path))
        try:
            if not as_it_is:
                ledger = self._caught_up(ledger)
            yield ledger
        finally:
            ledger.close()

    @contextmanager
    def writing(self, roll_at: int = ROLL_AT, batch: int = 1) -> Iterator[PageWriter]:
        """Open a writer whose `add` returns only when the page is safe on disk.

        With a larger `batch`, pages are synced to disk only after every so many.  `roll_at` is the size in bytes at
        which a new WARC file is begun.

        Raises `StoreError` if another process is writing, `ConfigError` if the folder is not writable.
        """
        with self._locked():
            ledger = Ledger(connect(self.ledger_path))
            try:
                _, lost = catch_up(ledger, self.folder, self.files())
                cut_unfinished(self.folder, ledger)
                writer = PageWriter(self.folder, ledger, self.spellings, Sizes(roll_at, batch))
                writer.lost = tuple(lost)
                try:
                    yield writer
                finally:
                    writer.close()
            finally:
                ledger.close()

    def rebuild(self, progress: Progress = silent) -> Rebuilt:
        """Rebuild the ledger from the WARC files, whatever state it is in.

        Raises `StoreError` if another process is writing.
        """
        with self._locked():
            lost = rebuild(self.ledger_path, self.files(), progress)
        with self.ledger() as ledger:
            return Rebuilt(len(ledger.captures()), tuple(lost))

    def note(self, losses: Iterable[Loss]) -> None:
        """Record losses that a reader came upon, if the ledger can be written now."""
        losses = list(losses)
        if not losses:
            return
        # If a writer is at work or the folder is not writable, the next reader will find the losses again.
        with suppress(YearbookError), self._locked():
            ledger = Ledger(connect(self.ledger_path))
            try:
                catch_up(ledger, self.folder, self.files())
                known = {(each.file, each.offset): each for each in ledger.captures()}
                ledger.note(each for each in losses if not self._is_whole(known.get((each.file, each.start))))
            finally:
                ledger.close()

    def latest_digests(self) -> set[tuple[str, str]]:
        """Return each page's URL with the digest of its latest capture."""
        with self.ledger() as ledger:
            return {(url, captures[0][1].digest) for url, captures in self._latest(ledger.captures())}

    def count(self) -> int:
        """Return the number of URLs under which pages are stored."""
        with self.ledger(as_it_is=True) as ledger:
            return int(ledger.rows("SELECT count(DISTINCT page) FROM captures WHERE is_page")[0][0])

    def captures(self) -> list[Capture]:
        """Return all captures, ordered by page and time."""
        with self.ledger() as ledger:
            return ledger.captures()

    def losses(self) -> list[Loss]:
        """Return what cannot be read and was not captured again since."""
        with self.ledger() as ledger:
            return self.lasting(ledger)

    def lasting(self, ledger: Ledger) -> list[Loss]:
        """Return the losses in an open ledger whose page was not captured again."""
        return self._parted(ledger)[1]

    def pages(self) -> Iterator[Held | Loss]:
        """Yield the latest readable capture of each page, in order of URL; a `Loss` if none is readable.

        Pictures and style sheets are left out.
        """
        return self._pages()

    def beside(self, url: str) -> Iterator[Page]:
        """Yield the readable pages in the same folder as a URL, that page included."""
        folder = str(PurePosixPath(self.spellings.key(url)).parent)
        return (held.page for held in self._pages(folder) if isinstance(held, Held))

    def survey(self, progress: Progress = silent) -> Surveyed:
        """Read every record of every file; return what cannot be read and where the ledger differs from the files."""
        with self.ledger() as ledger:
            again = ledger.in_memory()  # other processes must not see what follows
            before = {(each.file, each.offset, each.page, each.digest) for each in again.captures()}
            # Read only as far as the ledger reached at that moment, not what a writer appends meanwhile.
            sizes = again.files()
            for path in self.files():
                if path.name in sizes:
                    renew(again, path, None, progress, sizes[path.name])
            after = {(each.file, each.offset, each.page, each.digest) for each in again.captures()}
            made_good, lasting = self._parted(again)
            if again is not ledger:
                again.close()
        differences = [f"{path} is not read; bring it in with `nianjian import`" for path in self.strangers()]
        if missing := sorted(after - before):
            file, offset, page, _ = missing[0]
            differences.append(
                f"{len(missing)} records are not in the ledger as they lie in the files, the first: {file}, offset "
                f"{offset:,}: {page}; run `nianjian rebuild-ledger`"
            )
        return Surveyed(tuple(lasting), tuple(made_good), tuple(differences))

    def latest(self, ledger: Ledger, url: str) -> Held | Loss | None:
        """Return the latest readable capture of one page, a `Loss` if none is readable, None if none is stored."""
        found = self._latest(self.page_captures(ledger, url))
        return self._first_readable(*found[0]) if found else None

    def page_captures(self, ledger: Ledger, url: str) -> list[Capture]:
        """Return the captures of a page, oldest first."""
        return ledger.captures(self.spellings.all(self.spellings.key(url)))

    def answers(self, ledger: Ledger, url: str, *, is_page: bool = True) -> Answered:
        """Return the captures that brought one page, latest first, each with the capture that holds its bytes.

        With `is_page` false, those that brought a picture, a style sheet or the like.
        """
        return _answered(self.page_captures(ledger, url), is_page=is_page)

    def read_answer(self, url: str, capture: Capture, holder: Capture) -> Held | Loss:
        """Read what a capture of a page brought from the record that holds it; a `Loss` if it cannot be read."""
        try:
            stored = self.read(holder)
        except StoreError as error:
            return loss_of(holder, str(error))
        kind = stored.capture.content_type or capture.content_type
        return Held(Page(url, capture.fetched_at, 200, kind, stored.body), holder)

    def read(self, capture: Capture) -> Stored:
        """Read one capture's record from its file.

        Raises `StoreError` if it is missing or is not the one that the ledger knows.
        """
        path = self.folder / capture.file
        try:
            with path.open("rb") as file:
                stored = next(read_records(file, capture.file, capture.offset, capture.end or None), None)
        except OSError as error:
            raise StoreError("warc-unreadable", path=path, reason=reason_of(error)) from error
        if (
            not isinstance(stored, Stored)
            or stored.capture.offset != capture.offset
            or (stored.capture.url, stored.capture.digest) != (capture.url, capture.digest)
        ):
            raise StoreError("record-changed", path=path, offset=capture.offset, url=capture.url)
        return stored

    def files(self) -> list[Path]:
        """Return the WARC files in order of name; raise `StoreError` if the folder cannot be read."""
        if self.folder.is_dir() and not os.access(self.folder, os.R_OK | os.X_OK):
            raise StoreError("store-unreadable", path=self.folder, reason=os.strerror(errno.EACCES))
        found = sorted(self.folder.glob("*.warc.gz")) if self.folder.is_dir() else []
        return [path for path in found if path.is_file()]

    def strangers(self) -> list[Path]:
        """Return archive files in the folder that are not read; they may have been meant for import."""
        if not self.folder.is_dir():
            return []
        return sorted(
            path
            for path in self.folder.iterdir()
            if path.name.endswith(_ARCHIVES) and (not path.name.endswith(".warc.gz") or not path.is_file())
        )

    def _pages(self, folder: str = "") -> Iterator[Held | Loss]:
        with self.ledger() as ledger:
            found = self._latest(ledger.captures())
        for url, captures in found:
            if not folder or str(PurePosixPath(url).parent) == folder:
                yield self._first_readable(url, captures)

    def _caught_up(self, ledger: Ledger) -> Ledger:
        """Return the ledger brought up to date in memory; losses are checked again, in case a writer is at work."""
        ledger, lost = catch_up(ledger, self.folder, self.files(), in_memory=True)
        before: list[Loss] = []
        looks = 0
        while lost != before and looks < _LOOKS:
            ledger.close()
            before, looks = lost, looks + 1
            ledger, lost = catch_up(
                Ledger(connect_for_reading(self.ledger_path)), self.folder, self.files(), in_memory=True
            )
        return ledger

    def _is_whole(self, capture: Capture | None) -> bool:
        try:
            return capture is not None and self.read(capture) is not None
        except StoreError:
            return False

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with locked(self.folder):
                yield
        except FolderBusy as error:
            raise StoreError("store-busy", path=self.folder) from error

    def _latest(self, known: Iterable[Capture]) -> list[tuple[str, Answered]]:
        """Return each page's captures that brought a page, latest first, each with the capture that holds its bytes."""
        pages: dict[str, list[Capture]] = {}
        for capture in known:
            pages.setdefault(self.spellings.key(capture.page), []).append(capture)
        return [(url, answered) for url in sorted(pages) if (answered := _answered(pages[url]))]

    def _first_readable(self, url: str, captures: Answered) -> Held | Loss:
        lost: list[Loss] = []
        for capture, holder in captures:
            read = self.read_answer(url, capture, holder)
            if isinstance(read, Held):
                return Held(read.page, read.capture, tuple(lost))
            lost.append(read)
        return lost[0]

    def _parted(self, ledger: Ledger) -> tuple[list[Loss], list[Loss]]:
        """Return the losses whose page was captured again, and those whose page was not."""
        made_good: list[Loss] = []
        lasting: list[Loss] = []
        for loss in ledger.losses():
            (made_good if self._made_good(ledger, loss) else lasting).append(loss)
        return made_good, lasting

    def _made_good(self, ledger: Ledger, loss: Loss) -> bool:
        """Return whether a lost capture's page was captured again, at the same time or later, in a readable record."""
        if loss.kind == ABOUT:
            return True
        if not loss.page:
            return False
        pages = self.spellings.all(self.spellings.key(loss.page))
        return any(
            each.kind != "revisit" and (loss.fetched_at is None or each.fetched_at >= loss.fetched_at)
            for each in ledger.captures(pages)
        )


def _answered(captures: Iterable[Capture], *, is_page: bool = True) -> Answered:
    """Return those captures of one URL that brought something, latest first, each with the one that holds its bytes."""
    ordered = sorted(captures, key=lambda each: (each.fetched_at, each.file, each.offset))
    with_bytes = {each.digest: each for each in ordered if each.kind != "revisit"}
    return [
        (each, with_bytes[each.digest])
        for each in reversed(ordered)
        if each.status in (200, 304) and each.digest in with_bytes and with_bytes[each.digest].is_page == is_page
    ]
