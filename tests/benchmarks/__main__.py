"""`python tests/benchmarks`: everything in one run on one machine; writes JSON, prints the tables.

--entries 10000 50000 200000   archives to compare on, with Tantivy and Groonga, and up to 50,000 with all rivals
--huge 1000000                 one that only our engine is asked on, for growth (0: none)
--patience 8                   minutes after which no more random searches are asked of that (5,000 at most)
--rivals NAME …                only these
--json FILE                    where to write (default: benchmarks.json in the cache folder)
--resume                       go on from FILE: what it holds is not measured again
--only SIZE …                  measure these sizes anew; what FILE (or else results.json) holds of others stays
--keep                         write the run into results.json, RESULTS.md, and the sentence of figures in both READMEs
"""

import argparse
import json
import sys
from pathlib import Path

from archives import measure_huge, measure_size
from comparing.comparison import OFTEN
from comparing.engines import RIVALS
from measuring import runs
from prose import cache_folder
from showing import figures
from showing.clusterfigures import CLUSTER
from showing.compared import Measured

ROOT = Path(__file__).parents[2]
RESULTS, DOCUMENT = Path(__file__).with_name("results.json"), Path(__file__).with_name("RESULTS.md")
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")


def main() -> None:
    """Measure and print."""
    asked = _options()
    files = (asked.json, *([RESULTS] if asked.only else [])) if asked.only or asked.resume else ()
    sizes = runs.begun(files)
    for count in runs.wanted([*asked.entries, asked.huge], sizes, asked.only):
        print(f"== {count:,} entries", file=sys.stderr)
        if count == asked.huge:
            sizes[str(count)] = measure_huge(count, asked.patience * 60)
        else:
            whole = count <= OFTEN or count == max(asked.entries)
            sizes[str(count)] = measure_size(count, asked.rivals, whole=whole)
        runs.write(asked.json, sizes)
    measured = runs.write(asked.json, sizes)
    print(figures.tables(measured))
    if asked.keep:
        keep(measured)


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entries", type=int, nargs="*", default=[10_000, 50_000, 200_000])
    options.add_argument("--huge", type=int, default=1_000_000)
    options.add_argument("--patience", type=float, default=8)
    options.add_argument("--rivals", nargs="*", default=[rival.name for rival in RIVALS])
    options.add_argument("--json", type=Path, default=cache_folder() / "benchmarks.json")
    options.add_argument("--resume", action="store_true")
    options.add_argument("--only", type=int, nargs="*", default=[])
    options.add_argument("--keep", action="store_true")
    return options.parse_args()


def keep(measured: Measured) -> None:
    """Put a run where readers find it; what was measured of a cluster stays."""
    before = json.loads(RESULTS.read_text("utf-8"))
    measured |= {CLUSTER: before[CLUSTER]} if CLUSTER in before else {}
    RESULTS.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", "utf-8")
    DOCUMENT.write_text(figures.document(measured), "utf-8")
    for readme in READMES:
        readme.write_text(figures.put_into(readme.read_text("utf-8"), readme.name, measured), "utf-8")


if __name__ == "__main__":
    main()
