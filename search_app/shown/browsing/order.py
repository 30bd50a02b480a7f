"""Finds where an entry stands among others in printed order: on its page, in its section, in its volume."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.model import Entry
from indexer.search.engine import Searcher
from indexer.search.fields import value_of
from search_app.shown.browsing.asking import printed
from search_app.shown.naming import Names

_VOLUMES = 16
"""Volumes whose order is kept: reading one takes as long as all of its entries."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry among others."""

    number: int
    """From 1."""
    total: int
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands."""

    page: Standing
    section: Standing
    volume: Standing
    on_page: tuple[str, ...]
    """Ids of the entries of its page, in order."""


@dataclass(frozen=True, slots=True)
class _Line:
    """What is kept of an entry."""

    id: str
    url: str
    section: str


class PrintedOrder:
    """The order of the entries in the volumes of one generation; made by `Archive.once`."""

    def __init__(self, searcher: Searcher, _: Names) -> None:
        """Take what answers; a volume is read when an entry of it is asked for."""
        self._searcher = searcher
        self._lines = lru_cache(_VOLUMES)(self._read)

    def place(self, entry: Entry) -> Place:
        """Return where an entry of this generation stands."""
        lines = self._lines(entry.yearbook, entry.volume)

        def among(belongs: Callable[[_Line], bool]) -> tuple[str, ...]:
            return tuple(line.id for line in lines if belongs(line))

        on_page = among(lambda line: line.url == entry.url)
        return Place(
            page=self._standing(on_page, entry),
            section=self._standing(among(lambda line: line.section == entry.section), entry),
            volume=self._standing(among(lambda line: True), entry),
            on_page=on_page,
        )

    def _standing(self, ids: Sequence[str], entry: Entry) -> Standing:
        at = ids.index(entry.id)
        before = self._searcher.get(ids[at - 1]) if at else None
        after = self._searcher.get(ids[at + 1]) if at + 1 < len(ids) else None
        return Standing(at + 1, len(ids), before, after)

    def _read(self, yearbook: str, volume: str) -> tuple[_Line, ...]:
        asked = printed(yearbook=(value_of(yearbook),), volume=(value_of(volume),))
        return tuple(_Line(each.id, each.url, each.section) for each in self._searcher.entries(asked))
