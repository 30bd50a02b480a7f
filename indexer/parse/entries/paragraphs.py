"""Mends line breaks that the conversion to HTML introduced, without changing any character."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.parse.entries.byline import bare_authors, labelled_authors
from indexer.parse.entries.chronicle import month_line, opens_item
from indexer.parse.entries.signature import closing_signature
from indexer.parse.entries.titles import BRACKET, TitleStyle
from indexer.parse.layouts import Layout
from indexer.parse.page.lines import Line, joint
from indexer.text.fold import fold_width

_REAL_BREAK_AFTER = "。!?;:”》)…」』】]\"'"
ENDED = "。!?;)”》…"
"""Characters, folded, that end a finished text."""
MAX_CAPTION = 60
"""Longest caption in characters: those seen have 12 to 41, while an entry's shortest paragraph has 57 and a full
stop."""
_MAX_SUBHEAD = 30
_SHORT_TITLE = 6
"""Brackets of up to four characters inside a broken sentence ([十佳]职工) look like titles; real titles that short (概况,
工作思路) follow a finished sentence."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the content, with false line breaks mended."""

    text: str
    url: str
    """URL of the page it stands on; differs within an entry that runs over two pages."""
    near_image: bool = False
    row: bool = False
    """Whether it is a table row, with cells separated by tabs."""
    tag: str = ""
    """Name of the heading tag it is set in; empty if none."""
    ended: bool = False
    """Whether its last line ends a table row, list item or heading, so that nothing continues it."""
    dress: str = ""
    """How its beginning is set off: `bold` or `colour`; empty if it is not."""
    lead: int = 0
    """How many characters are set off."""
    centred: bool = False
    folded: str = field(init=False, default="", repr=False, compare=False)
    """The text with full-width forms folded, character for character."""

    def __post_init__(self) -> None:
        """Fold the text once."""
        object.__setattr__(self, "folded", fold_width(self.text))


def line_paragraphs(content: Sequence[tuple[Line, str]]) -> list[Paragraph]:
    """Return every line as a paragraph of its own, as lists and tables have them."""
    return [Paragraph(line.text, url, row=line.row) for line, url in content if line.text]


def to_paragraphs(content: Sequence[tuple[Line, str]], style: TitleStyle, chronicle: bool) -> list[Paragraph]:
    """Join lines that the conversion broke apart; a break is real only after the end of a sentence.

    `content` holds each line with the URL of its page.  Breaks before titles, signatures, by-lines, sub-heads, captions
    and table rows are real as well.
    """
    layout = style.layout
    grown: list[tuple[Paragraph, list[str]]] = []
    pagers = 0
    for at, (line, url) in enumerate(content):
        if not line.text:
            continue
        paragraph = Paragraph(
            line.text,
            url,
            _near_image(content, at),
            line.row,
            line.tag,
            line.ended,
            line.dress,
            line.lead,
            line.centred,
        )
        # Across pages, a text continues after the pager's lines.
        back = 1 + pagers if pagers and pagers < len(grown) and grown[-1 - pagers][0].url != url else 1
        if grown and not _real_break(*grown[-back], paragraph, style, chronicle):
            first, parts = grown[-back]
            parts.append(joint("".join(parts[-2:]), line.text) + line.text)
            grown[-back] = (replace(first, ended=line.ended), parts)
        else:
            grown.append((paragraph, [line.text]))
            pagers = pagers + 1 if layout.pager.fullmatch(line.folded) else 0
    return [replace(first, text="".join(parts)) if len(parts) > 1 else first for first, parts in grown]


def _near_image(content: Sequence[tuple[Line, str]], at: int) -> bool:
    neighbours = (*content[max(at - 1, 0) : at], *content[at + 1 : at + 2])
    return content[at][0].image or any(line.image and not line.text for line, _ in neighbours)


def is_caption_form(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is short and lacks the end of a sentence, as captions do."""
    return len(paragraph.text) <= MAX_CAPTION and "。" not in paragraph.text and not paragraph.row


def is_officer(folded: str, layout: Layout) -> bool:
    """Return whether a folded line names officers, an address or a telephone number."""
    return len(folded) <= 2 * MAX_CAPTION and "。" not in folded and bool(layout.officer.match(folded))


def _stands_alone(line: Paragraph, layout: Layout) -> bool:
    folded = line.folded
    if layout.pager.fullmatch(folded) or is_officer(folded, layout) or layout.rule.fullmatch(folded):
        return True
    return labelled_authors(line.text) is not None


def _real_break(first: Paragraph, parts: Sequence[str], after: Paragraph, style: TitleStyle, chronicle: bool) -> bool:
    """Return whether the paragraph that began as `first` and has grown to `parts` ends before `after`."""
    layout = style.layout
    if fold_width(parts[-1][-1]) in _REAL_BREAK_AFTER or first.row or first.ended or after.row:
        return True
    if (after.near_image and is_caption_form(after)) or first.centred != after.centred:
        return True
    if len(parts) == 1 and _line_alone(first, style, chronicle):
        return True
    if _stands_alone(after, layout) or layout.subhead.match(after.folded) or _opens_title(after, style):
        return True
    if chronicle and opens_item(after.folded, layout):
        return True
    if is_set_apart(after) and closing_signature("".join(parts)):
        return True
    signature = closing_signature(after.text)
    return signature is not None and signature.start == 0


def _opens_title(line: Paragraph, style: TitleStyle) -> bool:
    """Return whether a line opens an entry; after an unfinished sentence a bracket round a word or two does not."""
    text, length = line.text, style.length(line)
    if style.kind != BRACKET:
        return length > 0
    return length > _SHORT_TITLE or (0 < length < len(text) and text[length].isspace()) or 0 < length == len(text)


def _line_alone(line: Paragraph, style: TitleStyle, chronicle: bool) -> bool:
    """Return whether nothing continues this line, though it does not end a sentence."""
    if (line.near_image and is_caption_form(line)) or style.length(line) == len(line.text):
        return True
    if _stands_alone(line, style.layout) or bare_authors(line.text) or is_set_apart(line):
        return True
    if chronicle and month_line(line.folded, style.layout):
        return True
    return bool(style.layout.subhead.match(line.folded)) and len(line.text) <= _MAX_SUBHEAD


def is_set_apart(line: Paragraph) -> bool:
    """Return whether a short line is centred or entirely bold or coloured: a heading within the text, or a title."""
    is_short = len(line.text) <= _MAX_SUBHEAD and not line.row and "。" not in line.text
    return is_short and (line.centred or bool(line.dress and line.lead == len(line.text)))
