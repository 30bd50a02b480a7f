"""Answers the tools that find entries and count them: search and count."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from indexer.search.query.notes import Note as Told
from indexer.search.query.tree import SORTS
from indexer.search.shown.results import Facet, ResultPage
from search_app.assisting import replies
from search_app.assisting.arguments import Count, Search, as_asked
from search_app.assisting.basis import of_search
from search_app.assisting.desk import Desk
from search_app.assisting.refusing import Refused
from search_app.shown.addresses import search_url
from search_app.shown.links import DEFAULT_SIZE, SearchState, from_args
from search_app.shown.searching.answered import Answered, answer, filter_notes
from search_app.words import answers


def search(desk: Desk, asked: Search) -> replies.SearchReply:
    """Find entries."""
    state = state_of(as_asked(asked))
    found = answer(state, desk.searcher, desk.names)
    behind = max(0, found.page.total - state.page * state.size)
    return replies.SearchReply(
        basis=of_search(desk, found.request),
        query=state.text,
        total=found.page.total,
        occurrences=found.page.occurrences,
        page=state.page,
        size=state.size,
        hits=_hits(desk, found),
        more=behind,
        next_page=state.page + 1 if behind else None,
        readings=readings_of(found.page),
        nearest=_near(desk, found),
        nearest_next_page=state.nearest_page + 1 if found.near.more else None,
        instead=tuple(replies.Step(each.text, arguments_of(each.state), each.rung.total) for each in found.ladder),
        also=tuple(replies.Step("other name", arguments_of(each.state), each.total) for each in found.others),
        notes=notes_of(found.notes),
        address=desk.address(search_url(replace(state, size=DEFAULT_SIZE, page=1, nearest_page=1))),
    )


def count(desk: Desk, asked: Count) -> replies.CountReply:
    """Count entries by the values of a field."""
    state = state_of(as_asked(asked))
    request, notes = state.request()
    page = desk.searcher.search(replace(request, size=0))
    facet = desk.searcher.facet(request, asked.by, asked.prefix, asked.limit)
    groups, more = _groups(facet, state, asked)
    return replies.CountReply(
        basis=of_search(desk, request),
        query=state.text,
        total=page.total,
        occurrences=page.occurrences,
        by=asked.by,
        groups=groups,
        more=more,
        readings=readings_of(page),
        notes=notes_of((*notes, *filter_notes(state, desk.names), *page.notes)),
        address=desk.address(search_url(state)),
    )


def _groups(facet: Facet, state: SearchState, asked: Count) -> tuple[tuple[replies.Group, ...], int]:
    """Return the groups of what was found, and how many are left out.

    A facet counts as if its own filter were not set; of one that is, only the chosen values are of what was found.
    """
    chosen = state.selected(asked.by)
    shown = [each for each in facet.values if each.count and not each.excluded and (each.selected or not chosen)]
    if chosen:
        shown = [each for each in shown if each.value.startswith(asked.prefix)]
    left = max(0, len(shown) - asked.limit) + (0 if chosen else facet.more)
    return tuple(replies.Group(each.value, each.count) for each in shown[: asked.limit]), left


def state_of(args: dict[str, list[str]]) -> SearchState:
    """Return the search that arguments ask for, as the JSON interface has them; raises `Refused` for wrong ones."""
    state, wrong = from_args(args)
    refuse(wrong)
    return state


def refuse(wrong: Iterable[Told]) -> None:
    """Raise `Refused` if anything is wrong."""
    if said := answers.notes(wrong):
        raise Refused(said)


def arguments_of(state: SearchState) -> dict[str, Any]:
    """Return the arguments of `search` that ask for a search, without defaults."""
    args: dict[str, Any] = {"query": state.text}
    for each in state.filters:
        values = list(map(int, each.values)) if each.field == "year" else list(each.values)
        args[("not_" if each.exclude else "") + each.field] = values
    return args if state.sort == SORTS[0] else args | {"sort": state.sort}


def notes_of(told: Iterable[Told]) -> tuple[replies.Note, ...]:
    """Return notes in words."""
    return tuple(replies.Note(str(each.code), answers.note(each)) for each in told)


def readings_of(page: ResultPage) -> tuple[replies.Reading, ...]:
    """Return how the query's unquoted runs were read."""
    return tuple(replies.Reading(each.run, each.words, each.whole) for each in page.readings)


def _hits(desk: Desk, found: Answered) -> tuple[replies.Hit, ...]:
    return tuple(
        replies.Hit(
            **desk.facts(hit.entry),
            snippet="".join(span.text for span in hit.snippet),
            marked=tuple(span.text for span in hit.snippet if span.marked),
            reasons=tuple(map(answers.reason, hit.reasons)),
        )
        for hit in found.page.hits
    )


def _near(desk: Desk, found: Answered) -> tuple[replies.NearHit, ...]:
    return tuple(
        replies.NearHit(
            **desk.facts(hit.entry), snippet="".join(span.text for span in hit.snippet), has=hit.has, lacks=hit.lacks
        )
        for hit in found.near.hits
    )
