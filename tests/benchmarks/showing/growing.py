"""Shows as Markdown how our engine grows with an archive: time, memory, bytes; measures nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from measuring.summing import FEW, exponent
from showing.rows import megabytes, ms, table

Measured = dict[str, Any]
Sizes = Mapping[int, Measured]
_LARGEST = 3
"""Archives, the largest ones, over which growth is told: in small ones what takes a fixed time hides it."""
_PARTS = {"text": "folded text", "places": "places", "words": "words", "others": "others"}
_SHOWN = 60
"""Characters of a search in a table."""


def own(sizes: Sizes) -> str:
    """Show what each size takes, what takes it, how that grows, and the way from pages to an index."""
    parts = [_taken(sizes), _bytes(sizes)]
    largest = dict(sorted(sizes.items())[-_LARGEST:])
    if len(largest) > 1:
        parts.append(_growth(largest))
    if whole := {count: size["ours"]["whole"] for count, size in sizes.items() if "whole" in size["ours"]}:
        parts.append(_whole_way(whole))
    return "\n\n".join(parts)


def _taken(sizes: Sizes) -> str:
    rows = []
    for count, size in sizes.items():
        ours, asked = size["ours"], size["engines"]["ours"]
        worker = ours["worker"]
        rows.append(
            [
                f"{count:,}",
                *(ms(asked["page"][share]) for share in ("p50", "p95", "p99")),
                *(ms(asked["cold"][share]) for share in ("p50", "p95")),
                f"{ours['build']['seconds']:.1f} s",
                f"{ours['build']['peak_mb']:,.0f} MB",
                f"{ours['start']:.2f} s",
                *(f"{worker[name]:,.0f} MB" if name in worker else "–" for name in ("anonymous_mb", "mapped_mb")),
                f"{worker['pss_mb']:,.0f} MB",
            ]
        )
    columns = ["entries", "page p50", "p95", "p99", "first asked p50", "p95", "build", "peak of build", "start"]
    columns += ["a worker's own memory", "mapped files", "its share of all"]
    head = "Our engine by the size of an archive; a build by its command, and a worker after it was asked all questions"
    return f"{head}\n\n{table(columns, rows, 0)}"


def _bytes(sizes: Sizes) -> str:
    rows = []
    for count, size in sizes.items():
        text, taken = size["ours"]["text_bytes"], size["ours"]["bytes"]
        shares = [f"{taken[name] / text:.2f}" if name in taken else "–" for name in ("index", *_PARTS, "stored")]
        rows.append([f"{count:,}", megabytes(text), *shares, f"{(taken['index'] + taken['stored']) / text:.2f}"])
    columns = ["entries", "text", "index ÷ text", *_PARTS.values(), "entries as stored ÷ text", "all ÷ text"]
    return f"What takes the bytes of the index, each ÷ the text's bytes\n\n{table(columns, rows, 0)}"


def _growth(sizes: Sizes) -> str:
    measures: dict[str, tuple[Callable[[Measured], float], Callable[[float], str]]] = {
        "page p50": (lambda size: size["engines"]["ours"]["page"]["p50"], ms),
        "page p95": (lambda size: size["engines"]["ours"]["page"]["p95"], ms),
        "first asked p50": (lambda size: size["engines"]["ours"]["cold"]["p50"], ms),
        "two words, few hits, p50": (lambda size: size["few"]["two words"]["p50"], ms),
        "two words, few hits, p95": (lambda size: size["few"]["two words"]["p95"], ms),
        "three words, few hits, p50": (lambda size: size["few"]["three words"]["p50"], ms),
        "three words, few hits, p95": (lambda size: size["few"]["three words"]["p95"], ms),
        "a worker's own memory": (lambda size: size["ours"]["worker"]["anonymous_mb"], lambda each: f"{each:,.0f} MB"),
        "build": (lambda size: size["ours"]["build"]["seconds"], lambda each: f"{each:.1f} s"),
        "index": (lambda size: size["ours"]["bytes"]["index"], megabytes),
    }
    rows = []
    for name, (value, shown) in measures.items():
        try:
            values = {count: value(size) for count, size in sizes.items()}
        except KeyError:  # not measured at each of the sizes
            continue
        rows.append([name, *map(shown, values.values()), f"{exponent(values):.2f}"])
    counts = [f"{count:,}" for count in sizes]
    head = (
        f"Growth with the number of entries n, as the exponent of n; few hits are {FEW:,} and less, in questions of the"
        " second set"
    )
    return f"{head}\n\n{table(['what', *counts, 'exponent'], rows)}"


def _whole_way(found: Mapping[int, Measured]) -> str:
    rows = []
    for count, whole in found.items():
        stages = whole["stages"]
        cells = [f"{each['seconds']:.0f} s, {each['peak_mb']:.0f} MB" for each in stages.values()]
        cells[1] = f"{whole['pages'] / stages['parse']['seconds']:.0f} pages/s, {stages['parse']['peak_mb']:.0f} MB"
        rows.append([f"{count:,}", f"{whole['pages']:,}", *cells])
    head = "The whole way, from saved pages of five entries each, every stage by its command, with its peak of memory"
    return f"{head}\n\n{table(['entries', 'pages', 'import', 'parse', 'index', 'verify'], rows, 0)}"


def unmatched(sizes: Sizes) -> str:
    """Show what searches take that nothing matches."""
    rows = []
    for count, size in sizes.items():
        if found := size["ours"].get("unmatched"):
            rows.append([f"{count:,}", *(ms(found[name]) for name in ("p50", "p95", "first_p50", "first_p95"))])
    head = "Asked in words that no entry has all of: a page of what comes near, as no rival gives it"
    return f"{head}\n\n{table(['entries', 'p50', 'p95', 'first asked p50', 'p95'], rows, 0)}"


def slowest(count: int, found: Measured) -> str:
    """Show the slowest of random searches."""
    parts = []
    for name, asking in (("first", "asked the first time"), ("again", "asked the second time")):
        if name in found:
            rows = [[ms(each["seconds"]), f"`{_short(each['search'])}`"] for each in found[name]]
            head = f"The ten slowest of {found['searches']:,} random searches, {count:,} entries, {asking}"
            parts.append("\n".join([head, "", "| time | search |", "|---:|---|", *(f"| {a} | {b} |" for a, b in rows)]))
    return "\n\n".join(parts)


def _short(search: str) -> str:
    shown = search if len(search) <= _SHOWN else f"{search[:_SHOWN]}…"
    return shown.replace("|", "¦").replace("`", "'")
