"""Puts every occurrence of a search in its line: what stands left of it, itself, and what stands right of it."""

from collections.abc import Iterator

from msgspec import Struct

from indexer.model import Entry
from indexer.search.shown.marks import Found

ENTRY = "entry"
"""Lines follow one another as the entries of the request do, and within an entry as a reader meets them."""
SIDES = ("left", "right")
ORDERS = (ENTRY, *SIDES)
"""Orders of lines.  By `left` or `right` they are ordered by what stands there, read away from the occurrence; lines
that have the same there by year, then id, then place."""
COMPARED = 24
"""Characters of the folded string that are compared on that side, by their UTF-16 codes."""
WIDTH = 40
"""Characters shown on each side."""


class Occurrence(Struct, frozen=True, gc=False):
    """One occurrence in its line; texts are as printed."""

    entry: Entry
    field: str
    """One of `indexer.search.fields.SCOPES`."""
    start: int
    """Where in the field's string it begins, in characters."""
    left: str
    """Up to `WIDTH` characters before it, in the same string."""
    node: str
    right: str
    """Up to `WIDTH` characters after it."""


def occurrences_in(entry: Entry, found: Found) -> Iterator[Occurrence]:
    """Yield an entry's occurrences from its marks, in reading order."""
    for field, texts in found.items():
        for text, marks in texts:
            for start, end in marks.occurrences:
                left, right = text[max(0, start - WIDTH) : start], text[end : end + WIDTH]
                yield Occurrence(entry, field, start, left, text[start:end], right)
