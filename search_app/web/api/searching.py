"""Answers what a search finds, how it is counted by a facet, and what may be meant by what somebody types."""

from flask import current_app
from werkzeug.sansio.response import Response

from indexer.search.fields import FACET_LIMIT, FILTERS
from indexer.search.query.notes import Note
from indexer.search.shown.suggestions import MOST, SHOWN
from search_app.shown.links import from_args, number_of
from search_app.shown.present import search_json
from search_app.shown.searching.answered import answer, filter_notes
from search_app.shown.searching.suggested import offers, suggest_json
from search_app.web.api.freshness import answer_of
from search_app.web.api.refusing import arguments, given, refuse
from search_app.web.current import current_archive, current_site
from search_app.web.errors import Problem
from search_app.words import answers
from search_app.words.language import gettext

MAX_FACET = 10_000
"""Most values of a facet that one answer lists; further ones are come to by a prefix."""


def search() -> Response:
    """Answer a search; an invalid argument is refused with status 400."""
    state, wrong = from_args(arguments())
    refuse(wrong)
    now = current_archive().answering()
    answer_of(now.version)
    return current_app.json.response(search_json(answer(state, now.searcher, now.names), current_site().path))


def suggest() -> Response:
    """Answer what may be meant by what somebody has typed; of what means nothing, an empty list."""
    text = given("q")
    wrong: list[Note] = []
    limit = number_of(arguments(), "limit", SHOWN, 1, MOST, wrong)
    refuse(wrong)
    now = current_archive().answering()
    answer_of(now.version)
    found = offers(text, now.searcher, limit)
    return current_app.json.response(suggest_json(text, now.searcher.generation, found, current_site().path))


def facet(field: str) -> Response:
    """Answer with the values of one facet under a search, those that begin so."""
    if field not in FILTERS:
        said = gettext("没有“{field}”这一分面，只有 {known}")
        known = answers.listed(FILTERS)
        raise Problem(404, "no-such-facet", said.format(field=field, known=known), known=list(FILTERS))
    args = arguments()
    state, notes = from_args(args)
    wrong = list(notes)
    limit = number_of(args, "limit", FACET_LIMIT, 1, MAX_FACET, wrong)
    refuse(wrong)
    now = current_archive().answering()
    answer_of(now.version)
    prefix = given("prefix")
    asked, told = state.request()
    found = now.searcher.facet(asked, field, prefix, limit)
    return current_app.json.response(
        {
            "query": state.text,
            "generation": now.searcher.generation,
            "field": field,
            "prefix": prefix,
            "limit": limit,
            "values": found.values,
            "more": found.more,
            "notes": answers.notes_json((*told, *filter_notes(state, now.names))),
        }
    )
