"""Sets the sections of a yearbook against its volumes, under the names that unite what the volumes print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.stages.holdings import SectionHolding, VolumeHolding


@dataclass(frozen=True, slots=True)
class Cell:
    """A section of one volume."""

    volume: str
    printed: tuple[str, ...]
    """The names that the volume prints: one, rarely several that mean the same."""
    entries: int
    missing: int
    """Number of pages that are missing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A section in all volumes."""

    name: str
    cells: tuple[Cell | None, ...]
    """One for each volume; None where it has no such section."""

    @property
    def entries(self) -> int:
        """Number of entries in all volumes."""
        return sum(cell.entries for cell in self.cells if cell)


Matrix = tuple[Row, ...]


def matrix(volumes: Sequence[VolumeHolding], canonical: Callable[[str], str]) -> Matrix:
    """Return the sections in the order in which the volumes have them first; `canonical` unites printed names."""
    names = dict.fromkeys(canonical(part.section) for volume in volumes for part in volume.sections)
    parts: dict[tuple[str, str], list[SectionHolding]] = {}
    for volume in volumes:
        for part in volume.sections:
            parts.setdefault((canonical(part.section), volume.id), []).append(part)
    return tuple(Row(name, tuple(_cell(each.id, parts.get((name, each.id))) for each in volumes)) for name in names)


def _cell(volume: str, parts: Sequence[SectionHolding] | None) -> Cell | None:
    if not parts:
        return None
    printed = tuple(part.section for part in parts)
    return Cell(volume, printed, sum(part.entries for part in parts), sum(len(part.missing) for part in parts))
