"""Mends the line breaks of the conversion, and nothing else: not a character is corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.parse.chronicle import opens_item
from indexer.parse.layouts import Layout
from indexer.parse.lines import Line, tidy
from indexer.parse.signature import closing_signature
from indexer.parse.titles import starts_title
from indexer.text.fold import fold_width

_REAL_BREAK_AFTER = "。!?;:”》)…」』】]\"'"
MAX_CAPTION = 60
"""Longest caption: those seen have 12 to 41 characters, the shortest paragraph of an entry 57 and a full stop."""
_MAX_SUBHEAD = 30


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the content, false breaks mended."""

    text: str
    url: str
    """The page it stands on; differs within an entry that runs over two pages."""
    near_image: bool = False
    row: bool = False
    """A table row; cells separated by tabs."""


def to_paragraphs(content: Sequence[tuple[Line, str]], layout: Layout, chronicle: bool) -> list[Paragraph]:
    """Join lines that the conversion broke; a break is real only after a sentence's end.

    `content` holds the lines with the URL of their page.  Breaks before titles, signatures, sub-heads,
    captions and table rows are real as well.
    """
    paragraphs: list[Paragraph] = []
    for at, (line, url) in enumerate(content):
        if not line.text:
            continue
        near = line.image or any(
            neighbour.image and not neighbour.text
            for neighbour, _ in (*content[max(at - 1, 0) : at], *content[at + 1 : at + 2])
        )
        paragraph = Paragraph(line.text, url, near, line.row)
        last = _last_before(paragraphs, url, layout)
        if last is not None and not _real_break(paragraphs[last], paragraph, layout, chronicle):
            text = tidy(f"{paragraphs[last].text}\n{paragraph.text}")
            paragraphs[last] = replace(paragraphs[last], text=text)
        else:
            paragraphs.append(paragraph)
    return paragraphs


def is_caption_form(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is short and without a sentence's end, as captions are."""
    return len(paragraph.text) <= MAX_CAPTION and "。" not in paragraph.text and not paragraph.row


def stands_alone(text: str, layout: Layout) -> bool:
    """Say whether a line is pagination, an officer's line or the like: never part of a running paragraph."""
    folded = fold_width(text)
    return bool(layout.pager.fullmatch(folded)) or is_officer(text, layout)


def is_officer(text: str, layout: Layout) -> bool:
    """Say whether a line names officers, address or telephone."""
    folded = fold_width(text)
    return bool(layout.officer.match(folded)) and len(text) <= 2 * MAX_CAPTION and "。" not in text


def _last_before(paragraphs: Sequence[Paragraph], url: str, layout: Layout) -> int | None:
    """Give the paragraph that a line may go on: the last one, or over a page's edge the last that is no pager."""
    for at in range(len(paragraphs) - 1, -1, -1):
        pager = layout.pager.fullmatch(fold_width(paragraphs[at].text))
        if not pager or all(paragraph.url == url for paragraph in paragraphs):
            return at
    return None


def _real_break(before: Paragraph, after: Paragraph, layout: Layout, chronicle: bool) -> bool:
    if fold_width(before.text[-1]) in _REAL_BREAK_AFTER or before.row or after.row:
        return True
    if any(paragraph.near_image and is_caption_form(paragraph) for paragraph in (before, after)):
        return True
    if stands_alone(before.text, layout) or stands_alone(after.text, layout):
        return True
    if starts_title(after.text, layout) or starts_title(before.text, layout) == len(before.text):
        return True
    if chronicle and (opens_item(after.text, layout) or opens_item(before.text, layout)):
        return True
    signature = closing_signature(after.text)
    if signature and signature.start == 0:
        return True
    return _subhead(after.text, layout) or (_subhead(before.text, layout) and len(before.text) <= _MAX_SUBHEAD)


def _subhead(text: str, layout: Layout) -> bool:
    return bool(layout.subhead.match(fold_width(text)))
