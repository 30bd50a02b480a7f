"""`python tests/relevance`: the order of results on judged queries, this engine beside two others.

--misses N     list this engine's N worst queries
--floors       write what this engine reaches into floors.json
--readme       put the table of nDCG@10 into README
"""

import argparse
import json
import tempfile
from pathlib import Path

from figures_of import measure, put_into, table
from judged import ROOT, judged_queries, sample_entries
from measures import ndcg
from rankers import OURS, rankers


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--misses", type=int, default=0)
    options.add_argument("--floors", action="store_true")
    options.add_argument("--readme", action="store_true")
    asked = options.parse_args()
    queries = judged_queries()
    with tempfile.TemporaryDirectory() as folder:
        found = rankers(sample_entries(), Path(folder))
        figures = measure(found, queries)
        print(table(figures))
        ours = [(ndcg(found[OURS](query.query), query.relevant), query) for query in queries]
    if asked.readme:
        readme = ROOT / "README.md"
        readme.write_text(put_into(readme.read_text("utf-8"), figures), "utf-8")
    if asked.floors:
        floors = {
            kind: {label: int(value * 1000) / 1000 for label, value in engines[OURS].items()}
            for kind, engines in figures.items()
        }
        Path(__file__).with_name("floors.json").write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    for value, query in sorted(ours, key=lambda each: each[0])[: asked.misses]:
        print(f"{value:.3f} {query.id} {query.query} {dict(query.relevant)}")


if __name__ == "__main__":
    main()
