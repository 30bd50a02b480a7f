"""Names volumes, yearbooks and values of facets as readers see them, keeping the archive's yearbooks apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.manifest import Manifest
from indexer.model import Volume
from indexer.search.fields import name_of
from indexer.search.shown.results import VolumeCount
from search_app.words.answers import NO_SECTION, NO_YEAR, NO_YEARBOOK


@dataclass(frozen=True, slots=True)
class Shelved:
    """A volume as the shelf shows it."""

    id: str
    title: str
    year: int
    entries: int


class Names:
    """The names in one archive; made from its manifest and from which volumes have entries."""

    def __init__(self, manifest: Manifest | None, volumes: Sequence[VolumeCount]) -> None:
        """Take the manifest, or None where it cannot be read: volumes are then named by their ids."""
        self._described = {volume.id: volume for volume in manifest.volumes} if manifest else {}
        self._volumes = volumes
        self._yearbooks = {each.volume: each.yearbook for each in volumes}
        self._short = {each.yearbook: each.short for each in self._described.values() if each.short}
        self.several = len(set(self._yearbooks.values())) > 1
        """Whether the archive has more than one yearbook."""
        covered: dict[int, set[int]] = {}
        for each in volumes:
            known = self._described.get(each.volume)
            covered.setdefault(each.year, set()).add(known.covers_year if known else 0)
        self._covered = {year: next(iter(years)) for year, years in covered.items() if len(years) == 1}

    def has(self, field: str, value: str) -> bool:
        """Return whether the archive has a yearbook or volume; of other fields it is not known, and taken to have it."""
        known = {"yearbook": self._yearbooks.values(), "volume": self._yearbooks}.get(field)
        return known is None or name_of(value) in known

    def described(self, volume: str) -> Volume | None:
        """Return what the manifest says of a volume, or None."""
        return self._described.get(volume)

    def yearbook(self, volume: str) -> str:
        """Return the title of the yearbook that a volume is of; empty if unknown."""
        return self._yearbooks.get(volume, "")

    def title(self, volume: str) -> str:
        """Return a volume's title."""
        known = self.described(volume)
        return known.title if known else f"{volume} 年鉴"

    def badge(self, yearbook: str, year: int) -> str:
        """Return a short name for the volume that an entry is of: 沧浦 2002 卷.

        Where the manifest gives no short name, the yearbook is named in full, and only if there are several.
        """
        name = self._short.get(yearbook) or (yearbook if self.several else "")
        volume = f"{year} 卷" if year else NO_YEAR
        return f"{name} {volume}" if name else volume

    def year(self, year: int) -> str:
        """Return a year of the facet with the year whose events it records, where its volumes agree: 2002 卷（记 2001 年）."""
        if not year:
            return NO_YEAR
        covered = self._covered.get(year)
        return f"{year} 卷（记 {covered} 年）" if covered else f"{year} 卷"

    def label(self, field: str, value: str) -> str:
        """Return a value of a facet or filter as readers see it."""
        match field:
            case "year":
                return self.year(int(value))
            case "section":
                return name_of(value) or NO_SECTION
            case "yearbook":
                return name_of(value) or NO_YEARBOOK
            case "volume":
                return self.title(name_of(value))
            case _:
                return value

    def shelf(self) -> list[tuple[str, list[Shelved]]]:
        """Return the yearbooks, each with its volumes that have entries, by year."""
        return [
            (yearbook, [Shelved(each.volume, self.title(each.volume), each.year, each.entries) for each in listed])
            for yearbook, listed in groupby(self._volumes, key=lambda each: each.yearbook)
        ]

    def beside(self, volume: str) -> list[Shelved]:
        """Return the other volumes of the same yearbook that have entries, by year."""
        mine = {each.yearbook for each in self._volumes if each.volume == volume}
        return [each for yearbook, listed in self.shelf() if yearbook in mine for each in listed if each.id != volume]
