"""The page store: append-only WARC files and their ledger, the only copy of what the site said; knows no HTML."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from indexer.durable import FolderBusy, locked, sync_folder, unwritable
from indexer.errors import StoreError
from indexer.model import Page
from indexer.store.ledger import Capture, Ledger, enter
from indexer.store.records import Fetched, Stored, digest_of, info_member, page_member, read_records, whole_members

ROLL_AT = 1 << 30
"""A file above this many bytes is closed and a new one begun."""
_NAME = re.compile(r"nianjian-(\d{5})\.warc\.gz")


class PageStore:
    """The WARC files of one data folder, with their ledger."""

    def __init__(self, folder: Path, ledger: Path) -> None:
        """Name the places; nothing is read or made before it is needed."""
        self.folder = folder
        self._ledger_path = ledger

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Open the ledger, brought up to date with the WARC files.

        Raises `StoreError` when the ledger or a WARC file is damaged.
        """
        ledger = Ledger(self._ledger_path)
        try:
            self._catch_up(ledger)
            yield ledger
        finally:
            ledger.close()

    def rebuild(self) -> int:
        """Make the ledger's captures again from the WARC files alone; give their number."""
        try:
            ledger = Ledger(self._ledger_path)
        except StoreError:
            for path in self._ledger_path.parent.glob(f"{self._ledger_path.name}*"):
                path.rename(path.with_name(f"{path.name}.damaged"))
            ledger = Ledger(self._ledger_path)
        try:
            ledger.clear()
            self._catch_up(ledger)
            return len(ledger.captures())
        finally:
            ledger.close()

    def captures(self) -> list[Capture]:
        """Give every capture, in order of URL and time."""
        with self.ledger() as ledger:
            return ledger.captures()

    def pages(self) -> Iterator[Page]:
        """Give the latest capture of each URL, in order of URL."""
        with self.ledger() as ledger:
            for capture in ledger.latest():
                if page := self.page(ledger, capture):
                    yield page

    def page(self, ledger: Ledger, capture: Capture) -> Page | None:
        """Give the page of a capture; None for a revisit whose bytes are not held.

        Raises `StoreError` as `read` does.
        """
        holder = ledger.with_bytes(capture)
        if holder is None:
            return None
        stored = self.read(holder)
        kind = stored.capture.content_type or capture.content_type
        return Page(capture.url, capture.fetched_at, 200, kind, stored.body)

    def read(self, capture: Capture) -> Stored:
        """Read one capture's record from its file.

        Raises `StoreError` when it is not there, or not the one the ledger knows.
        """
        path = self.folder / capture.file
        try:
            with path.open("rb") as file:
                stored = next(read_records(file, capture.file, capture.offset), None)
        except OSError as error:
            raise StoreError(f"cannot read {path}: {error.strerror}; restore it from a copy") from error
        if stored is None or (stored.capture.url, stored.capture.digest) != (capture.url, capture.digest):
            raise StoreError(
                f"{path}, offset {capture.offset}: not the record of {capture.url} that the ledger knows; restore the "
                "file from a copy, or run `nianjian rebuild-ledger`"
            )
        return stored

    @contextmanager
    def writing(self, roll_at: int = ROLL_AT) -> Iterator["PageWriter"]:
        """Open a writer; each page is on disk, whole, before `add` returns.

        Raises `StoreError` when another process is writing, `ConfigError` when the folder is not writable.
        """
        try:
            with locked(self.folder), self.ledger() as ledger:
                self._cut_torn_tail(ledger)
                writer = PageWriter(self.folder, ledger, roll_at)
                try:
                    yield writer
                finally:
                    writer.close()
        except FolderBusy as error:
            raise StoreError(f"another import or crawl is writing to {self.folder}; wait until it has ended") from error

    def files(self) -> list[Path]:
        """Give the WARC files in order of name."""
        if self.folder.is_dir() and not os.access(self.folder, os.R_OK | os.X_OK):
            raise StoreError(f"cannot read {self.folder}: Permission denied; mend its permissions")
        return sorted(self.folder.glob("*.warc.gz")) if self.folder.is_dir() else []

    def _catch_up(self, ledger: Ledger) -> None:
        """Enter records that the ledger does not know: after a crash, or of files put here by hand."""
        known = ledger.files()
        for path in self.files():
            done = known.pop(path.name, 0)
            size = path.stat().st_size
            if size < done:
                raise StoreError(f"{path} has {size:,} bytes, the ledger knows {done:,}; restore it from a copy")
            if size > done:
                self._enter(ledger, path, done)
        if known:
            name = min(known)
            raise StoreError(
                f"{self.folder / name} is gone, but the ledger knows its pages; restore it from a copy, or run "
                "`nianjian rebuild-ledger` to forget them"
            )

    def _enter(self, ledger: Ledger, path: Path, done: int) -> None:
        try:
            with path.open("rb") as file:
                end = whole_members(file, done)
                captures = [_sound(stored, path).capture for stored in read_records(file, path.name, done, end)]
        except OSError as error:
            raise StoreError(f"cannot read {path}: {error.strerror}; mend its permissions") from error
        ledger.add(captures, path.name, end)

    def _cut_torn_tail(self, ledger: Ledger) -> None:
        """Cut what a killed process left of its last record: it was never entered, and its page is asked for again."""
        for name, whole in ledger.files().items():
            path = self.folder / name
            if _NAME.fullmatch(name) and path.stat().st_size > whole:
                with path.open("rb+") as file:
                    file.truncate(whole)
                    os.fsync(file.fileno())


