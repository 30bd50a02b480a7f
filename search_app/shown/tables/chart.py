"""Draws how searches run through the volumes of one yearbook: where bars, points and lines stand; a template draws them.

Across, places are in per cent of the chart's width, so that it fits any window; up and down they are in pixels.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.search.fields import value_of
from indexer.search.shown.results import VolumeFound
from search_app.shown.links import SearchState
from search_app.shown.naming import Names
from search_app.shown.tables.trend import Trend, related

HEIGHT, TOP, BOTTOM = 272, 44, 40
"""Of a chart, and what is kept free above and below for figures and years."""
_LABELS = 12
"""Most years written below a chart."""
_WIDE, _WIDEST = 0.6, 12
"""Part of a volume's room that its bar takes, and most per cent of the chart."""
MEASURES: Mapping[str, Callable[[VolumeFound], float]] = {
    "occurrences-per": lambda each: related(each.occurrences, each.characters),
    "found-per": lambda each: related(each.found, each.characters),
    "occurrences": lambda each: each.occurrences,
    "found": lambda each: each.found,
}
"""What may be drawn; the first is drawn unless something else is asked for."""


@dataclass(frozen=True, slots=True)
class Point:
    """One search in one volume."""

    volume: VolumeFound
    name: str
    """The volume's, in full."""
    value: float
    x: float
    """Per cent."""
    y: float
    """Pixels from above."""
    state: SearchState
    """The search in this volume."""


@dataclass(frozen=True, slots=True)
class Series:
    """One search through the volumes."""

    text: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """All searches through the volumes of one yearbook, whose figures are never added to another's."""

    yearbook: str
    series: tuple[Series, ...]
    years: tuple[tuple[float, str], ...]
    """Where years are written, per cent, and what."""
    highest: float
    width: float
    """Of a bar, per cent."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is found in any volume."""
        return not self.highest


def charts(found: Sequence[Trend], measure: str, names: Names) -> tuple[Chart, ...]:
    """Return a chart for each yearbook; `measure` is one of `MEASURES`."""
    if not found:
        return ()
    places = range(len(found[0].volumes))
    grouped = groupby(places, key=lambda at: found[0].volumes[at].yearbook)
    return tuple(_chart(yearbook, found, list(inside), MEASURES[measure], names) for yearbook, inside in grouped)


def _chart(
    yearbook: str, found: Sequence[Trend], places: Sequence[int], value: Callable[[VolumeFound], float], names: Names
) -> Chart:
    room = 100 / len(places)
    highest = max(value(each.volumes[at]) for each in found for at in places)
    series = []
    for each in found:
        points = []
        for number, at in enumerate(places):
            volume = each.volumes[at]
            figure = value(volume)
            y = HEIGHT - BOTTOM - (figure / highest if highest else 0) * (HEIGHT - BOTTOM - TOP)
            title = names.title(volume.volume, volume.yearbook)
            points.append(
                Point(volume, title, figure, room * (number + 0.5), round(y, 1), within(each.state, volume, names))
            )
        series.append(Series(each.state.text, tuple(points)))
    step = -(-len(places) // _LABELS)
    years = [
        (room * (number + 0.5), str(found[0].volumes[at].year or "—"))
        for number, at in enumerate(places)
        if number % step == 0
    ]
    return Chart(yearbook, tuple(series), tuple(years), highest, min(room * _WIDE, _WIDEST))


def within(state: SearchState, volume: VolumeFound, names: Names) -> SearchState:
    """Return a search in one volume alone."""
    here = state.with_values("volume", (value_of(volume.volume),))
    apart = names.apart(volume.volume, volume.yearbook)
    return here.with_values("yearbook", (apart,)) if apart else here
