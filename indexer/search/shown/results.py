"""What a search gives: plain values for page, JSON and scripts alike.

Structs of msgspec and not dataclasses: a page holds some two hundred of them, and they are made five times as fast.
"""

from msgspec import Struct

from indexer.model import Entry


class Span(Struct, frozen=True, gc=False):
    """A run of an entry's text as printed, marked when it matched."""

    text: str
    marked: bool


Snippet = tuple[Span, ...]
"""Consecutive spans; their texts together are the text shown."""


class ScorePart(Struct, frozen=True, gc=False):
    """Some of a hit's score, and what it is for, in words for the reader."""

    what: str
    score: float


class Hit(Struct, frozen=True):
    """One entry found."""

    entry: Entry
    score: float
    title: Snippet
    snippet: Snippet
    reasons: tuple[str, ...]
    """Why it matched, in words for the reader."""
    parts: tuple[ScorePart, ...] = ()
    """What the score is made of; empty unless asked for."""


class FacetValue(Struct, frozen=True, gc=False):
    """One value of a facet; `count` is the number of hits after choosing it."""

    value: str
    count: int
    selected: bool


class Facet(Struct, frozen=True):
    """The counts of one field; its own selection is left out of account."""

    field: str
    values: tuple[FacetValue, ...]
    more: int
    """How many further values have hits."""


class VolumeCount(Struct, frozen=True, gc=False):
    """A volume that has entries."""

    volume: str
    year: int
    entries: int


class ResultPage(Struct, frozen=True):
    """One page of hits with everything shown around them."""

    total: int
    occurrences: int
    """How often the query's strings stand in the entries found, places that overlap counted once; of a query that no
    entry matches, those that are marked."""
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    nearest: tuple[Hit, ...]
    """Where all hits stand on one page with room left: entries that do not match, but come nearest."""
    partly: bool
    """Whether no entry matches, and the hits are those that come nearest."""
    notes: tuple[str, ...]
    """What the engine did other than asked, in words for the reader."""
