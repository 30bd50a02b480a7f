"""Compares each entry with its volume, and reports what a reader should look at; parses nothing, guesses nothing."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median

from indexer.model import Entry, Problem
from indexer.parse.problems import Code, problem

_LONG = 10
"""Times the median length of its volume's entries from which an entry is reported: it may be several."""
_COMPARED = 20
"""Entries that a volume, or a section's pages, must have for a median to mean anything."""
_USUAL = 6
"""Median of entries on a section's pages from which a page with one is reported."""
_KNOWN = 3
"""Entries that somebody must have signed to be known."""
_WHOLE_NAME = 3
"""Characters of the shortest name that one wrong character leaves recognisable."""


@dataclass(slots=True)
class _Volume:
    """What entries are compared with."""

    lengths: "array[int]" = field(default_factory=lambda: array("I"))
    pages: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By section: pages, and how many entries each has."""
    texts: Counter[str] = field(default_factory=Counter)
    """Characters of text on each page."""


def doubts(entries: Callable[[], Iterable[Entry]]) -> Iterator[Problem]:
    """Report entries and pages that stand out; `entries` gives all of them, and is asked twice."""
    volumes: dict[str, _Volume] = defaultdict(_Volume)
    signed: Counter[str] = Counter()
    for entry in entries():
        volume = volumes[entry.volume]
        volume.lengths.append(len(entry.body))
        volume.pages[entry.section][entry.url] += 1
        volume.texts[entry.url] += len(entry.body)
        signed.update(entry.authors)
    known = {name for name, count in signed.items() if count >= _KNOWN}
    alike = _one_character_off(known)
    medians = {name: median(volume.lengths) for name, volume in volumes.items() if len(volume.lengths) >= _COMPARED}
    for entry in entries():
        usual = medians.get(entry.volume, 0)
        if usual and len(entry.body) > _LONG * usual:
            yield problem(entry.url, Code.LONG, entry.title, len(entry.body), round(usual))
        for name in entry.authors:
            if signed[name] == 1 and (others := alike(name)):
                yield problem(entry.url, Code.NEAR_NAME, entry.signature or name, name, "、".join(others))
    yield from (found for volume in volumes.values() for found in _few(volume))


def _few(volume: _Volume) -> Iterator[Problem]:
    """Report pages with one entry among pages of many, where there is as much text on them."""
    for section, pages in volume.pages.items():
        usual = median(pages.values())
        length = median(volume.texts[url] for url in pages)
        if sum(pages.values()) < _COMPARED or usual < _USUAL:
            continue
        for url, count in sorted(pages.items()):
            if count == 1 and volume.texts[url] >= length:
                yield problem(url, Code.FEW, "page", round(usual), section)


def _one_character_off(known: set[str]) -> Callable[[str], list[str]]:
    """Give what finds known names that differ from one in a single character."""
    by_pattern: dict[tuple[int, str], list[str]] = defaultdict(list)
    for name in sorted(known):
        for at in range(len(name)):
            by_pattern[at, name[:at] + "?" + name[at + 1 :]].append(name)

    def find(name: str) -> list[str]:
        if len(name) < _WHOLE_NAME or name in known:
            return []
        patterns = ((at, name[:at] + "?" + name[at + 1 :]) for at in range(len(name)))
        return sorted({each for pattern in patterns for each in by_pattern.get(pattern, ())})

    return find
