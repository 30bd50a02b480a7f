"""Lists the archive's pages for search engines as sitemaps.org prescribes: an index, and site maps by volume."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from xml.sax.saxutils import escape

from indexer.search.engine import Searcher
from indexer.search.fields import EVERY, name_of, value_of
from search_app.shown.addresses import entry_url, sitemap_url, volume_url
from search_app.shown.browsing.asking import limited, printed
from search_app.shown.naming import Names, Shelved

PART = 10_000
"""Entries of one site map.  50,000 addresses and 50 MB are allowed; 10,000 take 1.5 MB and a tenth of a second, and with
the longest ids, of 200 Chinese characters, 20 MB."""


@dataclass(frozen=True, slots=True)
class Located:
    """A page."""

    path: str
    """Its address below the archive's."""
    changed: datetime | None = None
    """When what it shows last changed; None if that is not known."""


def maps(names: Names, latest: datetime | None, size: int = PART) -> Iterator[Located]:
    """Yield the site maps of all volumes; `latest` is when anything in the archive last changed."""
    for _, shelved in names.shelf():
        for volume in shelved:
            for part in range(1, parts_of(volume, size) + 1):
                yield Located(sitemap_url(volume.id, volume.apart, part), latest)


def parts_of(volume: Shelved, size: int = PART) -> int:
    """Return the number of site maps of a volume."""
    return -(-volume.entries // size)


def listed(
    searcher: Searcher,
    of: tuple[str, str],
    apart: str | None,
    times: Mapping[str, datetime],
    part: int,
    size: int = PART,
) -> Iterator[Located]:
    """Yield the pages of one site map: entries as printed, and before the first of them their volume and its sections.

    `of` is the volume's id and its yearbook, `apart` what its address must say of that; `times` says when the texts of
    entries changed, by id.
    """
    chosen = {"volume": (value_of(of[0]),), "yearbook": (value_of(of[1]),)}
    entries = islice(searcher.entries(printed(**chosen), (part - 1) * size), size)
    pages = (Located(entry_url(each.id), times.get(each.id)) for each in entries)
    if part > 1:
        return pages
    sections = searcher.facet(limited(**chosen), "section", limit=EVERY).values
    above = (volume_url(of[0], None, apart), *(volume_url(of[0], name_of(each.value), apart) for each in sections))
    return chain(map(Located, above), pages)


def index_xml(found: Iterable[Located], root: str) -> str:
    """Return the index of site maps; `root` is what the archive's public addresses begin with."""
    return _xml("sitemapindex", "sitemap", found, root)


def map_xml(found: Iterable[Located], root: str) -> str:
    """Return a site map."""
    return _xml("urlset", "url", found, root)


def _xml(outer: str, inner: str, found: Iterable[Located], root: str) -> str:
    # Addresses are percent-encoded: of what XML writes otherwise they have `&` alone, and of what it cannot hold nothing.
    lines = "".join(
        [
            f"<{inner}><loc>{escape(root + each.path)}</loc>"
            f"{f'<lastmod>{each.changed.isoformat()}</lastmod>' if each.changed else ''}</{inner}>\n"
            for each in found
        ]
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines}</{outer}>\n"
    )
