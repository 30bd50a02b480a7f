"""Records in `ids.jsonl` what each entry's id has meant, and since when.

Ids are permanent, because citations rest on them.  When parsing changes and an id comes to mean another text, or none,
the line that says so also says which id the old text has now.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from indexer.files.durable import appending
from indexer.files.jsonlines import read_lines
from indexer.model import Entry

_ID = re.compile(rb'"id": ("(?:[^"\\]|\\.)*"),')
"""Where a line has its id, as JSON writes it; a title may have the like in it."""
_ALIKE = 0.9
"""Likeness from which two texts count as the same, read a little differently."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an id means from some time on."""

    id: str
    at: str
    """Time, ISO 8601, UTC."""
    page: str
    title: str
    sha256: str | None
    """SHA-256 of the text, hexadecimal; None if the id no longer means anything."""


@dataclass(frozen=True, slots=True)
class Change(Meaning):
    """A meaning that replaced another."""

    was: str
    """Title of the former meaning."""
    was_sha256: str
    """SHA-256 of the former text, hexadecimal."""
    became: str | None
    """The id that the former text has now; the same id if the text was only read a little differently, None if it is
    gone."""


def text_of(entry: Entry) -> str:
    """Return the text by which an entry is recognised."""
    return "\n".join((entry.title, entry.body, entry.signature, *entry.captions))


def text_hash(entry: Entry) -> str:
    """Return the SHA-256 of an entry's text, hexadecimal."""
    return sha256(text_of(entry).encode()).hexdigest()


def likeness(one: str, other: str) -> float:
    """Return how much two texts have in common, 0 to 1: twice their common character pairs over all pairs (Dice)."""
    if one == other:
        return 1.0
    first, second = (Counter(map("".join, pairwise(text))) for text in (one, other))
    both = sum((first & second).values())
    return 2 * both / max(1, first.total() + second.total())


def read_meanings(path: Path) -> Iterator[Meaning | Change]:
    """Yield the lines of the file, oldest first; none if there is no file.

    An unfinished last line is skipped: nobody relied on it.

    Raises `StoreError` naming any other line that is not the meaning of an id.
    """
    return _meanings(path, lambda _: True)


def read_changes(path: Path) -> dict[str, list[Change]]:
    """Return the changes of each id, oldest first, by id.  Raises `StoreError` as `read_meanings` does."""
    changes: dict[str, list[Change]] = {}
    for found in _meanings(path, lambda text: b'"became"' in text):
        if isinstance(found, Change):
            changes.setdefault(found.id, []).append(found)
    return changes


def read_times(path: Path) -> dict[str, datetime]:
    """Return since when each id has meant what it means now, by id; ids that mean nothing any more are left out.

    Most have one of a few times, of which each is one object.  A time that is none, which nobody but a person writes, is
    left out, too.  Raises `StoreError` as `read_meanings` does.
    """
    known: dict[str, datetime | None] = {}
    times: dict[str, datetime] = {}
    for found in read_meanings(path):
        if found.at not in known:
            known[found.at] = _moment(found.at)
        at = known[found.at]
        if at is None or found.sha256 is None:
            times.pop(found.id, None)
        else:
            times[found.id] = at
    return times


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def pages_of(path: Path, ids: Collection[str]) -> dict[str, str]:
    """Return the URL of the page that each id was last on, however long ago, by id; ids that never existed have none.

    The file is read once, however many ids there are.  Raises `StoreError` as `read_meanings` does.
    """
    wanted = {json.dumps(each, ensure_ascii=False).encode() for each in ids}
    found = _meanings(path, lambda text: not wanted.isdisjoint(_ID.findall(text)))
    return {each.id: each.page for each in found if each.id in ids}


def _meanings(path: Path, wanted: Callable[[bytes], bool]) -> Iterator[Meaning | Change]:
    """Yield the lines that are wanted by their bytes; the others, which are most, need not be parsed."""
    with suppress(FileNotFoundError, NotADirectoryError):
        for line in read_lines(path, "meaning"):
            if line.text.endswith(b"\n") and wanted(line.text):
                record = line.read()
                is_change = isinstance(record, dict) and "became" in record
                yield line.value(Change if is_change else Meaning)


def follow(changes: Mapping[str, list[Change]], change: Change) -> str | None:
    """Return the id that a replaced text has today, through all later changes; None if it is gone."""
    name, at = change.became, change.at
    seen = set()
    while name is not None and (name, at) not in seen:
        seen.add((name, at))
        later = next((each for each in changes.get(name, ()) if each.at > at and each.became != name), None)
        if later is None:
            return name
        name, at = later.became, later.at
    return name


def write_meanings(path: Path, meanings: Iterable[Meaning]) -> int:
    """Append lines, all of them or none; return their number."""
    count = 0
    with appending(path) as file:
        for each in meanings:
            file.write(json.dumps(_record(each), ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def became(old: str, candidates: Iterable[Entry], own: str) -> str | None:
    """Return the id of the entry most like an old text, preferring its own id if equal; None if none is alike."""
    best: tuple[float, bool, str] = (0.0, False, "")
    for entry in candidates:
        alike = likeness(old, text_of(entry))
        if alike >= _ALIKE:
            best = max(best, (alike, entry.id == own, entry.id))
    return best[2] or None


def _record(meaning: Meaning) -> dict[str, Any]:
    names = ("id", "at", "page", "title", "sha256") + (
        ("was", "was_sha256", "became") if isinstance(meaning, Change) else ()
    )
    return {name: getattr(meaning, name) for name in names}
