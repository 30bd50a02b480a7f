"""Which problems are open, which people have reviewed, and which reviews are of none any more; reads no file."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from indexer.files.reviewed import Review
from indexer.model import Problem

_FIRST = 5
"""URLs named of each code."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with the problems of an archive."""

    open: Mapping[str, int]
    """Code to how many nobody has reviewed, commonest first; codes without any are left out."""
    reviewed: Mapping[str, int]
    """The same of those that somebody has."""
    first: Mapping[str, tuple[str, ...]]
    """Code to the first pages that have open ones."""
    stale: tuple[Review, ...]
    """Reviews of problems that are not found any more."""


def standing(problems: Iterable[Problem], reviews: Iterable[Review], key: Callable[[str], str]) -> Standing:
    """Compare problems with reviews; `key` gives the URL of the page that a URL means."""
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


def open_of_pages(problems: Iterable[Problem], reviews: Iterable[Review], key: Callable[[str], str]) -> Counter[str]:
    """Count the open problems of each page, by URL; `key` gives the URL of the page that a URL means."""
    ticked = {(key(each.url), each.code) for each in reviews}
    return Counter(problem.url for problem in problems if (problem.url, problem.code) not in ticked)


def _commonest_first(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
