"""Makes figures of what engines took; measures nothing, and knows no table."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean, median
from typing import Any

FEW = 1000
"""Hits up to which a search counts among those with few."""


@dataclass(frozen=True, slots=True)
class Times:
    """What one engine took for each question, in seconds."""

    first: list[float] = field(default_factory=list)
    """Asked the first time."""
    totals: list[int] = field(default_factory=list)
    """Hits of each question."""
    again: list[list[float]] = field(default_factory=list)
    """Each later round."""


def at(values: Sequence[float], share: float) -> float:
    """Give the value that this share, in hundredths, of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered) / 100))]


def percentiles(values: Sequence[float], *shares: int) -> dict[str, float]:
    """Give values by names like p50; p100 is called max."""
    return {"max" if share == 100 else f"p{share}": at(values, share) for share in shares}


def again(times: Times) -> list[float]:
    """Give for each question the median of the rounds in which it was asked again."""
    return [median(each) for each in zip(*times.again, strict=True)]


def engine_summary(times: Times) -> dict[str, Any]:
    """Give the figures of one engine for one set of questions, in seconds: asked again, and first."""
    return {
        "page": percentiles(again(times), 50, 95, 99),
        # The very first question finds nothing in memory, whatever it asks.
        "cold": {**percentiles(times.first[1:], 50, 95), "first": times.first[0]},
    }


def kinds_summary(kinds: Sequence[str], times: Mapping[str, Times], counting: str) -> dict[str, Any]:
    """Give for each kind of question its figures, an engine each, and the median of the hits that one counts."""
    found: dict[str, Any] = {}
    for kind in dict.fromkeys(kinds):
        numbers = [number for number, each in enumerate(kinds) if each == kind]
        engines = {}
        for name, one in times.items():
            warm = again(one)
            engines[name] = {
                "page": percentiles([warm[number] for number in numbers], 50, 95, 100),
                "cold": percentiles([one.first[number] for number in numbers], 50, 100),
            }
        hits = median(times[counting].totals[number] for number in numbers)
        found[kind] = {"questions": len(numbers), "hits": hits, "engines": engines}
    return found


def few_summary(kinds: Sequence[str], times: Times, wanted: Sequence[str]) -> dict[str, Any]:
    """Give the figures of those questions of some kinds that have few hits."""
    found: dict[str, Any] = {}
    warm = again(times)
    for kind in wanted:
        few = [warm[n] for n, each in enumerate(kinds) if each == kind and times.totals[n] <= FEW]
        if few:
            found[kind] = {"questions": len(few), **percentiles(few, 50, 95)}
    return found


def exponent(values: Mapping[int, float]) -> float:
    """Fit value = a · n^b by least squares on logarithms; give b."""
    points = [(math.log(n), math.log(value)) for n, value in values.items()]
    middle = mean(x for x, _ in points), mean(y for _, y in points)
    above = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return above / sum((x - middle[0]) ** 2 for x, _ in points)
