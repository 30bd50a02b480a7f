"""Counts entries, and what is found in them, by volume."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from indexer.search.fields import name_of, value_of
from indexer.search.opensearch.asking.occurrences import COUNTING, counted_places, placing
from indexer.search.opensearch.connection import Query
from indexer.search.opensearch.matching.strings import all_of
from indexer.search.opensearch.questions import BY_RANK, Questions
from indexer.search.query.plan import Leaf
from indexer.search.shown.marks import occurrences_of
from indexer.search.shown.results import VolumeCount, VolumeFound

_CHARACTERS = {"characters": {"sum": {"field": "characters"}}}


class _Key(NamedTuple):
    """What tells a volume apart: its entries of another year count as another volume."""

    yearbook: str
    year: int
    volume: str


class Volumes:
    """The volumes of one generation."""

    def __init__(self, questions: Questions) -> None:
        """Set whom to ask."""
        self._questions = questions

    def all(self, visible: Sequence[Query]) -> tuple[VolumeCount, ...]:
        """Return the volumes that have entries."""
        counted = dict(self._counted(all_of(list(visible)), {}))
        return tuple(
            VolumeCount(key.yearbook, key.volume, key.year, int(counted[key]["doc_count"])) for key in sorted(counted)
        )

    def found(self, filters: list[Query], matched: Query, leaves: tuple[Leaf, ...]) -> tuple[VolumeFound, ...]:
        """Return how much matches in each volume that has entries which pass the filters."""
        whole = dict(self._counted(all_of(filters), _CHARACTERS))
        asked = all_of([matched, *filters])
        counted = counted_places(leaves)
        if counted is None:
            found, places = self._read(asked, leaves)
        else:
            in_volumes = dict(self._counted(placing(asked, counted.each), COUNTING))
            found = Counter({key: int(each["doc_count"]) for key, each in in_volumes.items()})
            places = Counter({key: round(each["places"]["value"]) for key, each in in_volumes.items()})
            for key, each in self._counted(placing(asked, counted.twice), COUNTING) if counted.twice else ():
                places[key] -= round(each["places"]["value"])
        return tuple(
            VolumeFound(
                key.yearbook,
                key.volume,
                key.year,
                found[key],
                places[key],
                int(whole[key]["doc_count"]),
                int(whole[key]["characters"]["value"]),
            )
            for key in sorted(whole)
        )

    def _read(self, asked: Query, leaves: tuple[Leaf, ...]) -> tuple[Counter[_Key], Counter[_Key]]:
        """Return the same counts by reading all that matches."""
        found: Counter[_Key] = Counter()
        places: Counter[_Key] = Counter()
        for each in self._questions.stream(asked, BY_RANK):
            entry = each.entry
            key = _Key(name_of(value_of(entry.yearbook)), entry.year, name_of(value_of(entry.volume)))
            found[key] += 1
            places[key] += occurrences_of(entry, leaves)
        return found, places

    def _counted(self, query: Query, more: dict[str, Any]) -> Iterator[tuple[_Key, dict[str, Any]]]:
        """Yield each volume that has entries which match, with what was counted of it."""
        for each in self._questions.grouped(query, ("yearbook", "year", "volume"), more):
            key = each["key"]
            yield _Key(name_of(key["yearbook"]), int(key["year"]), name_of(key["volume"])), each
