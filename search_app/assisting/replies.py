"""Defines what each tool answers, as types that are the schema which an assistant reads.  Knows no protocol."""

from typing import Annotated, Any

from msgspec import Meta, Struct


def _said(text: str) -> Meta:
    return Meta(description=text)


class Note(Struct, frozen=True):
    """Something to know about the question or the answer."""

    code: str
    text: str


class Basis(Struct, frozen=True, kw_only=True):
    """What an answer rests on."""

    generation: Annotated[str, _said("Name of the published state of the archive that answered.")]
    entries: Annotated[int, _said("Entries in that generation.")]
    compared: Annotated[
        int, _said("Entries that pass the filters; every one of them was compared with the query. 0: no query.")
    ]
    exact: Annotated[
        bool,
        _said(
            "True: every string was compared character by character as printed, so that a total of 0 proves absence. "
            "False: words were also found in other forms, so that matches may differ from what was typed."
        ),
    ]
    how: Annotated[str, _said("In words: what was compared, and how.")]
    read_as: Annotated[
        str, _said("The query as it was read, written again; empty if none was, or nobody could type it.")
    ] = ""
    sought: Annotated[tuple[str, ...], _said("Each string that was looked for, and what counted as the same.")] = ()
    warning: Annotated[str, _said("Where the archive is not in order; empty if it is.")] = ""


class Named(Struct, frozen=True, kw_only=True):
    """An entry, with all that it takes to cite it."""

    id: str
    title: Annotated[str, _said("As printed; empty if it has none.")]
    citation: Annotated[str, _said("Reference in the form of GB/T 7714—2015, as read today.")]
    address: Annotated[str, _said("Where it is read: in the archive or, if that has no public address, on its site.")]
    yearbook: str
    volume: Annotated[str, _said("Id of the volume.")]
    year: Annotated[int, _said("Year in the volume's name; 0 if unknown.")]
    section: Annotated[str, _said("As printed; empty if it has none.")]
    authors: Annotated[tuple[str, ...], _said("Signatures as printed.")]
    persons: Annotated[tuple[str, ...], _said("Who that is, as the archive's keepers have decided.")]


class Hit(Named, frozen=True, kw_only=True):
    """An entry that matches."""

    snippet: Annotated[str, _said("A piece of its text as printed.")]
    marked: Annotated[tuple[str, ...], _said("The strings in the snippet that matched.")]
    reasons: Annotated[tuple[str, ...], _said("Where and how it matched, field by field.")]


class NearHit(Named, frozen=True, kw_only=True):
    """An entry that does not match, and only comes near."""

    snippet: str
    has: Annotated[tuple[str, ...], _said("Words of the query that it has.")]
    lacks: Annotated[tuple[str, ...], _said("Words of the query that it lacks.")]


class Reading(Struct, frozen=True):
    """How an unquoted run was cut into words."""

    run: str
    words: tuple[str, ...]
    whole: Annotated[int, _said("How many of the entries found have the run as it stands.")]


class Step(Struct, frozen=True):
    """Another search, where this one finds little."""

    does: Annotated[str, _said("What it changes.")]
    arguments: Annotated[dict[str, Any], _said("Arguments of `search`.")]
    total: Annotated[int, _said("How many entries it finds.")]


class SearchReply(Struct, frozen=True, kw_only=True):
    """Answer of `search`."""

    basis: Basis
    query: str
    total: Annotated[int, _said("Entries that match, all of them; exact.")]
    occurrences: Annotated[int | None, _said("Places in them that match; null if they cannot be counted.")]
    page: int
    size: int
    hits: tuple[Hit, ...]
    more: Annotated[int, _said("Matching entries behind this page.")]
    next_page: Annotated[int | None, _said("Page that goes on; null if nothing is left.")]
    readings: tuple[Reading, ...]
    nearest: Annotated[tuple[NearHit, ...], _said("Entries that do NOT match and are in no count, but come near.")]
    nearest_next_page: Annotated[int | None, _said("`nearest_page` that goes on; null if nothing is left.")]
    instead: Annotated[tuple[Step, ...], _said("Other searches, from strict to loose, where little is found.")]
    also: Annotated[tuple[Step, ...], _said("The same by other names, which were not applied.")]
    notes: tuple[Note, ...]
    address: Annotated[str, _said("Page of these results for a reader; empty if the archive has no public address.")]


