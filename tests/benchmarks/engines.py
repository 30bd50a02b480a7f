"""Runs our engine and its rivals on the same entries and questions, each in a process of its own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from questions import Question

from indexer.model import Entry
from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.text.fold import fold
from indexer.text.segment import cut

RUN = Path(__file__).parent / "rivals" / "run.py"
OURS = "ours"
DEBIAN_PYTHON = "/usr/bin/python3"


@dataclass(frozen=True, slots=True)
class Rival:
    """One engine to compare with."""

    name: str
    """Module in `rivals/`."""
    python: str = sys.executable
    rounds: int = 5
    """How often questions are asked again."""
    builds: int = 1
    """How often it builds; the median counts."""
    questions: int = 200
    """How many, of the first ones, are asked: kinds come in turn, so fewer are the same mix."""
    needs: str = ""
    """What must be installed, and how."""


RIVALS = (
    Rival(OURS, builds=5),
    Rival("tantivy_rival", builds=3, needs="pip install tantivy"),
    Rival("groonga_rival", builds=5, needs="apt-get install groonga"),
    Rival("xapian_rival", python=DEBIAN_PYTHON, needs="apt-get install python3-xapian"),
    Rival("sqlite_trigram", rounds=3),
    Rival("sqlite_cut", rounds=3),
    Rival("whoosh_rival", rounds=1, questions=7),
)


def write_inputs(folder: Path, entries: Sequence[Entry], questions: Sequence[Question]) -> tuple[Path, Path]:
    """Write entries and questions as the rivals read them."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "entries.jsonl").open("w", encoding="utf-8") as file:
        for entry in entries:
            text = "\n".join((entry.title, entry.heading, entry.body, entry.signature))
            words = " ".join(word for word in cut(text) if word.strip())
            file.write(json.dumps({**entry.to_record(), "cut": words}, ensure_ascii=False) + "\n")
    records = [question.record() for question in questions]
    (folder / "questions.json").write_text(json.dumps(records, ensure_ascii=False), "utf-8")
    return folder / "entries.jsonl", folder / "questions.json"


def measure(
    rival: Rival, folder: Path, entries: Path, questions: Path, builds: int | None = None
) -> dict[str, Any] | None:
    """Build, so often as the rival says or as given, and ask; None when the rival is not installed."""
    place = folder / rival.name
    times = []
    for _ in range(rival.builds if builds is None else builds):
        shutil.rmtree(place, ignore_errors=True)
        built = _run(rival, "build", str(entries), str(place))
        if built is None:
            return None
        times.append(built["seconds"])
    built["seconds"] = median(times)
    asked = _run(rival, "ask", str(place), str(questions), str(rival.rounds), str(rival.questions))
    return None if asked is None else {"build": built, "ask": asked}


def scan(entries: Sequence[Entry], questions: Sequence[Question]) -> list[set[str]]:
    """Give what reading every text finds: the ids that hold all strings and pass the filters."""
    texts = {
        entry.id: "\0".join(fold(text) for name in TEXT_FIELDS for text in field_texts(entry)[name])
        for entry in entries
    }
    found = []
    for question in questions:
        wanted = [fold(word) for word in question.record()["words"]]  # type: ignore[attr-defined]
        filters = dict(question.filters)
        found.append(
            {
                entry.id
                for entry in entries
                if str(entry.year) == filters.get("year", str(entry.year))
                and entry.section == filters.get("section", entry.section)
                and all(word in texts[entry.id] for word in wanted)
            }
        )
    return found


def _run(rival: Rival, *arguments: str) -> dict[str, Any] | None:
    done = subprocess.Popen(
        [rival.python, str(RUN), rival.name, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    output, errors = done.communicate()
    if done.returncode:
        missing = "No module named" in errors or "No such file" in errors
        if rival.needs and missing:
            print(f"  {rival.name} is left out: {rival.needs}", file=sys.stderr)
            return None
        raise SystemExit(f"{rival.name} failed:\n{errors}")
    found: dict[str, Any] = json.loads(output)
    return found
