"""Builds hits: an entry with its marks, its snippet and the reasons why it was found."""

from collections.abc import Callable, Iterable

from indexer.model import Entry
from indexer.search.fields import FIELDS
from indexer.search.query.terms import Term
from indexer.search.shown.results import Hit, ScorePart, Snippet
from indexer.search.shown.snippet import marked, snippet
from indexer.search.whoosh.answering.pagemarks import Found
from indexer.text.fold import fold
from indexer.text.variants import likened

_SHOWN = 3
"""Matched strings that a reason quotes."""
_LENGTH = 40
"""Characters shown of each such string."""


def make_hit(
    entry: Entry, score: float, found: Found, meant: Callable[[str], str], parts: tuple[ScorePart, ...] = ()
) -> Hit:
    """Build an entry's hit from its marks.

    `meant` returns, for a printed string, a remark on what it was taken for if not for itself, else an empty string.
    """
    title = found["title"][0][1].ranges if "title" in found else ()
    reasons = tuple(_reasons(found, meant))
    return Hit(entry, score, marked(entry.title, title), _best_snippet(entry, found), reasons, parts)


def _best_snippet(entry: Entry, found: Found) -> Snippet:
    """Return a snippet of the body if it matches; else of a matching caption or signature; else the body's opening."""
    for scope in ("body", "captions", "signature"):
        for text, marks in found.get(scope, ()):
            if marks.ranges:
                return snippet(text, marks.ranges)
    return snippet(entry.body, ())


def _reasons(found: Found, meant: Callable[[str], str]) -> list[str]:
    reasons = []
    for scope, texts in found.items():
        count = sum([marks.count for _, marks in texts])
        strings = list(dict.fromkeys([text[start:end] for text, marks in texts for start, end in marks.pieces]))
        shown = "".join([f"“{_short(string)}”{meant(string)}" for string in strings[:_SHOWN]])
        reasons.append(f"{FIELDS[scope].label}含{shown} {count} 处")
    return reasons


def meaning(printed: str, terms: Iterable[Term]) -> str:
    """Return a remark on which term a printed string was taken for and how; empty if it is the term itself."""
    folded = fold(printed)
    for term in terms:
        if folded == term.text or likened(folded, term.likeness) != term.pattern:
            continue
        plain = term.as_meant
        how = "同" if likened(folded, plain.likeness) == plain.pattern else "形近"
        return f"（{how}“{term.text}”）"
    return ""


def _short(string: str) -> str:
    return string if len(string) <= _LENGTH else f"{string[:_LENGTH]}…"
