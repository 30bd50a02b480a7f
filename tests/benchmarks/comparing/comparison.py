"""Compares engines on one archive: all build, all are asked the same questions, and a plain scan judges what they find."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparing.engines import OURS, PEER, RIVALS, Rival, build_in_turn, write_entries, write_questions
from comparing.judging import Scan, judge
from comparing.turns import Asked, opened, take_turns
from measuring.entriesfile import EntriesFile
from measuring.saying import say
from measuring.summing import Times, engine_summary, few_summary, kinds_summary
from questions import Question, make_questions

OFTEN = 10_000
"""Entries up to which builds, and rivals that take long, are repeated as often as they say: later sizes show growth."""
ALL = 50_000
"""Entries up to which every rival is asked, and every answer is judged."""
LARGE = 200_000
"""Entries beyond which questions are asked again three times only."""
MORE, MORE_SEED = 1000, 777
"""Questions of the second set, and what they are drawn by."""
SAMPLE = 300
"""Questions of the second set that are judged in a larger archive; kinds come in turn, so they are the same mix."""
FEW_OF = ("two words", "three words")
"""Kinds of which those with few hits are looked at by themselves."""


@dataclass(frozen=True, slots=True)
class Sets:
    """The two sets of questions."""

    first: list[Question]
    more: list[Question]


def make_sets(entries: Sequence[Any]) -> Sets:
    """Make both for an archive."""
    return Sets(make_questions(entries), make_questions(entries, MORE, MORE_SEED))


def compare(folder: Path, entries: EntriesFile, sets: Sets, rivals: Sequence[str]) -> dict[str, Any]:
    """Compare our engine with rivals; Groonga's index is left for its server, of the others only figures are."""
    count = len(entries)
    said = [rival for rival in RIVALS if rival.name in (*rivals, OURS) and (rival.is_peer or count <= ALL)]
    say(f"{', '.join(rival.name for rival in said)}: build")
    written = write_entries(folder / "entries.jsonl", entries)
    built = build_in_turn(said, folder, written, max(rival.builds for rival in said) if count <= OFTEN else 1)
    written.unlink()
    there = [rival for rival in said if rival.name in built]
    say("a plain scan judges")
    scan = Scan(entries)
    wanted = [scan.wanted(question) for question in sets.first]
    engines: dict[str, Any] = {}
    peers = [rival for rival in there if rival.is_peer]
    for group in (peers, *([rival] for rival in there if not rival.is_peer)):
        engines |= _ask(folder, group, sets.first, count, wanted)[0]
    for name, one in engines.items():
        one |= {"build": built[name]["seconds"], "bytes": built[name]["bytes"]}
    fast = [rival for rival in there if rival.name in (OURS, PEER)]
    right = [scan.wanted(question) for question in sets.more[: MORE if count <= ALL else SAMPLE]]
    more, times = _ask(folder, fast, sets.more, count, right)
    for rival in there:
        if rival.name != "groonga_rival":
            shutil.rmtree(folder / rival.name)
    return {"engines": engines, **second_set(sets.more, more, times)}


def ask_ours(data: Path, folder: Path, sets: Sets, count: int) -> dict[str, Any]:
    """Ask our engine alone, of an index that is there: what `compare` gives, but judged by nobody."""
    ours = [rival for rival in RIVALS if rival.name == OURS]
    (folder / OURS).symlink_to(data)
    first, _ = _ask(folder, ours, sets.first, count, [])
    more, times = _ask(folder, ours, sets.more, count, [])
    return {"engines": first, **second_set(sets.more, more, times)}


def second_set(questions: Sequence[Question], engines: dict[str, Any], times: dict[str, Times]) -> dict[str, Any]:
    """Give the figures of the second set, and what it says of kinds of questions."""
    kinds = [question.kind for question in questions]
    return {
        "more": {"questions": len(questions), "engines": engines},
        "kinds": kinds_summary(kinds, times, OURS),
        "few": few_summary(kinds, times[OURS], FEW_OF),
    }


def _ask(
    folder: Path, rivals: Sequence[Rival], questions: Sequence[Question], count: int, wanted: Sequence[set[str]]
) -> tuple[dict[str, Any], dict[str, Times]]:
    """Ask engines in turn, then have them judged; give their figures, and their times."""
    say(f"{', '.join(rival.name for rival in rivals)}: {len(questions):,} questions")
    file = write_questions(folder / "questions.json", questions)
    with ExitStack() as stack:
        asked: dict[str, Asked] = {
            rival.name: stack.enter_context(opened(rival, folder / rival.name, file)) for rival in rivals
        }
        counts = {rival.name: rival.questions or len(questions) for rival in rivals}
        times = take_turns(asked, {rival.name: _rounds(rival, count) for rival in rivals}, counts)
        found = {name: {**asked[name].told, **engine_summary(one)} for name, one in times.items()}
        if wanted:
            least = min(counts.values())
            judged = judge(wanted[:least], {name: one.ids for name, one in asked.items()})
            found = {name: one | judged[name] for name, one in found.items()}
    return found, times


def _rounds(rival: Rival, count: int) -> int:
    if count > LARGE:
        return min(rival.rounds, 3)
    if count <= OFTEN or rival.name in (OURS, PEER):
        return rival.rounds
    return min(rival.rounds, 2 if rival.is_peer else 1)
