"""Makes the ledger again from the WARC files, saving from the old one what only it knows; writes no WARC file."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from indexer.errors import StoreError
from indexer.files.durable import sync_folder, unwritable
from indexer.progress import Progress, silent
from indexer.store.ledger import Ledger, Loss, enter_losses
from indexer.store.ledgerfile import Connection, connect, connect_for_reading
from indexer.store.surveying import losses_of, survey

_STATES = ("pending", "done", "failed", "refused")
_FRONTIER = "url, volume, found_on, state, tries, reason, etag, modified, seen_at"


@dataclass(slots=True)
class _Saved:
    """What an old ledger still tells."""

    whole: bool = True
    frontier: list[tuple[object, ...]] = field(default_factory=list)
    begun: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    known: dict[str, list[Loss]] = field(default_factory=dict)
    """File to the captures that are, or were, in it."""


def rebuild(ledger: Path, files: Sequence[Path], progress: Progress = silent) -> list[Loss]:
    """Make a ledger again; give what of the files cannot be read. The caller holds the store's lock.

    An old ledger that is damaged, or a folder in its place, is moved aside.
    """
    saved = _save(ledger)
    new = ledger.with_name(ledger.name + ".new")
    for path in _with_companions(new):
        path.unlink(missing_ok=True)
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
        gone = [
            Loss(name, each.start, each.end, each.url, each.page, each.fetched_at, each.kind, why) for each in known
        ]
        gone = [each for each in gone if each.url]
        with made.transaction() as db:
            enter_losses(db, gone)
        lost += gone
    marks = ", ".join("?" * len(_FRONTIER.split(",")))
    with made.transaction() as db:
        db.executemany(f"INSERT OR IGNORE INTO frontier ({_FRONTIER}) VALUES ({marks})", saved.frontier)
        db.executemany("INSERT OR IGNORE INTO writing VALUES (?, ?)", list(saved.begun.items()))
    return lost


def _save(path: Path) -> _Saved:
    """Read what can be read of an old ledger."""
    saved = _Saved()
    if not path.exists():
        return saved
    if not path.is_file():
        return _Saved(whole=False)
    try:
        connection = connect_for_reading(path)
    except StoreError:
        return _Saved(whole=False)
    try:
        for row in _rows(connection, saved, f"SELECT {_FRONTIER} FROM frontier"):
            if all(isinstance(each, str) for each in (*row[:4], *row[5:])) and row[3] in _STATES:
                saved.frontier.append((*row[:4], row[4] if isinstance(row[4], int) else 0, *row[5:]))
        saved.begun = _numbers(_rows(connection, saved, "SELECT file, offset FROM writing"))
        saved.files = _numbers(_rows(connection, saved, "SELECT name, length FROM files"))
        columns = "file, {}, end, url, page, fetched_at, kind"
        for table, start in (("captures", "offset"), ("losses", "start")):
            for row in _rows(connection, saved, f"SELECT {columns.format(start)} FROM {table}"):
                _keep(saved, row)
        if _rows(connection, saved, "PRAGMA quick_check") != [("ok",)]:
            saved.whole = False
    finally:
        connection.close()
    if not saved.whole:
        saved.files = {}  # what it does not know may yet have been there
    return saved


def _rows(connection: Connection, saved: _Saved, statement: str) -> list[tuple]:  # type: ignore[type-arg]
    try:
        return connection.rows(statement, ())
    except (StoreError, sqlite3.Error, UnicodeDecodeError):
        saved.whole = False
        return []


def _keep(saved: _Saved, row: tuple) -> None:  # type: ignore[type-arg]
    file, start, end, url, page, at, kind = row
    try:
        time = datetime.fromisoformat(at) if at else None
        loss = Loss(str(file), int(start), int(end), str(url), str(page), time, str(kind), "")
    except (ValueError, TypeError):
        saved.whole = False
        return
    saved.known.setdefault(loss.file, []).append(loss)


def _numbers(rows: list[tuple]) -> dict[str, int]:  # type: ignore[type-arg]
    return {str(name): number for name, number in rows if isinstance(number, int)}


def _put_in_place(new: Path, ledger: Path, *, aside: bool) -> None:
    if aside and ledger.exists():
        _move_aside(ledger)
    elif ledger.exists():
        connect(ledger).close()  # takes up its log: it must not be read together with the new file
    for companion in _with_companions(ledger)[1:]:
        companion.unlink(missing_ok=True)
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
    return [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]
