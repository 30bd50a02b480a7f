"""The capture ledger: which URL was captured when, and where its record lies; knows no WARC format.

It is an index over the WARC files and can be made again from them; only the frontier of a live crawl
(`indexer.crawl.frontier`) shares its file.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.durable import unwritable
from indexer.errors import StoreError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS captures (
    url TEXT NOT NULL, fetched_at TEXT NOT NULL, status INTEGER NOT NULL, content_type TEXT NOT NULL,
    digest TEXT NOT NULL, length INTEGER NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL,
    file TEXT NOT NULL, offset INTEGER NOT NULL,
    PRIMARY KEY (file, offset)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS captures_by_url ON captures (url, digest);
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS frontier (
    url TEXT PRIMARY KEY, volume TEXT NOT NULL, found_on TEXT NOT NULL, state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '', seen_at TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
"""
_COLUMNS = "url, fetched_at, status, content_type, digest, length, kind, source, file, offset"


@dataclass(frozen=True, slots=True)
class Capture:
    """One stored response, without its bytes."""

    url: str
    fetched_at: datetime
    status: int
    content_type: str
    digest: str
    """`sha256:` and 64 hex digits of the payload."""
    length: int
    """Bytes of the payload."""
    kind: str
    """WARC record type: `response`, `resource` or `revisit`."""
    source: str
    """How it came: `crawl`, `import FILE`, or the web archive with its timestamp."""
    file: str
    offset: int
    """Where the record begins in `file`."""


class Ledger:
    """One ledger file; every method is one transaction."""

    def __init__(self, path: Path) -> None:
        """Open the ledger, making it when it is not there.

        Raises `StoreError` when the file is no ledger, `ConfigError` when it cannot be written.
        """
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.OperationalError) as error:
            raise unwritable(path, error if isinstance(error, OSError) else OSError(str(error))) from error
        with self._translated():
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for several statements that hold together or not at all."""
        with self._translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def add(self, captures: Iterable[Capture], file: str, length: int) -> None:
        """Enter captures and how far their file is known to be whole."""
        with self.transaction() as db:
            enter(db, captures, file, length)

    def clear(self) -> None:
        """Forget all captures and files; the frontier stays."""
        with self.transaction() as db:
            db.execute("DELETE FROM captures")
            db.execute("DELETE FROM files")

    def files(self) -> dict[str, int]:
        """Give the WARC files entered, with the length known to be whole."""
        return dict(self._rows("SELECT name, length FROM files ORDER BY name"))

    def holds(self, url: str, digest: str) -> bool:
        """Say whether these bytes are stored for this URL."""
        return bool(self._rows("SELECT 1 FROM captures WHERE url = ? AND digest = ? LIMIT 1", url, digest))

    def captures(self, url: str | None = None) -> list[Capture]:
        """Give the captures of one URL, or of all, oldest first."""
        where = "" if url is None else "WHERE url = ?"
        order = "ORDER BY url, fetched_at, file, offset"
        return self._captures(f"SELECT {_COLUMNS} FROM captures {where} {order}", *(() if url is None else (url,)))

    def latest(self) -> list[Capture]:
        """Give for each URL its latest capture with status 200 or 304, in order of URL."""
        best: dict[str, Capture] = {}
        for capture in self.captures():
            if capture.status in (200, 304):
                best[capture.url] = capture
        return list(best.values())

    def with_bytes(self, capture: Capture) -> Capture | None:
        """Give a capture of the same URL and payload that holds the bytes, for one that only revisits them."""
        if capture.kind != "revisit":
            return capture
        found = self._captures(
            f"SELECT {_COLUMNS} FROM captures WHERE url = ? AND digest = ? AND kind != 'revisit' LIMIT 1",
            capture.url,
            capture.digest,
        )
        return found[0] if found else None

    def _captures(self, statement: str, *values: str) -> list[Capture]:
        return [Capture(url, datetime.fromisoformat(at), *rest) for url, at, *rest in self._rows(statement, *values)]

    def _rows(self, statement: str, *values: str) -> list[tuple]:  # type: ignore[type-arg]
        with self._translated():
            return self._db.execute(statement, values).fetchall()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise unwritable(self.path, OSError(str(error))) from error
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{self.path} is damaged ({error}); make it again from the WARC files with `nianjian rebuild-ledger`"
            ) from error


def enter(db: sqlite3.Connection, captures: Iterable[Capture], file: str, length: int) -> None:
    """Enter captures inside a transaction of the caller's."""
    rows = [(c.url, c.fetched_at.astimezone(UTC).isoformat(), *astuple(c)[2:]) for c in captures]
    db.executemany(f"INSERT OR REPLACE INTO captures ({_COLUMNS}) VALUES ({', '.join('?' * 10)})", rows)
    db.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (file, length))
