"""`python tests/benchmarks/exporting.py [--entries 50000]`: what it takes to take a whole archive away.

Every format is asked for in process, through the whole application, and read to its end: time to the first byte and to
the last.  The rival writes the same table with the standard library alone: SQLite hands out rows, `csv` writes them.
Nothing here is asserted.
"""

import argparse
import csv
import io
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient
from prose import SEED, make_entries

from indexer.model import Entry
from indexer.search.factory import open_builder
from search_app import create_app
from search_app.shown.exporting.columns import COLUMNS
from search_app.shown.exporting.formats import FORMATS

ROUNDS = 3
"""Times that each is asked; the fastest counts, since whatever else runs only adds."""


def main() -> None:
    """Build, ask and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entries", type=int, default=50_000)
    count = options.parse_args().entries
    entries = list(make_entries(count))
    with TemporaryDirectory() as folder:
        with open_builder(Path(folder)) as builder:
            for each in entries:
                builder.add(each)
        client = create_app(folder).test_client()
        ways: dict[str, Callable[[], Iterator[bytes]]] = {name: asking(client, name) for name in FORMATS}
        ways["SQLite and csv"] = rival(entries, Path(folder) / "rival.sqlite")
        taken = {name: min(timed(ask) for _ in range(ROUNDS)) for name, ask in ways.items()}
    print(f"{count:,} entries in book order, seed {SEED}")
    for name, (whole, first, size) in taken.items():
        beside = whole / taken["SQLite and csv"][0]
        print(
            f"{name:<15} first {first * 1000:5.0f} ms  whole {whole:5.2f} s  {size / 1e6:5.1f} MB  ÷ rival {beside:.2f}"
        )


def asking(client: FlaskClient, name: str) -> Callable[[], Iterator[bytes]]:
    """Give a function that asks for everything in a format."""

    def ask() -> Iterator[bytes]:
        answer = client.get("/export", query_string={"format": name, "sort": "book"}, buffered=False)
        yield from answer.iter_encoded()
        answer.close()

    return ask


def rival(entries: Sequence[Entry], path: Path) -> Callable[[], Iterator[bytes]]:
    """Give a function that writes the same columns as SQLite has them; those that an entry has itself are filled."""
    archive = sqlite3.connect(path)
    archive.execute(f"create table entries ({', '.join(COLUMNS)})")
    own = [{name: getattr(each, name, "") for name in COLUMNS} for each in entries]
    rows = [["; ".join(value) if isinstance(value, tuple) else value for value in each.values()] for each in own]
    archive.executemany(f"insert into entries values ({', '.join('?' * len(COLUMNS))})", rows)
    archive.commit()

    def write() -> Iterator[bytes]:
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        for row in archive.execute("select * from entries order by year, id"):
            writer.writerow(row)
            if buffer.tell() > 1 << 15:
                yield buffer.getvalue().encode()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue().encode()

    return write


def timed(ask: Callable[[], Iterator[bytes]]) -> tuple[float, float, int]:
    """Give the seconds to the last byte and to the first, and the bytes."""
    begun = time.perf_counter()
    first, size = 0.0, 0
    for piece in ask():
        first = first or time.perf_counter() - begun
        size += len(piece)
    return time.perf_counter() - begun, first, size


if __name__ == "__main__":
    main()
