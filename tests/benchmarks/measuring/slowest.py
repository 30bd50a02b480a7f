"""Asks our engine searches at random, of every kind that a user can type; gives those that took longest."""

import math
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measuring.saying import say

from indexer.manifest import load_manifest
from indexer.model import Entry
from indexer.search.query.grammar import parse
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.nearest import nearest
from search_app.following.archive import Archive

_SEARCHES = 5000


def slowest(data: Path, entries: Sequence[Entry], seed: int, patience: float = math.inf) -> dict[str, Any]:
    """Ask random searches of every kind a user can type, each twice; give the ten slowest of either asking.

    No more are asked after so many seconds: how many there were is told.
    """
    rng = random.Random(seed)
    # As the server opens it: the garbage collector leaves alone what lives long.
    searcher = Archive(data, load_manifest()).searcher()
    times: dict[str, list[tuple[float, str]]] = {"first": [], "again": []}
    until = time.monotonic() + patience
    for number in range(_SEARCHES):
        if time.monotonic() > until:
            break
        if number and number % 1000 == 0:
            say(f"{number:,} of {_SEARCHES:,} random searches")
        text = _any_search(entries, rng)
        request = SearchRequest(parse(text)[0], size=10, page=rng.choice((1, 1, 1, 10, 200)))
        for taken in times.values():
            begun = time.perf_counter()
            nearest(searcher, request, searcher.search(request).total)
            taken.append((time.perf_counter() - begun, text))
    ten = {name: sorted(taken, reverse=True)[:10] for name, taken in times.items()}
    return {
        "searches": len(times["again"]),
        **{name: [{"seconds": seconds, "search": text} for seconds, text in most] for name, most in ten.items()},
    }


def _any_search(entries: Sequence[Entry], rng: random.Random, depth: int = 0) -> str:
    entry = rng.choice(entries)
    start = rng.randrange(len(entry.body))

    def piece(least: int, most: int) -> str:
        return entry.body[start : start + rng.randint(least, most)].replace('"', "").replace("\n", " ")

    match rng.randrange(13 if depth < 4 else 6):
        case 0:
            return piece(1, 1)
        case 1:
            return f'"{piece(1, 3)}"'
        case 2:
            return piece(2, 4)
        case 3:
            return f'"{piece(4, 40)}"'
        case 4:
            return piece(60, 190)
        case 5:
            return f"{piece(1, 2)} NEAR/{rng.randint(1, 100)} {rng.choice(entries).body[start % 700 :][:2]}"
        case 6:
            return "-" + _any_search(entries, rng, 9)
        case 7:
            return f" NEAR/{rng.choice((1, 5, 20, 100))} ".join(rng.sample("，的。、一国在", rng.randint(2, 5)))
        case 8:
            return "的 是 在 了 和 一 不 有 大 中"
        case 9:
            return f"标题:{piece(1, 2)}"
        case 10:
            return f"({_any_search(entries, rng, depth + 1)} 或 {_any_search(entries, rng, depth + 1)})"
        case 11:
            return f"({_any_search(entries, rng, depth + 1)} -({_any_search(entries, rng, depth + 1)}))"
        case _:
            return f"{_any_search(entries, rng, depth + 1)} 年份:2003-2010"
