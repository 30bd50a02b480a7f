"""Makes hits: an entry with its marks, its snippet and the reasons why it was found; knows no index."""

from indexer.model import Entry
from indexer.search.fields import LABELS
from indexer.search.results import Hit, Snippet
from indexer.search.snippet import marked, snippet
from indexer.search.whoosh.spots import Found

_SHOWN = 3
"""Strings that a reason names."""
_LENGTH = 40
"""Characters it shows of each."""


def make_hit(entry: Entry, score: float, found: Found) -> Hit:
    """Mark an entry for the results page."""
    title = found["title"][0][1].ranges if "title" in found else ()
    return Hit(entry, score, marked(entry.title, title), _best_snippet(entry, found), tuple(_reasons(found)))


def _best_snippet(entry: Entry, found: Found) -> Snippet:
    """Show the body where it matches; else a caption or the signature that does; else the body's opening."""
    for scope in ("body", "captions", "signature"):
        for text, marks in found.get(scope, ()):
            if marks.ranges:
                return snippet(text, marks.ranges)
    return snippet(entry.body, ())


def _reasons(found: Found) -> list[str]:
    reasons = []
    for scope, texts in found.items():
        count = sum(marks.count for _, marks in texts)
        strings = dict.fromkeys(text[start:end] for text, marks in texts for start, end in marks.ranges)
        shown = "".join(f"“{_short(string)}”" for string in list(strings)[:_SHOWN])
        reasons.append(f"{LABELS[scope]}含{shown} {count} 处")
    return reasons


def _short(string: str) -> str:
    return string if len(string) <= _LENGTH else f"{string[:_LENGTH]}…"
