"""Rebuilds the ledger from the WARC files, keeping from the old one what only it knows."""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import YearbookError
from indexer.files.durable import sync_folder, unwritable
from indexer.progress import Progress, silent
from indexer.store.ledger import Ledger, Loss, enter_losses
from indexer.store.ledgerfile import Connection, companion, connect, connect_for_reading
from indexer.store.surveying import losses_of, survey
from indexer.urls import page_key

_STATES = ("pending", "done", "failed", "refused")
_FILE = re.compile(r"[^/\\\x00]+\.warc\.gz")
_DIGEST = re.compile(r"[A-Za-z0-9-]{2,10}:[A-Za-z0-9+/=_-]{8,128}")
_FRONTIER = "url, volume, found_on, state, tries, reason, etag, modified, seen_at, moved_to"


@dataclass(slots=True)
class _Saved:
    """What could be read from the old ledger."""

    whole: bool = True
    frontier: list[tuple[object, ...]] = field(default_factory=list)
    begun: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    known: dict[str, list[Loss]] = field(default_factory=dict)
    """The captures that are, or were, in each file, by file."""


def rebuild(ledger: Path, files: Sequence[Path], progress: Progress = silent) -> list[Loss]:
    """Rebuild a ledger; return what cannot be read in the files.

    The caller must hold the store's lock.  A damaged old ledger, or a folder in its place, is moved aside.
    """
    saved = _save(ledger)
    new = ledger.with_name(ledger.name + ".new")
    try:
        for path in _with_companions(new):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    made = Ledger(connect(new))
    try:
        lost = _fill(made, saved, files, progress)
    finally:
        made.close()
    try:
        _put_in_place(new, ledger, aside=not saved.whole)
    except OSError as error:
        raise unwritable(ledger, error) from error
    return lost


def _fill(made: Ledger, saved: _Saved, files: Sequence[Path], progress: Progress) -> list[Loss]:
    lost: list[Loss] = []
    for path in files:
        found = survey(path, 0, saved.begun.get(path.name), progress)
        losses = losses_of(found, saved.known.pop(path.name, []), saved.files.get(path.name, 0))
        made.replace(path.name, found.captures, losses, found.end)
        lost += losses
    for name, known in saved.known.items():
        why = f"{name} is gone; restore it from a copy"
        gone = [replace(each, why=why) for each in known if each.url]
        with made.transaction() as db:
            enter_losses(db, gone)
        lost += gone
    marks = ", ".join("?" * len(_FRONTIER.split(",")))
    with made.transaction() as db:
        db.executemany(f"INSERT OR IGNORE INTO frontier ({_FRONTIER}) VALUES ({marks})", saved.frontier)
        db.executemany("INSERT OR IGNORE INTO writing VALUES (?, ?)", list(saved.begun.items()))
    return lost


def _save(path: Path) -> _Saved:
    """Read whatever can be read from an old ledger."""
    saved = _Saved()
    if not path.exists():
        return saved
    if any(each.exists() and not each.is_file() for each in _with_companions(path)):
        return _Saved(whole=False)
    try:
        connection = connect_for_reading(path)
    except (YearbookError, OSError):
        return _Saved(whole=False)
    try:
        for row in _rows(connection, saved, f"SELECT {_FRONTIER} FROM frontier"):
            if all(isinstance(each, str) for each in (*row[:4], *row[5:])) and row[3] in _STATES:
                saved.frontier.append((*row[:4], row[4] if isinstance(row[4], int) else 0, *row[5:]))
        saved.begun = _numbers(saved, _rows(connection, saved, "SELECT file, offset FROM writing"))
        saved.files = _numbers(saved, _rows(connection, saved, "SELECT name, length FROM files"))
        columns = "file, {}, end, url, fetched_at, digest, kind"
        for table, start in (("captures", "offset"), ("losses", "start")):
            for row in _rows(connection, saved, f"SELECT {columns.format(start)} FROM {table}"):
                _keep(saved, row)
        if _rows(connection, saved, "PRAGMA quick_check") != [("ok",)]:
            saved.whole = False
    finally:
        connection.close()
    if not saved.whole:
        saved.files = {}  # what a damaged ledger does not list may have been there all the same
    return saved


def _rows(connection: Connection, saved: _Saved, statement: str) -> list[tuple]:  # type: ignore[type-arg]
    try:
        return connection.rows(statement, ())
    except (YearbookError, sqlite3.Error, UnicodeDecodeError, OSError):
        saved.whole = False
        return []


def _keep(saved: _Saved, row: tuple) -> None:  # type: ignore[type-arg]
    """Keep what a row says about a capture; impossible values mark the ledger as damaged."""
    file, start, end, url, at, digest, kind = row
    try:
        time = datetime.fromisoformat(at).astimezone(UTC).replace(microsecond=0) if at else None
        if not _FILE.fullmatch(file) or not isinstance(url, str) or start < 0 or end < 0:
            raise ValueError(file)
        known = digest if _DIGEST.fullmatch(digest) else ""
        loss = Loss(file, start, end, url, page_key(url) if url else "", time, known, str(kind), "")
    except (ValueError, TypeError, OverflowError):
        saved.whole = False
        return
    saved.known.setdefault(loss.file, []).append(loss)


def _numbers(saved: _Saved, rows: list[tuple]) -> dict[str, int]:  # type: ignore[type-arg]
    sound = {
        name: number
        for name, number in rows
        if isinstance(name, str) and _FILE.fullmatch(name) and isinstance(number, int) and number >= 0
    }
    saved.whole = saved.whole and len(sound) == len(rows)
    return sound


def _put_in_place(new: Path, ledger: Path, *, aside: bool) -> None:
    if aside and ledger.exists():
        _move_aside(ledger)
    elif ledger.exists():
        try:
            connect(ledger).close()  # merges its log, which must not be read together with the new file
        except YearbookError:
            _move_aside(ledger)
    for path in _with_companions(ledger)[1:]:
        path.unlink(missing_ok=True)
    new.replace(ledger)
    sync_folder(ledger.parent)


def _move_aside(ledger: Path) -> None:
    number, place = 1, ledger.with_name(f"{ledger.name}.damaged")
    while place.exists():
        number += 1
        place = ledger.with_name(f"{ledger.name}.damaged-{number}")
    for path in _with_companions(ledger):
        if path.exists():
            path.rename(place.with_name(place.name + path.name.removeprefix(ledger.name)))


def _with_companions(path: Path) -> list[Path]:
    return [companion(path, suffix) for suffix in ("", "-wal", "-shm", "-journal")]
