"""Entries in the making, and the pieces of a page that they are made of."""

from dataclasses import dataclass, field
from enum import StrEnum

from indexer.parse.problems import Code


class Kind(StrEnum):
    """What a piece of the page is."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    SIGNATURE = "signature"
    CAPTION = "caption"
    DROPPED = "dropped-frame-line"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters as printed."""

    kind: Kind
    text: str


@dataclass(slots=True)
class Draft:
    """An entry in the making; `title` is None for text that no bracketed title opens."""

    title: str | None
    url: str
    pieces: list[Piece] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    heading: str | None = None
    """What it stands under on its page; None for the page's own heading."""
    problems: list[tuple[Code, str]] = field(default_factory=list)
    """Code and the opening of the text it speaks of."""

    def texts(self, kind: Kind) -> tuple[str, ...]:
        """Give the texts of one kind in order."""
        return tuple(piece.text for piece in self.pieces if piece.kind == kind)
