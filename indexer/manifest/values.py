"""The manifest as values: sites, and what is asked of all of them; reads no file."""

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
    """Whether the site can be crawled; else its pages come by import only."""
    contact: str
    """Who answers for a crawl of it: a mail address or a page, named in the user agent."""
    delay: float
    """Seconds between two requests of a crawl."""
    timeout: float
    """Seconds a crawl waits for an answer."""
    allow_private: bool
    """Whether the site may lie in a private network."""
    sections: Mapping[str, tuple[str, ...]]
    """Canonical section name to the forms in which the volumes print it."""

    def canonical_section(self, printed: str) -> str:
        """Give the name under which a section's forms of several years belong together."""
        return next((name for name, forms in self.sections.items() if printed in forms), printed)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All sites that are known."""

    sites: tuple[Site, ...]
    notes: tuple[str, ...] = ()
    """What was understood though it is not written as it should be, or is ignored: a line each."""

    @property
    def volumes(self) -> tuple[Volume, ...]:
        """The volumes of all sites."""
        return tuple(volume for site in self.sites for volume in site.volumes)

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts (with port, where there is one) on which pages of known volumes lie."""
        return frozenset(urlsplit(prefix).netloc for volume in self.volumes for prefix in volume.scope)

    def site_of(self, volume_id: str) -> Site | None:
        """Give the site that a volume belongs to."""
        return next((site for site in self.sites if any(volume.id == volume_id for volume in site.volumes)), None)
