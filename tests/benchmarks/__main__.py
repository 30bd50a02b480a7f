"""`python tests/benchmarks`: everything in one run on one machine; writes JSON, prints the tables.

--entries 10000 50000 200000   archives to compare on, with Tantivy and Groonga, and up to 50,000 with all rivals
--huge 1000000                 one that only our engine is asked on, for growth (0: none)
--rivals NAME …                only these
--json FILE                    where to write (default: benchmarks.json in the cache folder)
--resume                       go on from FILE: what it holds is not measured again
--only SIZE …                  measure these sizes anew; what FILE (or else results.json) holds of others stays
--keep                         write the run into results.json, RESULTS.md, and the sentence of figures in both READMEs
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from archives import measure_huge, measure_size
from comparing.comparison import OFTEN
from comparing.engines import RIVALS
from prose import SEED, cache_folder
from showing import figures
from showing.clusterfigures import CLUSTER

ROOT = Path(__file__).parents[2]
RESULTS, DOCUMENT = Path(__file__).with_name("results.json"), Path(__file__).with_name("RESULTS.md")
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")


def main() -> None:
    """Measure and print."""
    asked = _options()
    sizes = _begun(asked)
    for count in _wanted(asked, sizes):
        print(f"== {count:,} entries", file=sys.stderr)
        if count == asked.huge:
            sizes[str(count)] = measure_huge(count)
        else:
            whole = count <= OFTEN or count == max(asked.entries)
            sizes[str(count)] = measure_size(count, asked.rivals, whole=whole)
        write(asked.json, sizes)
    measured = json.loads(asked.json.read_text("utf-8"))
    print(figures.tables(measured))
    if asked.keep:
        keep(measured)


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entries", type=int, nargs="*", default=[10_000, 50_000, 200_000])
    options.add_argument("--huge", type=int, default=1_000_000)
    options.add_argument("--rivals", nargs="*", default=[rival.name for rival in RIVALS])
    options.add_argument("--json", type=Path, default=cache_folder() / "benchmarks.json")
    options.add_argument("--resume", action="store_true")
    options.add_argument("--only", type=int, nargs="*", default=[])
    options.add_argument("--keep", action="store_true")
    return options.parse_args()


def _wanted(asked: argparse.Namespace, sizes: Mapping[str, Any]) -> Sequence[int]:
    """Give the sizes that are to be measured now."""
    if asked.only:
        return list(asked.only)
    whole = [*asked.entries, *([asked.huge] if asked.huge else [])]
    return [count for count in whole if not (asked.resume and str(count) in sizes)]


def _begun(asked: argparse.Namespace) -> dict[str, Any]:
    """Give the sizes that a run begins with."""
    if asked.only or asked.resume:
        for file in (asked.json, *([RESULTS] if asked.only else [])):
            if file.exists():
                before = json.loads(file.read_text("utf-8"))
                if differs := [name for name, value in _about().items() if before[name] != value]:
                    raise SystemExit(f"{file} was measured with another {', '.join(differs)}: run without --resume")
                sizes: dict[str, Any] = before["sizes"]
                return sizes
    return {}


def _about() -> dict[str, object]:
    return {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "python": platform.python_version(),
        "seed": SEED,
    }


def write(path: Path, sizes: Mapping[str, Any]) -> None:
    """Write what is measured so far, smaller archives first."""
    ordered = {count: sizes[count] for count in sorted(sizes, key=int)}
    path.write_text(json.dumps(_about() | {"sizes": ordered}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def keep(measured: figures.Measured) -> None:
    """Put a run where readers find it; what was measured of a cluster stays."""
    before = json.loads(RESULTS.read_text("utf-8"))
    measured |= {CLUSTER: before[CLUSTER]} if CLUSTER in before else {}
    RESULTS.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", "utf-8")
    DOCUMENT.write_text(figures.document(measured), "utf-8")
    for readme in READMES:
        readme.write_text(figures.put_into(readme.read_text("utf-8"), readme.name, measured), "utf-8")


if __name__ == "__main__":
    main()
