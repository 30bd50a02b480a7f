"""`python tests/benchmarks/reading.py [--entries 10000]`: what pages take, beside the JSON of the same search.

All are asked in process, through the whole application, the same questions one after the other; the ratio of the
medians is printed, also of an entry with its place among the hits, its similar entries and its doubts.  Nothing here is
asserted.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from flask.testing import FlaskClient
from prose import SEED, make_entries
from questions import SIZE, Question, make_questions

from indexer.search.factory import open_builder
from search_app import create_app

ROUNDS = 5
"""Times that each question is asked; the fastest counts, since whatever else runs only adds."""


def main() -> None:
    """Build, ask and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entries", type=int, default=10_000)
    count = options.parse_args().entries
    entries = list(make_entries(count))
    with TemporaryDirectory() as folder:
        with open_builder(Path(folder)) as builder:
            for each in entries:
                builder.add(each)
        client = create_app(folder).test_client()
        questions = make_questions(entries)
        taken = {name: timed(ask, questions) for name, ask in ways(client).items()}
    print(f"{count:,} entries, {len(questions)} questions, {SIZE} hits a page, seed {SEED}")
    json = np.median(taken["JSON"])
    for name, times in taken.items():
        p50, p95 = np.percentile(times, [50, 95])
        print(f"{name:<21} p50 {p50:5.2f} ms  p95 {p95:5.2f} ms  ÷ JSON {p50 / json:.2f}")


def ways(client: FlaskClient) -> dict[str, Callable[[Question], object]]:
    """Give what is asked for each question, by name."""
    hits: dict[Question, str] = {}

    def entry(question: Question) -> object:
        args = arguments(question)
        if question not in hits:
            found = client.get("/api/v1/search", query_string=args).json["hits"]
            hits[question] = found[0]["id"] if found else "none"
        return client.get(f"/entry/{hits[question]}", query_string=[*args, ("at", "1")])

    return {
        "JSON": lambda question: client.get("/api/v1/search", query_string=arguments(question)),
        "page of hits": lambda question: client.get("/", query_string=arguments(question)),
        "lines in context": lambda question: client.get("/concordance", query_string=arguments(question)[:-1]),
        "entry among its hits": entry,
    }


def arguments(question: Question) -> list[tuple[str, str]]:
    """Give a question as an address asks it."""
    return [("q", question.text), *question.filters, ("page", str(question.page)), ("size", str(SIZE))]


def timed(ask: Callable[[Question], object], questions: Sequence[Question]) -> list[float]:
    """Give the milliseconds that each question takes at best."""
    times = []
    for question in questions:
        taken = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            ask(question)
            taken.append((time.perf_counter() - begun) * 1000)
        times.append(min(taken))
    return times


if __name__ == "__main__":
    main()
