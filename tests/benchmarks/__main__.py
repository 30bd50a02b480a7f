"""`python tests/benchmarks`: everything in one run on one machine; writes JSON, prints the tables.

--entries 10000 50000     archives to compare on, with all rivals
--large 200000            one that only our engine is asked on
--rivals NAME …           only these
--json FILE               where to write (default: benchmarks.json in the cache folder)
--keep                    write a full run into results.json, RESULTS.md, and the sentence of figures in both READMEs
"""

import argparse
import json
import os
import platform
import shutil
import sys
from pathlib import Path

import figures
import own
import web
from clusterfigures import CLUSTER
from engines import OURS, RIVALS, measure, scan, write_inputs
from prose import SEED, cache_folder, make_entries
from questions import make_questions, unmatched

ROOT = Path(__file__).parents[2]
_OFTEN = 10_000
"""Entries up to which builds are repeated and random searches are asked: later sizes show growth."""
RESULTS, DOCUMENT = Path(__file__).with_name("results.json"), Path(__file__).with_name("RESULTS.md")
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entries", type=int, nargs="*", default=[10_000, 50_000])
    options.add_argument("--large", type=int, default=200_000, help="0: none")
    options.add_argument("--rivals", nargs="*", default=[rival.name for rival in RIVALS])
    options.add_argument("--json", type=Path, default=cache_folder() / "benchmarks.json")
    options.add_argument("--keep", action="store_true")
    asked = options.parse_args()
    sizes = {}
    for count in [*asked.entries, *([asked.large] if asked.large else [])]:
        print(f"== {count:,} entries", file=sys.stderr)
        is_large = count == asked.large
        sizes[str(count)] = measure_size(count, [] if is_large else asked.rivals, whole=is_large or count <= _OFTEN)
        write(asked.json, sizes)
    measured = json.loads(asked.json.read_text("utf-8"))
    print(figures.tables(measured))
    if asked.keep:
        keep(measured)


def keep(measured: figures.Measured) -> None:
    """Put a full run where readers find it; what was measured of a cluster stays."""
    before = json.loads(RESULTS.read_text("utf-8"))
    measured |= {CLUSTER: before[CLUSTER]} if CLUSTER in before else {}
    RESULTS.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", "utf-8")
    DOCUMENT.write_text(figures.document(measured), "utf-8")
    for readme in READMES:
        readme.write_text(figures.put_into(readme.read_text("utf-8"), readme.name, measured), "utf-8")


def write(path: Path, sizes: dict[str, object]) -> None:
    """Write what is measured so far."""
    about = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "python": platform.python_version(),
        "seed": SEED,
        "sizes": sizes,
    }
    path.write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", "utf-8")


def measure_size(count: int, rivals: list[str], *, whole: bool) -> dict[str, object]:
    """Measure everything on one archive; `whole`: also the way from pages to an index that is verified."""
    folder = cache_folder() / str(count)
    shutil.rmtree(folder, ignore_errors=True)
    entries = list(make_entries(count))
    questions = make_questions(entries)
    inputs = write_inputs(folder, entries, questions)
    judged = scan(entries, questions)
    engines = {}
    for rival in RIVALS:
        if rival.name in rivals or rival.name == OURS:
            print(f"  {rival.name}", file=sys.stderr)
            found = measure(rival, folder, *inputs, None if count <= _OFTEN else 1)
            if found:
                engines[rival.name] = figures.summary(found, judged, [question.kind for question in questions])
            if rival.name != OURS:
                shutil.rmtree(folder / rival.name, ignore_errors=True)
    plain = folder / "plain.jsonl"
    text_bytes = own.entries_file(plain, entries)
    data = folder / "data"
    ours = {
        "text_bytes": text_bytes,
        "build": own.build_in_own_process(plain, data),
        "bytes": own.index_bytes(data),
        "start": own.start_seconds(data),
        "http": web.measure(data, questions),
        "unmatched": own.unmatched(data, unmatched(entries)),
    }
    if count <= _OFTEN:
        ours["slowest"] = own.slowest(data, entries, SEED)
    if whole:
        ours["whole"] = own.whole_way(folder, entries)
    shutil.rmtree(folder)
    return {"engines": engines, "ours": ours}


if __name__ == "__main__":
    main()
