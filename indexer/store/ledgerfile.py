"""Opens the ledger's SQLite file, for writing, or for reading without writing anything."""

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import quote

from indexer.errors import StoreError
from indexer.files.durable import unwritable
from indexer.urls import canonical, page_key

_T = TypeVar("_T")
VERSION = 3
_TABLES = """
CREATE TABLE IF NOT EXISTS captures (
    url TEXT NOT NULL, page TEXT NOT NULL, fetched_at TEXT NOT NULL, status INTEGER NOT NULL,
    content_type TEXT NOT NULL, digest TEXT NOT NULL, length INTEGER NOT NULL, kind TEXT NOT NULL,
    source TEXT NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL, end INTEGER NOT NULL,
    is_page INTEGER NOT NULL, PRIMARY KEY (file, offset)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS captures_by_page ON captures (page, digest);
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS writing (file TEXT PRIMARY KEY, offset INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS losses (
    file TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, url TEXT NOT NULL, page TEXT NOT NULL,
    fetched_at TEXT NOT NULL, digest TEXT NOT NULL, kind TEXT NOT NULL, why TEXT NOT NULL,
    PRIMARY KEY (file, start, url, fetched_at)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS frontier (
    url TEXT PRIMARY KEY, volume TEXT NOT NULL, found_on TEXT NOT NULL, state TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '', seen_at TEXT NOT NULL DEFAULT '', moved_to TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
"""
_FROM_FIRST = """
ALTER TABLE captures ADD COLUMN page TEXT NOT NULL DEFAULT '';
ALTER TABLE captures ADD COLUMN end INTEGER NOT NULL DEFAULT 0;
ALTER TABLE captures ADD COLUMN is_page INTEGER NOT NULL DEFAULT 1;
UPDATE captures SET page = page_key(url);
UPDATE captures SET is_page = 0
    WHERE content_type LIKE 'image/%' OR content_type LIKE 'text/css%' OR content_type LIKE '%javascript%';
DROP INDEX IF EXISTS captures_by_url;
UPDATE OR IGNORE frontier SET url = canonical(url) WHERE canonical(url) NOT IN ('', url);
"""
"""Upgrades the tables of version 1, which carried no version number, to version 2."""
_FROM_SECOND = """
ALTER TABLE frontier ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
UPDATE frontier SET state = 'failed' WHERE state = 'refused' AND reason LIKE 'redirects %';
"""
"""Upgrades the tables of version 2 to version 3; all redirects are asked for again, since their kind was not
recorded."""
_OUTSIDE = ("readonly", "unable to open", "disk", "full", "locked", "busy", "I/O")
"""Words in SQLite's messages that point to the folder or disk rather than to the file's content."""
_TRIES = 8
"""How often a query is repeated if a writer came or went in the meantime."""


