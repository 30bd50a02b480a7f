"""`python tests/relevance`: the order of results on judged queries, this engine beside two others.

--misses N     list this engine's N worst queries
--floors       write what this engine reaches into floors.json
--keep         write RESULTS.md, and the sentence of figures in both READMEs
"""

import argparse
import json
import tempfile
from pathlib import Path

from figures_of import document, measure, put_into
from judged import ROOT, judged_queries, sample_entries
from measures import ndcg
from rankers import OURS, rankers


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--misses", type=int, default=0)
    options.add_argument("--floors", action="store_true")
    options.add_argument("--keep", action="store_true")
    asked = options.parse_args()
    queries = judged_queries()
    with tempfile.TemporaryDirectory() as folder:
        found = rankers(sample_entries(), Path(folder))
        figures = measure(found, queries)
        print(document(figures, len(queries)))
        ours = [(ndcg(found[OURS](query.query), query.relevant), query) for query in queries]
    if asked.keep:
        Path(__file__).with_name("RESULTS.md").write_text(document(figures, len(queries)), "utf-8")
        for readme in (ROOT / "README.md", ROOT / "README.zh-CN.md"):
            readme.write_text(put_into(readme.read_text("utf-8"), readme.name, figures, len(queries)), "utf-8")
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
