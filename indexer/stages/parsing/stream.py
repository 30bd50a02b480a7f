"""Parses all pages of a store on several cores without holding them all in memory.

Pages are first parsed one by one; those that continue one another are then read again and parsed together, and what the
volumes' index pages say of the others is added.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import msgspec

from indexer.files.spool import Spool
from indexer.model import Entry, Page, PageReport, Problem, Volume
from indexer.parse.contents import Place, Reported, placed, read_contents
from indexer.parse.entries.parser import ParsedPage, parse_alone, parse_chain
from indexer.parse.layouts import Layout
from indexer.parse.listed import Listed, listed_titles, titles_of
from indexer.parse.page.frame import Frame
from indexer.parse.page.pages import FramedPage, chain_pages, frame_page, layout_of
from indexer.parse.problems import Code, problem
from indexer.progress import Progress, silent
from indexer.stages.parsing.doubts import doubts
from indexer.stages.parsing.parsed import Parsed
from indexer.stages.parsing.pool import mapped
from indexer.urls import volume_of

_Result = tuple[tuple[Entry, ...], tuple[Problem, ...], PageReport]
_RESULT: msgspec.msgpack.Decoder[_Result] = msgspec.msgpack.Decoder(_Result)
_pack = msgspec.msgpack.encode


def parse_pages(
    pages: Sequence[Page], volumes: Sequence[Volume], listed: Listed | None = None
) -> tuple[list[Entry], list[Problem]]:
    """Parse pages, on several cores if there are many; their order does not matter.

    `listed` holds the titles that index pages list, if those pages are not among `pages`.
    """
    held = {page.url: page for page in pages}
    ordered = [held[url] for url in sorted(held)]
    with Parsed() as parsed:
        _parse_all(parsed, ordered, held.__getitem__, Work(volumes, listed=listed))
        return list(parsed.as_parsed()), parsed.problems


def parse_stream(
    pages: Iterable[Page],
    read_again: Callable[[str], Page],
    volumes: Sequence[Volume],
    progress: Progress = silent,
    total: int = 0,
) -> Parsed:
    """Parse pages given in order of URL; `read_again` returns a page that must be read once more, by its URL.

    The caller must close what is returned.
    """
    parsed = Parsed()
    try:
        _parse_all(parsed, pages, read_again, Work(volumes, progress, total))
    except BaseException:
        parsed.close()
        raise
    return parsed


@dataclass(frozen=True, slots=True)
class Work:
    """How pages are to be parsed."""

    volumes: Sequence[Volume]
    progress: Progress = silent
    total: int = 0
    """Number of pages, for the progress report; 0 if unknown."""
    listed: Listed | None = None
    """Titles that index pages list; None to take them from the pages being parsed."""


def _parse_all(parsed: Parsed, pages: Iterable[Page], read_again: Callable[[str], Page], work: Work) -> None:
    with Spool() as results:
        alone = _Alone(results)
        for framed, whole in mapped(partial(parse_alone, volumes=work.volumes), pages):
            alone.put(framed, whole, _report(framed, whole, work.volumes))
            work.progress("parse", len(alone.frames), work.total)
        _join(parsed, alone, read_again, work)
        parsed.pages = len(alone.frames)


@dataclass(slots=True)
class _Alone:
    """The results of parsing each page by itself."""

    results: Spool
    frames: list[FramedPage] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    """Number of the page's result in `results`, by URL."""
    leading: list[str] = field(default_factory=list)
    """URLs of the pages without entries that lead to others."""

    def put(self, framed: FramedPage, whole: ParsedPage, report: PageReport) -> None:
        """Store the result for a page."""
        self.numbers[framed.url] = self.results.put(_pack((whole.entries, whole.problems, report)))
        self.frames.append(_light(framed))
        if report.links and report.kind in ("list", "other"):
            self.leading.append(framed.url)

    def result(self, url: str) -> _Result:
        """Return the result stored for a page."""
        return _RESULT.decode(self.results.get(self.numbers[url]))

    def listed(self) -> Listed:
        """Return the titles that the index pages list, by URL."""
        return listed_titles(self.result(url)[2] for url in self.leading)

    def places(self, chains: Iterable[tuple[FramedPage, ...]], volumes: Sequence[Volume]) -> dict[str, Place]:
        """Return where the volumes' index pages place each page, by URL."""
        together = {}
        for chain in chains:
            if len(chain) > 1:
                urls = tuple(framed.url for framed in chain)
                together.update(dict.fromkeys(urls, urls))
        reported = Reported(self.numbers.keys(), lambda url: self.result(url)[2], self.leading, together)
        return read_contents(volumes, reported)


