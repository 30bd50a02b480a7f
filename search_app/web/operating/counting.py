"""Counts answers for Prometheus, in this process or, where `PROMETHEUS_MULTIPROC_DIR` names a folder, in all together.

Labels are routes, methods, classes of status and codes of problems, all of which stand in the code: what readers type
never makes another time series.  Knows neither Flask nor an index.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from search_app.web.operating.facts import STREAM_BEGUN, STREAM_REFUSED, Answer

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram
    from prometheus_client.metrics_core import Metric

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Setting of prometheus-client: the folder in which processes count together."""
LOCK = "lock"
"""File in that folder; whoever reads all counts, or puts some of them elsewhere, holds it meanwhile."""
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds.  A page takes a few thousandths; what takes ten seconds has been given up by its reader."""


@dataclass(frozen=True, slots=True)
class IndexNow:
    """The index from which this process answers."""

    generation: str
    entries: int
    made_at: datetime
    is_degraded: bool
    """Whether another one than the published one answers."""
    follows_contributors: bool


class Counts:
    """What has been answered; safe to share between threads.

    prometheus-client is loaded with the first answer: in the parent of the processes that answer, which makes the app
    only to try it, nothing is counted.
    """

    def __init__(self) -> None:
        """Count nothing yet."""
        self._meters: _Meters | None = None
        self._making = threading.Lock()

    def answered(self, answer: Answer) -> None:
        """Count an answer that is about to be sent."""
        meters = self._made()
        key = answer.route, answer.method, answer.status // 100
        counter, histogram = meters.of_route.get(key) or meters.add_route(key)
        counter.inc()
        histogram.observe(answer.seconds)
        if answer.status >= 500:
            meters.problems.labels(answer.problem or "fault", str(answer.status)).inc()
        if answer.stream == STREAM_BEGUN:
            meters.streams.inc()
        elif answer.stream == STREAM_REFUSED:
            meters.refused.inc()

    def stream_ended(self) -> None:
        """Note that a stream that had begun is over, sent or given up."""
        self._made().streams.dec()

    def told(self, index: IndexNow | None) -> bytes:
        """Return all counts, and how the index is, in Prometheus' text format; None stands for no index."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        own = self._made().registry
        folder = os.environ.get(FOLDER)
        registry = CollectorRegistry(auto_describe=False) if folder else own
        if folder:
            MultiProcessCollector(registry, folder)
        of_index = CollectorRegistry(auto_describe=False)
        of_index.register(_Index(index))
        with FileLock(Path(folder) / LOCK, timeout=10) if folder else nullcontext():
            counted = generate_latest(registry)
        return counted + generate_latest(of_index)

    def _made(self) -> "_Meters":
        if self._meters is None:
            with self._making:  # two for one process would overwrite each other's counts
                if self._meters is None:
                    self._meters = _Meters()
        return self._meters


class _Meters:
    """The counters of one process."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self.registry = registry = CollectorRegistry(auto_describe=False)
        self.requests = Counter(
            "nianjian_requests",
            "Answers by route, method and class of status; no route: no page has the address.",
            ("route", "method", "status"),
            registry=registry,
        )
        self.seconds = Histogram(
            "nianjian_answer_seconds",
            "Time to make an answer, or the beginning of a stream; without sending it.",
            ("route",),
            buckets=_BUCKETS,
            registry=registry,
        )
        self.problems = Counter(
            "nianjian_problems", "Answers that were none, by code and status.", ("code", "status"), registry=registry
        )
        self.streams = Gauge(
            "nianjian_streams_under_way", "Long files being sent.", multiprocess_mode="livesum", registry=registry
        )
        self.refused = Counter(
            "nianjian_streams_refused", "Long files refused because others were being sent.", registry=registry
        )
        self.of_route: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        """What counts answers of a route, method and class of status."""

    def add_route(self, key: tuple[str, str, int]) -> "tuple[Counter, Histogram]":
        route, method, hundreds = key
        made = self.requests.labels(route, method, f"{hundreds}xx"), self.seconds.labels(route)
        self.of_route[key] = made
        return made


class _Index:
    """How the index is at the moment at which counts are read; the same in all processes, within a second."""

    def __init__(self, index: IndexNow | None) -> None:
        self._index = index

    def collect(self) -> "Iterator[Metric]":
        from prometheus_client.core import GaugeMetricFamily as Gauge

        index = self._index
        yield Gauge("nianjian_index_ready", "Whether searches are answered.", float(index is not None))
        if index is None:
            return
        named = Gauge("nianjian_index_info", "The generation that answers.", labels=("generation",))
        named.add_metric((index.generation,), 1.0)
        yield named
        yield Gauge("nianjian_index_entries", "Entries that may be shown.", float(index.entries))
        yield Gauge(
            "nianjian_index_built_timestamp_seconds", "When its build began, Unix time.", index.made_at.timestamp()
        )
        yield Gauge(
            "nianjian_index_degraded", "Whether another index than the published one answers.", float(index.is_degraded)
        )
        yield Gauge(
            "nianjian_contributors_followed",
            "Whether authors are named as contributors.toml says.",
            float(index.follows_contributors),
        )
