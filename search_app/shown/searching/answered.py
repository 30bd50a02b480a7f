"""Answers a reader's search as a whole: what matches, what comes near, other names, and notes about all of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.search.engine import Searcher
from indexer.search.query.notes import Note, note
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.ladder import ladder
from indexer.search.shown.nearest import nearest
from indexer.search.shown.results import Nearest, ResultPage
from indexer.search.shown.rungs import Rung
from search_app.shown.links import SearchState, brief
from search_app.shown.naming import Names
from search_app.shown.searching.alternatives import Alternative, alternatives
from search_app.words import answers
from search_app.words.argumentcodes import ArgumentCode


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder: another search, and how it is worded."""

    rung: Rung
    state: SearchState
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One search and its answer, for pages, JSON and terminals alike."""

    state: SearchState
    request: SearchRequest
    names: Names
    generation: str
    page: ResultPage
    near: Nearest
    ladder: tuple[Step, ...]
    """What to ask instead, where nothing or little is found."""
    others: tuple[Alternative, ...]
    notes: tuple[Note, ...]
    """About the query, the filters, the hits and what comes near, in this order."""


def answer(state: SearchState, searcher: Searcher, names: Names) -> Answered:
    """Run a search, and what belongs beside its hits."""
    request, notes = state.request()
    page = searcher.search(request)
    near = nearest(searcher, request, page.total, state.nearest_page)
    told = (*notes, *filter_notes(state, names), *page.notes, *near.notes)
    return Answered(
        state,
        request,
        names,
        searcher.generation,
        page,
        near,
        steps(state, searcher, names, page.total, near),
        alternatives(state, searcher),
        told,
    )


def steps(
    state: SearchState, searcher: Searcher, names: Names, total: int, near: Nearest | None = None
) -> tuple[Step, ...]:
    """Return what to ask instead of a search that finds nothing, or little; `near` is what comes near, if it is known."""
    first = near.hits[0] if near and near.hits and state.nearest_page == 1 else None
    found = ladder(searcher, state.request()[0], total, first)
    asking = ((rung, state.asking(rung.request)) for rung in found)
    return tuple(Step(rung, other, answers.rung(rung, names.label)) for rung, other in asking if other)


def filter_notes(state: SearchState, names: Names) -> Iterator[Note]:
    """Note filters that leave nothing: values both chosen and excluded, yearbooks and volumes that there are not."""
    for each in state.filters:
        for value in () if each.exclude else each.values:
            if not names.has(each.field, value):
                yield note(ArgumentCode.UNKNOWN_VALUE, name=each.field, value=brief(value))
            elif value in state.excluded(each.field):
                yield note(ArgumentCode.CHOSEN_AND_EXCLUDED, name=each.field, value=brief(value))
