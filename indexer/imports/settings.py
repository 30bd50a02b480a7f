"""The settings with which a source is read, as a value."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import Volume


@dataclass(frozen=True, slots=True)
class Reading:
    """Settings for reading a source."""

    name: str
    """Name of the source, which captures record as their origin."""
    base_url: str | None
    """URL of the folder given, for when no folder in it is named like a host."""
    volumes: Sequence[Volume]
    wanted: frozenset[str] | None = None
    """In a second reading, the URLs of the pictures and style sheets that are still wanted."""

    def wants(self, url: str) -> bool:
        """Return whether something other than a page is wanted."""
        return self.wanted is not None and url in self.wanted
