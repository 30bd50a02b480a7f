"""Works out from what was measured what an archive of any size needs, in which engine; measures nothing."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Measured = Mapping[str, Any]
PLANNED_BY = (10_000, 200_000)
"""Entries of the archives by which it is told how the embedded engine grows."""
FLATTEST = 0.05
"""Exponent that growth is taken to have at least: one that was measured as none would carry on for ever."""
SIZES = (10**5, 10**6, 10**7, 10**8)
"""Entries of the archives that are planned."""
PLACES = 2**32
"""Characters that the embedded engine can number."""
PATIENCE_S = 0.1
"""Seconds of a page, at the 95th percentile, from which readers feel that they wait."""
WORKER_GB = 8.0
"""Memory of one process that answers, from which a common server holds too few of them."""
SHARD_BYTES = 20 << 30
"""Bytes of a shard, as a build chooses how many there are."""
COPIES, GENERATIONS = 2, 2
"""Of everything: a copy on another node, and the generation in reserve."""
NODE_BYTES = 600 * 10**9
"""Bytes of index that a node of 64 GB holds: a tenth of it in memory, beside 24 GB of objects."""


def plan_part(measured: Measured, cluster: Mapping[str, Measured]) -> str:
    """Make the part of RESULTS.md that plans; `cluster` holds what was measured of both engines, by number of entries."""
    few, many = (cluster[count] for count in (min(cluster, key=int), max(cluster, key=int)))
    own = measured["sizes"]
    small, large = (own[str(count)]["ours"]["worker"]["pss_mb"] for count in PLANNED_BY)
    memory_gb = _line(*zip(PLANNED_BY, (small / 1024, large / 1024), strict=True))
    each = many["characters"] / many["entries"]
    embedded = _Embedded(own, int(many["machine"].split()[0]))
    spread = _Cluster("opensearch", many, few)
    lines = [
        "## A plan on paper",
        "",
        "Made of the figures above: what was measured at two sizes is carried on from these."
        " Build hours are of one core, with the nodes' own work; a cluster's are of all its cores.",
        "",
        "| entries | characters | embedded: index | build | page p50 / p95 | a worker | "
        "cluster: index, one copy | shards | nodes | on their disks | build | page p50 / p95 |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [_row(count, each, embedded, spread, memory_gb) for count in SIZES]
    reasons = _leaving(each, embedded, memory_gb)
    lines += [
        "",
        "A page of the embedded engine, when it is first asked for, grows as it does from"
        f" {PLANNED_BY[0]:,} to {PLANNED_BY[1]:,} entries:"
        f" n^{embedded.growth('p50'):.2f} at the median, n^{embedded.growth('p95'):.2f} at the 95th percentile."
        " A page of the cluster takes as long as its largest shard, since shards are asked at once: a fixed time and one"
        f" that grows with the entries of a shard, by {few['entries']:,} and"
        f" {many['entries']:,} entries. That holds where each shard has a core to itself; here three nodes shared two."
        f" On the nodes' disks are {COPIES} copies of {GENERATIONS} generations; one is taken to hold"
        f" {NODE_BYTES / 1e9:.0f} GB.",
        "",
        "What breaks first in the embedded engine, and from how many such entries on:",
        "",
        *(f"- {what}: {_about(count):,}" for count, what in sorted(reasons)),
        "",
        f"So an archive leaves it for a cluster at about {_about(min(reasons)[0]):,} entries"
        f" ({_about(min(reasons)[0] * each):,} characters), and sooner where readers may not wait for a machine to be replaced.",
        "In the cluster a build breaks first: it takes days of a core from 10⁷ entries on, so its nodes are sized by how often"
        " it is made; then the list of authors, which is counted whole for each page.",
    ]
    return "\n".join(lines)


class _Embedded:
    """The embedded engine, whose pages take time by a power of the number of entries when they are first asked for."""

    def __init__(self, sizes: Measured, cores: int) -> None:
        self._sizes = sizes
        self._entries = PLANNED_BY[1]
        ours = sizes[str(self._entries)]["ours"]
        self.bytes_each = (ours["bytes"]["index"] + ours["bytes"]["stored"]) / self._entries
        self.core_hours_each = ours["build"]["seconds"] * cores / 3600 / self._entries

    def growth(self, share: str) -> float:
        """Give the exponent."""
        one, other = (self._first_asked(count, share) for count in PLANNED_BY)
        return max(FLATTEST, math.log(other / one) / math.log(PLANNED_BY[1] / PLANNED_BY[0]))

    def page(self, entries: float, share: str) -> float:
        """Give the seconds of a page."""
        return self._first_asked(self._entries, share) * (entries / self._entries) ** self.growth(share)

    def most(self, share: str, seconds: float) -> float:
        """Give the number of entries at which a page takes so long."""
        return self._entries * (seconds / self._first_asked(self._entries, share)) ** (1 / self.growth(share))

    def _first_asked(self, entries: int, share: str) -> float:
        found: float = self._sizes[str(entries)]["engines"]["ours"]["cold"][share]
        return found


class _Cluster:
    """The distributed engine, whose pages take a fixed time, and one by the entries of a shard."""

    def __init__(self, name: str, measured: Measured, few: Measured) -> None:
        self._name, self._measured, self._few = name, measured, few
        self.bytes_each = measured["bytes"][name] / measured["entries"]
        cores = int(measured["machine"].split()[0])
        self.core_hours_each = measured["build"][name]["seconds"] * cores / 3600 / measured["entries"]

    def page(self, entries: float, share: str) -> float:
        """Give the seconds of a page, given the entries of a shard."""
        pages = ((each, each["page"][self._name]["again"]) for each in (self._few, self._measured))
        points = ((each["entries"], page[share]) for each, page in pages)
        return _line(*points)(entries)


def _row(count: int, each: float, embedded: _Embedded, spread: _Cluster, memory_gb: Callable[[float], float]) -> str:
    is_held = count * each < PLACES
    own = [
        _bytes(count * embedded.bytes_each),
        f"{count * embedded.core_hours_each:,.1f} h",
        _times(embedded, count),
        f"{memory_gb(count):,.1f} GB",
    ]
    size = count * spread.bytes_each
    shards = max(1, math.ceil(size / SHARD_BYTES))
    disks = size * COPIES * GENERATIONS
    cells = [
        f"{count:,}",
        f"{count * each:,.0f}",
        *(own if is_held else ["refused: too many characters", "–", "–", "–"]),
        _bytes(size),
        f"{shards:,}",
        f"{max(3, math.ceil(disks / NODE_BYTES)):,}",
        _bytes(disks),
        f"{count * spread.core_hours_each:,.0f} h",
        _times(spread, count / shards),
    ]
    return f"| {' | '.join(cells)} |"


def _leaving(each: float, embedded: _Embedded, memory_gb: Callable[[float], float]) -> list[tuple[float, str]]:
    """Give from how many entries on what no longer holds."""
    step = memory_gb(1) - memory_gb(0)
    return [
        (embedded.most("p95", PATIENCE_S), f"one page in twenty takes {1000 * PATIENCE_S:.0f} ms"),
        ((WORKER_GB - memory_gb(0)) / step, f"a worker takes {WORKER_GB:.0f} GB"),
        (PLACES / each, "characters cannot be numbered with 32 bits any more, and a build is refused"),
    ]


def _line(one: Sequence[float], other: Sequence[float]) -> Callable[[float], float]:
    """Give the line through two points."""
    slope = (other[1] - one[1]) / (other[0] - one[0])
    return lambda at: one[1] + slope * (at - one[0])


def _times(engine: _Embedded | _Cluster, entries: float) -> str:
    return " / ".join(f"{1000 * engine.page(entries, share):,.1f}" for share in ("p50", "p95")) + " ms"


def _bytes(size: float) -> str:
    return f"{size / 1e9:,.1f} GB" if size < 1e12 else f"{size / 1e12:,.1f} TB"


def _about(count: float) -> int:
    """Round to two digits: more is not known."""
    digits = len(str(round(count))) - 2
    return round(count / 10**digits) * 10**digits
