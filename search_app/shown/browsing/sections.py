"""Follows a section through the volumes of its yearbook, whatever name each of them prints."""

from collections.abc import Callable
from dataclasses import dataclass

from indexer.search.engine import Searcher
from indexer.search.fields import EVERY, name_of, value_of
from search_app.shown.browsing.asking import limited
from search_app.shown.links import MAX_VALUES, SearchState
from search_app.shown.naming import Names, Shelved


@dataclass(frozen=True, slots=True)
class InVolume:
    """A section in one volume, under one of its printed names."""

    volume: Shelved
    name: str
    """As printed; empty if no source gives it."""
    entries: int
    is_here: bool
    """Whether it is the section that is followed."""


@dataclass(frozen=True, slots=True)
class Years:
    """A section in all volumes of its yearbook."""

    canonical: str
    """The name that unites the printed ones."""
    found: tuple[InVolume, ...]
    """By year."""
    state: SearchState
    """The search for everything in it, oldest first."""

    @property
    def total(self) -> int:
        """Number of entries."""
        return sum(each.entries for each in self.found)


def over_the_years(
    searcher: Searcher, names: Names, canonical: Callable[[str], str], place: tuple[str, str, str]
) -> Years:
    """Follow a section; `place` is its volume's id, its yearbook and its printed name.

    `canonical` unites the names that are printed for one section.
    """
    volume, yearbook, name = place
    wanted = canonical(name)
    found = []
    for each in names.of_yearbook(yearbook):
        asked = limited(volume=(value_of(each.id),), yearbook=(value_of(yearbook),))
        for value in searcher.facet(asked, "section", limit=EVERY).values:
            printed = name_of(value.value)
            if canonical(printed) == wanted:
                found.append(InVolume(each, printed, value.count, (each.id, printed) == (volume, name)))
    values = sorted({value_of(each.name) for each in found})
    state = SearchState(sort="year-asc").with_values("section", values[:MAX_VALUES])
    state = state.with_values("yearbook", (value_of(yearbook),)) if names.several else state
    return Years(wanted, tuple(found), state)
