"""`python tests/benchmarks/suggesting.py [--entries 50000]`: what suggestions take, beside SQLite's LIKE over the same names.

The rival is a table of all titles, names, sections and phrases with their pinyin and first letters, asked with LIKE for
each of the three, ordered as ours are; it knows no mistakes.  Both are asked in process, each input twice; the ratio of
the medians is printed.  Nothing here is asserted.
"""

import argparse
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from prose import SEED, make_entries

from indexer.model import Entry
from indexer.search.factory import open_builder, open_searcher
from indexer.text.pinyin import sounds

TIMES = 600
"""Inputs, a sixth of each kind."""


def main() -> None:
    """Build, ask and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entries", type=int, default=50_000)
    count = options.parse_args().entries
    entries = distinct(make_entries(count))
    inputs = make_inputs(entries, Random(SEED))
    with TemporaryDirectory() as folder:
        with open_builder(Path(folder)) as builder:
            for each in entries:
                builder.add(each)
        searcher = open_searcher(Path(folder))
        files = [path for path in (Path(folder) / "index").glob("gen-*/*") if path.is_file()]
        whole = sum(path.stat().st_size for path in files)
        mine = sum(path.stat().st_size for path in files if path.name.startswith("suggest"))
        ours = timed(lambda text: searcher.suggest(text, 10), inputs)
        theirs = timed(rival(entries, Path(folder) / "rival.sqlite"), inputs)
    print(f"{count:,} entries, {len({each.title for each in entries}):,} titles, seed {SEED}")
    for name, taken in (("suggest", ours), ("SQLite LIKE", theirs)):
        p50, p95, most = np.percentile(taken, [50, 95, 100])
        print(f"{name:<12} p50 {p50:.2f} ms  p95 {p95:.2f} ms  most {most:.2f} ms")
    print(f"ours ÷ its p50: {np.median(ours) / np.median(theirs):.3f}")
    print(f"suggestions are {mine / whole:.2%} of the index ({mine:,} of {whole:,} bytes)")


def distinct(entries: Iterable[Entry]) -> list[Entry]:
    """Give every entry a title of its own: the prose has some thousands, an archive nearly as many as entries."""
    return [
        replace(each, title=f"{each.title[:18]}{each.body[at % 40 : at % 40 + 6]}".replace("\n", ""))
        for at, each in enumerate(entries)
    ]


def make_inputs(entries: Sequence[Entry], rng: Random) -> list[str]:
    """Draw beginnings, pieces, pinyin, first letters, and pieces with a wrong or missing character."""
    inputs: list[str] = []
    while len(inputs) < TIMES:
        title = "".join(filter(str.isalnum, rng.choice(entries).title))
        start = rng.randrange(max(1, len(title) - 3))
        piece = title[start : start + rng.randint(2, 7)]
        at = rng.randrange(1, max(2, len(piece) - 1))
        ways: list[str] = [
            title[: rng.randint(1, 6)],
            piece,
            "".join(sounds(piece[:5])),
            "".join(sound[:1] for sound in sounds(piece[:5])),
            piece[:at] + rng.choice("工人员会方") + piece[at + 1 :],
            piece[:at] + piece[at + 1 :],
        ]
        inputs.append(ways[len(inputs) % 6] or "工会")
    return inputs


def rival(entries: Sequence[Entry], path: Path) -> Callable[[str], object]:
    """Make the table, and give a function that asks it."""
    table = sqlite3.connect(path)
    table.execute("create table names (text, pinyin, letters, entries)")
    counts: dict[str, int] = {}
    for each in entries:
        for text in (each.title, each.section, *each.authors):
            counts[text] = counts.get(text, 0) + 1
    rows = ((text, "".join(spoken := sounds(text)), "".join(sound[:1] for sound in spoken), count)
            for text, count in counts.items())  # fmt: skip
    table.executemany("insert into names values (?, ?, ?, ?)", rows)
    asked = (
        "select text, entries from names where text like :any or pinyin like :any or letters like :any"
        " order by text not like :first, entries desc limit 10"
    )
    return lambda text: table.execute(asked, {"any": f"%{text}%", "first": f"{text}%"}).fetchall()


def timed(ask: Callable[[str], object], inputs: Sequence[str]) -> list[float]:
    """Give the milliseconds of each question, asked the second time."""
    taken = []
    for again in (False, True):
        for text in inputs:
            start = time.perf_counter()
            ask(text)
            if again:
                taken.append((time.perf_counter() - start) * 1000)
    return taken


if __name__ == "__main__":
    main()
