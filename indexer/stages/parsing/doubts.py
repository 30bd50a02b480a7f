"""Compares each entry with its volume and reports what a reader should look at."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median

from indexer.model import Entry, Problem
from indexer.parse.problems import Code, problem

_LONG = 10
"""An entry longer than this many times its volume's median length is reported: it may be several entries."""
_COMPARED = 20
"""Entries that a volume, or a section's pages, must have for a median to be meaningful."""
_USUAL = 6
"""Median number of entries on a section's pages above which a page with only one is reported."""
_KNOWN = 3
"""Entries a person must have signed to count as known."""
_WHOLE_NAME = 3
"""Length in characters of the shortest name that is still recognisable with one wrong character."""


@dataclass(slots=True)
class _Volume:
    """What the entries of a volume are compared with."""

    lengths: "array[int]" = field(default_factory=lambda: array("I"))
    pages: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Number of entries on each page, by section."""
    texts: Counter[str] = field(default_factory=Counter)
    """Characters of text on each page."""


def doubts(entries: Callable[[], Iterable[Entry]]) -> Iterator[Problem]:
    """Yield problems for entries and pages that stand out; `entries` is called twice and must return all entries."""
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
    """Yield problems for pages with one entry among pages of many, if they have as much text."""
    for section, pages in volume.pages.items():
        usual = median(pages.values())
        length = median(volume.texts[url] for url in pages)
        if sum(pages.values()) < _COMPARED or usual < _USUAL:
            continue
        for url, count in sorted(pages.items()):
            if count == 1 and volume.texts[url] >= length:
                yield problem(url, Code.FEW, "page", round(usual), section)


def _one_character_off(known: set[str]) -> Callable[[str], list[str]]:
    """Return a function that finds the known names differing from a given one in a single character."""
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
