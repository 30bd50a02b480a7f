"""Figures become tables, with the ratios and exponents that they are measured for."""

from typing import Any

import pytest
from plan import PLANNED_BY, plan_part
from showing import figures
from showing.compared import compared, kinds, second
from showing.growing import own, slowest, unmatched
from showing.rows import table
from showing.served import served

Measured = dict[str, Any]


def engine(version: str, seconds: float) -> Measured:
    """Give an engine that takes so long at the median, and twice and three times that elsewhere."""
    return {
        "version": version,
        "build": 1000 * seconds,
        "bytes": 50_000_000,
        "page": {"p50": seconds, "p95": 2 * seconds, "p99": 3 * seconds},
        "cold": {"p50": 2 * seconds, "p95": 3 * seconds, "first": 9.0},
        "judged": 190,
        "recall": 1.0,
        "precision": 0.5,
    }


def size(seconds: float, count: int) -> Measured:
    """Give all that is measured of an archive."""
    engines = {"ours": engine("nianjian-search", seconds), "tantivy_rival": engine("Tantivy 1", 0.004)}
    kind = {
        name: {"page": {"p50": 0.001, "p95": 0.002, "max": 0.003}, "cold": {"p50": 0.004, "max": 0.005}}
        for name in engines
    }
    few = {"questions": 9, "p50": seconds, "p95": seconds}
    rates = [
        {"server": server, "answer": answer, "workers": workers, "clients": clients, "per_second": rate * clients}
        | {"p50": 0.001, "p99": 0.002}
        for server, answer, workers, rate in (
            ("ours", "json", 2, 300),
            ("ours", "html", 2, 210),
            ("groonga", "json", 0, 100),
        )
        for clients in (1, 8)
    ]
    return {
        "engines": engines,
        "more": {"questions": 1000, "engines": engines},
        "kinds": {"two words": {"questions": 143, "hits": 1234.0, "engines": kind}},
        "few": {"two words": few, "three words": few},
        "ours": {
            "text_bytes": 10_000_000,
            "build": {"seconds": 1.0, "peak_mb": 1234.0},
            "bytes": {
                "stored": 11_000_000,
                "index": count * 100,
                "text": 5_000_000,
                "places": 5_000_000,
                "words": 10_000_000,
                "others": 0,
            },
            "start": 0.5,
            "worker": {"anonymous_mb": 100.0, "mapped_mb": 50.0, "pss_mb": 150.0},
            "http": rates,
            "unmatched": {"searches": 99, "p50": 0.001, "p95": 0.002, "first_p50": 0.003, "first_p95": 0.004},
            "slowest": {"searches": 5000, "first": [{"seconds": 0.2, "search": "a|`b`"}], "again": []},
        },
    }  # fmt: skip


SIZES = {50_000: size(0.001, 50_000), 200_000: size(0.002, 200_000), 800_000: size(0.004, 800_000)}


def test_engines_stand_beside_ours_with_the_ratios() -> None:
    """Of p50, p95, p99, first asked, and the build; size and speed are stated together."""
    text = compared(50_000, SIZES[50_000])
    assert (
        "| Tantivy 1 | 4.00 ms | 8.00 ms | 12.00 ms | 8.00 ms | 12.00 ms | 0.25 | 0.25 | 0.25 | 0.25 | 0.25 | "
        "1.000 | 0.500 | 4.0 s | 0.25 | 50 MB |"
    ) in text
    assert "takes 1.0 times the bytes of Tantivy's, with every string and the text in it, for 0.25 of its p50" in text
    assert "What a worker keeps of all 1,200 questions and loads at its start is 100 MB of its own" in text


def test_the_second_set_says_how_many_were_judged() -> None:
    """A sample of a large archive's."""
    text = second(50_000, SIZES[50_000])
    assert "1,000 other questions of the same kinds; recall and precision are of the first 190 of them" in text
    assert text.count("| 1.000 | 0.500 |") == 2


