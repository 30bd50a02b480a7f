"""Turns results into what is shown: JSON objects, and the values that templates read.  Independent of Flask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from indexer.model import Entry
from indexer.search.fields import FACETS, FIELDS, SCOPES, TEXT_FIELDS, section_named
from indexer.search.query.grammar import MAX_LENGTH
from indexer.search.query.leaves import leaves_of
from indexer.search.query.tree import Node
from indexer.search.shown.marks import find_marks
from indexer.search.shown.results import Facet, FacetValue, Hit, ResultPage, RunReading, Snippet, Span
from indexer.search.shown.snippet import marked
from search_app.web.alternatives import Alternative
from search_app.web.links import SearchState, form_arg

NO_TITLE = "（无题）"
NO_SECTION = "（未标栏目）"
MAX_QUERY = MAX_LENGTH
"""Most characters that a query box takes."""
GONE = "这一编号的条目已不在本库"
NEAREST = "相近条目"
NEAREST_WHY = "不含所查的全部词语，按相近程度排列"
NO_YEAR = "年份不详"
FACET_NAMES = {field: FIELDS[field].facet for field in FACETS}
ASKED = tuple(FIELDS[scope].asked for scope in SCOPES if scope != "title")
"""What a query may write before a colon, other than for the title and the year."""
SORT_NAMES = {"relevance": "相关度", "year-asc": "年份从早到晚", "year-desc": "年份从晚到早", "book": "书中顺序"}


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


def having(hit: Hit) -> str:
    """Return which of the query's words an entry that only comes near has, and which it lacks."""
    return "；".join(f"{what}：{'、'.join(words) or '（无）'}" for what, words in (("含", hit.has), ("缺", hit.lacks)))


def reading(read: RunReading, total: int) -> str:
    """Return how a run of the query was read, and how many of the entries found have it whole."""
    whole = f"，其中 {read.whole} 篇原样含有“{read.run}”" if total else ""
    return f"按“{'”“'.join(read.words)}”查找{whole}"


def search_json(
    state: SearchState, page: ResultPage, notes: Sequence[str], others: Sequence[Alternative]
) -> dict[str, Any]:
    """Return the answer of `/api/v1/search` and of `nianjian search --json`."""
    return {
        "query": state.text,
        "readings": [{"run": each.run, "words": list(each.words), "whole": each.whole} for each in page.readings],
        "total": page.total,
        "occurrences": page.occurrences,
        "page": state.page,
        "size": state.size,
        "hits": [_hit_json(state, hit) for hit in page.hits],
        "facets": {
            facet.field: [
                {
                    "value": each.value,
                    "count": each.count,
                    "selected": each.selected,
                    "excluded": each.excluded,
                }
                for each in facet.values
            ]
            for facet in page.facets
        },
        "notes": [*notes, *page.notes],
        "nearest": [_hit_json(state, hit) | {"has": list(hit.has), "lacks": list(hit.lacks)} for hit in page.nearest],
        "nearest_page": state.nearest_page,
        "nearest_more": page.nearest_more,
        "also": [{"query": other.state.text, "total": other.total} for other in others],
    }


def _hit_json(state: SearchState, hit: Hit) -> dict[str, Any]:
    found = {
        "id": hit.entry.id,
        "title": hit.entry.title,
        "heading": hit.entry.heading,
        "year": hit.entry.year,
        "section": hit.entry.section,
        "authors": list(hit.entry.authors),
        "url": hit.entry.url,
        "score": round(hit.score, 4),
        "snippet": [{"text": span.text, "marked": span.marked} for span in hit.snippet],
        "reasons": list(hit.reasons),
    }
    if state.explain:
        found["explain"] = [{"what": part.what, "score": part.score} for part in hit.parts]
    return found


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return the answer of `/api/v1/entry/<id>` and of `nianjian show --json`."""
    return entry.to_record()


def mark_entry(entry: Entry, node: Node | None) -> MarkedEntry:
    """Mark every place in an entry that a query matches."""
    leaves = leaves_of(node)
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
        searched=any(set(leaf.scopes) & set(TEXT_FIELDS) for leaf in leaves),
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


def facet_label(field: str, value: str) -> str:
    """Return a facet value as readers see it."""
    if field == "year":
        return NO_YEAR if value == "0" else f"{value} 年卷"
    return (section_named(value) or NO_SECTION) if field == "section" else value


def boxes(facet: Facet) -> list[tuple[str, str, str, FacetValue]]:
    """Return the check boxes of a facet: the name and value to send, the label, and the facet value itself."""
    return [(*form_arg(facet.field, each.value), facet_label(facet.field, each.value), each) for each in facet.values]


def applied(state: SearchState) -> list[tuple[str, str, SearchState]]:
    """Return each applied filter: what it is called, the value's label, and the search without it."""
    return [
        (
            f"除去{FACET_NAMES[each.field]}" if each.exclude else FACET_NAMES[each.field],
            facet_label(each.field, value),
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


def contents(entries: Iterable[Entry]) -> list[tuple[str, list[tuple[str, str, list[Entry]]]]]:
    """Return a volume's table of contents: its sections, each with its pages (heading, URL, entries)."""
    sections: dict[str, dict[str, list[Entry]]] = {}
    for entry in entries:
        sections.setdefault(entry.section, {}).setdefault(entry.url, []).append(entry)
    return [
        (section, [(listed[0].heading, url, listed) for url, listed in pages.items()])
        for section, pages in sections.items()
    ]


def facet_of(page: ResultPage, field: str) -> Facet:
    """Return one facet of a results page."""
    return next(facet for facet in page.facets if facet.field == field)


def gone(became: Gone) -> str:
    """Return the message that an id's entry is no longer in the archive."""
    return f"{GONE}；它原指《{became.title}》" if became.title else GONE
