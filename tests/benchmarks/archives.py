"""Measures everything on one archive of some number of entries."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from comparing.comparison import OFTEN, ask_ours, compare, make_sets
from comparing.engines import GROONGA
from measuring import own, web, wrk
from measuring.entriesfile import EntriesFile
from measuring.saying import say
from measuring.slowest import slowest
from prose import SEED, cache_folder, make_entries
from questions import unmatched


def measure_size(count: int, rivals: Sequence[str], *, whole: bool) -> dict[str, Any]:
    """Measure an archive with rivals; `whole`: also the way from pages to an index that is verified."""
    with _archive(count) as (folder, entries):
        sets = make_sets(entries)
        found = compare(folder, entries, sets, rivals)
        data = folder / "data"
        ours = _ours(entries, data)
        ours["worker"] = web.worker_memory(data, [*sets.first, *sets.more])
        if wrk.is_installed():
            say("many readers")
            theirs = folder / GROONGA if count <= OFTEN and GROONGA in found["engines"] else None
            ours["http"] = web.measure(data, sets.first, folder, theirs, 3 if count <= OFTEN else 2)
        else:
            say(wrk.NEEDS)
        shutil.rmtree(folder / GROONGA, ignore_errors=True)
        if count <= OFTEN:
            say("the slowest of random searches")
            ours["slowest"] = slowest(data, entries, SEED)
        if whole:
            say("from pages to an index")
            ours["whole"] = own.whole_way(folder, entries)
        return {**found, "ours": ours}


def measure_huge(count: int, patience: float) -> dict[str, Any]:
    """Measure an archive that only our engine is asked on: how it grows; `patience`: seconds of random searches."""
    with _archive(count) as (folder, entries):
        sets = make_sets(entries)
        data = folder / "data"
        ours = _ours(entries, data)
        say("questions")
        found = ask_ours(data, folder, sets, count)
        ours["worker"] = web.worker_memory(data, [*sets.first, *sets.more])
        say("the slowest of random searches")
        most = slowest(data, entries, SEED, patience)
        ours["slowest"] = {name: most[name] for name in ("searches", "again")}
        return {**found, "ours": ours}


@contextmanager
def _archive(count: int) -> Iterator[tuple[Path, EntriesFile]]:
    folder = cache_folder() / str(count)
    shutil.rmtree(folder, ignore_errors=True)
    say("entries and questions")
    yield folder, EntriesFile(folder / "plain.jsonl", make_entries(count))
    shutil.rmtree(folder)


def _ours(entries: EntriesFile, data: Path) -> dict[str, Any]:
    say("build by the command")
    build = own.build_in_own_process(entries.path, data)
    say("what comes near")
    return {
        "text_bytes": entries.text_bytes,
        "build": build,
        "bytes": own.index_bytes(data),
        "start": own.start_seconds(data),
        "unmatched": own.unmatched(data, unmatched(entries)),
    }
