"""Sets what was measured of both engines side by side as Markdown; measures nothing."""

from typing import Any

CLUSTER = "cluster"
"""Key under which it is kept among all that was measured."""
_NAMES = {"whoosh": "embedded", "opensearch": "OpenSearch"}
_ROWS = {"first": "first asked, all kinds", "again": "again, all kinds"}


def cluster_part(found: dict[str, Any]) -> str:
    """Make the part of RESULTS.md that is about a cluster."""
    count, size = found["entries"], found["bytes"]
    memory = found["memory"]
    shards = f"{size['shards']} shards without copies"
    lines = [
        "## A cluster beside the embedded engine",
        "",
        f"{count:,} entries of {found['characters']:,} characters ({found['text_bytes'] / 1e6:.0f} MB), by"
        f" `python tests/benchmarks/cluster.py`: both engines in one run on {found['machine']}, which three nodes,"
        f" the program and the embedded engine share; {shards}.",
        "A page is a search with ten hits, snippets, total and facets, and what comes near wherever few entries match.",
        "",
        "| engine | build | entries/s | characters/s | peak of the builder | index | bytes a character |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for engine, name in _NAMES.items():
        build = found["build"][engine]
        cells = [
            f"{build['seconds']:.0f} s",
            f"{count / build['seconds']:,.0f}",
            f"{found['characters'] / build['seconds']:,.0f}",
            f"{build['peak_mb']:.0f} MB",
            f"{size[engine] / 1e6:.0f} MB",
            f"{size[engine] / found['characters']:.2f}",
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines += ["", "| page | " + " | ".join(f"{name} p50 | p95 | p99" for name in _NAMES.values()) + " |"]
    lines.append("|---|" + "---:|" * 3 * len(_NAMES))
    for kind in found["page"]["whoosh"]:
        told = [f"{1000 * value:.2f} ms" for engine in _NAMES for value in found["page"][engine][kind].values()]
        lines.append(f"| {_ROWS.get(kind, kind)} | {' | '.join(told)} |")
    nodes = f", {memory['nodes']:.0f} MB in all" if memory["nodes"] else ""
    lines += [
        "",
        f"Of the cluster's index {size['aside'] / 1e6:.1f} MB are what is kept beside the entries."
        f" Memory: the program with the embedded index open {memory['own']:.0f} MB; the nodes' objects"
        f" {memory['heap']:.0f} of {memory['heap_most']:.0f} MB{nodes}.",
    ]
    return "\n".join(lines)
