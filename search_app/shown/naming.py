"""Names volumes, yearbooks, persons and values of facets as readers see them, keeping the archive's yearbooks apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.manifest import Manifest
from indexer.model import Entry, Volume
from indexer.search.fields import name_of, value_of
from indexer.search.shown.results import VolumeCount
from search_app.words import answers
from search_app.words.language import spoken

_YEARS = 1000
"""Years whose names are kept."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A volume as the shelf shows it."""

    id: str
    apart: str | None
    """What its address must say beside the id; see `Names.apart`."""
    title: str
    year: int
    entries: int


class Names:
    """The names in one archive; made from its manifest, from which volumes have entries, and from who is who."""

    def __init__(
        self,
        manifest: Manifest | None,
        volumes: Sequence[VolumeCount],
        persons: Callable[[Entry], Sequence[str]] = lambda entry: entry.authors,
    ) -> None:
        """Take the manifest, or None where it cannot be read: volumes are then named by their ids.

        `persons` gives the person of each printed author of an entry.
        """
        self._persons = persons
        self._known = {volume.id: volume for volume in manifest.volumes} if manifest else {}
        self._volumes = volumes
        self._badges: dict[tuple[str, str, str, int], str] = {}
        """What volumes are called in short in each language, by yearbook, id and year."""
        self._yearbooks: dict[str, set[str]] = {}
        covered: dict[int, set[int]] = {}
        for each in volumes:
            self._yearbooks.setdefault(each.volume, set()).add(each.yearbook)
            known = self.described(each.volume, each.yearbook)
            covered.setdefault(each.year, set()).add(known.covers_year if known else 0)
        self._years: dict[tuple[str, int], str] = {}
        """What years are called in each language."""
        self._covered = {year: next(iter(years)) for year, years in covered.items() if len(years) == 1}
        self.several = len({each.yearbook for each in volumes}) > 1
        """Whether the archive has more than one yearbook."""

    def signers(self, entry: Entry) -> list[tuple[str, str]]:
        """Return each printed author of an entry with the person who that is."""
        return list(zip(entry.authors, self._persons(entry), strict=True))

    def persons(self, entry: Entry) -> list[str]:
        """Return the persons who signed an entry, each once."""
        return list(dict.fromkeys(self._persons(entry)))

    def has(self, field: str, value: str) -> bool:
        """Return whether the archive has a yearbook or volume; of other fields it is not known, and taken to have it."""
        name = name_of(value)
        if field == "yearbook":
            return any(each.yearbook == name for each in self._volumes)
        return field != "volume" or name in self._yearbooks

    def described(self, volume: str, yearbook: str) -> Volume | None:
        """Return what the manifest says of a volume; None if it has none of that id and yearbook.

        Entries that do not say their yearbook are taken to be of the manifest's.
        """
        known = self._known.get(volume)
        return known if known and yearbook in ("", known.yearbook) else None

    def title(self, volume: str, yearbook: str) -> str:
        """Return a volume's title."""
        known = self.described(volume, yearbook)
        return known.title if known else answers.untitled(volume, yearbook)

    def apart(self, volume: str, yearbook: str) -> str | None:
        """Return what an address must say beside a volume's id: the yearbook's value, if several have such a volume."""
        return value_of(yearbook) if len(self._yearbooks.get(volume, ())) > 1 else None

    def yearbook_of(self, volume: str, asked: str | None) -> str:
        """Return the yearbook whose volume an address means; `asked` is the yearbook's value, if it says one."""
        return name_of(asked) if asked else min(self._yearbooks.get(volume, {""}))

    def badge(self, entry: Entry) -> str:
        """Return a short name for the volume that an entry is of: 沧浦 2002 卷.

        Where the manifest gives the volume no short name, the yearbook is named in full, and only if there are several.
        """
        key = spoken(), entry.yearbook, entry.volume, entry.year
        return self._badges.get(key) or self._badges.setdefault(key, self._badge(entry))

    def _badge(self, entry: Entry) -> str:
        known = self.described(entry.volume, entry.yearbook)
        name = (known and known.short) or (entry.yearbook if self.several else "")
        volume = answers.volume_of(entry.year)
        return f"{name} {volume}" if name else volume

    def year(self, year: int) -> str:
        """Return a value of the facet of years, with the year that its volumes record, if they all record the same."""
        key = spoken(), year
        said = self._years.get(key)
        if said is None:
            said = answers.volume_of(year, self._covered.get(year, 0))
            if len(self._years) < _YEARS:  # anybody may ask for any year
                self._years[key] = said
        return said

    def label(self, field: str, value: str) -> str:
        """Return a value of a facet or filter as readers see it."""
        match field:
            case "year" if value.isdecimal():
                return self.year(int(value))
            case "section":
                return answers.section(name_of(value))
            case "yearbook":
                return answers.yearbook(name_of(value))
            case "volume":
                return self.title(name_of(value), self.yearbook_of(name_of(value), None))
            case _:
                return value

    def shelf(self) -> list[tuple[str, list[Shelved]]]:
        """Return the yearbooks, each with its volumes that have entries, by year."""
        return [
            (yearbook, list(map(self._shelved, listed)))
            for yearbook, listed in groupby(self._volumes, key=lambda each: each.yearbook)
        ]

    def of_yearbook(self, yearbook: str) -> list[Shelved]:
        """Return the volumes of a yearbook that have entries, by year."""
        return [self._shelved(each) for each in self._volumes if each.yearbook == yearbook]

    def _shelved(self, each: VolumeCount) -> Shelved:
        title, apart = self.title(each.volume, each.yearbook), self.apart(each.volume, each.yearbook)
        return Shelved(each.volume, apart, title, each.year, each.entries)
