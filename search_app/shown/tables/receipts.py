"""Takes a receipt of a search: what was asked, what was compared, what was found, so that it can be checked later.

A receipt's address claims what was found when it was taken; opening it searches again and says whether that still
stands.  The list of entries found is a CSV file, by year and id, whose SHA-256 is the receipt's digest: it depends on
neither the order of the results nor the page, nor on anybody's language.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from indexer.manifest import Manifest
from indexer.model import Entry, Volume
from indexer.search.engine import Searcher
from indexer.search.fields import value_of
from indexer.search.query.notes import Note, note
from indexer.search.query.plan import Leaf, resolve
from indexer.search.query.tree import Filter, SearchRequest
from indexer.search.query.written import written
from indexer.search.shown.results import ResultPage, VolumeFound
from indexer.stages.holdings import VolumeHolding
from search_app.shown.links import SearchState, brief, last_of
from search_app.shown.naming import Names
from search_app.shown.searching.answered import filter_notes
from search_app.shown.tables.csvlines import csv_lines
from search_app.words.argumentcodes import ArgumentCode

LISTED = 1000
"""Entries that a receipt lists; the CSV file has all."""
COLUMNS = ("id", "yearbook", "volume", "year", "section", "title", "url")
_ORDER = "year-asc"
"""The order of the list, whatever the order of the results is."""
_FORMS: Mapping[str, re.Pattern[str]] = {
    "generation": re.compile("gen-[0-9]{8}[Tt][0-9]{12}"),
    "digest": re.compile("[0-9a-f]{64}"),
    "total": re.compile("[0-9]{1,9}"),
}
"""The forms of the arguments that claim something."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a receipt's address says was found."""

    generation: str
    digest: str
    """SHA-256 of the CSV file, in hexadecimal."""
    total: int
    """How many entries matched."""

    def to_args(self) -> list[tuple[str, str]]:
        """Return the arguments of an address, as names and values."""
        return [("total", str(self.total)), ("generation", self.generation), ("digest", self.digest)]


class Standing(StrEnum):
    """How what is found now compares with what a receipt claims."""

    SAME = "same"
    SAME_SINCE = "same-since"
    """The same entries, though the archive has been indexed again."""
    CHANGED = "changed"
    """The archive has been indexed again, and other entries are found."""
    DECIDED = "decided"
    """Other entries, of the same index: people have taken pages out or said who is who, or the address was edited."""
    MISCOUNTED = "miscounted"
    """The same entries, but another number of them: the address was edited."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a search could not compare."""

    holdings: Mapping[str, VolumeHolding]
    """What is held and missing of each volume, by its id."""
    unsearched: tuple[Volume, ...]
    """Volumes that the filters allow, of the yearbooks that were searched, without a single entry that was."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A search and what it finds now."""

    state: SearchState
    request: SearchRequest
    claim: Claim
    """What its address claims, if it is taken now."""
    page: ResultPage
    """Totals, readings and notes, without hits."""
    notes: tuple[Note, ...]
    """All notes: about the query, the filters and what was found."""
    leaves: tuple[Leaf, ...]
    """The strings looked for."""
    executed: str
    """The query as it was read, written again; empty if nobody can type it."""
    volumes: tuple[VolumeFound, ...]
    """The volumes whose entries were compared."""
    entries: tuple[Entry, ...]
    """The first `LISTED` entries found, by year, then id."""

    @property
    def compared(self) -> int:
        """How many entries pass the filters, all of which were compared with the query."""
        return sum(each.entries for each in self.volumes)

    def gaps(self, known: Manifest, held: Iterable[VolumeHolding]) -> "Gaps":
        """Say what could not be compared: pages missing from the volumes searched, and volumes without entries.

        Only the filters by yearbook, volume and year are asked which volumes these are: nobody knows of what section,
        or by whom, what is not held would be.
        """
        holdings = {each.id: each for each in held}
        searched = {each.volume for each in self.volumes}
        yearbooks = {each.yearbook for each in self.volumes}
        asked = [each for each in known.volumes if each.id in searched or _passes(each, self.request.filters)]
        return Gaps(
            {each.id: holdings[each.id] for each in asked if each.id in holdings},
            tuple(each for each in asked if each.id not in searched and (each.yearbook in yearbooks or not yearbooks)),
        )

    def standing(self, claim: Claim) -> Standing:
        """Say how this compares with what a receipt claims."""
        is_same_index = claim.generation == self.claim.generation
        if claim.digest != self.claim.digest:
            return Standing.DECIDED if is_same_index else Standing.CHANGED
        if claim.total != self.claim.total:
            return Standing.MISCOUNTED
        return Standing.SAME if is_same_index else Standing.SAME_SINCE


def take(state: SearchState, searcher: Searcher, names: Names) -> Receipt:
    """Search, and take a receipt of it: all entries found are read once, and the first of them kept."""
    request, notes = state.request()
    page = searcher.search(replace(request, page=1, size=0))
    first: list[Entry] = []
    digest = sha256()
    for line in csv_lines(COLUMNS, map(_row, _noting(searcher.entries(_listed(request)), first))):
        digest.update(line.encode())
    return Receipt(
        state=state,
        request=request,
        claim=Claim(searcher.generation, digest.hexdigest(), page.total),
        page=page,
        notes=(*notes, *filter_notes(state, names), *page.notes),
        leaves=resolve(request.query).leaves,
        executed=(written(request.query) if request.query else None) or "",
        volumes=searcher.trend(request),
        entries=tuple(first),
    )


def list_lines(state: SearchState, searcher: Searcher) -> Iterator[str]:
    """Yield the lines of the CSV file, as entries are read."""
    return csv_lines(COLUMNS, map(_row, searcher.entries(_listed(state.request()[0]))))


def claim_from_args(args: Mapping[str, Sequence[str]]) -> tuple[Claim | None, tuple[Note, ...]]:
    """Read what an address claims; None if it claims nothing.  Also note the first thing missing or not in its form."""
    given = {name: last_of(args, name) for name in _FORMS}
    if not any(name in args for name in _FORMS):
        return None, ()
    for name, value in given.items():
        if not _FORMS[name].fullmatch(value):
            return None, (note(ArgumentCode.NO_CLAIM, name=name, value=brief(value)),)
    return Claim(given["generation"], given["digest"], int(given["total"])), ()


def _passes(volume: Volume, filters: Iterable[Filter]) -> bool:
    """Say whether a volume passes those filters that are about whole volumes."""
    values = {"yearbook": value_of(volume.yearbook), "volume": value_of(volume.id), "year": str(volume.year)}
    about = (each for each in filters if each.field in values)
    return all((values[each.field] in each.values) is not each.exclude for each in about)


def _listed(request: SearchRequest) -> SearchRequest:
    return replace(request, sort=_ORDER)


def _row(entry: Entry) -> tuple[str | int, ...]:
    return entry.id, entry.yearbook, entry.volume, entry.year, entry.section, entry.title, entry.url


def _noting(entries: Iterator[Entry], first: list[Entry]) -> Iterator[Entry]:
    """Yield entries on, and keep the first of them in a list."""
    for entry in entries:
        if len(first) < LISTED:
            first.append(entry)
        yield entry
