"""`python tests/benchmarks/cluster.py`: one archive in both engines, in one run: build, size, pages, memory.

--entries 200000   how many
--rounds 3         how often each question is asked again, of both engines in turn
--heap 1g          memory of a node's objects, where the nodes are started here
--json FILE        where to write (default: cluster.json in the cache folder)
--keep             put it into results.json and RESULTS.md

The cluster is NIANJIAN_OPENSEARCH_URL's; where that is not set, three nodes are started on this machine, which then share
its cores with one another, with the application and with the embedded engine.
"""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

sys.path.append(str(Path(__file__).parents[1] / "cluster"))

import nodes
from kept import archives, remove_archives
from measuring import own
from measuring.entriesfile import EntriesFile
from measuring.memory import proportional_mb
from prose import cache_folder, make_entries
from questions import Question, make_questions, unmatched
from showing import figures
from showing.clusterfigures import CLUSTER, cluster_part

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.factory import ENGINE, ENGINES, open_searcher
from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.search.query.grammar import parse
from indexer.search.query.tree import Filter, SearchRequest
from indexer.search.shown.nearest import nearest

URL = "NIANJIAN_OPENSEARCH_URL"
KEPT = Path(__file__).with_name("results.json")
NEAR = "nothing matches"
"""Kind of the searches that no entry has all words of: their page is what comes near."""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entries", type=int, default=200_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--heap", default="1g")
    options.add_argument("--json", type=Path, default=cache_folder() / "cluster.json")
    options.add_argument("--keep", action="store_true")
    asked = options.parse_args()
    with cluster(asked.heap) as (urls, processes):
        found = measure(asked.entries, asked.rounds, urls, processes)
    asked.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    measured = json.loads(KEPT.read_text("utf-8"))
    measured[CLUSTER] = measured.get(CLUSTER, {}) | {str(asked.entries): found}
    print(cluster_part(found))
    if asked.keep:
        KEPT.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", "utf-8")
        KEPT.with_name("RESULTS.md").write_text(figures.document(measured), "utf-8")


