"""Turns results into what is shown: JSON objects, and the values that templates read.  Independent of Flask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from indexer.model import Entry
from indexer.search.fields import FIELDS, SCOPES
from indexer.search.query.grammar import MAX_LENGTH
from indexer.search.shown.results import Hit
from search_app.shown.addresses import search_url
from search_app.shown.links import SearchState
from search_app.shown.naming import Names
from search_app.shown.searching.answered import Answered
from search_app.words import answers

MAX_QUERY = MAX_LENGTH
"""Most characters that a query box takes."""
ASKED = tuple(FIELDS[scope] for scope in SCOPES if scope != "title")
"""What a query may write before a colon, other than for the title and the year."""


@dataclass(frozen=True, slots=True)
class Former:
    """Another meaning that an id had until some day."""

    until: str
    """Day, ISO 8601."""
    title: str
    now: str | None
    """Id that has its text today; None if no entry has."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Why an id no longer belongs to an entry."""

    now: str | None
    """Id that has its text today; None if no entry has."""
    title: str
    """Title of its last meaning; empty for a page that was taken out of the archive."""


def search_json(found: Answered, root: str = "") -> dict[str, Any]:
    """Return the answer of `/api/v1/search` and of `nianjian search --json`; `root` is what addresses begin with.

    msgspec writes it.  Results whose names are those of their keys stand in it as they are: of the two hundred objects
    of an answer, most.
    """
    state, page, near = found.state, found.page, found.near
    return {
        "query": state.text,
        "generation": found.generation,
        "readings": [{"run": each.run, "words": list(each.words), "whole": each.whole} for each in page.readings],
        "total": page.total,
        "occurrences": page.occurrences,
        "page": state.page,
        "size": state.size,
        "hits": [_hit_json(found, hit) for hit in page.hits],
        "nearest": [_hit_json(found, hit) | {"has": list(hit.has), "lacks": list(hit.lacks)} for hit in near.hits],
        "nearest_page": state.nearest_page,
        "nearest_more": near.more,
        "ladder": [
            {
                "code": each.rung.code,
                "text": each.text,
                "query": each.state.text,
                "url": root + search_url(each.state),
                "total": each.rung.total,
            }
            for each in found.ladder
        ],
        "facets": {facet.field: {"values": facet.values, "more": facet.more} for facet in page.facets},
        "notes": answers.notes_json(found.notes),
        "also": [{"query": other.state.text, "total": other.total} for other in found.others],
    }


def _hit_json(answered: Answered, hit: Hit) -> dict[str, Any]:
    found = {
        "id": hit.entry.id,
        "yearbook": hit.entry.yearbook,
        "volume": hit.entry.volume,
        "year": hit.entry.year,
        "section": hit.entry.section,
        "heading": hit.entry.heading,
        "title": hit.entry.title,
        "authors": list(hit.entry.authors),
        "persons": answered.names.persons(hit.entry),
        "url": hit.entry.url,
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "reasons": [
            {
                "code": why.form,
                "text": answers.reason(why),
                "field": why.field,
                "strings": why.strings,
                "count": why.count,
            }
            for why in hit.reasons
        ],
    }
    if answered.state.explain:
        found["explain"] = [
            {"code": each.code, "text": answers.part(each), "string": each.text, "score": each.score}
            for each in hit.parts
        ]
    return found


def entry_json(entry: Entry, names: Names) -> dict[str, Any]:
    """Return the answer of `/api/v1/entry/<id>` and of `nianjian show --json`: a line of `entries.jsonl`, and who is who."""
    return entry.to_record() | {"persons": names.persons(entry)}


class Applied(NamedTuple):
    """A value by which a search is limited."""

    name: str
    """What the filter is called."""
    label: str
    without: SearchState
    """The search without it."""
    exclude: bool


def applied(state: SearchState, names: Names) -> list[Applied]:
    """Return each value that is chosen or excluded."""
    return [
        Applied(
            answers.filter_name(each),
            names.label(each.field, value),
            (state.including if each.exclude else state.removing)(each.field, value),
            each.exclude,
        )
        for each in state.filters
        for value in each.values
    ]


def by_volume(hits: Sequence[Hit], names: Names) -> list[tuple[str, list[tuple[int, Hit]]]]:
    """Group hits that are ordered by volume; each has its place among them all."""
    placed = groupby(enumerate(hits), key=lambda each: names.badge(each[1].entry))
    return [(volume, list(inside)) for volume, inside in placed]


class Turn(NamedTuple):
    """A page that can be turned to."""

    number: int
    """0 for a gap."""
    url: str
    is_here: bool


class Pages(NamedTuple):
    """Where a list of several pages can be turned."""

    before: str
    """Address; empty on the first page."""
    after: str
    """Address; empty on the last one."""
    turns: list[Turn]


def pages(page: int, last: int, url: Callable[[int], str]) -> Pages:
    """Return what leads to the other pages of a list; `url` gives the address of each."""
    turns = [Turn(number, url(number) if number else "", number == page) for number in pages_around(page, last)]
    return Pages(url(min(page - 1, last)) if page > 1 else "", url(page + 1) if page < last else "", turns)


def pages_around(page: int, last: int) -> list[int]:
    """Return the page numbers to offer: first, last, and those around the current one; 0 marks a gap."""
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    shown: list[int] = []
    for number in near:
        if shown and number - shown[-1] > 1:
            shown.append(0)
        shown.append(number)
    return shown
