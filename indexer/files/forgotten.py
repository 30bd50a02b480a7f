"""Which pages people have taken out of the archive, and why; touches no page."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import StoreError
from indexer.files.durable import appending

LEFT_OUT = "taken out of the archive with `nianjian forget`"
"""Why a page that is brought in again is left out."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about a page: to forget it, or to undo that."""

    url: str
    """As the page's URL is written canonically."""
    at: str
    """Time, ISO 8601, UTC."""
    reason: str
    undo: bool = False


def read_decisions(path: Path) -> Iterator[Decision]:
    """Read `forgotten.jsonl`, oldest first; none when there is no file.

    Raises `StoreError` naming the line that is no decision: nothing may be shown by mistake.
    """
    try:
        text = path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"cannot read {path}: {error}; mend it: until then nothing is shown") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                decision = Decision(**json.loads(line))
                if not all(isinstance(each, str) for each in (decision.url, decision.at, decision.reason)):
                    raise TypeError
            except (ValueError, TypeError, RecursionError) as error:
                raise StoreError(f"{path}, line {number}: no decision to forget a page; mend the line") from error
            yield decision


def forgotten(path: Path) -> frozenset[str]:
    """Give the URLs of the pages that are forgotten: the last decision about each counts.

    Raises `StoreError` as `read_decisions` does.
    """
    return in_force(read_decisions(path))


def in_force(decisions: Iterable[Decision]) -> frozenset[str]:
    """Give the URLs whose last decision is to forget."""
    last = {each.url: each for each in decisions}
    return frozenset(url for url, each in last.items() if not each.undo)


def decide(path: Path, url: str, reason: str, *, undo: bool, now: datetime | None = None) -> Decision:
    """Append a decision, whole and durable."""
    at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    decision = Decision(url, at, reason, undo)
    with appending(path) as file:
        file.write(json.dumps(asdict(decision), ensure_ascii=False).encode() + b"\n")
    return decision
