"""The capture ledger: which URL was captured when, where its record lies, and what is lost.

It is an index over the WARC files and can be rebuilt from them; only the frontier of a live crawl
(`indexer.crawl.frontier`) shares its file.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from indexer.store.ledgerfile import Connection, damaged
from indexer.warc.records import Capture

_CAPTURE = "url, page, fetched_at, status, content_type, digest, length, kind, source, file, offset, end, is_page"
_LOSS = "file, start, end, url, page, fetched_at, digest, kind, why"
_T = TypeVar("_T")
ABOUT = "about"
"""Kind of a loss that held no capture but a record about others."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Bytes of a WARC file that can no longer be read, and the capture they held, as far as it is known."""

    file: str
    start: int
    end: int
    url: str
    """Empty if unknown."""
    page: str
    fetched_at: datetime | None
    digest: str
    """Digest of the payload; empty if unknown."""
    kind: str
    """WARC record type; `about` if it is known that no capture was there, empty if nothing is known."""
    why: str


class Ledger:
    """The captures, losses and files of one store; every method is one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Use an open connection; `indexer.store.ledgerfile` opens them."""
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
        """Open a transaction on the database for several statements that take effect together or not at all."""
        with self._db.transaction() as db:
            yield db

    def rows(self, statement: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        """Return the rows of a query."""
        return self._db.rows(statement, values)

    def in_memory(self) -> "Ledger":
        """Return a copy that can be changed without touching the file; the ledger itself if it is such a copy."""
        copy = self._db.in_memory()
        return self if copy is self._db else Ledger(copy)

    def copy_to(self, path: Path) -> None:
        """Write the ledger as it is at one moment to another file."""
        self._db.copy_to(path)

    def files(self) -> dict[str, int]:
        """Return the known WARC files by name, each with the length in bytes that is accounted for."""
        rows = self.rows("SELECT name, length FROM files ORDER BY name")
        return dict(self._read(rows, _numbered))

    def begun(self) -> dict[str, int]:
        """Return the files that our writer has begun to append to, each with the offset at which it began."""
        rows = self.rows("SELECT file, offset FROM writing")
        return dict(self._read(rows, _numbered))

    def begin(self, file: str, offset: int) -> None:
        """Record that bytes are about to be appended to a file from an offset on."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO writing VALUES (?, ?)", (file, offset))

    def finish(self, files: Iterable[str]) -> None:
        """Record that writing to these files has ended and that they are complete."""
        with self.transaction() as db:
            db.executemany("DELETE FROM writing WHERE file = ?", [(file,) for file in files])

    def holds(self, pages: Sequence[str], digest: str) -> bool:
        """Return whether a payload is stored for a page, which is given by every spelling of its URL."""
        marks = _marks(pages)
        statement = f"SELECT 1 FROM captures WHERE page IN ({marks}) AND digest = ? LIMIT 1"
        return bool(self.rows(statement, *pages, digest))

    def captures(self, pages: Sequence[str] | None = None) -> list[Capture]:
        """Return the captures of one page (given by every spelling of its URL), or of all pages, oldest first."""
        where = "" if pages is None else f"WHERE page IN ({_marks(pages)})"
        order = "ORDER BY page, fetched_at, file, offset" if pages is None else "ORDER BY fetched_at, file, offset"
        return self._captures(f"SELECT {_CAPTURE} FROM captures {where} {order}", *(pages or ()))

    def captures_in(self, file: str) -> list[Capture]:
        """Return the captures in one file, by offset."""
        return self._captures(f"SELECT {_CAPTURE} FROM captures WHERE file = ? ORDER BY offset", file)

    def losses(self) -> list[Loss]:
        """Return what cannot be read, ordered by file and offset."""
        rows = self.rows(f"SELECT {_LOSS} FROM losses ORDER BY file, start, url")
        return self._read(rows, _loss)

    def note(self, losses: Iterable[Loss]) -> None:
        """Record losses, and remove the captures they replace."""
        losses = list(losses)
        with self.transaction() as db:
            enter_losses(db, losses)
            db.executemany(
                "DELETE FROM captures WHERE file = ? AND offset = ?", [(each.file, each.start) for each in losses]
            )

    def add(self, captures: Iterable[Capture], file: str, length: int) -> None:
        """Record captures of a file, and how many of its bytes are accounted for."""
        with self.transaction() as db:
            enter(db, captures, file, length)

    def replace(self, file: str, captures: Iterable[Capture], losses: Iterable[Loss], length: int | None) -> None:
        """Replace everything known of a file by what it now holds; a length of None means that the file is gone."""
        with self.transaction() as db:
            for statement in ("captures WHERE file = ?", "losses WHERE file = ?", "files WHERE name = ?"):
                db.execute(f"DELETE FROM {statement}", (file,))
            if length is not None:
                enter(db, captures, file, length)
            enter_losses(db, losses)

    def _captures(self, statement: str, *values: object) -> list[Capture]:
        return self._read(self.rows(statement, *values), _capture)

    def _read(self, rows: Iterable[tuple], read: Callable[[tuple], _T]) -> list[_T]:  # type: ignore[type-arg]
        """Convert rows to values; raise `StoreError` for a row with impossible values, which means damage."""
        try:
            return [read(row) for row in rows]
        except (ValueError, TypeError, OverflowError) as error:
            raise damaged(self.path, error) from error


def enter(db: sqlite3.Connection, captures: Iterable[Capture], file: str, length: int) -> None:
    """Record captures of a file, and how many of its bytes are accounted for, inside the caller's transaction."""
    rows = [
        (c.url, c.page, _iso(c.fetched_at), c.status, c.content_type, c.digest, c.length, c.kind, c.source, c.file,
         c.offset, c.end, c.is_page)
        for c in captures
    ]  # fmt: skip
    db.executemany(f"INSERT OR REPLACE INTO captures ({_CAPTURE}) VALUES ({_marks(range(13))})", rows)
    db.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (file, length))