def _join(parsed: Parsed, alone: _Alone, read_again: Callable[[str], Page], work: Work) -> None:
    """Collect the results of all pages, parsing some again now that all are known.

    These are the pages that continue one another, and those in whose text a bracket holds a title that an index page
    lists for them.
    """
    volumes = work.volumes
    reports: dict[str, PageReport] = {}
    empty: list[str] = []
    chains = chain_pages(alone.frames)
    places = alone.places(chains, volumes)
    listed = alone.listed() if work.listed is None else work.listed
    for chain in chains:
        entries, problems, report = alone.result(chain[0].url)
        titles = titles_of((framed.url for framed in chain), listed)
        if len(chain) > 1 or _brackets_any(titles, entries, layout_of(chain[0].volume)):
            again = [frame_page(read_again(framed.url), volumes) for framed in chain]
            together = parse_chain(again, volumes, titles)
            entries, problems = together.entries, together.problems
            reports |= {framed.url: _report(framed, together, volumes) for framed in again}
        if not entries and report.kind not in ("list", "news"):
            empty += [framed.url for framed in chain if framed.volume]
        _take(parsed, entries, problems, places)
    parsed.problems += doubts(parsed.as_parsed)
    counts = Counter(found.url for found in parsed.problems)
    for framed in alone.frames:
        report = reports.get(framed.url) or alone.result(framed.url)[2]
        section = report.section
        if report.kind == "entries" and not section and framed.url in places:
            section = places[framed.url].section
        parsed.reports.put(_pack(replace(report, section=section, problems=counts[framed.url])))
        if report.entries and framed.volume is None:
            pages, entries_of_none = parsed.outside
            parsed.outside = pages + 1, entries_of_none + report.entries
    parsed.empty = tuple(sorted(empty))
    parsed.volumes = frozenset(framed.volume.id for framed in alone.frames if framed.volume)


def _brackets_any(titles: Iterable[str], entries: Sequence[Entry], layout: Layout) -> bool:
    """Return whether a text holds one of the titles in brackets, white space disregarded."""
    texts = ["".join(entry.body.split()) for entry in entries if titles and layout.opening.search(entry.body)]
    return any(
        (title if title[0] in layout.title_brackets else opening + title) in text
        for text in texts
        for title in titles
        for opening in layout.title_brackets
    )


def _take(parsed: Parsed, entries: Iterable[Entry], problems: Iterable[Problem], places: Mapping[str, Place]) -> None:
    """Add the result of a chain.

    If an id is taken, because the same page number occurs under two URLs of a volume, both entries are kept and the
    later id is marked.
    """
    parsed.problems += problems
    for entry in entries:
        name, copy = entry.id, 2
        while name in parsed.ids:
            name, copy = f"{entry.id}~{copy}", copy + 1
        if name != entry.id:
            other = parsed.entry(entry.id).url
            parsed.problems.append(problem(entry.url, Code.SAME_ID, entry.title, entry.id, other, name))
        order, section = placed(entry, places)
        parsed.ids[name] = parsed.entries.put(_pack(replace(entry, id=name, order=order, section=section)))


def _light(framed: FramedPage) -> FramedPage:
    """Return a copy of a page with only what is needed to find chains."""
    frame = framed.frame
    if frame is not None:
        frame = Frame(frame.url, "", frame.heading, (), frame.next_url)
    return FramedPage(framed.url, frame, framed.volume)


def _report(framed: FramedPage, whole: ParsedPage, volumes: Sequence[Volume]) -> PageReport:
    """Return the report on a page; its problems are counted later, when those of all pages are known."""
    links = tuple((words, url) for words, url in framed.links if volume_of(url, volumes))
    return PageReport(
        url=framed.url,
        volume=whole.volume,
        section=whole.section,
        heading=whole.heading,
        kind=whole.kind,
        encoding=framed.encoding,
        entries=sum(entry.url == framed.url for entry in whole.entries),
        problems=0,
        links=links,
        digest=framed.digest,
    )