class PageWriter:
    """Appends pages to the newest WARC file; adding what is stored already does nothing."""

    def __init__(self, folder: Path, ledger: Ledger, roll_at: int) -> None:
        """Continue the newest file of ours, if there is one."""
        self._folder = folder
        self.ledger = ledger
        self._roll_at = roll_at
        self._file: BinaryIO | None = None
        self._name = ""
        self.added = 0

    def add(self, fetched: Fetched, also: Iterable[tuple[str, tuple[object, ...]]] = ()) -> bool:
        """Store a page; give False when the same bytes are stored for its URL already.

        `also` holds statements that the ledger runs in the same transaction (the frontier's).
        """
        page = fetched.page
        if self.ledger.holds(page.url, digest_of(page.body)):
            with self.ledger.transaction() as db:
                for statement, values in also:
                    db.execute(statement, values)
            return False
        self._append(page_member(fetched), also)
        return True

    def add_revisit(self, fetched: Fetched, of: Capture, also: Iterable[tuple[str, tuple[object, ...]]] = ()) -> None:
        """Store that a page was seen again with the same bytes."""
        self._append(page_member(fetched, revisit_of=of), also)

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()
            self._file = None

    def _append(self, member: bytes, also: Iterable[tuple[str, tuple[object, ...]]]) -> None:
        file = self._open()
        try:
            start = file.seek(0, os.SEEK_END)
            try:
                file.write(member)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                # A full disk: leave the file as it was.
                file.truncate(start)
                raise
        except OSError as error:
            raise unwritable(self._folder / self._name, error) from error
        with (self._folder / self._name).open("rb") as reader:
            captures = [stored.capture for stored in read_records(reader, self._name, start)]
        with self.ledger.transaction() as db:
            enter(db, captures, self._name, start + len(member))
            for statement, values in also:
                db.execute(statement, values)
        self.added += 1

    def _open(self) -> BinaryIO:
        if self._file and self._file.seek(0, os.SEEK_END) < self._roll_at:
            return self._file
        self.close()
        numbers = [int(found[1]) for path in self._folder.iterdir() if (found := _NAME.fullmatch(path.name))]
        number = max(numbers, default=1)
        name = f"nianjian-{number:05}.warc.gz"
        if numbers and (self._folder / name).stat().st_size >= self._roll_at:
            name = f"nianjian-{number + 1:05}.warc.gz"
        path = self._folder / name
        try:
            new = not path.exists()
            self._file = path.open("ab+", buffering=0)
            assert self._file is not None
            if new:
                self._file.write(info_member(name))
                os.fsync(self._file.fileno())
                sync_folder(self._folder)
        except OSError as error:
            raise unwritable(path, error) from error
        self._name = name
        return self._file


def _sound(stored: Stored, path: Path) -> Stored:
    if not stored.intact:
        where = f"{path}, offset {stored.capture.offset}"
        raise StoreError(f"{where}: {stored.capture.url} does not match its digest; restore the file from a copy")
    return stored
