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


def judged_queries() -> list[Judged]:
    """Read the queries."""
    lines = Path(__file__).with_name("queries.jsonl").read_text("utf-8").splitlines()
    return [Judged(**json.loads(line)) for line in lines]


def sample_entries() -> list[Entry]:
    """Read the sample archive's entries."""
    files = sorted((ROOT / "corpus").glob("*/expected.jsonl"))
    return [Entry.from_record(json.loads(line)) for file in files for line in file.read_text("utf-8").splitlines()]
