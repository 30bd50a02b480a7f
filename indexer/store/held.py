"""What the page store answers: a page with its capture, what a rebuilt ledger holds, what a survey found."""

from dataclasses import dataclass

from indexer.model import Page
from indexer.store.ledger import Loss
from indexer.warc.records import Capture


@dataclass(frozen=True, slots=True)
class Held:
    """A page of the store, with the captures of it that could not be read."""

    page: Page
    capture: Capture
    """The capture whose record holds the bytes."""
    lost: tuple[Loss, ...] = ()
    """Later captures of the page that cannot be read."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuilt ledger holds."""

    captures: int
    lost: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What reading every record found."""

    lasting: tuple[Loss, ...]
    made_good: tuple[Loss, ...]
    """Losses of pages that were captured again."""
    differences: tuple[str, ...]
