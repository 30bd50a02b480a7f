"""Thirty invented pages, as bytes, with right answers, by somebody who knew neither the parser nor the other inputs.

At first sight 76 of their 80 entries were right in all fields, and the pages of the other four had a problem reported.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from holdout_pages import Wanted

_FOLDER = Path(__file__).parent / "afresh"


@dataclass(frozen=True, slots=True)
class Case:
    """One page, and the entries it holds, in order."""

    name: str
    url: str
    body: bytes
    entries: tuple[Wanted, ...]
    also: tuple[tuple[Wanted, ...], ...] = ()
    """Other readings that an archivist would accept."""
    doubtful: bool = False


def _wanted(entry: dict[str, Any]) -> Wanted:
    return Wanted(**entry | {"authors": tuple(entry["authors"]), "captions": tuple(entry["captions"])})


def _case(answer: Path) -> Case:
    found = json.loads(answer.read_text("utf-8"))
    return Case(
        f"afresh-{answer.stem}",
        found["url"],
        answer.with_suffix(".html").read_bytes(),
        tuple(map(_wanted, found["entries"])),
        tuple(tuple(map(_wanted, entries)) for entries in found.get("also", ())),
        found.get("doubtful", False),
    )


CASES = tuple(map(_case, sorted(_FOLDER.glob("*.json"))))
