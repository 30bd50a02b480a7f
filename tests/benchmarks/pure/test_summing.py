"""Times of questions become figures."""

import pytest
from measuring.own import split_bytes
from measuring.summing import Times, at, engine_summary, exponent, few_summary, kinds_summary

TIMES = Times(first=[9.0, 4.0, 2.0, 6.0], totals=[5, 2000, 7, 11], again=[[1, 2, 3, 4], [3, 2, 1, 8], [2, 2, 2, 6]])
"""Four questions; asked again, their medians are 2, 2, 2 and 6."""
KINDS = ["two words", "two words", "name", "name"]


def test_a_percentile_is_one_of_the_values() -> None:
    """The last of few is the 95th, too."""
    assert [at([4.0, 1.0, 3.0, 2.0], share) for share in (0, 50, 95, 100)] == [1.0, 3.0, 4.0, 4.0]


def test_an_engine_is_told_asked_again_and_asked_first() -> None:
    """The very first question stands by itself."""
    assert engine_summary(TIMES) == {
        "page": {"p50": 2, "p95": 6, "p99": 6},
        "cold": {"p50": 4.0, "p95": 6.0, "first": 9.0},
    }


def test_kinds_are_told_engine_by_engine() -> None:
    """With the median of hits, and the longest of either asking."""
    assert kinds_summary(KINDS, {"ours": TIMES}, "ours") == {
        "two words": {
            "questions": 2,
            "hits": 1002.5,
            "engines": {"ours": {"page": {"p50": 2, "p95": 2, "max": 2}, "cold": {"p50": 9.0, "max": 9.0}}},
        },
        "name": {
            "questions": 2,
            "hits": 9.0,
            "engines": {"ours": {"page": {"p50": 6, "p95": 6, "max": 6}, "cold": {"p50": 6.0, "max": 6.0}}},
        },
    }


def test_questions_with_few_hits_are_told_apart() -> None:
    """A kind that has none is left out."""
    assert few_summary(KINDS, TIMES, ("two words", "phrase")) == {"two words": {"questions": 1, "p50": 2, "p95": 2}}


def test_the_exponent_of_growth_is_found_again() -> None:
    """Of a power, exactly."""
    assert exponent({n: 3 * n**0.3 for n in (50_000, 200_000, 1_000_000)}) == pytest.approx(0.3)


def test_bytes_are_split_by_what_takes_them() -> None:
    """What is not known is among the others, so that the parts make up the whole."""
    sizes = {"MAIN_1.rec": 1, "text.npy": 2, "places.npy": 4, "MAIN_1.trm": 8, "factors.npy": 16, "new.npy": 32}
    assert split_bytes(sizes) == {"stored": 1, "index": 62, "text": 2, "places": 4, "words": 24, "others": 32}
