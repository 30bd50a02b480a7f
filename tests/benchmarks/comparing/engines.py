"""Lists our engine and its rivals, and has each build an index, in a process of its own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from measuring.saying import say
from questions import Question

from indexer.model import Entry
from indexer.text.segment import cut

RUN = Path(__file__).parents[1] / "rivals" / "run.py"
OURS, PEER, GROONGA = "ours", "tantivy_rival", "groonga_rival"
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
    questions: int = 0
    """How many, of the first ones, are asked, if not all: kinds come in turn, so fewer are the same mix."""
    needs: str = ""
    """What must be installed, and how."""
    is_peer: bool = False
    """It is asked at every size, in turn with ours."""


RIVALS = (
    Rival(OURS, rounds=9, builds=5, is_peer=True),
    Rival(PEER, rounds=9, builds=3, needs="pip install tantivy", is_peer=True),
    Rival(GROONGA, builds=5, needs="apt-get install groonga", is_peer=True),
    Rival("xapian_rival", python=DEBIAN_PYTHON, needs="apt-get install python3-xapian"),
    Rival("sqlite_trigram", rounds=3),
    Rival("sqlite_cut", rounds=3),
    Rival("whoosh_rival", rounds=1, questions=7),
)


def write_entries(path: Path, entries: Iterable[Entry]) -> Path:
    """Write entries as the rivals read them."""
    with path.open("w", encoding="utf-8") as file:
        for entry in entries:
            text = "\n".join((entry.title, entry.heading, entry.body, entry.signature))
            words = " ".join(word for word in cut(text) if word.strip())
            file.write(json.dumps({**entry.to_record(), "cut": words}, ensure_ascii=False) + "\n")
    return path


def write_questions(path: Path, questions: Sequence[Question]) -> Path:
    """Write questions as the rivals read them."""
    path.write_text(json.dumps([question.record() for question in questions], ensure_ascii=False), "utf-8")
    return path


def build_in_turn(rivals: Sequence[Rival], folder: Path, entries: Path, most: int) -> dict[str, dict[str, Any]]:
    """Build each engine's index, as often as it says but at most so often, in turn; leave out what is not installed.

    Gives the median of the seconds, and the bytes.
    """
    found: dict[str, dict[str, Any]] = {}
    times: dict[str, list[float]] = {}
    for number in range(most):
        for rival in rivals:
            if number >= rival.builds or (number and rival.name not in found):
                continue
            shutil.rmtree(folder / rival.name, ignore_errors=True)
            built = _build(rival, entries, folder / rival.name)
            if built:
                times.setdefault(rival.name, []).append(built["seconds"])
                found[rival.name] = built | {"seconds": median(times[rival.name])}
    return found


def _build(rival: Rival, entries: Path, place: Path) -> dict[str, Any] | None:
    command = [rival.python, str(RUN), rival.name, "build", str(entries), str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        if rival.needs and ("No module named" in done.stderr or "No such file" in done.stderr):
            say(f"{rival.name} is left out: {rival.needs}")
            return None
        raise SystemExit(f"{rival.name} failed:\n{done.stderr}")
    built: dict[str, Any] = json.loads(done.stdout)
    return built
