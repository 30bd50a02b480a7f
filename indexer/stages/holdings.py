"""Reports which pages of each volume are held and which are missing, by the links on its index pages."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from indexer.config import DataFolder
from indexer.files.entrystore import read_problems, read_reports
from indexer.files.forgotten import forgotten
from indexer.files.reviewed import read_reviews
from indexer.files.standing import open_of_pages
from indexer.manifest import Manifest
from indexer.model import PageReport, Volume
from indexer.stages.importing import page_store
from indexer.store.ledger import Loss
from indexer.urls import volume_of
from indexer.warc.records import Capture

LISTS = ("linked", "held", "unlisted", "missing", "problems", "changed", "waiting", "lost")
"""The lists of pages that a volume has."""
WHOLE_LISTS = ("changed", "waiting", "lost")
"""Those that are kept for a volume as a whole; the others by section, too."""


@dataclass(frozen=True, slots=True)
class SectionHolding:
    """What is held of one section of a volume; pages by their URLs."""

    section: str
    linked: tuple[str, ...]
    """Pages that index pages link to."""
    held: tuple[str, ...]
    """Pages in the store, without index pages."""
    entries: int
    problems: tuple[str, ...]
    """Pages with problems that nobody has reviewed."""
    missing: tuple[str, ...]
    """Pages that index pages link to but that are not held."""

    @property
    def unlisted(self) -> tuple[str, ...]:
        """Pages that are held though no index page links to them."""
        listed = frozenset(self.linked)
        return tuple(url for url in self.held if url not in listed)


@dataclass(frozen=True, slots=True)
class VolumeHolding:
    """What is held of one volume."""

    id: str
    title: str
    year: int
    sections: tuple[SectionHolding, ...]
    changed: tuple[str, ...]
    """URLs of pages whose last two captures differ."""
    lost: tuple[str, ...] = ()
    """URLs of pages that were held and can no longer be read, or only in an older form."""
    waiting: tuple[str, ...] = ()
    """URLs of pages that were stored after the last parse."""

    def urls(self, name: str, section: str | None = None) -> tuple[str, ...]:
        """Return one of the lists in `LISTS`, of a section or of the whole volume."""
        if name in WHOLE_LISTS:
            return getattr(self, name) if section is None else ()
        parts = (part for part in self.sections if section in (None, part.section))
        return tuple(url for part in parts for url in getattr(part, name))

    def total(self, name: str) -> int:
        """Return the number of entries (`entries`), or of pages in one of the lists."""
        return sum(part.entries for part in self.sections) if name == "entries" else len(self.urls(name))

    @property
    def missing(self) -> tuple[str, ...]:
        """All missing URLs, section by section."""
        return self.urls("missing")

    def to_record(self) -> dict[str, Any]:
        """Return the JSON object of `nianjian status --json`: pages are counted, but missing ones are named."""
        sections = [
            {
                "section": part.section,
                "linked": len(part.linked),
                "held": len(part.held),
                "entries": part.entries,
                "problems": len(part.problems),
                "missing": list(part.missing),
            }
            for part in self.sections
        ]
        record = {"id": self.id, "title": self.title, "year": self.year, "sections": sections}
        return record | {name: list(getattr(self, name)) for name in ("changed", "lost", "waiting")}


@dataclass(frozen=True, slots=True)
class Kept:
    """What the page store holds, as far as holdings need it."""

    captures: Sequence[Capture]
    lost: Sequence[Loss] = ()
    forgotten: frozenset[str] = frozenset()
    """URLs of pages that were taken out of the archive; they count as neither held nor missing."""


HEADINGS = ("volume", "year", "section", "linked", "held", "entries", "problems", "missing")
"""Names of the columns of `rows`."""


def read_holdings(
    data: DataFolder,
    manifest: Manifest,
    reports: Sequence[PageReport] | None = None,
    *,
    as_it_is: bool = False,
) -> tuple[VolumeHolding, ...]:
    """Return the holdings of a data folder, volume by volume, as of the last parse.

    `reports` are those of the data folder, if they are read already.  With `as_it_is` the ledger is read without
    bringing it up to date.

    Raises `StoreError` if the page reports, the ledger or the reviews cannot be read.
    """
    store = page_store(data, manifest)
    with store.ledger(as_it_is=as_it_is) as ledger:
        captures = [replace(each, page=store.spellings.key(each.page)) for each in ledger.captures()]
        lost = [replace(each, page=store.spellings.key(each.page)) for each in store.lasting(ledger)]
    left_out = forgotten(data.forgotten)
    known = [each for each in captures if each.page not in left_out]
    if reports is None:
        reports = read_reports(data.pages)
    if (reviews := read_reviews(data.reviewed)) and data.problems.exists():
        open_ones = open_of_pages(read_problems(data.problems), reviews, store.spellings.key)
        reports = [replace(report, problems=open_ones[report.url]) for report in reports]
    return holdings(manifest.volumes, reports, Kept(known, lost, left_out))


def other_losses(data: DataFolder, manifest: Manifest) -> tuple[Loss, ...]:
    """Return what cannot be read in the store and belongs to no volume, or to no known page.

    Raises `StoreError` if the ledger cannot be read.
    """
    store = page_store(data, manifest)
    with store.ledger(as_it_is=True) as ledger:
        lost = store.lasting(ledger)
    return tuple(each for each in lost if volume_of(store.spellings.key(each.page), manifest.volumes) is None)


def rows(found: Iterable[VolumeHolding]) -> list[tuple[str | int, ...]]:
    """Return one row per section, with the columns in `HEADINGS`."""
    return [
        (
            each.id,
            each.year,
            part.section,
            len(part.linked),
            len(part.held),
            part.entries,
            len(part.problems),
            len(part.missing),
        )
        for each in found
        for part in each.sections
    ]


def holdings(
    volumes: Sequence[Volume],
    reports: Iterable[PageReport],
    kept: Kept,
) -> tuple[VolumeHolding, ...]:
    """Compare links with stored pages, volume by volume; volumes of which nothing is held are left out."""
    pages = {report.url: report for report in reports}
    changed = _changed(kept.captures)
    losses = sorted({loss.page for loss in kept.lost if loss.page})
    stored = {capture.page for capture in kept.captures if capture.is_page}
    told = stored | kept.forgotten
    owner = cache(partial(volume_of, volumes=volumes))  # where scopes overlap, a page is of one volume all the same
    found = []
    for volume in volumes:
        is_mine = partial(_is_of, volume, owner)
        mine = [page for page in pages.values() if is_mine(page.url)]
        gone = tuple(filter(is_mine, losses))
        waiting = tuple(sorted(url for url in stored if url not in pages and is_mine(url)))
        if mine or gone or waiting:
            sections = _sections(is_mine, mine, pages, told)
            urls = tuple(sorted(filter(is_mine, changed)))
            found.append(VolumeHolding(volume.id, volume.title, volume.year, sections, urls, gone, waiting))
    return tuple(found)


def outside(reports: Iterable[PageReport], volumes: Sequence[Volume]) -> tuple[int, int]:
    """Count the pages with entries that are of no volume, and their entries."""
    found = [page.entries for page in reports if page.entries and not volume_of(page.url, volumes)]
    return len(found), sum(found)


def _is_of(volume: Volume, owner: Callable[[str], Volume | None], url: str) -> bool:
    return owner(url) is volume


def _sections(
    is_mine: Callable[[str], bool], mine: Sequence[PageReport], pages: dict[str, PageReport], told: Set[str]
) -> tuple[SectionHolding, ...]:
    linked: dict[str, str] = {}
    for page in mine:
        if page.kind == "list":
            for words, url in page.links:
                if is_mine(url):
                    # A section's own index page names the section; the volume's index has it in the link's words.
                    linked.setdefault(url, page.section or words)
    content = [page for page in mine if page.kind != "list"]
    names = dict.fromkeys([page.section for page in content] + [_section_of(url, linked, pages) for url in linked])
    return tuple(
        SectionHolding(
            section=name,
            linked=tuple(url for url in linked if _section_of(url, linked, pages) == name and not _is_list(url, pages)),
            held=tuple(page.url for page in content if page.section == name),
            entries=sum(page.entries for page in content if page.section == name),
            problems=tuple(page.url for page in content if page.section == name and page.problems),
            missing=tuple(
                sorted(url for url in linked if url not in pages and url not in told and linked[url] == name)
            ),
        )
        for name in names
        if any(page.section == name for page in content)
        or any(linked[url] == name and url not in pages for url in linked)
    )


def _section_of(url: str, linked: dict[str, str], pages: dict[str, PageReport]) -> str:
    return pages[url].section if url in pages else linked[url]


def _is_list(url: str, pages: dict[str, PageReport]) -> bool:
    return url in pages and pages[url].kind == "list"


def _changed(captures: Iterable[Capture]) -> set[str]:
    digests: dict[str, list[str]] = {}
    for capture in captures:
        digests.setdefault(capture.page, []).append(capture.digest)
    return {url for url, seen in digests.items() if len(seen) > 1 and seen[-1] != seen[-2]}
