"""Builds hits: an entry with its marks, its snippet and the reasons why it was found; every engine uses it."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from indexer.model import Entry
from indexer.search.query.terms import Term
from indexer.search.shown.marks import Found
from indexer.search.shown.results import Form, Hit, Printed, Reason, ScorePart, Snippet
from indexer.search.shown.snippet import marked, snippet
from indexer.text.fold import fold
from indexer.text.variants import likened

_SHOWN = 3
"""Different strings that a reason quotes."""
_FARTHEST = {form: rank for rank, form in enumerate(Form)}


class Highlights(Struct, frozen=True, gc=False):
    """What a query marks in an entry, whatever else is asked."""

    title: Snippet
    snippet: Snippet
    reasons: tuple[Reason, ...]


def highlights(entry: Entry, found: Found, meant: Callable[[str], Printed] | None) -> Highlights:
    """Return an entry's title, snippet and reasons, made from its marks.

    `meant` returns what a printed string was taken for; with None each is taken for itself.
    """
    title = found["title"][0][1].ranges if "title" in found else ()
    reasons = tuple([_reason(field, found, meant) for field in found])
    return Highlights(marked(entry.title, title), _best_snippet(entry, found), reasons)


def make_hit(
    entry: Entry,
    score: float,
    found: Found,
    meant: Callable[[str], Printed] | None,
    parts: tuple[ScorePart, ...] = (),
    has: tuple[str, ...] = (),
    lacks: tuple[str, ...] = (),
) -> Hit:
    """Build an entry's hit from its marks; for the rest see `Hit`."""
    made = highlights(entry, found, meant)
    return Hit(entry, score, made.title, made.snippet, made.reasons, parts, has, lacks)


def taken_for(printed: str, terms: Iterable[Term]) -> Printed:
    """Return what a printed string was taken for: itself if it is one of the terms, else a term in another form."""
    folded = fold(printed)
    asked = list(terms)
    if any(folded == term.text for term in asked):
        return Printed(printed)
    for term in asked:
        if likened(folded, term.likeness) != term.pattern:
            continue
        plain = term.as_meant
        form = Form.VARIANT if likened(folded, plain.likeness) == plain.pattern else Form.ALIKE
        return Printed(printed, form, term.text)
    return Printed(printed)


def _best_snippet(entry: Entry, found: Found) -> Snippet:
    """Return a snippet of the body if it matches; else of a matching caption or signature; else the body's opening."""
    for field in ("body", "captions", "signature"):
        for text, marks in found.get(field, ()):
            if marks.ranges:
                return snippet(text, marks.ranges)
    return snippet(entry.body, ())


def _reason(field: str, found: Found, meant: Callable[[str], Printed] | None) -> Reason:
    texts = found[field]
    count = sum([marks.count for _, marks in texts])
    different = list(dict.fromkeys([text[start:end] for text, marks in texts for start, end in marks.pieces]))
    if meant is None:
        return Reason(field, Form.PRINTED, tuple(map(Printed, different[:_SHOWN])), count)
    strings = tuple(map(meant, different))
    farthest = max(strings, key=lambda each: _FARTHEST[each.form])
    first = strings[:_SHOWN]
    if farthest.form not in [each.form for each in first]:
        first = (*first[:-1], farthest)
    return Reason(field, farthest.form, first, count)
