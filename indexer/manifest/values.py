"""Defines the manifest as values: the sites, and questions about all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from indexer.model import Volume


@dataclass(frozen=True, slots=True)
class Site:
    """One yearbook on the web, with its volumes."""

    id: str
    title: str
    volumes: tuple[Volume, ...]
    live: bool
    """Whether the site can be crawled; otherwise its pages can only be imported."""
    contact: str
    """Who answers for a crawl of it: a mail address or a web page, named in the user agent."""
    delay: float
    """Time between two requests of a crawl, in seconds."""
    timeout: float
    """How long a crawl waits for an answer, in seconds."""
    allow_private: bool
    """Whether the site may be in a private network."""
    sections: Mapping[str, tuple[str, ...]]
    """The forms in which the volumes print each section name, by canonical name."""

    def canonical_section(self, printed: str) -> str:
        """Return the canonical name of a section, which unites the forms printed in different years."""
        return next((name for name, forms in self.sections.items() if printed in forms), printed)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All known sites."""

    sites: tuple[Site, ...]
    notes: tuple[str, ...] = ()
    """Remarks on what is ignored, or was understood although it is not written as it should be; one line each."""
    source: str = ""
    """Name of the file it was read from, for messages; empty for those that come with the program."""

    @property
    def volumes(self) -> tuple[Volume, ...]:
        """The volumes of all sites."""
        return tuple(volume for site in self.sites for volume in site.volumes)

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts (with port, if any) on which pages of known volumes are."""
        return frozenset(urlsplit(prefix).netloc for volume in self.volumes for prefix in volume.scope)

    def site_of(self, volume_id: str) -> Site | None:
        """Return the site that a volume belongs to, or None."""
        return next((site for site in self.sites if any(volume.id == volume_id for volume in site.volumes)), None)