@contextmanager
def cluster(heap: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Give the addresses of a cluster, and those of its processes that run here."""
    if urls := os.environ.get(URL):
        yield urls, ()
        return
    nodes.HEAP = heap
    folder = cache_folder() / "nodes"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with nodes.running(folder, nodes.libraries(nodes.cache_folder())) as started:
        pids = [each.process.pid for each in started.nodes if each.process]
        yield " ".join(each.address for each in started.nodes), pids
    shutil.rmtree(folder)


def measure(count: int, rounds: int, urls: str, processes: Sequence[int]) -> dict[str, Any]:
    """Build and ask."""
    folder = cache_folder() / f"cluster-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    entries = EntriesFile(folder / "plain.jsonl", make_entries(count))
    searches = [(each.kind, request_of(each)) for each in make_questions(entries)]
    searches += [(NEAR, SearchRequest(parse(text)[0], size=10)) for text in unmatched(entries, 30)]
    found: dict[str, Any] = {
        "machine": f"{os.cpu_count()} cores",
        "entries": count,
        "characters": characters(entries),
        "text_bytes": entries.text_bytes,
        "build": {},
        "bytes": {},
    }
    places = {name: folder / name for name in ENGINES}
    with ExitStack() as stack:
        opened = {}
        for name, data in places.items():
            with engine(name, urls):
                found["build"][name] = own.build_in_own_process(entries.path, data)
                print(f"  {name}: built in {found['build'][name]['seconds']:.0f} s", file=sys.stderr)
                opened[name] = stack.enter_context(open_searcher(data))
        stack.callback(remove_archives, archives(places[ENGINES[1]]), urls)
        embedded = own.index_bytes(places[ENGINES[0]])
        found["bytes"] = {
            ENGINES[0]: embedded["stored"] + embedded["index"],
            **in_cluster(archives(places[ENGINES[1]]), urls),
        }
        found["page"] = pages(opened, searches, rounds)
        found["memory"] = memory(urls, processes)
    shutil.rmtree(folder)
    return found


@contextmanager
def engine(name: str, urls: str) -> Iterator[None]:
    """Have the program use an engine while the block runs; indexes in the cluster have no copy, as embedded ones have."""
    before = {each: os.environ.get(each) for each in (ENGINE, URL, "NIANJIAN_OPENSEARCH_REPLICAS")}
    os.environ |= {ENGINE: name, URL: urls, "NIANJIAN_OPENSEARCH_REPLICAS": "0"}
    yield
    for each, value in before.items():
        if value is None:
            del os.environ[each]
        else:
            os.environ[each] = value


def request_of(question: Question) -> SearchRequest:
    """Give the search that a question is."""
    filters = tuple(Filter(field, (value,)) for field, value in question.filters)
    return SearchRequest(parse(question.text)[0], filters, page=question.page, size=10)


def characters(entries: Sequence[Entry]) -> int:
    """Count the characters of all text that is searched."""
    return sum(len(text) for each in entries for name in TEXT_FIELDS for text in field_texts(each)[name])


def pages(
    opened: Mapping[str, Searcher], searches: Sequence[tuple[str, SearchRequest]], rounds: int
) -> dict[str, dict[str, dict[str, float]]]:
    """Ask each search of each engine in turn: first, and again; give seconds by engine and kind.

    An answer of the one is held against that of the other.
    """
    first: dict[str, list[float]] = {name: [] for name in opened}
    again: dict[str, list[tuple[str, float]]] = {name: [] for name in opened}
    for at in range(1 + rounds):
        for kind, request in searches:
            totals, occurrences = set(), set()
            for name, searcher in opened.items():
                begun = time.perf_counter()
                page = searcher.search(request)
                nearest(searcher, request, page.total)
                took = time.perf_counter() - begun
                totals.add(page.total)
                occurrences.add(page.occurrences)
                if at:
                    again[name].append((kind, took))
                else:
                    first[name].append(took)
            if len(totals) > 1 or len(occurrences - {None}) > 1:  # of many hits the cluster may not say how often
                raise SystemExit(f"the engines differ about {request}: {totals}, {occurrences}")
    kinds = dict.fromkeys(kind for kind, _ in searches)
    return {
        name: {
            "first": percentiles(first[name]),
            "again": percentiles([took for kind, took in again[name] if kind != NEAR]),
            **{kind: percentiles([took for each, took in again[name] if each == kind]) for kind in kinds},
        }
        for name in opened
    }


def percentiles(times: list[float]) -> dict[str, float]:
    """Give p50, p95 and p99."""
    times.sort()
    return {f"p{share}": times[min(len(times) - 1, share * len(times) // 100)] for share in (50, 95, 99)}


def in_cluster(names: frozenset[str], urls: str) -> dict[str, int]:
    """Give the bytes of an archive in the cluster, by what they are for."""
    (name,) = names
    told = _ask(urls, f"/_cat/indices/{name}-*?format=json&bytes=b&h=index,pri.store.size,pri")
    main = [each for each in told if not each["index"].endswith("-aside")]
    return {
        ENGINES[1]: sum(int(each["pri.store.size"]) for each in told),
        "aside": sum(int(each["pri.store.size"]) for each in told if each not in main),
        "shards": sum(int(each["pri"]) for each in main),
    }


def memory(urls: str, processes: Sequence[int]) -> dict[str, float]:
    """Give megabytes: of this process, which has the embedded index open; of all nodes' objects; of their processes."""
    stats = _ask(urls, "/_nodes/stats/jvm")["nodes"].values()
    heap = [each["jvm"]["mem"] for each in stats]
    return {
        "own": proportional_mb(os.getpid()),
        "heap": sum(each["heap_used_in_bytes"] for each in heap) / 2**20,
        "heap_most": sum(each["heap_max_in_bytes"] for each in heap) / 2**20,
        "nodes": sum(map(proportional_mb, processes)),
    }


def _ask(urls: str, path: str) -> Any:
    with urlopen(urls.split()[0] + path, timeout=60) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main()
