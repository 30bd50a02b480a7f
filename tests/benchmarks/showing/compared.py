"""Sets our engine beside its rivals as Markdown; measures nothing."""

from typing import Any

from showing.rows import megabytes, ms, ratio, table

OURS = "ours"
PEER = "tantivy_rival"
"""The rival that a sentence, and the tables of kinds and of the second set, name."""
Measured = dict[str, Any]
_SHARES = ("p50", "p95", "p99")
_TIMES = (*_SHARES, "first asked p50", "p95")
_RATIOS = ("ours ÷ its p50", "p95", "p99", "first p50", "first p95")


def compared(count: int, size: Measured) -> str:
    """Show all engines on the first set of questions."""
    engines = size["engines"]
    rows = [
        [
            *_beside(engines[OURS], each),
            f"{each['build']:.1f} s",
            ratio(engines[OURS]["build"], each["build"]),
            megabytes(each["bytes"]),
        ]
        for each in engines.values()
    ]
    head = (
        f"{count:,} entries: a whole page (10 hits, snippets, total, three facets), in process but for Groonga (HTTP),"
        " and how ours compares with it"
    )
    columns = ("engine", *_TIMES, *_RATIOS, "recall", "precision", "build", "ours ÷ its build", "index")
    return f"{head}\n\n{table(columns, rows)}\n\n{_trade(count, size)}".rstrip()


def second(count: int, size: Measured) -> str:
    """Show ours and its peer on the second set of questions."""
    engines, whole = size["more"]["engines"], size["more"]["questions"]
    named = {name: size["engines"][name] | each for name, each in engines.items()}
    rows = [_beside(named[OURS], each) for each in named.values()]
    judged = max(each["judged"] for each in engines.values())
    least = whole if judged == whole else f"the first {judged:,} of them"
    head = f"{count:,} entries, {whole:,} other questions of the same kinds; recall and precision are of {least}"
    return f"{head}\n\n{table(('engine', *_TIMES, *_RATIOS, 'recall', 'precision'), rows)}"


def kinds(count: int, size: Measured) -> str:
    """Show each kind of question of the second set: ours, and its peer."""
    told = [name for name in (OURS, PEER) if name in next(iter(size["kinds"].values()))["engines"]]
    versions = [size["engines"][name]["version"].split()[0] for name in told]
    columns = ["kind", "median of hits"]
    for version in versions:
        columns += [f"{version}: p50", "p95", "max", "first asked p50", "max"]
    rows = []
    for kind, each in size["kinds"].items():
        cells = [kind, f"{each['hits']:,.0f}"]
        for name in told:
            page, cold = each["engines"][name]["page"], each["engines"][name]["cold"]
            cells += [ms(page[share]) for share in ("p50", "p95", "max")] + [ms(cold["p50"]), ms(cold["max"])]
        rows.append(cells)
    number = next(iter(size["kinds"].values()))["questions"]
    head = f"{count:,} entries, kinds of questions, some {number} of each from the second set"
    return f"{head}\n\n{table(columns, rows)}"


def _beside(ours: Measured, each: Measured) -> list[str]:
    page, cold = each["page"], each["cold"]
    return [
        each["version"],
        *(ms(page[share]) for share in _SHARES),
        *(ms(cold[share]) for share in ("p50", "p95")),
        *(ratio(ours["page"][share], page[share]) for share in _SHARES),
        *(ratio(ours["cold"][share], cold[share]) for share in ("p50", "p95")),
        *(f"{each[name]:.3f}" if name in each else "–" for name in ("recall", "precision")),
    ]


def _trade(count: int, size: Measured) -> str:
    """Say what our speed costs in room: on the disk beside the peer, and in memory beside itself."""
    ours, peer = size["engines"][OURS], size["engines"].get(PEER)
    worker = size["ours"]["worker"]
    said = ""
    if peer:
        said = (
            f"Room for speed: our index takes {ours['bytes'] / peer['bytes']:.1f} times the bytes of"
            f" {peer['version'].split()[0]}'s, with every string and the text in it, for"
            f" {ratio(ours['page']['p50'], peer['page']['p50'])} of its p50. "
        )
    if "anonymous_mb" in worker:
        said += (
            f"What a worker keeps of all {200 + size['more']['questions']:,} questions and loads at its start is"
            f" {worker['anonymous_mb']:.0f} MB of its own at {count:,} entries; a question whose parts it keeps takes"
            f" {ms(ours['page']['p50'])}, one whose parts it does not {ms(ours['cold']['p50'])}."
        )
    return said.rstrip()
