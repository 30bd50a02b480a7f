"""Shows as Markdown what many readers get over HTTP; measures nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from showing.rows import ms, ratio, table

Row = Mapping[str, Any]
_NAMES = {"ours": "nianjian-search", "groonga": "Groonga"}
FEW_CLIENTS, MANY_CLIENTS = 1, 8


def served(sizes: Mapping[int, Sequence[Row]]) -> str:
    """Show requests per second, and what one reader waits, by the number of clients."""
    rows, said = [], []
    for count, found in sizes.items():
        for one in found:
            if one["clients"] == FEW_CLIENTS:
                many = _of(found, one["server"], one["answer"], one["workers"], MANY_CLIENTS)
                rows.append([*_named(count, one), *_cells(one), *_cells(many), _ratio(many, one)])
        said.append(_ratios(count, found))
    columns = ["entries", "server", "answer", "workers", "1 client", "p50", "p99", "8 clients", "p50", "p99", "8 ÷ 1"]
    head = (
        "Many readers, over HTTP on this machine, the first set of questions by `wrk` (one thread), which shares its cores"
        " with the servers; Groonga answers in as many threads as it likes, its query cache off"
    )
    return "\n\n".join([head, table(columns, rows, 3), "\n".join(said)])


def _ratios(count: int, found: Sequence[Row]) -> str:
    workers = sorted({each["workers"] for each in found if each["server"] == "ours"})
    said = []
    for each in workers:
        of = f"{each} worker{'s' if each > 1 else ''}"
        json = _of(found, "ours", "json", each, MANY_CLIENTS)
        said.append(f"HTML ÷ JSON, {of}: {_ratio(_of(found, 'ours', 'html', each, MANY_CLIENTS), json)}")
        if any(row["server"] == "groonga" for row in found):
            beside = _ratio(json, _of(found, "groonga", "json", 0, MANY_CLIENTS))
            said.append(f"our JSON ÷ Groonga, {of}: {beside}")
    return f"- {count:,} entries, requests per second of eight clients: {'; '.join(said)}."


def _of(found: Sequence[Row], server: str, answer: str, workers: int, clients: int) -> Row:
    wanted = {"server": server, "answer": answer, "workers": workers, "clients": clients}
    (row,) = (each for each in found if wanted.items() <= each.items())
    return row


def _named(count: int, row: Row) -> list[str]:
    workers = str(row["workers"]) if row["workers"] else "–"
    return [f"{count:,}", _NAMES[row["server"]], row["answer"].upper(), workers]


def _cells(row: Row) -> list[str]:
    return [f"{row['per_second']:,.0f}/s", ms(row["p50"]), ms(row["p99"])]


def _ratio(one: Row, other: Row) -> str:
    return ratio(one["per_second"], other["per_second"])
