"""How a source is to be read, as a value."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import Volume


@dataclass(frozen=True, slots=True)
class Reading:
    """What whoever reads a source needs to know."""

    name: str
    """Of the source; captures say that they came from it."""
    base_url: str | None
    """URL of the folder given, where no folder in it is named like a host."""
    volumes: Sequence[Volume]
    wanted: frozenset[str] | None = None
    """In a second reading: URLs of pictures and style sheets, which alone are wanted then."""

    def wants(self, url: str) -> bool:
        """Say whether something that is no page is wanted."""
        return self.wanted is not None and url in self.wanted