class Connection:
    """An open ledger file; SQLite's errors are raised as ours."""

    def __init__(self, path: Path, db: sqlite3.Connection, *, in_memory: bool = False) -> None:
        """Use an open database."""
        self.path = path
        self._db = db
        self._in_memory = in_memory

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction for several statements that take effect together or not at all."""
        with translated(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def rows(self, statement: str, values: Sequence[object]) -> list[tuple]:  # type: ignore[type-arg]
        """Return the rows of a query."""
        with translated(self.path):
            return self._db.execute(statement, values).fetchall()

    def in_memory(self) -> "Connection":
        """Return a copy in memory, which can be changed without touching the file; itself if it is such a copy."""
        if self._in_memory:
            return self
        with translated(self.path):
            memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            self._db.backup(memory)
        return Connection(self.path, memory, in_memory=True)

    def copy_to(self, path: Path) -> None:
        """Write the ledger as it is at one moment to another file, which must not be a ledger in use."""
        with translated(self.path), closing(sqlite3.connect(path)) as copy:
            self._db.backup(copy)


class ReadConnection(Connection):
    """A ledger file open for reading: it creates and writes nothing, and reads correctly while a writer works.

    If there is a write-ahead log beside the file, both are read together.  Otherwise the file is read as one that does
    not change, and the query is repeated if it did.
    """

    def __init__(self, path: Path) -> None:
        """Set the file's path; the file is opened at the first query."""
        self.path = path
        self._in_memory = False
        self._stamp: object = None
        self._copied: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Close the file."""
        if self._stamp is not None:
            self._db.close()
            self._stamp = None
        if self._copied:
            self._copied.cleanup()
            self._copied = None

    def transaction(self) -> NoReturn:
        """Raise `StoreError`: this connection only reads."""
        raise StoreError("ledger-read-only", path=self.path)

    def rows(self, statement: str, values: Sequence[object]) -> list[tuple]:  # type: ignore[type-arg]
        """Return the rows of a query, all from the same moment."""
        return self._asked(lambda: self._db.execute(statement, values).fetchall())

    def in_memory(self) -> Connection:
        """Return a copy in memory."""
        return self._asked(super().in_memory)

    def copy_to(self, path: Path) -> None:
        """Write the ledger as it is at one moment to another file."""
        self._asked(partial(super().copy_to, path))

    def _asked(self, ask: Callable[[], _T]) -> _T:
        failed: sqlite3.Error | StoreError | OSError | None = None
        for _ in range(_TRIES):
            with translated(self.path):
                try:
                    stamp = _stamp(self.path)
                    if stamp != self._stamp:
                        self.close()
                        # Without the log's index (-shm) SQLite would create one beside the file: read a copy instead.
                        copied = bool(stamp[0]) and (failed is not None or not companion(self.path, "-shm").exists())
                        self._open(copied=copied)
                        self._stamp = stamp
                    found = ask()
                except (sqlite3.Error, StoreError, OSError) as error:
                    self.close()
                    failed = error
                    continue
                if stamp[0] or _stamp(self.path) == stamp:
                    return found
        with translated(self.path):
            raise failed or StoreError("ledger-changes-read", path=self.path)

    def _open(self, *, copied: bool) -> None:
        path, how = self.path, "mode=ro"
        if copied:  # the log's index cannot be shared with the writer (another user, or a read-only folder)
            self._copied = tempfile.TemporaryDirectory(prefix="nianjian-")
            path = Path(self._copied.name, self.path.name)
            before = _moment(self.path)
            for suffix in ("-wal", ""):
                shutil.copyfile(f"{self.path}{suffix}", f"{path}{suffix}")
            if _moment(self.path) != before:
                raise StoreError("ledger-changes-copied", path=self.path)
        elif not _has_log(self.path):
            how = "mode=ro&immutable=1"
        self._db = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?{'' if copied else how}",
            uri=True,
            timeout=30,
            isolation_level=None,
            check_same_thread=False,
        )


def connect(path: Path) -> Connection:
    """Open a ledger for writing; create it if it is missing and upgrade it if it is of an older version.

    Raises `StoreError` if the file is not a ledger, `ConfigError` if it cannot be written.
    """
    if path.exists() and not path.is_file():
        raise StoreError("ledger-no-file", path=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.OperationalError) as error:
        raise unwritable(path, error if isinstance(error, OSError) else OSError(str(error))) from error
    try:
        with translated(path):
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            _bring_up_to_date(db, path)
    except BaseException:
        db.close()
        raise
    return Connection(path, db)


def connect_for_reading(path: Path) -> Connection:
    """Open a ledger without writing; a missing one, or an upgraded copy of an older one, is made in memory.

    Raises `StoreError` if the file is not a ledger or cannot be read.
    """
    if not path.exists():
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        _bring_up_to_date(memory, path)
        return Connection(path, memory, in_memory=True)
    connection = ReadConnection(path)
    try:
        if connection.rows("PRAGMA user_version", ())[0][0] == VERSION:
            return connection
        copy = connection.in_memory()
    except BaseException:
        connection.close()
        raise
    connection.close()
    with translated(path):
        _bring_up_to_date(copy._db, path)
    return copy


def _bring_up_to_date(db: sqlite3.Connection, path: Path) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise StoreError("ledger-newer", path=path)
    if version == VERSION:
        return
    db.create_function("page_key", 1, page_key, deterministic=True)
    db.create_function("canonical", 1, canonical, deterministic=True)
    older = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'captures'").fetchone()[0]
    steps = (_FROM_FIRST if version < 2 else "") + _FROM_SECOND
    script = (steps if older else "") + _TABLES
    db.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {VERSION}; COMMIT;")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as ours, telling a file that cannot be read or written from a damaged one."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if path.exists() and not path.is_file():
            raise damaged(path, error) from error
        if not os.access(path, os.R_OK) and path.exists():
            raise StoreError("store-unreadable", path=path, reason=os.strerror(errno.EACCES)) from error
        if any(word in str(error) for word in _OUTSIDE):
            raise unwritable(path, OSError(str(error))) from error
        raise damaged(path, error) from error
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from error
    except OSError as error:
        if isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError):
            raise damaged(path, error) from error
        raise unwritable(path, error) from error


def damaged(path: Path, error: Exception) -> StoreError:
    """Return the error that says a ledger is damaged, and what to do."""
    return StoreError("ledger-damaged", path=path, reason=str(error))


def companion(path: Path, suffix: str) -> Path:
    """Return the path of a file that SQLite keeps beside its own; `suffix` is `-wal`, `-shm` or `-journal`."""
    return path.with_name(path.name + suffix)


def _has_log(path: Path) -> bool:
    try:
        return companion(path, "-wal").stat().st_size > 0
    except OSError:
        return False


def _moment(path: Path) -> tuple[tuple[int, int], ...]:
    files = (path.stat(), companion(path, "-wal").stat())
    return tuple((file.st_mtime_ns, file.st_size) for file in files)


def _stamp(path: Path) -> tuple[object, ...]:
    """Return a value that changes when a writer comes or goes, or changes a file that has no log."""
    status = path.stat()
    if _has_log(path):
        return (True, status.st_ino)
    return (False, status.st_ino, status.st_mtime_ns, status.st_size)
