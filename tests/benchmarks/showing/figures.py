"""Makes the page and the sentences of what was measured; measures nothing."""

from collections.abc import Mapping
from types import MappingProxyType

from plan import PLANNED_BY, plan_part
from showing.clusterfigures import CLUSTER, cluster_part
from showing.compared import OURS, PEER, Measured, compared, kinds, second
from showing.growing import own, slowest, unmatched
from showing.rows import ms
from showing.served import served

SPOKEN_OF = "10000"
"""The number of entries of a sentence."""
BEGIN, END = "<!-- speed: python tests/benchmarks --keep -->", "<!-- end of speed -->"
"""Marks in a README, within its sentence of figures."""
_INTRODUCTION = """\
# Speed

Made by `python tests/benchmarks --keep`, which keeps what it measured in [results.json](results.json); do not edit.

All engines are measured in one run: real prose (the People's Daily of January 1998) recombined into entries of 780 characters, 200 questions of seven kinds, each engine doing the same page.
Our engine, Tantivy and Groonga stay open together and are asked a round each in turn, so that whatever slows the machine for a while slows all of them; the other rivals follow, up to 50,000 entries.
A second set of 1,000 questions of the same kinds, by another seed, is asked of our engine and of Tantivy, in new processes.
Recall and precision are against a plain scan.
"First asked" is the first time a process is asked a question; p50, p95 and p99 are of the median of the later times, when our engine and its rivals have what they keep in memory.
An unquoted word that jieba cuts finds entries that hold its pieces apart, or look-alikes of them, too: hence a precision below 1 at times; quoted strings have none.
The peak of a build counts mapped files as far as they are in memory; a worker's memory is told apart: what it made itself (caches among it), which it does not share, and the files that it has mapped, which the system may take back; an archive may have 4 billion characters.
"""
_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "README.md": (
            "on {cores} cores, a page of results from {count:,} entries takes {p50} at the median and {p95} at the 95th "
            "percentile ({peer}: {peer_p50} and {peer_p95}), and finds {recall:.1%} of what a plain scan finds "
            "({peer}: {peer_recall:.1%})"
        ),
        "README.zh-CN.md": (
            "用 {cores} 核，从 {count:,} 篇条目中得出一页结果，中位数 {p50}，第 95 百分位 {p95}"
            "（{peer} 为 {peer_p50} 与 {peer_p95}），查得逐字扫描所得的 {recall:.1%}（{peer} 为 {peer_recall:.1%}）"
        ),
    }
)
"""What the READMEs say of it, by file name."""


def tables(measured: Measured) -> str:
    """Set everything that was measured as Markdown."""
    sizes = {int(count): size for count, size in measured["sizes"].items()}
    parts = [f"{measured['machine']}, Python {measured['python']}, seed {measured['seed']}."]
    parts += [compared(count, size) for count, size in sizes.items() if len(size["engines"]) > 1]
    parts += [second(count, size) for count, size in sizes.items() if len(size.get("more", {}).get("engines", ())) > 1]
    parts += [kinds(count, size) for count, size in sizes.items() if "kinds" in size]
    parts.append(own(sizes))
    if any("unmatched" in size["ours"] for size in sizes.values()):
        parts.append(unmatched(sizes))
    if asked := {count: size["ours"]["http"] for count, size in sizes.items() if "http" in size["ours"]}:
        parts.append(served(asked))
    parts += [slowest(count, size["ours"]["slowest"]) for count, size in sizes.items() if "slowest" in size["ours"]]
    if cluster := measured.get(CLUSTER):
        parts += [cluster_part(found) for found in cluster.values()]
        if len(cluster) > 1 and sizes.keys() >= set(PLANNED_BY):
            parts.append(plan_part(measured, cluster))
    return "\n\n".join(parts)


def document(measured: Measured) -> str:
    """Make the whole of RESULTS.md."""
    return f"{_INTRODUCTION}\n{tables(measured)}\n"


def put_into(readme: str, name: str, measured: Measured) -> str:
    """Put the sentence of figures between its two marks in the text of a README of that name."""
    before, opening, rest = readme.partition(BEGIN)
    _, closing, after = rest.partition(END)
    if not closing:
        raise ValueError(f"{name} has no {BEGIN} … {END}")
    return f"{before}{opening}{_sentence(name, measured)}{closing}{after}"


def _sentence(name: str, measured: Measured) -> str:
    engines = measured["sizes"][SPOKEN_OF]["engines"]
    ours, peer = engines[OURS], engines[PEER]
    return _SENTENCES[name].format(
        cores=measured["machine"].split()[0],
        count=int(SPOKEN_OF),
        p50=ms(ours["page"]["p50"]),
        p95=ms(ours["page"]["p95"]),
        recall=ours["recall"],
        peer=peer["version"].split()[0],
        peer_p50=ms(peer["page"]["p50"]),
        peer_p95=ms(peer["page"]["p95"]),
        peer_recall=peer["recall"],
    )