class Group(Struct, frozen=True):
    """Entries that have a value."""

    value: Annotated[str, _said("What to filter by; `-` where it is unknown.")]
    count: Annotated[int, _said("Entries found that have it.")]


class CountReply(Struct, frozen=True, kw_only=True):
    """Answer of `count`."""

    basis: Basis
    query: str
    total: Annotated[int, _said("Entries that match, all of them; exact.")]
    occurrences: Annotated[int | None, _said("Places in them that match; null if they cannot be counted.")]
    by: str
    groups: Annotated[tuple[Group, ...], _said("Of a field that you filter by, only the values that you chose.")]
    more: Annotated[int, _said("Groups that are not listed; ask with `prefix`, a filter or a greater `limit`.")]
    readings: tuple[Reading, ...]
    notes: tuple[Note, ...]
    address: str


class Line(Struct, frozen=True):
    """An occurrence in its line."""

    id: Annotated[str, _said("The entry, which is in `entries`.")]
    field: Annotated[str, _said("Part of the entry.")]
    start: Annotated[int, _said("Where in that part it begins, in characters; of the body, an offset of `read_entry`.")]
    left: str
    node: Annotated[str, _said("What matched, as printed.")]
    right: str


class ConcordanceReply(Struct, frozen=True, kw_only=True):
    """Answer of `concordance`."""

    basis: Basis
    query: str
    total: Annotated[int, _said("Occurrences, all of them; exact.")]
    page: int
    size: int
    sort: str
    lines: tuple[Line, ...]
    entries: Annotated[tuple[Named, ...], _said("The entries of these lines, each once.")]
    more: Annotated[int, _said("Occurrences behind this page.")]
    next_page: int | None
    notes: tuple[Note, ...]
    address: str


class VolumeFigures(Struct, frozen=True, kw_only=True):
    """How much of a search stands in a volume."""

    yearbook: str
    volume: str
    year: int
    found: Annotated[int, _said("Entries that match.")]
    occurrences: int
    found_per_100000: Annotated[float, _said("Per 100,000 characters of the volume's text.")]
    occurrences_per_100000: float
    entries: Annotated[int, _said("Entries of the volume that pass the filters.")]
    characters: int


class Searched(Struct, frozen=True, kw_only=True):
    """One search through the volumes."""

    query: str
    found: Annotated[int, _said("Entries that match, in all volumes.")]
    occurrences: int
    basis: Basis
    volumes: tuple[VolumeFigures, ...]
    notes: tuple[Note, ...]


class TrendReply(Struct, frozen=True, kw_only=True):
    """Answer of `trend`."""

    searches: tuple[Searched, ...]
    address: str


class Former(Struct, frozen=True):
    """What the id meant before."""

    until: Annotated[str, _said("Day, ISO 8601.")]
    title: str
    now: Annotated[str | None, _said("Id that has that text today; null if none has.")]


class EntryReply(Named, frozen=True, kw_only=True):
    """Answer of `read_entry`: a piece of an entry's text."""

    basis: Basis
    heading: Annotated[str, _said("What is printed above its page.")]
    source: Annotated[str, _said("URL of its page on the yearbook's site.")]
    text: Annotated[
        str,
        _said("The piece, as printed: of the body, followed by captions and signature, each on a line; cells by tabs."),
    ]
    offset: int
    characters: Annotated[int, _said("Length of the whole text.")]
    more: Annotated[int, _said("Characters behind this piece.")]
    next_offset: Annotated[int | None, _said("`offset` of the next piece; null if this is the last.")]
    former: tuple[Former, ...]


class Volume(Struct, frozen=True, kw_only=True):
    """A volume that has entries."""

    volume: Annotated[str, _said("Its id, by which it is filtered.")]
    yearbook: str
    title: str
    year: Annotated[int, _said("Year in its name; 0 if unknown.")]
    covers_year: Annotated[int, _said("Year whose events it records; 0 if unknown.")]
    entries: int
    editor: str
    publisher: str
    address: str


class VolumesReply(Struct, frozen=True, kw_only=True):
    """Answer of `list_volumes`."""

    basis: Basis
    total: int
    volumes: tuple[Volume, ...]
    more: int
    next_page: int | None


Reply = SearchReply | CountReply | ConcordanceReply | TrendReply | EntryReply | VolumesReply
