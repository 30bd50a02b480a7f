"""Turns results into what is shown: JSON objects, and the values that templates read.  Independent of Flask."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from indexer.model import Entry
from indexer.search.fields import APART, FIELDS, SCOPES
from indexer.search.query.grammar import MAX_LENGTH
from indexer.search.query.plan import resolve
from indexer.search.query.tree import Node
from indexer.search.shown.marks import find_marks
from indexer.search.shown.results import Facet, FacetValue, Hit, Reason, ResultPage, Snippet, Span
from indexer.search.shown.snippet import marked
from search_app.shown.answered import Answered
from search_app.shown.links import SearchState, form_arg, search_url
from search_app.shown.naming import Names
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


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or, if `rows` is filled, a table."""

    spans: Snippet = ()
    rows: tuple[tuple[Snippet, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedEntry:
    """An entry with a search's marks on it."""

    entry: Entry
    title: Snippet
    heading: Snippet
    """Empty if the heading is the same as the title."""
    blocks: tuple[Block, ...]
    signature: Snippet
    captions: tuple[Snippet, ...]
    marks: int
    """How often the search's strings occur in it."""
    searched: bool
    """Whether the search has strings to mark at all."""


def search_json(found: Answered, root: str = "") -> dict[str, Any]:
    """Return the answer of `/api/v1/search` and of `nianjian search --json`; `root` is what addresses begin with."""
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
        "facets": {facet.field: _facet_json(facet) for facet in page.facets},
        "notes": answers.notes_json(found.notes),
        "also": [{"query": other.state.text, "total": other.total} for other in found.others],
    }


def _facet_json(facet: Facet) -> dict[str, Any]:
    values = [
        {"value": each.value, "count": each.count, "selected": each.selected, "excluded": each.excluded}
        for each in facet.values
    ]
    return {"values": values, "more": facet.more}


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
        "snippet": [{"text": span.text, "marked": span.marked} for span in hit.snippet],
        "reasons": list(map(_reason_json, hit.reasons)),
    }
    if answered.state.explain:
        found["explain"] = [
            {"code": each.code, "text": answers.part(each), "string": each.text, "score": each.score}
            for each in hit.parts
        ]
    return found


def _reason_json(why: Reason) -> dict[str, Any]:
    strings = [{"text": each.text, "form": each.form, "meant": each.meant} for each in why.strings]
    return {"code": why.form, "text": answers.reason(why), "field": why.field, "strings": strings, "count": why.count}


def entry_json(entry: Entry, names: Names) -> dict[str, Any]:
    """Return the answer of `/api/v1/entry/<id>` and of `nianjian show --json`: a line of `entries.jsonl`, and who is who."""
    return entry.to_record() | {"persons": names.persons(entry)}


def mark_entry(entry: Entry, node: Node | None) -> MarkedEntry:
    """Mark every place in an entry that a query matches."""
    leaves = resolve(node).leaves
    count = 0

    def spans(scope: str, text: str) -> Snippet:
        nonlocal count
        found = find_marks(leaves, scope, text)
        count += found.count
        return marked(text, found.ranges)

    return MarkedEntry(
        entry=entry,
        title=spans("title", entry.title),
        heading=spans("heading", entry.heading) if entry.heading != entry.title else (),
        blocks=blocks(spans("body", entry.body)),
        signature=spans("signature", entry.signature),
        captions=tuple(spans("captions", caption) for caption in entry.captions),
        marks=count,
        searched=any(leaf.scope not in APART for leaf in leaves),
    )


def blocks(text: Snippet) -> tuple[Block, ...]:
    """Split a marked body into paragraphs, and tables made of consecutive rows of cells."""
    found: list[Block] = []
    paragraphs = [(line, any("\t" in span.text for span in line)) for line in split_spans(text, "\n")]
    for is_table, lines in groupby(paragraphs, key=lambda each: each[1]):
        if is_table:
            found.append(Block(rows=tuple(tuple(split_spans(line, "\t")) for line, _ in lines)))
        else:
            found += [Block(spans=line) for line, _ in lines if line]
    return tuple(found)


def split_spans(text: Snippet, separator: str) -> list[Snippet]:
    """Split marked text at a separator, keeping the marks; a mark across the separator continues after it."""
    parts: list[list[Span]] = [[]]
    for span in text:
        for at, piece in enumerate(span.text.split(separator)):
            if at:
                parts.append([])
            if piece:
                parts[-1].append(Span(piece, span.marked))
    return [tuple(part) for part in parts]


def boxes(facet: Facet, names: Names) -> list[tuple[str, str, str, FacetValue]]:
    """Return the check boxes of a facet: the name and value to send, the label, and the facet value itself."""
    return [(*form_arg(facet.field, each.value), names.label(facet.field, each.value), each) for each in facet.values]


def shown_facets(page: ResultPage, names: Names) -> list[Facet]:
    """Return the facets that tell a reader something: those with values, and yearbooks only if there are several."""
    return [each for each in page.facets if each.values and (each.field != "yearbook" or names.several)]


def applied(state: SearchState, names: Names) -> list[tuple[str, str, SearchState]]:
    """Return each applied filter: what it is called, the value's label, and the search without it."""
    return [
        (
            answers.filter_name(each),
            names.label(each.field, value),
            (state.including if each.exclude else state.removing)(each.field, value),
        )
        for each in state.filters
        for value in each.values
    ]


def pages_around(page: int, last: int) -> list[int]:
    """Return the page numbers to offer: first, last, and those around the current one; 0 marks a gap."""
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    shown: list[int] = []
    for number in near:
        if shown and number - shown[-1] > 1:
            shown.append(0)
        shown.append(number)
    return shown


def facet_of(page: ResultPage, field: str) -> Facet:
    """Return one facet of a results page."""
    return next(facet for facet in page.facets if facet.field == field)
