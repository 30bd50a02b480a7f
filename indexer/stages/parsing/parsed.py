"""What the pages of a store gave, in temporary files; closed when it is no longer needed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import msgspec

from indexer.files.spool import Spool
from indexer.model import Entry, PageReport, Problem

_ENTRY = msgspec.msgpack.Decoder(Entry)
_REPORT = msgspec.msgpack.Decoder(PageReport)


@dataclass(slots=True)
class Parsed:
    """What the pages of a store gave; closed when its block ends."""

    entries: Spool = field(default_factory=Spool)
    ids: dict[str, int] = field(default_factory=dict)
    """Id to the entry's number in `entries`."""
    problems: list[Problem] = field(default_factory=list)
    reports: Spool = field(default_factory=Spool)
    pages: int = 0
    volumes: frozenset[str] = frozenset()
    """Ids of the volumes that pages belong to."""
    empty: tuple[str, ...] = ()
    """URLs of pages in a volume's scope that gave no entry, though they are no list and no news."""

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the temporary files."""
        self.close()

    def close(self) -> None:
        """Remove the temporary files."""
        self.entries.close()
        self.reports.close()

    def as_parsed(self) -> Iterator[Entry]:
        """Give the entries in the order in which they were parsed."""
        return map(_ENTRY.decode, self.entries)

    def sorted_entries(self) -> Iterator[Entry]:
        """Give the entries in order of id."""
        return (_ENTRY.decode(self.entries.get(self.ids[name])) for name in sorted(self.ids))

    def entry(self, name: str) -> Entry:
        """Give one entry by its id."""
        return _ENTRY.decode(self.entries.get(self.ids[name]))

    def beside(self, others: Iterable[Entry]) -> Iterator[tuple[Entry | None, Entry | None]]:
        """Pair each entry with the other of its id, and the other way round; None where there is none."""
        seen: set[str] = set()
        for other in others:
            yield (self.entry(other.id) if other.id in self.ids else None), other
            seen.add(other.id)
        for name in sorted(self.ids.keys() - seen):
            yield self.entry(name), None

    def all_reports(self) -> Iterator[PageReport]:
        """Give the report of each page, in order of URL."""
        return (_REPORT.decode(each) for each in self.reports)
