"""Compares WARC files with what a ledger knows of them, and determines what is lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.errors import StoreError, reason_of
from indexer.progress import Progress, silent
from indexer.store.ledger import ABOUT, Ledger, Loss
from indexer.urls import page_key
from indexer.warc.reading import read_records
from indexer.warc.records import ABOUT_OTHERS, Capture, Other, Stored, Unreadable


@dataclass(frozen=True, slots=True)
class Survey:
    """What one file holds from an offset on."""

    captures: tuple[Capture, ...]
    unreadable: tuple[Unreadable, ...]
    end: int
    """Up to which offset the file is accounted for: its end, or where an interrupted write of ours began."""


def survey(
    path: Path, start: int = 0, begun: int | None = None, progress: Progress = silent, size: int | None = None
) -> Survey:
    """Read all records of a file from an offset on.

    A record that breaks off at the end of the file, at or after the offset `begun` where our writer began, is not a
    loss: it was never acknowledged, and is being written or will be asked for again.  With `size` the file is taken to
    end there.

    Raises `StoreError` if the file cannot be read at all.
    """
    captures: list[Capture] = []
    unreadable: list[Unreadable] = []
    try:
        size = path.stat().st_size if size is None else size
        with path.open("rb") as file:
            for record in read_records(file, path.name, start, size):
                if isinstance(record, Unreadable):
                    unreadable.append(record)
                elif isinstance(record, Stored):
                    captures.append(record.capture)
                if not isinstance(record, Other):
                    progress("records", len(captures), 0)
    except OSError as error:
        raise StoreError("store-unreadable", path=path, reason=reason_of(error)) from error
    end = size
    if begun is not None and unreadable and unreadable[-1].end == size and unreadable[-1].start >= begun:
        end = unreadable.pop().start
    seen: set[int] = set()
    alone: list[Capture] = []
    for capture in captures:
        if capture.offset in seen:
            why = "it shares its gzip member with another record; bring the file in with `nianjian import`"
            unreadable.append(
                Unreadable(path.name, capture.offset, capture.end, capture.url, capture.fetched_at, why, capture.kind)
            )
        else:
            alone.append(capture)
        seen.add(capture.offset)
    return Survey(tuple(alone), tuple(unreadable), end)


def catch_up(
    ledger: Ledger, folder: Path, files: Sequence[Path], *, in_memory: bool = False
) -> tuple[Ledger, list[Loss]]:
    """Add to the ledger what it does not know: after a crash, from files put here by hand, or from damaged files.

    Returns the ledger, which is a copy if changed only `in_memory`, and the new losses.
    """
    if {path.name: path.stat().st_size for path in files} == ledger.files():
        return ledger, []
    if in_memory:
        # Copy first and query only the copy: a writer may add more between two queries of the file.
        original, ledger = ledger, ledger.in_memory()
        if original is not ledger:
            original.close()
    known, begun = ledger.files(), ledger.begun()
    news: list[Loss] = []
    for path in files:
        done = known.pop(path.name, 0)
        size = path.stat().st_size
        if size == done:
            continue
        found = survey(path, done, begun.get(path.name), size=size) if size > done else None
        if found and not found.unreadable:
            if found.captures or found.end > done:
                ledger.add(found.captures, path.name, found.end)
            continue
        news += renew(ledger, path, begun.get(path.name))
    for name in known:
        news += _gone(ledger, folder / name)
    return ledger, news


def renew(
    ledger: Ledger, path: Path, begun: int | None, progress: Progress = silent, size: int | None = None
) -> list[Loss]:
    """Read a whole file again and replace what was known of it; return the losses.

    With `size` the file is taken to end there, so that what a writer appends meanwhile is ignored.
    """
    found = survey(path, 0, begun, progress, size)
    lost = losses_of(found, known_in(ledger, path.name), ledger.files().get(path.name, 0))
    ledger.replace(path.name, found.captures, lost, found.end)
    return lost


def known_in(ledger: Ledger, file: str) -> list[Loss]:
    """Return the captures that a ledger knows in a file, and those known to be lost from it, all as losses."""
    noted = [each for each in ledger.losses() if each.file == file]
    return [loss_of(each, "") for each in ledger.captures_in(file)] + noted


def losses_of(found: Survey, known: Iterable[Loss], known_to: int) -> list[Loss]:
    """Return a file's losses: its gaps with the captures known there, and known captures whose record is missing.

    Up to the offset `known_to` the ledger was complete, so a gap before it without a known capture held none.
    """
    whole = [loss_of(each, "") for each in found.captures]
    read = {key for each in whole for known_as in (each, replace(each, digest="")) for key in _known_again_by(known_as)}
    missing = [each for each in known if read.isdisjoint(_known_again_by(each))]
    losses: list[Loss] = []
    for gap in found.unreadable:
        inside = [each for each in missing if gap.start <= each.start < gap.end or _same(gap, each)]
        missing = [each for each in missing if each not in inside]
        captures = [each for each in inside if each.url]
        losses += [replace(each, start=gap.start, end=gap.end, why=gap.why) for each in captures]
        if not captures:
            # What an earlier reading could not tell is still unknown, though the ledger now reaches past it.
            told = [each.kind for each in inside] or [ABOUT if gap.end <= known_to and not gap.url else gap.kind]
            kind = ABOUT if gap.kind in ABOUT_OTHERS or ABOUT in told else told[0]
            page = page_key(gap.url) if gap.url else ""
            losses.append(Loss(gap.file, gap.start, gap.end, gap.url, page, gap.fetched_at, "", kind, gap.why))
    return losses + [replace(each, why="its record is no longer in the file") for each in missing if each.url]


def loss_of(capture: Capture, why: str) -> Loss:
    """Return a capture as a loss with the reason `why`."""
    c = capture
    return Loss(c.file, c.offset, c.end, c.url, c.page, c.fetched_at, c.digest, c.kind, why)


def _known_again_by(known: Loss) -> Iterator[tuple[object, ...]]:
    """Yield keys by which a capture is recognised: its payload wherever it is now, or what is known of its place."""
    if known.digest:
        yield known.page, known.digest, known.kind, known.fetched_at if known.kind == "revisit" else None
        yield known.start, known.digest, known.kind
    else:
        yield known.start, known.page, known.fetched_at


def _same(gap: Unreadable, known: Loss) -> bool:
    return bool(gap.url) and gap.kind == known.kind and (gap.url, gap.fetched_at) == (known.url, known.fetched_at)


def _gone(ledger: Ledger, path: Path) -> list[Loss]:
    """Record that a file is gone; return the losses."""
    why = f"{path} is gone; restore it from a copy"
    lost = [replace(each, why=why) for each in known_in(ledger, path.name) if each.url]
    ledger.replace(path.name, (), lost, None)
    return lost
