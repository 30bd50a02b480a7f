"""Turns measurements into figures and tables; measures nothing."""

import math
from collections.abc import Mapping, Sequence
from statistics import mean, median
from types import MappingProxyType
from typing import Any

from clusterfigures import CLUSTER, cluster_part
from plan import plan_part

OURS = "ours"
PEER = "tantivy_rival"
"""The rival that a sentence names."""
SPOKEN_OF = "10000"
"""The number of entries of a sentence."""
BEGIN, END = "<!-- speed: python tests/benchmarks --keep -->", "<!-- end of speed -->"
"""Marks in a README, within its sentence of figures."""
_INTRODUCTION = """\
# Speed

Made by `python tests/benchmarks --keep`, which keeps what it measured in [results.json](results.json); do not edit.

All engines are measured in one run: real prose (the People's Daily of January 1998) recombined into entries of 780 characters, 200 questions of seven kinds, each engine doing the same page.
Recall and precision are against a plain scan.
"First asked" is the first time a process is asked a question; p50 is the second time and later, when our engine and its rivals have what they keep in memory.
An unquoted word that jieba cuts finds entries that hold its pieces apart, or look-alikes of them, too: hence a precision below 1 at times; quoted strings have none.
The peak of a build and a worker's memory count mapped files as far as they are in memory; an archive may have 4 billion characters.
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
_SHOWN = 60
"""Characters of a search in a table."""
Measured = dict[str, Any]


def summary(found: Measured, judged: Sequence[set[str]], kinds: Sequence[str]) -> Measured:
    """Give the figures of one engine on one archive; times in seconds."""
    ask = found["ask"]
    warm = [median(times) for times in zip(*ask["rounds"], strict=True)]
    recalls = [
        len(set(ids) & wanted) / len(wanted) for ids, wanted in zip(ask["found"], judged, strict=False) if wanted
    ]
    precise = [len(set(ids) & wanted) / len(set(ids)) for ids, wanted in zip(ask["found"], judged, strict=False) if ids]
    by_kind: dict[str, list[float]] = {}
    for kind, seconds in zip(kinds, warm, strict=False):
        by_kind.setdefault(kind, []).append(seconds)
    return {
        "version": ask["version"],
        "build": found["build"]["seconds"],
        "bytes": found["build"]["bytes"],
        "start": ask["start"],
        "page": {"p50": _at(warm, 0.5), "p95": _at(warm, 0.95), "p99": _at(warm, 0.99)},
        "cold": {"p50": _at(ask["cold"][1:], 0.5), "p95": _at(ask["cold"][1:], 0.95), "first": ask["cold"][0]},
        "kinds": {kind: median(times) for kind, times in by_kind.items()},
        "recall": mean(recalls),
        "precision": mean(precise) if precise else 0.0,
    }


def tables(measured: Measured) -> str:
    """Set everything that was measured as Markdown."""
    parts = [f"{measured['machine']}, Python {measured['python']}, seed {measured['seed']}."]
    for count, size in measured["sizes"].items():
        if len(size["engines"]) > 1:
            parts.append(_compared(int(count), size))
    parts.append(_own(measured))
    if any("unmatched" in size["ours"] for size in measured["sizes"].values()):
        parts.append(_unmatched(measured))
    for count, size in measured["sizes"].items():
        if "slowest" in size["ours"]:
            parts.append(_slowest(int(count), size["ours"]["slowest"]))
    if CLUSTER in measured:
        parts += [cluster_part(found) for found in measured[CLUSTER].values()]
        if len(measured[CLUSTER]) > 1:
            parts.append(plan_part(measured, measured[CLUSTER]))
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
        p50=_ms(ours["page"]["p50"]),
        p95=_ms(ours["page"]["p95"]),
        recall=ours["recall"],
        peer=peer["version"].split()[0],
        peer_p50=_ms(peer["page"]["p50"]),
        peer_p95=_ms(peer["page"]["p95"]),
        peer_recall=peer["recall"],
    )


def _compared(count: int, size: Measured) -> str:
    ours = size["engines"][OURS]["page"]["p50"]
    head = (
        f"{count:,} entries: a whole page (10 hits, snippets, total, three facets), in process but for Groonga (HTTP)"
    )
    rows = [
        "| engine | p50 | p95 | p99 | first asked | ours ÷ its p50 | recall | precision | build | index |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for each in size["engines"].values():
        page = each["page"]
        cells = [
            each["version"],
            *(_ms(page[name]) for name in ("p50", "p95", "p99")),
            _ms(each["cold"]["p50"]),
            f"{ours / page['p50']:.3f}",
            f"{each['recall']:.3f}",
            f"{each['precision']:.3f}",
            f"{each['build']:.1f} s",
            f"{each['bytes'] / 1e6:.0f} MB",
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return head + "\n\n" + "\n".join(rows)


def _own(measured: Measured) -> str:
    rows = [
        "| entries | page p50 | JSON over HTTP | HTML over HTTP | JSON ×8 | HTML ×8 | build | peak of build | "
        "index ÷ text | start | worker |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for count, size in measured["sizes"].items():
        ours, http = size["ours"], size["ours"]["http"]
        cells = [
            f"{int(count):,}",
            _ms(size["engines"][OURS]["page"]["p50"]),
            _ms(http["json"]),
            _ms(http["html"]),
            f"{http['json_per_second']:.0f}/s",
            f"{http['html_per_second']:.0f}/s",
            f"{ours['build']['seconds']:.1f} s",
            f"{ours['build']['peak_mb']:.0f} MB",
            f"{ours['bytes']['index'] / ours['text_bytes']:.2f}",
            f"{ours['start']:.2f} s",
            f"{http['worker_mb']:.0f} MB",
        ]
        rows.append("| " + " | ".join(cells) + " |")
    sizes = {int(count): size for count, size in measured["sizes"].items()}
    lines = ["\n".join(rows)]
    if len(sizes) > 1:
        grown = {
            "page": exponent({n: size["engines"][OURS]["page"]["p50"] for n, size in sizes.items()}),
            "build": exponent({n: size["ours"]["build"]["seconds"] for n, size in sizes.items()}),
            "index": exponent({n: size["ours"]["bytes"]["index"] for n, size in sizes.items()}),
        }
        shown = ", ".join(f"{name} {value:.2f}" for name, value in grown.items())
        lines.append(f"Growth with the number of entries n, as the exponent of n: {shown}.")
    if whole := {count: size["ours"]["whole"] for count, size in sizes.items() if "whole" in size["ours"]}:
        lines.append(_whole_way(whole))
    return "\n\n".join(lines)


def _whole_way(found: dict[int, Measured]) -> str:
    rows = ["| entries | pages | import | parse | index | verify |", "|---:|---:|---:|---:|---:|---:|"]
    for count, whole in found.items():
        stages = whole["stages"]
        cells = [f"{each['seconds']:.0f} s, {each['peak_mb']:.0f} MB" for each in stages.values()]
        cells[1] = f"{whole['pages'] / stages['parse']['seconds']:.0f} pages/s, {stages['parse']['peak_mb']:.0f} MB"
        rows.append(f"| {count:,} | {whole['pages']:,} | " + " | ".join(cells) + " |")
    head = "The whole way, from saved pages of five entries each, every stage by its command, with its peak of memory"
    return head + "\n\n" + "\n".join(rows)


def _unmatched(measured: Measured) -> str:
    rows = ["| entries | p50 | p95 | first asked p50 | p95 |", "|---:|---:|---:|---:|---:|"]
    for count, size in measured["sizes"].items():
        if found := size["ours"].get("unmatched"):
            cells = [_ms(found[name]) for name in ("p50", "p95", "first_p50", "first_p95")]
            rows.append(f"| {int(count):,} | {' | '.join(cells)} |")
    head = "Asked in words that no entry has all of: a page of what comes near, as no rival gives it"
    return head + "\n\n" + "\n".join(rows)


def _slowest(count: int, found: Measured) -> str:
    rows = [f"| {_ms(each['seconds'])} | `{_short(each['search'])}` |" for each in found["ten"]]
    head = f"The ten slowest of {found['searches']:,} random searches, {count:,} entries, asked the second time"
    return "\n".join([head, "", "| time | search |", "|---:|---|", *rows])


def _short(search: str) -> str:
    shown = search if len(search) <= _SHOWN else f"{search[:_SHOWN]}…"
    return shown.replace("|", "¦").replace("`", "'")


def exponent(values: dict[int, float]) -> float:
    """Fit value = a · n^b by least squares on logarithms; give b."""
    points = [(math.log(n), math.log(value)) for n, value in values.items()]
    middle = mean(x for x, _ in points), mean(y for _, y in points)
    above = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return above / sum((x - middle[0]) ** 2 for x, _ in points)


def _at(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
