"""Compares problems with reviews: which problems are open, which reviewed, and which reviews are obsolete."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from indexer.files.reviewed import Review
from indexer.model import Problem

_FIRST = 5
"""How many URLs are named for each code."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of an archive's problems."""

    open: Mapping[str, int]
    """Number of problems without a review, by code, most frequent first; codes without any are left out."""
    reviewed: Mapping[str, int]
    """Number of reviewed problems, likewise."""
    first: Mapping[str, tuple[str, ...]]
    """URLs of the first pages with open problems, by code."""
    stale: tuple[Review, ...]
    """Reviews of problems that no longer occur."""


def standing(problems: Iterable[Problem], reviews: Iterable[Review], key: Callable[[str], str]) -> Standing:
    """Compare problems with reviews; `key` returns the canonical URL of a page for any spelling of it."""
    ticked = {(key(each.url), each.code): each for each in reviews}
    counts: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    first: dict[str, dict[str, None]] = {}
    found: set[tuple[str, str]] = set()
    for problem in problems:
        name = problem.url, problem.code
        counts[name in ticked][problem.code] += 1
        if name in ticked:
            found.add(name)
        elif len(urls := first.setdefault(problem.code, {})) < _FIRST:
            urls[problem.url] = None
    return Standing(
        open=_commonest_first(counts[False]),
        reviewed=_commonest_first(counts[True]),
        first={code: tuple(urls) for code, urls in first.items()},
        stale=tuple(each for name, each in ticked.items() if name not in found),
    )


def open_problems(
    problems: Iterable[Problem], reviews: Iterable[Review], key: Callable[[str], str]
) -> Iterator[Problem]:
    """Return the problems without a review; `key` returns the canonical URL of a page for any spelling of it."""
    ticked = {(key(each.url), each.code) for each in reviews}
    return (problem for problem in problems if (problem.url, problem.code) not in ticked)


def open_of_pages(problems: Iterable[Problem], reviews: Iterable[Review], key: Callable[[str], str]) -> Counter[str]:
    """Count the open problems of each page, by URL; `key` returns the canonical URL for any spelling of it."""
    return Counter(problem.url for problem in open_problems(problems, reviews, key))


def _commonest_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
