"""Makes hits: an entry with its marks, its snippet and the reasons why it was found; knows no index."""

from collections.abc import Sequence

from indexer.model import Entry
from indexer.search.fields import LABELS, SCOPES, field_texts
from indexer.search.marks import Leaf, Marks, find_marks
from indexer.search.results import Hit, Snippet
from indexer.search.snippet import marked, snippet

_SHOWN = 3
"""Strings that a reason names."""


def make_hit(entry: Entry, score: float, leaves: Sequence[Leaf]) -> Hit:
    """Mark an entry for the results page."""
    texts = field_texts(entry)
    found = {scope: [(text, find_marks(leaves, scope, text)) for text in texts[scope]] for scope in SCOPES}
    return Hit(
        entry=entry,
        score=score,
        title=marked(entry.title, found["title"][0][1].ranges),
        snippet=_best_snippet(found),
        reasons=tuple(_reasons(found)),
    )


def _best_snippet(found: dict[str, list[tuple[str, Marks]]]) -> Snippet:
    """Show the body where it matches; else a caption or the signature that does; else the body's opening."""
    for scope in ("body", "captions", "signature"):
        for text, marks in found[scope]:
            if marks.ranges:
                return snippet(text, marks.ranges)
    return snippet(found["body"][0][0], ())


def _reasons(found: dict[str, list[tuple[str, Marks]]]) -> list[str]:
    reasons = []
    for scope, texts in found.items():
        count = sum(marks.count for _, marks in texts)
        if count:
            strings = dict.fromkeys(text[start:end] for text, marks in texts for start, end in marks.ranges)
            shown = "".join(f"“{string}”" for string in list(strings)[:_SHOWN])
            reasons.append(f"{LABELS[scope]}含{shown} {count} 处")
    return reasons
