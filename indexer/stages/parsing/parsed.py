"""Holds the results of parsing a store in temporary files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from indexer.closing import Closing
from indexer.files.spool import Spool
from indexer.model import Entry, PageReport, Problem

_ENTRY = msgspec.msgpack.Decoder(Entry)
_REPORT = msgspec.msgpack.Decoder(PageReport)


@dataclass(slots=True)
class Parsed(Closing):
    """The results of parsing a store; its temporary files are removed at the end of a `with` block."""

    entries: Spool = field(default_factory=Spool)
    ids: dict[str, int] = field(default_factory=dict)
    """Number of the entry in `entries`, by id."""
    problems: list[Problem] = field(default_factory=list)
    reports: Spool = field(default_factory=Spool)
    pages: int = 0
    volumes: frozenset[str] = frozenset()
    """Ids of the volumes that pages belong to."""
    empty: tuple[str, ...] = ()
    """URLs of pages in a volume's scope without entries that are neither lists nor news."""

    outside: tuple[int, int] = (0, 0)
    """Pages with entries that are of no volume, and their entries."""

    def close(self) -> None:
        """Remove the temporary files."""
        self.entries.close()
        self.reports.close()

    def as_parsed(self) -> Iterator[Entry]:
        """Iterate over the entries in the order in which they were parsed."""
        return map(_ENTRY.decode, self.entries)

    def sorted_entries(self) -> Iterator[Entry]:
        """Iterate over the entries in order of id."""
        return (_ENTRY.decode(self.entries.get(self.ids[name])) for name in sorted(self.ids))

    def entry(self, name: str) -> Entry:
        """Return the entry with this id; raises `KeyError` if there is none."""
        return _ENTRY.decode(self.entries.get(self.ids[name]))

    def beside(self, others: Iterable[Entry]) -> Iterator[tuple[Entry | None, Entry | None]]:
        """Yield pairs of the entry here and the one in `others` with the same id; None where either is missing."""
        seen: set[str] = set()
        for other in others:
            yield (self.entry(other.id) if other.id in self.ids else None), other
            seen.add(other.id)
        for name in sorted(self.ids.keys() - seen):
            yield self.entry(name), None

    def all_reports(self) -> Iterator[PageReport]:
        """Iterate over the page reports, in the order in which they were added."""
        return (_REPORT.decode(each) for each in self.reports)
