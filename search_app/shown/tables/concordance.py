"""Shows every occurrence of a search in its line: as JSON, as rows of a table, in pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from indexer.search.engine import Searcher
from indexer.search.query.notes import Note
from indexer.search.query.tree import SORTS
from indexer.search.shown.concordance import ENTRY, SIDES, Occurrence
from indexer.search.shown.results import ResultPage
from search_app.shown.links import MAX_PAGE, SearchState, from_args, last_of, no_sort, number_of
from search_app.words import answers

LINE_SORTS = (*SORTS, *SIDES)
"""Orders of lines: those of entries, and by what stands left or right of each occurrence."""
LINES = 100
"""Lines on a page."""
MAX_LINES = 1000
LINE_COLUMNS = ("id", "yearbook", "volume", "year", "section", "title", "field", "start", "left", "node", "right")


@dataclass(frozen=True, slots=True)
class Lines:
    """Which lines of which search are asked for."""

    state: SearchState
    sort: str = SORTS[0]
    """One of `LINE_SORTS`."""
    page: int = 1
    size: int = LINES

    def all(self, searcher: Searcher, first: int = 0) -> Iterator[Occurrence]:
        """Return all lines but the first ones, made as they are read."""
        is_of_side = self.sort in SIDES
        state = replace(self.state, sort=SORTS[0] if is_of_side else self.sort)
        return searcher.occurrences(state.request()[0], self.sort if is_of_side else ENTRY, first)

    def shown(self, searcher: Searcher) -> list[Occurrence]:
        """Return the lines of the page."""
        return list(islice(self.all(searcher, (self.page - 1) * self.size), self.size))

    def total(self, searcher: Searcher, found: ResultPage | None = None) -> int:
        """Return how many lines there are; `found` is what the search found, where it was asked already."""
        counted = (found or searcher.search(replace(self.state.request()[0], size=0))).occurrences
        return sum(1 for _ in self.all(searcher)) if counted is None else counted


def lines_from_args(args: Mapping[str, Sequence[str]]) -> tuple[Lines, tuple[Note, ...]]:
    """Read URL arguments; also return notes about wrong ones, for which the defaults are used."""
    own = ("sort", "page", "size")
    state, notes = from_args({name: values for name, values in args.items() if name not in own})
    wrong = list(notes)
    sort = last_of(args, "sort") or SORTS[0]
    if sort not in LINE_SORTS:
        wrong.append(no_sort(sort, LINE_SORTS))
        sort = SORTS[0]
    page = number_of(args, "page", 1, 1, MAX_PAGE, wrong)
    size = number_of(args, "size", LINES, 1, MAX_LINES, wrong)
    return Lines(state, sort, page, size), tuple(wrong)


def concordance_json(asked: Lines, searcher: Searcher) -> dict[str, Any]:
    """Return the answer of `/api/v1/concordance` and of `nianjian concordance --json`: one page of lines."""
    return {
        "query": asked.state.text,
        "generation": searcher.generation,
        "total": asked.total(searcher),
        "sort": asked.sort,
        "page": asked.page,
        "size": asked.size,
        "lines": list(map(line_json, asked.shown(searcher))),
        "notes": answers.notes_json(asked.state.request()[1]),
    }


def line_json(line: Occurrence) -> dict[str, Any]:
    """Return one line as values, texts as printed."""
    return dict(zip(LINE_COLUMNS, line_row(line), strict=True))


def line_row(line: Occurrence) -> tuple[str | int, ...]:
    """Return one line as the cells of a row, in the order of `LINE_COLUMNS`."""
    entry = line.entry
    return (
        entry.id,
        entry.yearbook,
        entry.volume,
        entry.year,
        entry.section,
        entry.title,
        line.field,
        line.start,
        line.left,
        line.node,
        line.right,
    )
