"""Defines what kinds of things are suggested to somebody who types."""

from enum import StrEnum


class SuggestionKind(StrEnum):
    """What a suggestion is."""

    AUTHOR = "author"
    SECTION = "section"
    YEARBOOK = "yearbook"
    PHRASE = "phrase"
    """A word, or some words one behind the other, that many entries have."""
    TITLE = "title"
