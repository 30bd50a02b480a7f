"""Makes pieces of what a page has beside entries: its headings, and all of a page that holds no entry."""

from collections.abc import Sequence

from indexer.parse.entries.drafts import Kind, Piece, Rule
from indexer.parse.layouts import Layout
from indexer.parse.page.frame import Frame
from indexer.parse.problems import Code


def headings(frames: Sequence[Frame], layout: Layout, under: Sequence[str] = ()) -> list[Piece]:
    """Return the headings of consecutive pages of one text as pieces, without the lines `under` the first heading."""
    pieces: list[Piece] = []
    for frame in frames:
        left_out = under if frame is frames[0] else ()
        rule = _heading_rule(frame, layout)
        pieces += [Piece(Kind.HEADING, text, rule) for text in frame.heading if text not in left_out]
    return pieces


def whole_frames(frames: Sequence[Frame], rule: Rule) -> list[Piece]:
    """Return everything on pages without entries as dropped pieces, for the reason `rule`.

    Unless they are news pages, their headings are left to `headings`.
    """
    pieces: list[Piece] = []
    for frame in frames:
        heading = frame.heading if rule is Rule.NEWS else ()
        pieces += [Piece(Kind.DROPPED, text, Rule.SYSTEM) for text in frame.system]
        pieces += [Piece(Kind.DROPPED, text, rule) for text in heading]
        pieces += [Piece(Kind.DROPPED, line.text, rule) for line in frame.content if line.text]
    return pieces


def _heading_rule(frame: Frame, layout: Layout) -> Rule:
    """Return the rule that separates a page's heading from its text."""
    if any(found.code == Code.NO_RULE for found in frame.problems):
        return Rule.HEADING_FIRST
    return Rule.HEADING_TAG if layout.heading_tag else Rule.HEADING_RULE
