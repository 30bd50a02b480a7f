"""Defines drafts of entries and the pieces of a page they consist of, each with the rule that decided its kind."""

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
    AUTHOR = "author"
    """Whom a signature names.  Only the preview tells this and the next kind apart; parsing leaves it in the
    signature."""
    UNKNOWN = "not-understood"


class Rule(StrEnum):
    """What decided a piece's kind; `layout:` is followed by a key of the page's layout row."""

    TITLE_BRACKETS = "layout:title_brackets"
    TITLE_TAG = "layout:title_tag"
    TITLE_QUOTE = "title-quote"
    TITLE_BOLD = "title-bold"
    TITLE_COLOUR = "title-colour"
    TITLE_HEADING = "title-heading-tag"
    TITLE_MARK = "title-mark"
    TITLE_NUMBER = "title-number"
    TITLE_CENTRED = "title-centred"
    TITLE_APART = "title-set-apart"

    HEADING_RULE = "layout:rule"
    HEADING_TAG = "layout:heading_tag"
    HEADING_FIRST = "heading-first-line"
    HEADING_APART = "heading-set-apart"
    HEADING_PLACE = "heading-by-place"
    MONTH = "layout:month"
    YEAR = "year-line"

    TEXT = "text"
    ITEM_DATE = "item-date"
    ROLL = "layout:roll"

    CLOSING = "closing-parenthesis"
    LABELLED = "by-line-labelled"
    NAMES = "by-line-names"
    SYSTEM = "layout:system"

    OFFICER = "layout:officer"
    PHOTO = "photo-credit"
    IMAGE = "beside-image"
    SPEECH = "speech-block"
    UNDER_HEADING = "under-heading"

    PAGER = "layout:pager"
    HYPHENS = "row-of-hyphens"
    AFTER_SIGNATURE = "after-signature"
    LINKS = "list-of-links"
    NEWS = "layout:news_in_trail"

    # Used by previews only, for the rest of a page.
    ABOVE = "above-text"
    BREADCRUMB = "layout:breadcrumb"
    CLOSE = "layout:close"
    BELOW = "below-text"
    UNSEEN = "no-page-text"
    NOTHING = "no-rule"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the page's text as printed, with its kind and the rule that decided it."""

    kind: Kind
    text: str
    rule: Rule


@dataclass(slots=True)
class Draft:
    """An entry in the making; `title` is None for text that no title opens."""

    title: str | None
    url: str
    pieces: list[Piece] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    heading: str | None = None
    """The heading it stands under on its page; None for the page's own heading."""
    problems: list[tuple[Code, str]] = field(default_factory=list)
    """Codes with the opening of the text concerned."""

    def texts(self, kind: Kind) -> tuple[str, ...]:
        """Return the texts of all pieces of one kind, in order."""
        return tuple(piece.text for piece in self.pieces if piece.kind == kind)
