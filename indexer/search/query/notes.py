"""Defines the notes by which the grammar and the engines say where they departed from what was asked.

They are values: whoever shows them words them, in the reader's language.
"""

from enum import StrEnum

from msgspec import Struct


class NoteCode(StrEnum):
    """What a note says; scripts may rely on it.  The web app holds each one's wording."""

    TOO_LONG = "query-too-long"
    NOTHING_ASKED = "nothing-asked"
    STRAY_PARENTHESIS = "stray-parenthesis"
    UNCLOSED_PARENTHESIS = "unclosed-parenthesis"
    NESTED_TOO_DEEP = "nested-too-deep"
    NEAR_TOO_FAR = "near-too-far"
    NEAR_NEEDS_WORDS = "near-needs-words"
    NEAR_TOO_MANY = "near-too-many"
    ONLY_WILDCARDS = "only-wildcards"
    WILDCARDS_AT_END = "wildcards-at-end"
    WILDCARDS = "wildcards"
    ALIKE_WILDCARDS = "look-alikes-without-wildcards"
    FIELD_WITHOUT_WORDS = "field-without-words"
    FIELD_NEEDS_YEAR = "field-needs-year"
    UNCLOSED_QUOTE = "unclosed-quote"
    EMPTY_QUOTE = "empty-quote"
    LONE_HYPHEN = "lone-hyphen"
    ALIKE = "only-look-alikes"
    ALIKE_BEHIND = "look-alikes-behind"
    QUOTES_AS_WORDS = "quotes-as-words"
    PAST_END = "past-end"
    PAST_NEAREST = "past-nearest"


class Note(Struct, frozen=True, gc=False):
    """Something that a reader should know about an answer."""

    code: str
    """A `NoteCode`, or what the interface adds to them."""
    values: tuple[tuple[str, str | int], ...] = ()
    """What the wording needs, by name; the code decides which there are."""


def note(code: str, **values: str | int) -> Note:
    """Return a note with its values."""
    return Note(str(code), tuple(values.items()))