def enter_losses(db: sqlite3.Connection, losses: Iterable[Loss]) -> None:
    """Record losses inside the caller's transaction."""
    for loss in losses:
        at = _iso(loss.fetched_at) if loss.fetched_at else ""
        row = (loss.file, loss.start, loss.end, loss.url, loss.page, at, loss.digest, loss.kind, loss.why)
        db.execute(f"INSERT OR REPLACE INTO losses ({_LOSS}) VALUES ({_marks(row)})", row)


def _numbered(row: tuple) -> tuple[str, int]:  # type: ignore[type-arg]
    name, number = row
    return _texts((name,))[0], _counts((number,))[0]


def _loss(row: tuple) -> Loss:  # type: ignore[type-arg]
    file, start, end, url, page, at, digest, kind, why = row
    texts, numbers = _texts((file, url, page, digest, kind, why)), _counts((start, end))
    return Loss(texts[0], numbers[0], numbers[1], texts[1], texts[2], _time(at), texts[3], texts[4], texts[5])


def _capture(row: tuple) -> Capture:  # type: ignore[type-arg]
    url, page, at, status, content_type, digest, length, kind, source, file, offset, end, is_page = row
    time = _time(at)
    if time is None:
        raise ValueError("a capture without a time")
    texts = _texts((url, page, content_type, digest, kind, source, file))
    numbers = _counts((status, length, offset, end))
    return Capture(
        texts[0], texts[1], time, numbers[0], texts[2], texts[3], numbers[1], texts[4], texts[5], texts[6], numbers[2],
        numbers[3], bool(is_page),
    )  # fmt: skip


def _texts(values: Sequence[object]) -> list[str]:
    if not all(isinstance(value, str) for value in values):
        raise ValueError(f"{values!r} should be text")
    return list(values)  # type: ignore[arg-type]


def _counts(values: Sequence[object]) -> list[int]:
    if not all(isinstance(value, int) and value >= 0 for value in values):
        raise ValueError(f"{values!r} should be numbers")
    return list(values)  # type: ignore[arg-type]


def _time(text: object) -> datetime | None:
    """Read a time, cut to the second; return None for an empty text."""
    if text == "":
        return None
    time = datetime.fromisoformat(*_texts((text,)))
    if time.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return time.replace(microsecond=0)


def _iso(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
