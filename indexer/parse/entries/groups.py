"""Decides which lines between entries are headings of those below."""

from collections.abc import Sequence

from indexer.parse.entries.byline import bare_authors, labelled_authors, office_and_names
from indexer.parse.entries.drafts import Draft
from indexer.parse.entries.paragraphs import ENDED, Paragraph, is_officer, is_set_apart
from indexer.parse.entries.signature import closing_signature
from indexer.parse.layouts import Layout

_MAX_GROUP = 24
"""Longest line in characters that heads entries; those of the yearbooks have up to ten."""
_NO_HEADING_END = "。!?;:,、"


def _may_head(parts: Sequence[tuple[int, Paragraph]], at: int) -> bool:
    """Return whether a line may head the entries below it: it is a whole line, and a title follows."""
    length, paragraph = parts[at]
    if length and length < len(paragraph.text):
        return False
    return at + 1 < len(parts) and parts[at + 1][0] > 0


def opens_entry(parts: Sequence[tuple[int, Paragraph]], at: int, before: tuple[Draft, list[Paragraph]]) -> bool:
    """Return whether a line set apart, but not in the page's title style, is a title all the same.

    It is one if a signed entry ends before it and text begins after it.
    """
    paragraph = parts[at][1]
    if before[0].title is None or not before[1] or not is_set_apart(paragraph) or at + 1 == len(parts):
        return False
    text = paragraph.text
    is_line = not (paragraph.near_image or closing_signature(text) or bare_authors(text) or labelled_authors(text))
    length, following = parts[at + 1]
    is_text = not length and not is_set_apart(following) and "。" in following.text
    return is_line and is_text and closing_signature(before[1][-1].text) is not None


def heading_kind(
    parts: Sequence[tuple[int, Paragraph]], at: int, before: tuple[Draft, list[Paragraph]], layout: Layout
) -> str:
    """Return how a line shows that it heads entries; empty if it does not.

    `set` means that it is set apart, `plain` that only its place shows it.
    """
    length, paragraph = parts[at]
    text = paragraph.text
    if not _may_head(parts, at):
        return ""
    if paragraph.row or len(text) > _MAX_GROUP or paragraph.near_image or is_officer(paragraph.folded, layout):
        return ""
    if (
        (text[0] in "(（" and text[-1] in ")）")
        or closing_signature(text)
        or labelled_authors(text)
        or office_and_names(text)
        or paragraph.folded[-1] in _NO_HEADING_END
    ):
        return ""
    if layout.subhead.match(paragraph.folded) or layout.pager.fullmatch(paragraph.folded):
        return ""
    if is_set_apart(paragraph):
        return "" if bare_authors(text) else "set"
    if length:
        return "set"
    # A plain line heads entries only between a finished entry and a title; before the first title it is overview text.
    has_ended = bool(before[1]) and before[1][-1].folded[-1] in ENDED
    return "plain" if has_ended and before[0].title is not None and not bare_authors(text) else ""
