"""The judged queries: what was asked of the sample archive, and which entries answer it how well."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.model import Entry

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the entries that answer it, judged by a reader of the whole archive before any engine was asked."""

    id: str
    type: str
    query: str
    relevant: Mapping[str, int]
    """Entry id to grade: 3 just what was wanted, 2 clearly relevant, 1 touches the subject."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Entries, and queries about them."""

    name: str
    entries: tuple[Entry, ...]
    queries: tuple[Judged, ...]


def tuned() -> Collection:
    """Give the sample archive, on which the order was set."""
    files = sorted((ROOT / "corpus").glob("*/expected.jsonl"))
    return Collection("tuned", _entries(*files), _queries(Path(__file__).with_name("queries.jsonl")))


def unseen() -> Collection:
    """Give two further yearbooks, written and judged by people who did not know the engine; nothing is set on them."""
    folder = Path(__file__).with_name("unseen")
    return Collection("unseen", _entries(folder / "entries.jsonl"), _queries(folder / "queries.jsonl"))


def _entries(*files: Path) -> tuple[Entry, ...]:
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return tuple(Entry.from_record(json.loads(line)) for line in lines)


def _queries(file: Path) -> tuple[Judged, ...]:
    return tuple(Judged(**json.loads(line)) for line in file.read_text("utf-8").splitlines())
