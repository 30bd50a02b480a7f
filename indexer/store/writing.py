"""Appends pages to the newest WARC file."""

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from indexer.errors import StoreError, YearbookError
from indexer.files.durable import sync_folder, unwritable, write_all
from indexer.store.ledger import Ledger, Loss, enter
from indexer.urls import Spellings
from indexer.warc.digests import digest_of
from indexer.warc.reading import read_records
from indexer.warc.records import Capture, Fetched, Stored, info_member, page_member

ROLL_AT = 1 << 30
"""Size in bytes above which a file is closed and a new one begun."""
_NAME = re.compile(r"nianjian-(\d{5,})\.warc\.gz")
Statement = tuple[str, tuple[object, ...]]
"""SQL with its values."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes that a writer works with."""

    roll_at: int = ROLL_AT
    batch: int = 1
    """Pages that are synced to disk together: 1 if each page must be safe before the next one is asked for, more if all
    can be imported again."""


def cut_unfinished(folder: Path, ledger: Ledger) -> None:
    """Cut off what a killed process left of its last record: it was never recorded, and its page is asked for again.

    Only files that our writer had begun to append to are cut, and only back to what the ledger accounts for, which is
    never before the place where the last write began.
    """
    known = ledger.files()
    for name, begun in ledger.begun().items():
        path = folder / name
        whole = known.get(name, 0)
        if _NAME.fullmatch(name) and whole >= begun and path.is_file() and path.stat().st_size > whole:
            _cut(path, whole)
    ledger.finish(list(ledger.begun()))