def test_kinds_have_hits_and_the_longest() -> None:
    """Of both engines."""
    times = "1.00 ms | 2.00 ms | 3.00 ms | 4.00 ms | 5.00 ms"
    assert f"| two words | 1,234 | {times} | {times} |" in kinds(50_000, SIZES[50_000])


def test_growth_is_told_over_the_three_largest() -> None:
    """As an exponent; what was not measured at all of them is left out."""
    text = own({10_000: size(9.0, 10_000), **SIZES})
    assert "| what | 50,000 | 200,000 | 800,000 | exponent |" in text
    assert "| page p50 | 1.00 ms | 2.00 ms | 4.00 ms | 0.50 |" in text
    assert "| three words, few hits, p95 | 1.00 ms | 2.00 ms | 4.00 ms | 0.50 |" in text
    assert "| index | 5 MB | 20 MB | 80 MB | 1.00 |" in text
    assert "| 50,000 | 10 MB | 0.50 | 0.50 | 0.50 | 1.00 | 0.00 | 1.10 | 1.60 |" in text
    bare = {count: one | {"few": {}} for count, one in SIZES.items()}
    assert "few hits, p50" not in own(bare)


def test_many_readers_are_compared() -> None:
    """HTML with JSON, ours with Groonga, eight clients with one."""
    text = served({10_000: SIZES[50_000]["ours"]["http"]})
    assert (
        "| 10,000 | nianjian-search | JSON | 2 | 300/s | 1.00 ms | 2.00 ms | 2,400/s | 1.00 ms | 2.00 ms | 8.00 |"
        in text
    )
    assert "| 10,000 | Groonga | JSON | – | 100/s" in text
    assert "HTML ÷ JSON, 2 workers: 0.70; our JSON ÷ Groonga, 2 workers: 3.00." in text


def test_what_comes_near_and_the_slowest_are_told() -> None:
    """A search is written so that it breaks no table."""
    assert "| 50,000 | 1.00 ms | 2.00 ms | 3.00 ms | 4.00 ms |" in unmatched(SIZES)
    assert "asked the first time\n\n| time | search |\n|---:|---|\n| 200.00 ms | `a¦'b'` |" in slowest(
        50_000, SIZES[50_000]["ours"]["slowest"]
    )


def test_a_run_that_was_cut_off_has_its_tables() -> None:
    """Those of the sizes that are there, and of what was measured of them; a plan wants two of them."""
    bare = {"engines": {"ours": engine("nianjian-search", 0.1)}, "ours": dict(SIZES[50_000]["ours"])}
    for name in ("http", "unmatched", "slowest"):
        del bare["ours"][name]
    measured = {"machine": "2 cores", "python": "3", "seed": 1, "sizes": {"1000": bare}}
    assert "| 1,000 | 100.00 ms |" in figures.tables(measured)
    assert "A plan on paper" not in figures.tables(measured)


@pytest.mark.parametrize("seconds", [0.001, 0.002])
def test_a_plan_does_not_carry_on_for_ever_what_does_not_grow(seconds: float) -> None:
    """A page that takes as long from four times the entries."""
    sizes = {str(count): size(seconds, count) for count in PLANNED_BY}
    page = {"again": {"p50": 0.01, "p95": 0.02}}
    cluster = {
        str(count): {
            "machine": "2 cores",
            "entries": count,
            "characters": 800 * count,
            "bytes": {"whoosh": 1, "opensearch": 1},
            "build": {"whoosh": {"seconds": 1.0}, "opensearch": {"seconds": 1.0}},
            "page": {"whoosh": page, "opensearch": page},
        }
        for count in (3000, 200_000)
    }
    for count in PLANNED_BY:
        sizes[str(count)]["ours"]["worker"]["pss_mb"] = count / 1000
    assert "n^0.05 at the median" in plan_part({"sizes": sizes}, cluster)


def test_a_table_has_words_to_the_left_and_numbers_to_the_right() -> None:
    """In Markdown."""
    assert table(["a", "b"], [["c", "1"]]) == "| a | b |\n|---|---:|\n| c | 1 |"
