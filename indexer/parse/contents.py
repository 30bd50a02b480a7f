"""Reads from a volume's index pages where each page stands in the volume, and in which section.

The index pages are first arranged as a tree: each under the page, of those that link to it, nearest to the seeds.  So
the links of a side bar, which every page repeats, do not change the tree.  A text page belongs to the index page
farthest from the seeds that lists it: what the front page shows of a section stays in its section.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import NamedTuple

from indexer.model import Entry, PageReport, Volume
from indexer.urls import Spellings, volume_of

_BEFORE_NAMES = " \t\n\u3000·•●○■□◆◇▲△※>＞»"
"""What lists print before or after a link's words, sometimes inside the link."""


class Place(NamedTuple):
    """Where the index pages of a volume list a page."""

    volume: str
    order: int
    """Number of the page in the order in which the volume's pages are listed, from 1, whether stored or not; 0 if
    unknown."""
    section: str
    """The section that the index pages name; empty if they name none."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What is known of all stored pages."""

    pages: Collection[str]
    """URLs of the stored pages."""
    report: Callable[[str], PageReport]
    """Returns what parsing made of a page, given its URL."""
    leading: Sequence[str]
    """URLs of the pages without entries that lead to others; index pages are among them."""
    chains: Mapping[str, tuple[str, ...]]
    """URLs of all pages of a text that runs over several, in order, by the URL of each of these pages."""

    def whole(self, url: str) -> tuple[str, ...]:
        """Return the URLs of the pages that the page's text runs over, in order; a single page is returned alone."""
        return self.chains.get(url, (url,))

    def first(self, url: str) -> str:
        """Return the URL of the page on which the page's text begins, which may be the page itself."""
        return self.whole(url)[0]


@dataclass(slots=True)
class _Index:
    """An index page, together with those it continues on."""

    url: str
    depth: int
    """Number of index pages between it and the seeds."""
    name: str
    """Name of the section whose pages it lists; empty if it lists those of several."""
    links: tuple[tuple[str, str], ...]
    """Words and URL of each of its links into the volume."""
    below: dict[str, "_Index"] = field(default_factory=dict)
    """The index pages below it in the tree, by URL."""


def read_contents(volumes: Sequence[Volume], reported: Reported) -> dict[str, Place]:
    """Return the place of each stored page that an index page of its volume lists, by URL.

    The result does not depend on the order in which the pages were parsed.  Only one volume's index pages are held in
    memory at a time.
    """
    leading: dict[str, list[str]] = defaultdict(list)
    for url in reported.leading:
        if volume := volume_of(url, volumes):
            leading[volume.id].append(url)
    spellings = Spellings(volumes)
    places: dict[str, Place] = {}
    for volume in volumes:
        if mine := leading.get(volume.id):
            seeds = [reported.first(spellings.page(seed)) for seed in volume.seeds]
            places |= _Contents(volume, volumes, reported, sorted(mine)).places(seeds)
    return places


def placed(entry: Entry, places: Mapping[str, Place]) -> tuple[int, str]:
    """Return an entry's order and section; a section that its own page names takes precedence."""
    place = places.get(entry.url)
    if place is None or place.volume != entry.volume:
        return 0, entry.section
    return place.order, entry.section or place.section


