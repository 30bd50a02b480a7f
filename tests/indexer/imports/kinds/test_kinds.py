"""Whatever archivists hold is read as the standards, and the programs of its time, mean it.

The inputs and their right answers were written by someone who had not seen the code.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from kinds_all import CASES
from kinds_making import Case

from indexer.config import DataFolder
from indexer.errors import FetchError
from indexer.manifest import Manifest
from indexer.stages.importing import import_paths, page_store
from indexer.store.held import Held

COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]
# Root may read everything: without these two rights it may only read what its permissions allow.
RIGHTS = "-dac_override,-dac_read_search"
LIKE_OTHERS = ["setpriv", f"--bounding-set={RIGHTS}", f"--inh-caps={RIGHTS}"]


@dataclass(frozen=True)
class Outcome:
    """What an import did: how it ended, what it named, and what the store holds then."""

    code: int
    said: str
    held: dict[str, Held]
    captured: dict[str, set[bytes]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_input_gives_its_right_answer(case: Case, folder: Path, manifest: Manifest) -> None:
    """The pages are held, what is lost is named, and the exit code says so."""
    top, data = folder / "in", DataFolder(folder / "data")
    top.mkdir()
    case.write(top)
    paths = [top / path for path in case.paths()]
    root_reads_all = case.modes and os.geteuid() == 0
    code, said = by_command(data, paths) if root_reads_all else in_process(data, paths, manifest)
    for path in case.modes:
        (top / path).chmod(0o755)
    assert list(faults(case, Outcome(code, said, *stored(data, manifest)))) == [], case.why


def in_process(data: DataFolder, paths: list[Path], manifest: Manifest) -> tuple[int, str]:
    """Import as the command line does; give its exit code and what it names."""
    try:
        result = import_paths(data, paths, manifest, None)
    except FetchError as error:
        return 2, str(error)
    return int(result.has_losses), "\n".join(f"{each.name}: {each.why}" for each in result.skipped)


def by_command(data: DataFolder, paths: list[Path]) -> tuple[int, str]:
    """Import by the command line, without root's right to read everything."""
    if not shutil.which(LIKE_OTHERS[0]) or subprocess.run([*LIKE_OTHERS, "true"], check=False).returncode:
        pytest.skip("root may read everything, and setpriv cannot take that right away here")
    command = [*LIKE_OTHERS, *COMMAND, "--data", str(data.root), "import", *map(str, paths)]
    wide = os.environ | {"COLUMNS": "4000", "NO_COLOR": "1"}
    done = subprocess.run(command, env=wide, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def stored(data: DataFolder, manifest: Manifest) -> tuple[dict[str, Held], dict[str, set[bytes]]]:
    """Give the pages held by URL, and the bodies of all captures."""
    store = page_store(data, manifest)
    pages = list(store.pages())
    held = {each.page.url: each for each in pages if isinstance(each, Held)}
    assert len(held) == len(pages), pages
    captured: dict[str, set[bytes]] = {}
    for each in store.captures():
        captured.setdefault(each.page, set()).add(store.read(each).body)
    return held, captured


def faults(case: Case, outcome: Outcome) -> Iterator[str]:
    """Give everything that is not as the case says."""
    yield from page_faults(case, outcome)
    excused = bool(case.instead) and all(
        any(body in outcome.captured.get(url, ()) for url in key.split()) for key, body in case.instead.items()
    )
    for piece in () if excused else case.named:
        if not any(is_said(form, outcome.said) for form in piece.split("|")):
            yield f"not named: {piece}"
    codes = {case.exit, *case.exit_also} | ({0} if excused else set())
    if outcome.code not in codes:
        yield f"exit {outcome.code}, not {sorted(codes)}"
    for word in (*case.unsaid, *(("damaged",) if case.exit == 0 else ())):
        if word in outcome.said.lower():
            yield f"says {word!r} of a sound file: {outcome.said}"


def page_faults(case: Case, outcome: Outcome) -> Iterator[str]:
    """Give what is missing, held and should not be, or has another body or date."""
    allowed: dict[str, set[bytes]] = {}
    for group in (case.pages, case.also, case.instead):
        for key, body in group.items():
            for url in key.split():
                allowed.setdefault(url, set()).add(body)
    for key, body in case.pages.items():
        found = [outcome.held[url].page.body for url in key.split() if url in outcome.held]
        if len(found) != 1 or found[0] not in (body, case.also.get(key, body)):
            yield f"{len(found)} held with another body: {key}" if found else f"missing: {key}"
    for url, bodies in outcome.captured.items():
        if not bodies <= allowed.get(url, set()):
            yield f"held, but should not be, or not with this body: {url}"
    for url, begin in case.dates.items():
        if url in outcome.held and not outcome.held[url].page.fetched_at.isoformat().startswith(begin):
            yield f"date of {url}: {outcome.held[url].page.fetched_at}, not {begin}"


def is_said(piece: str, said: str) -> bool:
    """Say whether a name, or an offset with or without thousands marks, is printed."""
    if piece.isdigit():
        return bool(re.search(rf"(?<![\d.]){piece}(?!\d)", said.replace(",", "")))
    return piece in said
