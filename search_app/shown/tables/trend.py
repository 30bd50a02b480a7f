"""Shows how searches run through the volumes: entries and occurrences, absolute and by the length of the text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.search.engine import Searcher
from indexer.search.query.notes import Note, note
from indexer.search.shown.results import VolumeFound
from search_app.shown.links import SearchState, from_args
from search_app.words import answers
from search_app.words.argumentcodes import ArgumentCode

MAX_SEARCHES = 6
PER = 100_000
"""Characters to which figures are related."""
TREND_COLUMNS = (
    "query",
    "yearbook",
    "volume",
    "year",
    "found",
    "occurrences",
    "found_per_100000",
    "occurrences_per_100000",
    "entries",
    "characters",
)


@dataclass(frozen=True, slots=True)
class Trend:
    """One search through the volumes."""

    state: SearchState
    notes: tuple[Note, ...]
    volumes: tuple[VolumeFound, ...]

    @property
    def found(self) -> int:
        """Entries that match, in all volumes."""
        return sum(each.found for each in self.volumes)

    @property
    def occurrences(self) -> int:
        """Occurrences in all volumes."""
        return sum(each.occurrences for each in self.volumes)


def trends(states: Sequence[SearchState], searcher: Searcher) -> tuple[Trend, ...]:
    """Count searches in every volume that has entries which pass their filters."""
    asked = [(state, *state.request()) for state in states]
    return tuple(Trend(state, notes, searcher.trend(request)) for state, request, notes in asked)


def trends_from_args(args: Mapping[str, Sequence[str]]) -> tuple[tuple[SearchState, ...], tuple[Note, ...]]:
    """Read URL arguments: a search for each `q`, all with the same filters; also return notes about wrong ones."""
    state, wrong = from_args({name: values for name, values in args.items() if name != "q"})
    texts = different(args.get("q", ()))
    if len(texts) > MAX_SEARCHES:
        wrong = (*wrong, note(ArgumentCode.TOO_MANY_SEARCHES, name="q", limit=MAX_SEARCHES))
    if not texts:
        wrong = (*wrong, note(ArgumentCode.NO_SEARCH, name="q"))
    return tuple(replace(state, text=text) for text in texts[:MAX_SEARCHES]), wrong


def different(texts: Iterable[str]) -> list[str]:
    """Return the searches that ask for something, each once."""
    return list(dict.fromkeys(text for text in texts if text.strip()))


def trend_json(found: Sequence[Trend], generation: str) -> dict[str, Any]:
    """Return the answer of `/api/v1/trend` and of `nianjian trend --json`."""
    return {
        "generation": generation,
        "searches": [
            {
                "query": each.state.text,
                "found": each.found,
                "occurrences": each.occurrences,
                "volumes": [dict(zip(TREND_COLUMNS[1:], _row(volume), strict=True)) for volume in each.volumes],
                "notes": answers.notes_json(each.notes),
            }
            for each in found
        ],
    }


def trend_rows(found: Sequence[Trend]) -> Iterator[tuple[str | int | float, ...]]:
    """Yield the cells of a row for each search and volume, in the order of `TREND_COLUMNS`."""
    for each in found:
        for volume in each.volumes:
            yield each.state.text, *_row(volume)


def _row(volume: VolumeFound) -> tuple[str | int | float, ...]:
    return (
        volume.yearbook,
        volume.volume,
        volume.year,
        volume.found,
        volume.occurrences,
        related(volume.found, volume.characters),
        related(volume.occurrences, volume.characters),
        volume.entries,
        volume.characters,
    )


def related(count: int, characters: int) -> float:
    """Return how often something is found in `PER` characters, to two places; 0 in a volume without text."""
    return round(count * PER / characters, 2) if characters else 0.0
