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
from judged import ROOT, tuned, unseen
from measures import ndcg
from rankers import OURS, rankers
from simulated import found_first_and_on_the_first_page


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--misses", type=int, default=0)
    options.add_argument("--floors", action="store_true")
    options.add_argument("--keep", action="store_true")
    asked = options.parse_args()
    collections = {each.name: each for each in (tuned(), unseen())}
    with tempfile.TemporaryDirectory() as folder:
        found = {name: rankers(each.entries, Path(folder, name)) for name, each in collections.items()}
        figures = {name: measure(found[name], each.queries) for name, each in collections.items()}
        simulated = found_first_and_on_the_first_page(found["tuned"][OURS], collections["tuned"].entries)
        counts = {name: len(each.queries) for name, each in collections.items()}
        told = document(figures, counts, simulated)
        print(told)
        ours = [
            (ndcg(found["tuned"][OURS](query.query), query.relevant), query) for query in collections["tuned"].queries
        ]
    if asked.keep:
        Path(__file__).with_name("RESULTS.md").write_text(told, "utf-8")
        for readme in (ROOT / "README.md", ROOT / "README.zh-CN.md"):
            text = put_into(readme.read_text("utf-8"), readme.name, figures["tuned"], counts["tuned"])
            readme.write_text(text, "utf-8")
    if asked.floors:
        floors = {
            name: {
                kind: {label: int(value * 1000) / 1000 for label, value in engines[OURS].items()}
                for kind, engines in of_collection.items()
            }
            for name, of_collection in figures.items()
        }
        Path(__file__).with_name("floors.json").write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    for value, query in sorted(ours, key=lambda each: each[0])[: asked.misses]:
        print(f"{value:.3f} {query.id} {query.query} {dict(query.relevant)}")


if __name__ == "__main__":
    main()
