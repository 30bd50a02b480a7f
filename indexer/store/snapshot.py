"""Finds a moment of a page store, whoever is writing to it: its ledger, and how far each file belongs to it."""

from dataclasses import dataclass
from pathlib import Path

from indexer.store.ledger import Ledger
from indexer.store.ledgerfile import connect_for_reading
from indexer.store.pagestore import PageStore
from indexer.store.surveying import survey


@dataclass(frozen=True, slots=True)
class Extent:
    """A WARC file up to the end of its last whole record; what follows later is of no concern."""

    path: Path
    size: int
    """In bytes.  Up to there the file never changes again."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page store at one moment."""

    files: tuple[Extent, ...]
    gone: tuple[str, ...]
    """Names of files that the ledger knows and that are not there."""
    shorter: tuple[str, ...]
    """Names of files that end before the ledger says they do."""


def snapshot(store: PageStore, copy: Path) -> Snapshot:
    """Copy the ledger to `copy`, unless there is none; return which part of each WARC file belongs to it.

    A writer appends to a file before it tells the ledger, so what the ledger accounts for is there, and stays.  Behind
    that, whole records count, which a reader would find, too; one that is being written does not.

    Raises `StoreError` if the ledger is damaged or a file cannot be read.
    """
    # Sizes first: whatever a file is longer then than the ledger says afterwards, nobody has told the ledger.
    before = {path.name: path.stat().st_size for path in store.files()}
    ledger = Ledger(connect_for_reading(store.ledger_path))
    try:
        if store.ledger_path.exists():
            ledger.copy_to(copy)
    finally:
        ledger.close()
    ledger = Ledger(connect_for_reading(copy))
    try:
        known, begun = ledger.files(), ledger.begun()
    finally:
        ledger.close()
    extents = [_extent(path, before.get(path.name, 0), known.get(path.name, 0), begun) for path in store.files()]
    sizes = {each.path.name: each.size for each in extents}
    gone = tuple(name for name in known if name not in sizes)
    shorter = tuple(name for name, size in sizes.items() if size < known.get(name, 0))
    return Snapshot(tuple(extents), gone, shorter)


def _extent(path: Path, before: int, known: int, begun: dict[str, int]) -> Extent:
    size = path.stat().st_size
    if size <= known:
        return Extent(path, size)
    if path.name in begun:
        return Extent(path, survey(path, known, begun[path.name], size=size).end)
    # A file that lies here by hand, or has damage at its end; one begun since then has nothing in the ledger yet.
    return Extent(path, max(known, min(before, size)))
