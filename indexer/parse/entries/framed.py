"""Makes pieces of what pages have beside entries: headings, and all of a page that holds none; knows no paragraphs."""

from collections.abc import Sequence

from indexer.parse.entries.drafts import Kind, Piece, Rule
from indexer.parse.layouts import Layout
from indexer.parse.page.frame import Frame
from indexer.parse.problems import Code


def headings(frames: Sequence[Frame], layout: Layout, under: Sequence[str] = ()) -> list[Piece]:
    """Give the headings of pages that go on in one another; `under` stands below the first one's and is none."""
    pieces: list[Piece] = []
    for frame in frames:
        left_out = under if frame is frames[0] else ()
        rule = _heading_rule(frame, layout)
        pieces += [Piece(Kind.HEADING, text, rule) for text in frame.heading if text not in left_out]
    return pieces


def whole_frames(frames: Sequence[Frame], rule: Rule) -> list[Piece]:
    """Give all that stands on pages which hold no entry by `rule`; of a list the headings are left for `headings`."""
    pieces: list[Piece] = []
    for frame in frames:
        heading = frame.heading if rule is Rule.NEWS else ()
        pieces += [Piece(Kind.DROPPED, text, Rule.SYSTEM) for text in frame.system]
        pieces += [Piece(Kind.DROPPED, text, rule) for text in heading]
        pieces += [Piece(Kind.DROPPED, line.text, rule) for line in frame.content if line.text]
    return pieces


def _heading_rule(frame: Frame, layout: Layout) -> Rule:
    """Say what parts a page's heading from its text."""
    if any(found.code == Code.NO_RULE for found in frame.problems):
        return Rule.HEADING_FIRST
    return Rule.HEADING_TAG if layout.heading_tag else Rule.HEADING_RULE
