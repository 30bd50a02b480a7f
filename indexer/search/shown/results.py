"""Defines the result of a search as plain values, for pages, JSON and scripts alike.

They are msgspec structs rather than dataclasses because a page holds some two hundred of them, and they are created
five times as fast.
"""

from enum import StrEnum

from msgspec import Struct

from indexer.model import Entry
from indexer.search.query.notes import Note


class Span(Struct, frozen=True, gc=False):
    """A piece of an entry's text as printed; `marked` if the query matched it."""

    text: str
    marked: bool


Snippet = tuple[Span, ...]
"""Consecutive spans; joined, their texts are the text shown."""


class Form(StrEnum):
    """How a string as printed relates to what was asked."""

    PRINTED = "printed"
    """It is the string asked for."""
    VARIANT = "variant"
    """It means the same: traditional for simplified characters, digits written otherwise."""
    ALIKE = "alike"
    """It only looks like it: a misprint or misreading, or another word."""


class Printed(Struct, frozen=True, gc=False):
    """A string that the query matched, as printed."""

    text: str
    form: Form = Form.PRINTED
    meant: str = ""
    """What was asked for, folded; empty if the string is that itself."""


class Reason(Struct, frozen=True):
    """Why an entry was found, of one field."""

    field: str
    """One of `indexer.search.fields.SCOPES`."""
    form: Form
    """The form of that string among all that were matched which is farthest from what was asked."""
    strings: tuple[Printed, ...]
    """Three different ones, the first; one of `form` among them."""
    count: int
    """How many places are marked in the field."""


class PartCode(StrEnum):
    """What a part of a score was given for."""

    WORD = "word"
    BIGRAM = "bigram"
    ALIKE = "alike"
    """A word that the entry has only as a look-alike."""
    TOGETHER = "together"
    """A run of words that stands together."""
    TOGETHER_IN_TITLE = "together-in-title"
    CHARACTERS = "characters"
    """The single characters of the words that say something; of entries that come near."""
    WINDOW = "window"
    """What stands close together; of entries that come near."""
    COVERED = "covered"
    """How many of several runs of words it has; of entries that come near."""
    AS_MEANT = "as-meant"
    """Nothing in the entry is only a look-alike."""


class ScorePart(Struct, frozen=True, gc=False):
    """One part of a hit's score."""

    code: PartCode
    text: str
    """The word, bigram or run; empty where the code needs none."""
    score: float


class Hit(Struct, frozen=True):
    """One entry found."""

    entry: Entry
    score: float
    title: Snippet
    snippet: Snippet
    reasons: tuple[Reason, ...]
    parts: tuple[ScorePart, ...] = ()
    """What the score is made of; empty unless the request asked for it."""
    has: tuple[str, ...] = ()
    """Of an entry that only comes near: the query's words that it has, in the query's order."""
    lacks: tuple[str, ...] = ()
    """And those that it has not."""


class Evidence(Struct, frozen=True):
    """What an engine says of an entry that comes near a query without matching it."""

    id: str
    points: float
    """Its score, as hits are scored; comparable within one answer."""
    had: tuple[str, ...]
    """The words of the query that it has, in the query's order."""
    parts: tuple[ScorePart, ...] = ()
    """What the points are made of; empty unless the request asked for it."""


class EntryFound(Struct, frozen=True):
    """An entry that matches, and how often what was sought stands in it."""

    entry: Entry
    occurrences: int
    """0 where the search has filters alone."""


class Similar(Struct, frozen=True):
    """An entry that shares rare words with another one."""

    entry: Entry
    words: tuple[str, ...]
    """Words that both have, folded, the rarest first; four at most."""


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

    yearbook: str
    """Title of the yearbook; empty if the entries do not say it."""
    volume: str
    year: int
    entries: int


class VolumeFound(Struct, frozen=True, gc=False):
    """How much of a search stands in a volume."""

    yearbook: str
    volume: str
    year: int
    found: int
    """Entries that match."""
    occurrences: int
    entries: int
    """Entries that pass the search's filters, whether or not they match."""
    characters: int
    """Characters of these entries' texts, folded, which leaves out white space."""


class RunReading(Struct, frozen=True, gc=False):
    """How an unquoted run of a query was read, if it was cut into several words."""

    run: str
    """As typed."""
    words: tuple[str, ...]
    """What each entry found has, in whatever place."""
    whole: int
    """How many of the entries found have the run as it stands, as a quoted search for it finds them."""


class ResultPage(Struct, frozen=True):
    """One page of hits, with the facets and notes shown around them; it speaks of entries that match only."""

    total: int
    occurrences: int | None
    """How often the query's strings stand in the entries found; overlapping places count once.  None if the engine
    cannot count them exactly."""
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    readings: tuple[RunReading, ...]
    """How the query's unquoted runs were read; only those that were cut."""
    notes: tuple[Note, ...]
    """Where the engine departed from the request."""


class Nearest(Struct, frozen=True):
    """One page of the entries that come near a query that none or few match."""

    hits: tuple[Hit, ...] = ()
    """Best first; each says which of the words it has and lacks."""
    more: bool = False
    """Whether another page follows."""
    notes: tuple[Note, ...] = ()