class _Contents:
    """The contents of one volume according to its index pages."""

    def __init__(self, volume: Volume, volumes: Sequence[Volume], reported: Reported, leading: Sequence[str]) -> None:
        self._volume = volume
        self._volumes = volumes
        self._reported = reported
        self._leading = frozenset(leading)
        self._lists = {url for url in leading if reported.report(url).kind == "list"}

    def places(self, seeds: Sequence[str]) -> dict[str, Place]:
        """Return the places of the stored pages; `seeds` are the pages from which the volume can be reached."""
        roots = self._roots(seeds)
        hung = self._hung(roots)
        apart = [self._index(url, 0, self._own_name(url)) for url in sorted(self._lists - hung.keys())]
        homes: dict[str, _Index] = {}
        for index in hung.values():  # nearest to the seeds first
            for url in self._listed(index, hung):
                if url not in homes or homes[url].depth < index.depth:
                    homes[url] = index
        sections = {index.url: self._sections(index, homes) for index in chain(hung.values(), apart)}
        places: dict[str, Place] = {}
        numbers = count(1)
        for index, url in self._in_order(roots, hung, homes):
            for page in self._reported.whole(url):
                order = next(numbers)
                if page in self._reported.pages:
                    places[page] = Place(self._volume.id, order, sections[index.url].get(url, index.name))
        for index in apart:
            for url in self._listed(index, hung):
                for page in self._reported.whole(url):
                    if page in self._reported.pages:
                        section = sections[index.url].get(url, index.name)
                        places.setdefault(page, Place(self._volume.id, 0, section))
        return places

    def _roots(self, seeds: Sequence[str]) -> list[str]:
        """Return the index pages from which the others are reached: the seeds, or else the one highest on the site.

        If several are equally high, their order is unknown, and none is returned.
        """
        if held := [url for url in dict.fromkeys(seeds) if url in self._leading]:
            return held
        depths = {url: url.count("/") for url in self._lists}
        highest = [url for url, depth in depths.items() if depth == min(depths.values())]
        return highest if len(highest) == 1 else []

    def _hung(self, roots: Sequence[str]) -> dict[str, _Index]:
        """Arrange the index pages as a tree; return them by URL, nearest to the roots first."""
        hung = {url: self._index(url, 0, "") for url in roots}
        waiting = deque(hung.values())
        while waiting:
            index = waiting.popleft()
            for url, name in self._leads(index).items():
                if url not in hung:
                    hung[url] = index.below[url] = self._index(url, index.depth + 1, name)
                    waiting.append(hung[url])
        return hung

    def _leads(self, index: _Index) -> dict[str, str]:
        """Return the index pages that one leads to, in order, with the names of their sections.

        A frameset's menu, which leads to everything else, counts only as a page without entries, and a frame's name is
        not the name of a section.
        """
        words = _words(index.links)
        targets = dict.fromkeys(self._reported.first(url) for _, url in index.links)
        lists = {url: index.name or words.get(url, "") for url in targets if url in self._lists}
        if not lists.keys() - {index.url} and index.depth == 0:
            return {url: "" for url in targets if url in self._leading}
        return {url: self._reported.report(url).section or name or self._own_name(url) for url, name in lists.items()}

    def _own_name(self, url: str) -> str:
        report = self._reported.report(url)
        return report.section or report.heading

    def _index(self, url: str, depth: int, name: str) -> _Index:
        links = (link for page in self._reported.whole(url) for link in self._reported.report(page).links)
        mine = tuple(link for link in links if volume_of(link[1], self._volumes) is self._volume)
        return _Index(url, depth, name, mine)

    def _listed(self, index: _Index, hung: Mapping[str, _Index]) -> Iterator[str]:
        """Yield the text pages that an index page lists, in order; a text over several pages is given by its first."""
        for _, target in index.links:
            url = self._reported.first(target)
            if url not in hung and url not in self._lists:
                yield url

    def _in_order(
        self, roots: Sequence[str], hung: Mapping[str, _Index], homes: Mapping[str, _Index]
    ) -> Iterator[tuple[_Index, str]]:
        """Yield each text page once, with the index page that it belongs to, depth first."""
        seen: set[str] = set()
        for root in roots:
            ahead = [(hung[root], iter(hung[root].links))]
            while ahead:
                index, links = ahead[-1]
                link = next(links, None)
                if link is None:
                    ahead.pop()
                    continue
                url = self._reported.first(link[1])
                if url in seen:
                    continue
                if below := index.below.get(url):
                    seen.add(url)
                    ahead.append((below, iter(below.links)))
                elif homes.get(url) is index:
                    seen.add(url)
                    yield index, url

    def _sections(self, index: _Index, homes: Mapping[str, _Index]) -> dict[str, str]:
        """Return the sections of pages that an index page of several sections lists itself, from the links' words.

        A link's words name a section if other links of the page lead to sections, or if a page says that it is in the
        section so named; otherwise they are titles.
        """
        if index.name:
            return {}
        mine = {url: words for url, words in _words(index.links).items() if homes.get(url) is index}
        names = any(below.name for below in index.below.values()) or any(map(self._is_named, mine, mine.values()))
        return mine if names else {}

    def _is_named(self, url: str, words: str) -> bool:
        if url not in self._reported.pages:
            return False
        section = self._reported.report(url).section
        return bool(section) and "".join(section.split()) == "".join(words.split())


def bare_words(words: str) -> str:
    """Return a link's words without what lists print around them."""
    return words.strip(_BEFORE_NAMES)


def _words(links: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return, for each URL, the words of the first link to it that has any."""
    found: dict[str, str] = {}
    for words, url in links:
        if bare := bare_words(words):
            found.setdefault(url, bare)
    return found
