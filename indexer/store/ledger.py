"""The capture ledger: which URL was captured when, where its record lies, and what is lost; knows no WARC format.

It is an index over the WARC files and can be made again from them; only the frontier of a live crawl
(`indexer.crawl.frontier`) shares its file.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.store.ledgerfile import Connection, damaged
from indexer.warc.records import Capture

_CAPTURE = "url, page, fetched_at, status, content_type, digest, length, kind, source, file, offset, end, is_page"
_LOSS = "file, start, end, url, page, fetched_at, kind, why"
ABOUT = "about"
"""Kind of a loss in which no capture was: a record about others."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Bytes of a WARC file that can no longer be read, and the capture that was there as far as that is known."""

    file: str
    start: int
    end: int
    url: str
    """Empty when it is not known."""
    page: str
    fetched_at: datetime | None
    kind: str
    """WARC record type; `about` when it is known that no capture was there, empty when nothing is known."""
    why: str


class Ledger:
    """One ledger; every method is one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Use an open connection; `indexer.store.ledgerfile` makes them."""
        self._db = connection

    @property
    def path(self) -> Path:
        """The ledger's file."""
        return self._db.path

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for several statements that hold together or not at all."""
        with self._db.transaction() as db:
            yield db

    def rows(self, statement: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        """Give the rows of a query."""
        return self._db.rows(statement, values)

    def in_memory(self) -> "Ledger":
        """Give a copy that can be changed without touching the file; itself, if it is one."""
        copy = self._db.in_memory()
        return self if copy is self._db else Ledger(copy)

    def files(self) -> dict[str, int]:
        """Give the WARC files entered, with the length that is accounted for."""
        return {str(name): int(length) for name, length in self.rows("SELECT name, length FROM files ORDER BY name")}

    def begun(self) -> dict[str, int]:
        """Give the files that a writer of ours has begun to append to, with the offset from which on."""
        return {str(name): int(offset) for name, offset in self.rows("SELECT file, offset FROM writing")}

    def begin(self, file: str, offset: int) -> None:
        """Note that bytes are about to be appended to a file."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO writing VALUES (?, ?)", (file, offset))

    def finish(self, files: Iterable[str]) -> None:
        """Note that nothing more is written to files, and that they are whole."""
        with self.transaction() as db:
            db.executemany("DELETE FROM writing WHERE file = ?", [(file,) for file in files])

    def holds(self, pages: Sequence[str], digest: str) -> bool:
        """Say whether these bytes are stored for a page, given by every spelling of its URL."""
        marks = _marks(pages)
        statement = f"SELECT 1 FROM captures WHERE page IN ({marks}) AND digest = ? LIMIT 1"
        return bool(self.rows(statement, *pages, digest))

    def captures(self, pages: Sequence[str] | None = None) -> list[Capture]:
        """Give the captures of one page (by every spelling of its URL), or of all, oldest first."""
        where = "" if pages is None else f"WHERE page IN ({_marks(pages)})"
        order = "ORDER BY page, fetched_at, file, offset" if pages is None else "ORDER BY fetched_at, file, offset"
        return self._captures(f"SELECT {_CAPTURE} FROM captures {where} {order}", *(pages or ()))

    def captures_in(self, file: str) -> list[Capture]:
        """Give the captures of one file, in order."""
        return self._captures(f"SELECT {_CAPTURE} FROM captures WHERE file = ? ORDER BY offset", file)

    def with_bytes(self, capture: Capture, pages: Sequence[str]) -> Capture | None:
        """Give a capture of the same page and payload that holds the bytes, for one that only revisits them."""
        if capture.kind != "revisit":
            return capture
        found = self._captures(
            f"SELECT {_CAPTURE} FROM captures WHERE page IN ({_marks(pages)}) AND digest = ? AND kind != 'revisit' "
            "ORDER BY fetched_at DESC LIMIT 1",
            *pages,
            capture.digest,
        )
        return found[0] if found else None

    def losses(self) -> list[Loss]:
        """Give what cannot be read, in order of file and place."""
        rows = self.rows(f"SELECT {_LOSS} FROM losses ORDER BY file, start, url")
        try:
            return [
                Loss(file, int(start), int(end), url, page, datetime.fromisoformat(at) if at else None, kind, why)
                for file, start, end, url, page, at, kind, why in rows
            ]
        except (ValueError, TypeError) as error:
            raise damaged(self.path, error) from error

    def note(self, losses: Iterable[Loss]) -> None:
        """Enter what cannot be read; a capture that was there is none any more."""
        with self.transaction() as db:
            enter_losses(db, losses)

    def add(self, captures: Iterable[Capture], file: str, length: int) -> None:
        """Enter captures of a file, and how much of it is accounted for."""
        with self.transaction() as db:
            enter(db, captures, file, length)

    def replace(self, file: str, captures: Iterable[Capture], losses: Iterable[Loss], length: int | None) -> None:
        """Enter what a file holds in place of what was known of it; without a length there is no such file."""
        with self.transaction() as db:
            for statement in ("captures WHERE file = ?", "losses WHERE file = ?", "files WHERE name = ?"):
                db.execute(f"DELETE FROM {statement}", (file,))
            if length is not None:
                enter(db, captures, file, length)
            enter_losses(db, losses)

    def _captures(self, statement: str, *values: object) -> list[Capture]:
        try:
            return [
                Capture(
                    str(url), str(page), datetime.fromisoformat(at), int(status), str(content_type), str(digest),
                    int(length), str(kind), str(source), str(file), int(offset), int(end), bool(is_page),
                )
                for url, page, at, status, content_type, digest, length, kind, source, file, offset, end, is_page
                in self.rows(statement, *values)
            ]  # fmt: skip
        except (ValueError, TypeError) as error:
            raise damaged(self.path, error) from error


def enter(db: sqlite3.Connection, captures: Iterable[Capture], file: str, length: int) -> None:
    """Enter captures of a file, and how much of it is accounted for, inside a transaction of the caller's."""
    rows = [
        (c.url, c.page, _iso(c.fetched_at), c.status, c.content_type, c.digest, c.length, c.kind, c.source, c.file,
         c.offset, c.end, c.is_page)
        for c in captures
    ]  # fmt: skip
    db.executemany(f"INSERT OR REPLACE INTO captures ({_CAPTURE}) VALUES ({_marks(range(13))})", rows)
    db.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (file, length))


def enter_losses(db: sqlite3.Connection, losses: Iterable[Loss]) -> None:
    """Enter losses inside a transaction of the caller's."""
    for loss in losses:
        at = _iso(loss.fetched_at) if loss.fetched_at else ""
        row = (loss.file, loss.start, loss.end, loss.url, loss.page, at, loss.kind, loss.why)
        db.execute(f"INSERT OR REPLACE INTO losses ({_LOSS}) VALUES ({_marks(row)})", row)
        db.execute("DELETE FROM captures WHERE file = ? AND offset = ?", (loss.file, loss.start))


def _iso(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
