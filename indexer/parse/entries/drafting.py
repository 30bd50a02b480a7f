"""Cuts the content of a page into entries; every character goes into exactly one piece."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.parse.brackets import is_attribute, openings, opens_without_close, starts_title
from indexer.parse.entries.chronicle import ItemDate, heading_month, is_year_line, item_date, month_line
from indexer.parse.entries.drafts import Draft, Kind, Piece, Rule
from indexer.parse.entries.filling import fill
from indexer.parse.entries.groups import heading_kind, opens_entry
from indexer.parse.entries.paragraphs import MAX_CAPTION, Paragraph
from indexer.parse.entries.signature import closing_signature
from indexer.parse.entries.titles import BRACKET, TitleStyle
from indexer.parse.layouts import Layout
from indexer.parse.problems import Code

_SENTENCE_END = tuple("。！？!?”…")
_TITLE_RULES = {
    BRACKET: Rule.TITLE_BRACKETS,
    "quote": Rule.TITLE_QUOTE,
    "bold": Rule.TITLE_BOLD,
    "colour": Rule.TITLE_COLOUR,
    "tag": Rule.TITLE_HEADING,
    "number": Rule.TITLE_NUMBER,
    "bare": Rule.TITLE_CENTRED,
}
_HEADING_RULES = {"set": Rule.HEADING_APART, "plain": Rule.HEADING_PLACE}


def segment(paragraphs: Sequence[Paragraph], style: TitleStyle) -> list[Draft]:
    """Cut an ordinary page: one draft per title, and one before them for whatever precedes the first title."""
    drafts = [(Draft(None, paragraphs[0].url if paragraphs else ""), list[Paragraph]())]
    parts = [part for paragraph in paragraphs for part in _split_titles(paragraph, style)]
    heading: str | None = None
    for at, (length, paragraph) in enumerate(parts):
        if kind := heading_kind(parts, at, drafts[-1], style.layout):
            heading = style.bare(paragraph.text) if length else paragraph.text.strip()
            draft = Draft(
                None, paragraph.url, [Piece(Kind.HEADING, paragraph.text, _HEADING_RULES[kind])], heading=heading
            )
            if kind == "plain":
                draft.problems.append((Code.HEADING_INSIDE, paragraph.text))
            drafts.append((draft, []))
            continue
        printed = _printed_title(parts, at, drafts[-1])
        if printed:
            title = Piece(Kind.TITLE, printed, _title_rule(paragraph, style) if length else Rule.TITLE_APART)
            draft = Draft(style.bare(printed), paragraph.url, [title], heading=heading)
            if not style.is_balanced(printed):
                draft.problems.append((Code.UNBALANCED, printed))
            drafts.append((draft, []))
        elif not length and not paragraph.row and opens_without_close(paragraph.text, style.layout):
            drafts[-1][0].problems.append((Code.UNBALANCED, paragraph.text))
        if text := paragraph.text[len(printed) :].strip():
            drafts[-1][1].append(paragraph if not printed else replace(paragraph, text=text, lead=0))
    for draft, lines in drafts:
        fill(draft, lines, style)
    return [draft for draft, _ in drafts if draft.pieces]


def _title_rule(paragraph: Paragraph, style: TitleStyle) -> Rule:
    if paragraph.tag and paragraph.tag == style.layout.title_tag:
        return Rule.TITLE_TAG
    return _TITLE_RULES.get(style.kind, Rule.TITLE_MARK)


def _printed_title(parts: Sequence[tuple[int, Paragraph]], at: int, before: tuple[Draft, list[Paragraph]]) -> str:
    """Return the title that opens a part, as printed; empty if none does or no text follows it."""
    length, paragraph = parts[at]
    if not length:
        return paragraph.text if opens_entry(parts, at, before) else ""
    is_followed = length < len(paragraph.text.rstrip()) or (at + 1 < len(parts) and not parts[at + 1][0])
    return paragraph.text[:length] if is_followed else ""


def segment_chronicle(paragraphs: Sequence[Paragraph], heading: str, layout: Layout) -> list[Draft]:
    """Cut a chronicle: one draft per dated item, titled by the resolved date; the printed date stays in the body."""
    style = TitleStyle(layout)
    drafts = [(Draft(None, paragraphs[0].url if paragraphs else ""), list[Paragraph]())]
    date = ItemDate(month=heading_month(heading, layout))
    for paragraph in paragraphs:
        month = month_line(paragraph.folded, layout)
        is_year = is_year_line(paragraph.folded)
        found = None if month or is_year else item_date(paragraph.folded, date)
        if month or is_year:
            date = ItemDate(month)
            line = Piece(Kind.HEADING, paragraph.text, Rule.MONTH if month else Rule.YEAR)
            drafts.append((Draft(None, paragraph.url, [line]), []))
            continue
        if found:
            draft = Draft(found.title, paragraph.url)
            if not found.month and found.day:
                draft.problems.append((Code.NO_MONTH, paragraph.text))
            if found is not date and found.month == date.month and 0 < found.day < date.day:
                draft.problems.append((Code.NOT_ASCENDING, paragraph.text))
            date = found
            drafts.append((draft, []))
        drafts[-1][1].append(paragraph)
    for draft, lines in drafts:
        fill(draft, lines, style)
        if draft.title is not None and draft.pieces and draft.pieces[0].kind is Kind.BODY:
            draft.pieces[0] = Piece(Kind.BODY, draft.pieces[0].text, Rule.ITEM_DATE)
    return [draft for draft, _ in drafts if draft.pieces]


def segment_roll(paragraphs: Sequence[Paragraph], layout: Layout) -> list[Draft]:
    """Keep a list or table page as one draft; nothing in it counts as a title, caption or signature."""
    draft = Draft(None, paragraphs[0].url if paragraphs else "")
    for paragraph in paragraphs:
        is_pager = layout.pager.fullmatch(paragraph.folded)
        kind, rule = (Kind.DROPPED, Rule.PAGER) if is_pager else (Kind.BODY, Rule.ROLL)
        draft.pieces.append(Piece(kind, paragraph.text, rule))
    return [draft] if draft.pieces else []


def _split_titles(paragraph: Paragraph, style: TitleStyle) -> Iterator[tuple[int, Paragraph]]:
    """Split a paragraph before each title that follows a signature or a sentence; yield parts with title lengths."""
    text, layout = paragraph.text, style.layout
    length = style.length(paragraph)
    if style.kind != BRACKET or paragraph.row or (paragraph.tag and paragraph.tag == layout.title_tag):
        yield length, paragraph
        return
    start = 0
    brackets = {*style.brackets, *text[:1]} if length else set(style.brackets)
    for at in openings(text, layout):
        printed = starts_title(text[at : at + 2 * MAX_CAPTION], layout)
        if at == start or not printed:
            continue
        before = text[start:at].rstrip()
        title = text[at : at + printed]
        is_like = text[at] in brackets and not is_attribute(title)
        is_next = before[-1:] in _SENTENCE_END and (is_like or style.is_listed(title))
        is_next = is_next or bool(closing_signature(before))
        if is_next:
            yield _part(paragraph, before, layout, first=not start)
            start = at
            brackets.add(text[at])
    if start:
        yield _part(paragraph, text[start:], layout, first=False)
    else:
        yield length, paragraph


def _part(paragraph: Paragraph, text: str, layout: Layout, *, first: bool) -> tuple[int, Paragraph]:
    length = 0 if paragraph.row else starts_title(text, layout)
    if first:
        return length, replace(paragraph, text=text.strip(), lead=min(paragraph.lead, len(text.strip())))
    return length, Paragraph(text.strip(), paragraph.url, paragraph.near_image, paragraph.row)