class PageWriter:
    """Appends pages to the newest WARC file; adding what is already stored does nothing."""

    def __init__(self, folder: Path, ledger: Ledger, spellings: Spellings, sizes: Sizes) -> None:
        """Continue our newest file, if there is one."""
        self._folder = folder
        self.ledger = ledger
        self._spellings = spellings
        self._sizes = sizes
        self._file: BinaryIO | None = None
        self._name = ""
        self._end = 0
        """Offset at which the file ends."""
        self._settled = 0
        """How many of its bytes are synced to disk and in the ledger."""
        self._waiting: list[tuple[list[Capture], list[Statement]]] = []
        """What was appended since then."""
        self._begun: list[str] = []
        self.added = 0
        self.lost: tuple[Loss, ...] = ()
        """What was found unreadable in the store when it was opened."""

    def add(self, fetched: Fetched, also: Iterable[Statement] = ()) -> bool:
        """Store a page; return False if the same bytes are already stored for it.

        `also` holds statements that the ledger runs in the same transaction (those of the frontier).

        Raises `ConfigError` if it cannot be written; file and ledger are then as before.
        """
        page, statements = fetched.page, list(also)
        if self._holds(self._spellings.all(self._spellings.key(page.url)), digest_of(page.body)):
            if statements:
                with self.ledger.transaction() as db:
                    for statement, values in statements:
                        db.execute(statement, values)
            return False
        self._append(page_member(fetched), statements)
        return True

    def add_revisit(self, fetched: Fetched, of: Capture, also: Iterable[Statement] = ()) -> None:
        """Store that a page was seen again with the same bytes as the capture `of`."""
        self._append(page_member(fetched, revisit_of=of), list(also))

    def captures(self, url: str) -> list[Capture]:
        """Return the captures of a page, oldest first."""
        self.settle()
        return self.ledger.captures(self._spellings.all(self._spellings.key(url)))

    def settle(self) -> None:
        """Sync to disk what was appended, then record it in the ledger.

        Raises `ConfigError` if that fails; file and ledger are then as they were after the last time.
        """
        if not self._waiting or self._file is None:
            return
        waiting, self._waiting = self._waiting, []
        path = self._folder / self._name
        try:
            os.fsync(self._file.fileno())
            with self.ledger.transaction() as db:
                enter(db, [each for captures, _ in waiting for each in captures], self._name, self._end)
                for _, statements in waiting:
                    for statement, values in statements:
                        db.execute(statement, values)
                # What is settled must never be cut again: the next write begins here.
                db.execute("UPDATE writing SET offset = ? WHERE file = ?", (self._end, self._name))
        except (OSError, YearbookError) as error:
            self._cut_back(self._settled)
            raise unwritable(path, error) if isinstance(error, OSError) else error from error
        self._settled = self._end

    def close(self) -> None:
        """Settle and close the file; what was begun is marked as finished if it is complete."""
        try:
            self.settle()
        finally:
            if self._file:
                self._file.close()
                self._file = None
            with suppress(OSError, YearbookError):  # e.g. a full disk: then the next writer finds nothing to cut
                known = self.ledger.files()
                # A write that broke off and could not be undone stays recorded, so that the next writer cuts it.
                self.ledger.finish([name for name in self._begun if self._size(name) == known.get(name, 0)])
            self._begun = []

    def _size(self, name: str) -> int:
        path = self._folder / name
        return path.stat().st_size if path.exists() else 0

    def _holds(self, pages: Sequence[str], digest: str) -> bool:
        waiting = any(
            each.digest == digest and each.page in pages for captures, _ in self._waiting for each in captures
        )
        return waiting or self.ledger.holds(pages, digest)

    def _append(self, member: bytes, also: list[Statement]) -> None:
        file = self._open()
        start = self._end
        path = self._folder / self._name
        try:
            write_all(file, member)
            with path.open("rb") as reader:
                read = list(read_records(reader, self._name, start, start + len(member)))
        except OSError as error:
            self._cut_back(start)
            self.settle()
            raise unwritable(path, error) from error
        captures = [each.capture for each in read if isinstance(each, Stored)]
        if not captures:
            self._cut_back(start)
            self.settle()
            raise StoreError("record-not-written", path=path, offset=start)
        self._waiting.append((captures, also))
        self._end = start + len(member)
        self.added += 1
        if len(self._waiting) >= self._sizes.batch:
            self.settle()

    def _cut_back(self, start: int) -> None:
        """Cut the file back to `start`, unless the ledger has recorded what follows."""
        # If it cannot be done now, the next writer does it: it is recorded that this one has begun.
        with suppress(OSError, YearbookError):
            if self.ledger.files().get(self._name, 0) <= start:
                _cut(self._folder / self._name, start)
        self._end = start

    def _open(self) -> BinaryIO:
        """Return the file to append to, after the ledger has recorded where the writing starts."""
        if self._file and self._end < self._sizes.roll_at:
            return self._file
        self.settle()
        if self._file:
            self._file.close()
            self._file = None
        name, end = self._place()
        path = self._folder / name
        self.ledger.begin(name, end)
        self._begun.append(name)
        try:
            file = path.open("ab+", buffering=0)
            if not end:
                end = self._opened(file, path)
        except OSError as error:
            raise unwritable(path, error) from error
        self._file, self._name = file, name
        self._end = self._settled = end
        return file

    def _opened(self, file: BinaryIO, path: Path) -> int:
        """Write the record that opens a file; return the offset at which it ends."""
        opening = info_member(path.name)
        try:
            write_all(file, opening)
            os.fsync(file.fileno())
        except OSError:
            file.close()
            _cut(path, 0)
            raise
        sync_folder(self._folder)
        self.ledger.add((), path.name, len(opening))
        self.ledger.begin(path.name, len(opening))
        return len(opening)

    def _place(self) -> tuple[str, int]:
        """Choose the file to write: our newest, unless it is full, missing, or ends in something unreadable."""
        losses = self.ledger.losses()
        names = [path.name for path in self._folder.iterdir()] + [each.file for each in losses]
        number, name = max(
            ((int(found[1]), name) for name in names if (found := _NAME.fullmatch(name))), default=(1, _name(1))
        )
        size = self._size(name)
        lost = [each.end for each in losses if each.file == name]
        spoilt = (lost and max(lost) >= size) or size != self.ledger.files().get(name, 0)
        return (_name(number + 1), 0) if spoilt or size >= self._sizes.roll_at else (name, size)


def _name(number: int) -> str:
    return f"nianjian-{number:05}.warc.gz"


def _cut(path: Path, size: int) -> None:
    with path.open("rb+") as file:
        file.truncate(size)
        os.fsync(file.fileno())
