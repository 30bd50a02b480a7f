"""Defines the result of a search as plain values, for pages, JSON and scripts alike.

They are msgspec structs rather than dataclasses because a page holds some two hundred of them, and they are created
five times as fast.
"""

from msgspec import Struct

from indexer.model import Entry


class Span(Struct, frozen=True, gc=False):
    """A piece of an entry's text as printed; `marked` if the query matched it."""

    text: str
    marked: bool


Snippet = tuple[Span, ...]
"""Consecutive spans; joined, their texts are the text shown."""


class ScorePart(Struct, frozen=True, gc=False):
    """One part of a hit's score, and what it was given for, in words for the reader."""

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
    """What the score is made of; empty unless the request asked for it."""
    has: tuple[str, ...] = ()
    """Of an entry that only comes near: the query's words that it has, in the query's order."""
    lacks: tuple[str, ...] = ()
    """And those that it has not."""


class FacetValue(Struct, frozen=True, gc=False):
    """One value of a facet; `count` is the number of hits once it alone is chosen, and no longer excluded."""

    value: str
    count: int
    selected: bool
    excluded: bool = False


class Facet(Struct, frozen=True):
    """The counts of one facet, made without the facet's own selection so that other values stay visible."""

    field: str
    values: tuple[FacetValue, ...]
    more: int
    """How many further values have hits but are not listed."""


class VolumeCount(Struct, frozen=True, gc=False):
    """A volume and how many entries it has."""

    volume: str
    year: int
    entries: int


class RunReading(Struct, frozen=True, gc=False):
    """How an unquoted run of a query was read, if it was cut into several words."""

    run: str
    """As typed."""
    words: tuple[str, ...]
    """What each entry found has, in whatever place."""
    whole: int
    """How many of the entries found have the run as it stands, as a quoted search for it finds them."""


class ResultPage(Struct, frozen=True):
    """One page of hits, with the facets and notes shown around them."""

    total: int
    occurrences: int
    """How often the query's strings stand in the entries found; overlapping places count once."""
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    nearest: tuple[Hit, ...]
    """Entries that do not match but come near, best first; listed if fewer than five entries match."""
    nearest_more: bool
    """Whether another page of them follows."""
    readings: tuple[RunReading, ...]
    """How the query's unquoted runs were read; only those that were cut."""
    notes: tuple[str, ...]
    """Where the engine departed from the request, in words for the reader."""
