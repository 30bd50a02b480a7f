"""Puts together what a page says of itself in its head.  Knows no HTML."""

from dataclasses import dataclass

from indexer.model import Entry
from search_app.shown.addresses import entry_url, volume_url
from search_app.shown.citing.reference import Reference
from search_app.shown.describing.metatags import Meta, citation_meta, dublin_core
from search_app.shown.describing.schemaorg import Step, Thing, article, book, breadcrumbs, json_ld
from search_app.shown.naming import Names
from search_app.words import answers
from search_app.words.language import gettext


@dataclass(frozen=True, slots=True)
class Described:
    """What programs are told of a page."""

    meta: Meta
    linked: str
    """JSON-LD; it holds no `<`."""


def entry_described(entry: Entry, cited: Reference, names: Names, root: str) -> Described:
    """Describe an entry's page; `root` is what the archive's addresses begin with, empty where none is public."""
    address = root + entry_url(entry.id)
    inside = _book(entry, cited, names, root)
    way = (*_way(entry, names, root), _section_step(entry, names, root), (cited.title, address))
    linked = json_ld(breadcrumbs(way), article(cited, address, inside))
    return Described(citation_meta(cited) + dublin_core(cited), linked)


def volume_described(entry: Entry, cited: Reference, names: Names, root: str) -> Described:
    """Describe a volume's page by one of its entries."""
    return Described((), json_ld(breadcrumbs(_way(entry, names, root)), _book(entry, cited, names, root)))


def section_described(entry: Entry, names: Names, root: str) -> Described:
    """Describe the page of a section of a volume by one of its entries."""
    return Described((), json_ld(breadcrumbs((*_way(entry, names, root), _section_step(entry, names, root)))))


def _book(entry: Entry, cited: Reference, names: Names, root: str) -> Thing:
    return book(cited, names.title(entry.volume, entry.yearbook), _volume_address(entry, names, root))


def _way(entry: Entry, names: Names, root: str) -> tuple[Step, Step]:
    """Return the way to an entry's volume."""
    first = entry.yearbook or gettext("首页")
    return (first, f"{root}/"), (names.title(entry.volume, entry.yearbook), _volume_address(entry, names, root))


def _section_step(entry: Entry, names: Names, root: str) -> Step:
    return answers.section(entry.section), _volume_address(entry, names, root, entry.section)


def _volume_address(entry: Entry, names: Names, root: str, section: str | None = None) -> str:
    return root + volume_url(entry.volume, section, names.apart(entry.volume, entry.yearbook))
