"""Gathers what one call is answered from: the generation open now, the names in it, and how its entries are cited."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.model import Entry
from indexer.search.engine import Searcher
from search_app.following.archive import Archive
from search_app.shown.citing.gbt7714 import cite
from search_app.shown.citing.reference import reference
from search_app.shown.naming import Names
from search_app.web.site import Site


@dataclass(frozen=True, slots=True)
class Desk:
    """What one call is answered from; all of it is of one generation."""

    archive: Archive
    searcher: Searcher
    names: Names
    site: Site
    day: date
    """Day on which the assistant reads."""

    def facts(self, entry: Entry) -> dict[str, Any]:
        """Return the values of `replies.Named`."""
        cited = reference(entry, self.names, self.site.root, self.day)
        return {
            "id": entry.id,
            "title": entry.title,
            "citation": cite(cited),
            "address": cited.url,
            "yearbook": entry.yearbook,
            "volume": entry.volume,
            "year": entry.year,
            "section": entry.section,
            "authors": entry.authors,
            "persons": tuple(self.names.persons(entry)),
        }

    def address(self, path: str) -> str:
        """Return the public address of one of the archive's pages; empty if it has none."""
        return self.site.absolute(path) if self.site.origin else ""


def sit_down(archive: Archive, site: Site, day: date) -> Desk:
    """Open what answers now; raises as `Archive.searcher` does."""
    return Desk(archive, *archive.open(), site, day)
