"""Records which pages people have taken out of the archive, and why."""

import json
from collections.abc import Container, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from indexer.errors import StoreError, told
from indexer.files.durable import appending
from indexer.files.jsonlines import read_lines

LEFT_OUT = "taken out of the archive with `nianjian forget`"
"""Why a page that is imported again is left out."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision to forget a page, or to undo that."""

    url: str
    """The page's canonical URL."""
    at: str
    """Time, ISO 8601, UTC, to the microsecond."""
    reason: str
    undo: bool = False
    also: tuple[str, ...] = ()
    """URLs of pages that the text runs over as well; until they are parsed again their entries may hold parts of it."""


def read_decisions(path: Path) -> Iterator[Decision]:
    """Yield the decisions in `forgotten.jsonl`, oldest first; none if there is no file.

    Raises `StoreError` naming a line that is not a decision, since otherwise something might be shown by mistake.
    """
    with suppress(FileNotFoundError, NotADirectoryError):
        for line in read_lines(path, "decision"):
            decision = line.value(Decision)
            try:
                datetime.fromisoformat(decision.at)
            except ValueError as error:
                raise StoreError("decision-time-wrong", path=line.path, line=line.number, reason=told(error)) from error
            yield decision


def decisions_in_force(path: Path) -> list[Decision]:
    """Return the decisions to forget that are in force, oldest first; the last one about each page counts.

    Raises `StoreError` as `read_decisions` does.
    """
    last = {each.url: each for each in read_decisions(path)}
    return sorted((each for each in last.values() if not each.undo), key=lambda each: each.at)


def forgotten(path: Path, made_at: float | None = None) -> frozenset[str]:
    """Return the URLs of the forgotten pages.

    With `made_at` (seconds since 1970), for something made of pages at that time: pages whose entries may still hold
    text of a page forgotten since then are included.

    Raises `StoreError` as `read_decisions` does.
    """
    urls: set[str] = set()
    for decision in decisions_in_force(path):
        urls.add(decision.url)
        if made_at is not None and datetime.fromisoformat(decision.at).timestamp() >= made_at:
            urls.update(decision.also)
    return frozenset(urls)


def forgotten_of(path: Path, parsed: Container[str] | None) -> frozenset[str]:
    """Return the URLs of pages whose entries may not be shown, for entries made from the pages `parsed`.

    If a forgotten page is among these, pages whose entries may hold text of it are included.  This goes by what was
    parsed rather than by file times, which copying changes.  With None it is unknown what the entries were made from,
    and such pages are always included.

    Raises `StoreError` as `read_decisions` does.
    """
    urls: set[str] = set()
    for decision in decisions_in_force(path):
        urls.add(decision.url)
        if parsed is None or decision.url in parsed:
            urls.update(decision.also)
    return frozenset(urls)


def decide(path: Path, decision: Decision) -> Decision:
    """Append a decision to the file durably, and return it."""
    with appending(path) as file:
        file.write(json.dumps(asdict(decision), ensure_ascii=False).encode() + b"\n")
    return decision
