"""Exports all that a search finds, as a process of its own, and prints what that took: `whole_set.py DATA FORMAT QUERY SORT`."""

import json
import sys
import time
from datetime import date
from itertools import islice
from pathlib import Path

from indexer.search.factory import open_searcher
from search_app.shown.exporting.exported import Exporter
from search_app.shown.exporting.formats import FORMATS
from search_app.shown.links import SearchState
from search_app.shown.naming import Names

_WARM = 3000
"""Entries that are exported before."""


def held() -> int:
    """Give the bytes of the process in memory that it shares with no file."""
    resident, shared = map(int, Path("/proc/self/statm").read_text().split()[1:3])
    return (resident - shared) * 4096


def export(folder: Path, name: str, state: SearchState) -> dict[str, float]:
    """Export; give the pieces, the bytes that the process grew by, seconds to the first piece and to the last."""
    searcher = open_searcher(folder)
    exporter = Exporter(searcher, Names(None, searcher.volumes()), "https://a.example", date(2026, 11, 28), {})
    # Caches and tables are filled by a part of it, so that what holds everything at once still shows.
    part = exporter.found(state.adding("year", "2001"))
    sum(1 for _ in FORMATS[name].write(islice(part, _WARM)))
    before = most = held()
    count, first = 0, 0.0
    begun = time.perf_counter()
    for count, _ in enumerate(FORMATS[name].write(exporter.found(state)), 1):
        first = first or time.perf_counter() - begun
        if count % 1000 == 0:
            most = max(most, held())
    whole = time.perf_counter() - begun
    return {"pieces": count, "growth": max(most, held()) - before, "first": round(first, 3), "whole": round(whole, 1)}


if __name__ == "__main__":
    data, kind, text, order = sys.argv[1:]
    print(json.dumps(export(Path(data), kind, SearchState(text, sort=order))))
