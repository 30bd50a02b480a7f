"""What a search gives: plain values for page, JSON and scripts alike."""

from dataclasses import dataclass

from indexer.model import Entry


@dataclass(frozen=True, slots=True)
class Span:
    """A run of an entry's text as printed, marked when it matched."""

    text: str
    marked: bool


Snippet = tuple[Span, ...]
"""Consecutive spans; their texts together are the text shown."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found."""

    entry: Entry
    score: float
    title: Snippet
    snippet: Snippet
    reasons: tuple[str, ...]
    """Why it matched, in words for the reader."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet; `count` is the number of hits after choosing it."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The counts of one field; its own selection is left out of account."""

    field: str
    values: tuple[FacetValue, ...]
    more: int
    """How many further values have hits."""


@dataclass(frozen=True, slots=True)
class VolumeCount:
    """A volume that has entries."""

    volume: str
    year: int
    entries: int


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One page of hits with everything shown around them."""

    total: int
    occurrences: int
    """How often the query's strings stand in the entries found, each string counted without overlaps."""
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    notes: tuple[str, ...]
    """What the engine did other than asked, in words for the reader."""
