"""Which pages people have taken out of the archive, and why; touches no page."""

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
"""Why a page that is brought in again is left out."""
_MEND = "mend it: until then nothing is shown"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about a page: to forget it, or to undo that."""

    url: str
    """As the page's URL is written canonically."""
    at: str
    """Time, ISO 8601, UTC, to the microsecond."""
    reason: str
    undo: bool = False
    also: tuple[str, ...] = ()
    """Pages whose entries hold text of it, until they are parsed again: those that go on in it."""


def read_decisions(path: Path) -> Iterator[Decision]:
    """Read `forgotten.jsonl`, oldest first; none when there is no file.

    Raises `StoreError` naming the line that is no decision: nothing may be shown by mistake.
    """
    with suppress(FileNotFoundError, NotADirectoryError):
        for line in read_lines(path, _MEND):
            decision = line.value(Decision, "no decision to forget a page", _MEND)
            try:
                datetime.fromisoformat(decision.at)
            except ValueError as error:
                raise StoreError(f"{line.where}: {told(error)}; {_MEND}") from error
            yield decision


def decisions_in_force(path: Path) -> list[Decision]:
    """Give the decisions to forget that hold now, oldest first: the last one about each page counts.

    Raises `StoreError` as `read_decisions` does.
    """
    last = {each.url: each for each in read_decisions(path)}
    return sorted((each for each in last.values() if not each.undo), key=lambda each: each.at)


def forgotten(path: Path, made_at: float | None = None) -> frozenset[str]:
    """Give the URLs of the pages that are forgotten.

    For what was made of pages at a time (`made_at`, seconds since 1970) before a decision, so are the pages whose
    entries may still hold text of a forgotten one.
    Raises `StoreError` as `read_decisions` does.
    """
    urls: set[str] = set()
    for decision in decisions_in_force(path):
        urls.add(decision.url)
        if made_at is not None and datetime.fromisoformat(decision.at).timestamp() >= made_at:
            urls.update(decision.also)
    return frozenset(urls)


def forgotten_of(path: Path, parsed: Container[str] | None) -> frozenset[str]:
    """Give the URLs of pages whose entries may not be shown, of entries made of the pages `parsed`.

    Where a forgotten page was among them, so are the pages whose entries may hold text of it.  What lies in a file tells
    that, and no file's time, which a copy changes.  Without `parsed` it is not known of what the entries were made.
    Raises `StoreError` as `read_decisions` does.
    """
    urls: set[str] = set()
    for decision in decisions_in_force(path):
        urls.add(decision.url)
        if parsed is None or decision.url in parsed:
            urls.update(decision.also)
    return frozenset(urls)


def decide(path: Path, decision: Decision) -> Decision:
    """Append a decision, whole and durable."""
    with appending(path) as file:
        file.write(json.dumps(asdict(decision), ensure_ascii=False).encode() + b"\n")
    return decision
