"""Cuts the content of a page into entries; every character of it goes into exactly one piece."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from indexer.parse.byline import bare_authors, labelled_authors, office_and_names
from indexer.parse.chronicle import ItemDate, heading_month, is_year_line, item_date, month_line
from indexer.parse.layouts import Layout
from indexer.parse.normalize import MAX_CAPTION, Paragraph, is_caption_form, is_officer, is_set_apart
from indexer.parse.problems import Code
from indexer.parse.signature import Signature, closing_signature, inner_signature, unclear_signature
from indexer.parse.titles import is_attribute, openings, opens_without_close, starts_title
from indexer.parse.titlestyle import BRACKET, TitleStyle
from indexer.text.fold import fold_width

_MAX_GROUP = 24
"""Longest line that heads entries: those of the yearbook have up to ten characters."""
_ENDED = "。!?;)”》…"
_SENTENCE_END = tuple("。！？!?”…")
_NO_HEADING_END = "。!?;:,、"


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


def segment(paragraphs: Sequence[Paragraph], style: TitleStyle) -> list[Draft]:
    """Cut an ordinary page: one draft a title, and one before them for whatever precedes."""
    layout = style.layout
    drafts = [(Draft(None, paragraphs[0].url if paragraphs else ""), list[Paragraph]())]
    parts = [part for paragraph in paragraphs for part in _split_titles(paragraph, style)]
    unclosed = {at for at, (length, part) in enumerate(parts) if not length and opens_without_close(part.text, layout)}
    heading: str | None = None
    for at, (length, paragraph) in enumerate(parts):
        rest = paragraph.text[length:].strip()
        followed = rest or (at + 1 < len(parts) and not parts[at + 1][0])
        if _heads(parts, at) and (kind := _is_heading(parts, at, drafts[-1], layout)):
            heading = style.bare(paragraph.text) if length else paragraph.text.strip()
            draft = Draft(None, paragraph.url, [Piece(Kind.HEADING, paragraph.text)], heading=heading)
            if kind == "plain":
                draft.problems.append((Code.HEADING_INSIDE, paragraph.text))
            drafts.append((draft, []))
            continue
        if not length and _opens_entry(parts, at, drafts[-1]):
            length, followed = len(paragraph.text), True
            rest = ""
        if length and followed:
            printed = paragraph.text[:length]
            draft = Draft(style.bare(printed), paragraph.url, [Piece(Kind.TITLE, printed)], heading=heading)
            if not style.is_balanced(printed):
                draft.problems.append((Code.UNBALANCED, printed))
            drafts.append((draft, []))
        text = rest if length and followed else paragraph.text
        if at in unclosed and not paragraph.row:
            drafts[-1][0].problems.append((Code.UNBALANCED, paragraph.text))
        if text:
            drafts[-1][1].append(paragraph if text == paragraph.text else replace(paragraph, text=text, lead=0))
    for draft, lines in drafts:
        _fill(draft, lines, style)
    return [draft for draft, _ in drafts if draft.pieces]


def _heads(parts: Sequence[tuple[int, Paragraph]], at: int) -> bool:
    """Say whether a line may head the entries below it: nothing but a title follows it."""
    length, paragraph = parts[at]
    if length and length < len(paragraph.text):
        return False
    return at + 1 < len(parts) and parts[at + 1][0] > 0


def _opens_entry(
    parts: Sequence[tuple[int, Paragraph]], at: int, before: tuple[Draft, list[Paragraph]]
) -> bool:
    """Say whether a line set apart, though not as the page's titles are, is one: a signed entry ends, text begins."""
    paragraph = parts[at][1]
    if before[0].title is None or not before[1] or not is_set_apart(paragraph) or at + 1 == len(parts):
        return False
    text = paragraph.text
    is_line = not (paragraph.near_image or closing_signature(text) or bare_authors(text) or labelled_authors(text))
    length, following = parts[at + 1]
    is_text = not length and not is_set_apart(following) and "。" in following.text
    return is_line and is_text and closing_signature(before[1][-1].text) is not None


def _is_heading(
    parts: Sequence[tuple[int, Paragraph]], at: int, before: tuple[Draft, list[Paragraph]], layout: Layout
) -> str:
    """Say how a line shows that it heads entries: `set` apart, or `plain`, by its place alone; empty if it does not."""
    length, paragraph = parts[at]
    text = paragraph.text
    if paragraph.row or len(text) > _MAX_GROUP or paragraph.near_image or is_officer(text, layout):
        return ""
    if closing_signature(text) or labelled_authors(text) or office_and_names(text) or fold_width(text[-1]) in _NO_HEADING_END:
        return ""
    if layout.subhead.match(fold_width(text)) or layout.pager.fullmatch(fold_width(text)):
        return ""
    if is_set_apart(paragraph):
        return "" if bare_authors(text) else "set"
    if length:
        return "set"
    # A plain line between an entry that has ended and a title; before the first title it is the overview's text.
    has_ended = bool(before[1]) and fold_width(before[1][-1].text[-1]) in _ENDED
    return "plain" if has_ended and before[0].title is not None and not bare_authors(text) else ""


def segment_chronicle(paragraphs: Sequence[Paragraph], heading: str, layout: Layout) -> list[Draft]:
    """Cut a chronicle: one draft a dated item, titled by the resolved date; its marker stays in the body."""
    style = TitleStyle(layout)
    drafts = [(Draft(None, paragraphs[0].url if paragraphs else ""), list[Paragraph]())]
    date = ItemDate(month=heading_month(heading, layout))
    for paragraph in paragraphs:
        month = month_line(paragraph.text, layout)
        is_year = is_year_line(paragraph.text)
        found = None if month or is_year else item_date(paragraph.text, date)
        if month or is_year:
            date = ItemDate(month)
            drafts.append((Draft(None, paragraph.url, [Piece(Kind.HEADING, paragraph.text)]), []))
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
        _fill(draft, lines, style)
    return [draft for draft, _ in drafts if draft.pieces]


def segment_roll(paragraphs: Sequence[Paragraph], layout: Layout) -> list[Draft]:
    """Take a list or table page as it stands: one draft, nothing in it a title, a caption or a signature."""
    draft = Draft(None, paragraphs[0].url if paragraphs else "")
    for paragraph in paragraphs:
        kind = Kind.DROPPED if layout.pager.fullmatch(fold_width(paragraph.text)) else Kind.BODY
        draft.pieces.append(Piece(kind, paragraph.text))
    return [draft] if draft.pieces else []


def _split_titles(paragraph: Paragraph, style: TitleStyle) -> Iterator[tuple[int, Paragraph]]:
    """Cut a paragraph before each title that follows a signature or a sentence; give each part's title length."""
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
        is_like = before[-1:] in _SENTENCE_END and text[at] in brackets
        is_next = bool(closing_signature(before)) or (is_like and not is_attribute(text[at : at + printed]))
        if is_next:
            yield _part(paragraph, before, layout, first=not start)
            start = at
            brackets.add(text[at])
    yield _part(paragraph, text[start:], layout, first=not start)


def _part(paragraph: Paragraph, text: str, layout: Layout, *, first: bool) -> tuple[int, Paragraph]:
    length = 0 if paragraph.row else starts_title(text, layout)
    if first:
        return length, replace(paragraph, text=text.strip(), lead=min(paragraph.lead, len(text.strip())))
    return length, Paragraph(text.strip(), paragraph.url, paragraph.near_image, paragraph.row)


def _fill(draft: Draft, paragraphs: Iterable[Paragraph], style: TitleStyle) -> None:
    """Sort an entry's paragraphs into body, signature and captions."""
    layout = style.layout
    rest = list(paragraphs)
    if draft.title is None and all(
        _is_credit(paragraph) for paragraph in rest if not is_officer(paragraph.text, layout)
    ):
        # Before the first title, photographs' captions alone: no text to title.
        draft.pieces += [Piece(Kind.CAPTION, paragraph.text) for paragraph in rest]
        return
    signed_at = _signed_at(rest, layout)
    line_at, authors = _by_line(rest, layout) if signed_at is None else (None, ())
    if line_at is not None:
        draft.authors = authors
    for at, paragraph in enumerate(rest):
        text = paragraph.text
        if at == line_at:
            draft.pieces.append(Piece(Kind.SIGNATURE, text))
            continue
        signature = None if paragraph.row else closing_signature(text)
        if layout.pager.fullmatch(fold_width(text)) or layout.rule.fullmatch(fold_width(text)):
            draft.pieces.append(Piece(Kind.DROPPED, text))
        elif paragraph.row and (cells := _captions_in(paragraph)):
            draft.pieces += [Piece(Kind.CAPTION, cell) for cell in cells]
        elif is_officer(text, layout) and (draft.title is None or paragraph.near_image):
            draft.pieces.append(Piece(Kind.CAPTION, text))
        elif signed_at is not None and at == signed_at and signature:
            _sign(draft, text, signature, style)
        elif _is_caption(paragraph, signature, layout, ended=signed_at is not None and at > signed_at):
            draft.pieces.append(Piece(Kind.CAPTION, text))
        else:
            if signed_at is not None and at > signed_at:
                draft.problems.append((Code.TEXT_AFTER, text))
            elif signature and signed_at is not None and _closes(paragraph, signature):
                draft.problems.append((Code.TWO_SIGNATURES, text[signature.start :]))
            elif inner := inner_signature(text):
                code = Code.TEXT_AFTER if signed_at is None else Code.TWO_SIGNATURES
                draft.problems.append((code, inner))
            if bracket := _bracket_inside(text, style):
                draft.problems.append((Code.BRACKET_INSIDE, bracket))
            draft.pieces.append(Piece(Kind.BODY, text))
    _note_unclear(draft, rest, signed_at)


def _by_line(paragraphs: Sequence[Paragraph], layout: Layout) -> tuple[int | None, tuple[str, ...]]:
    """Find the line that signs an entry without a parenthesis: 作者：X anywhere, or names alone, last or first."""
    for at, paragraph in enumerate(paragraphs):
        if not paragraph.row and (authors := labelled_authors(paragraph.text)) is not None:
            return at, authors
    texts = [at for at, each in enumerate(paragraphs) if not layout.pager.fullmatch(fold_width(each.text))]
    if len(texts) < 2:
        return None, ()
    for at, neighbour in ((texts[-1], texts[-2]), (texts[0], texts[1])):
        paragraph = paragraphs[at]
        if paragraph.row or paragraph.near_image or is_officer(paragraph.text, layout):
            continue
        authors = bare_authors(paragraph.text) or (office_and_names(paragraph.text) if at == texts[0] else ())
        if authors and (at == texts[0] or fold_width(paragraphs[neighbour].text[-1]) in _ENDED):
            return at, authors
    return None, ()


def _note_unclear(draft: Draft, paragraphs: Sequence[Paragraph], signed_at: int | None) -> None:
    """Report a closing parenthesis that may sign an unsigned entry, but names nobody that can be told."""
    last = paragraphs[-1] if paragraphs else None
    if last and signed_at is None and not draft.texts(Kind.SIGNATURE) and not last.row and (unclear := unclear_signature(last.text)):
        draft.problems.append((Code.UNCLEAR_SIGNATURE, unclear))


def _bracket_inside(text: str, style: TitleStyle) -> str:
    """Give a bracket that follows a finished sentence and may open an entry whose predecessor is not signed."""
    for at in openings(text, style.layout):
        if at and text[:at].rstrip()[-1:] in ("。", ")", "）"):
            length = starts_title(text[at : at + 2 * MAX_CAPTION], style.layout)
            if length > 4 or (length and text[at] in style.brackets):
                return text[at : at + length]
    return ""


def _sign(draft: Draft, text: str, signature: Signature, style: TitleStyle) -> None:
    body, after = text[: signature.start].rstrip(), text[signature.end :].strip()
    if inner := inner_signature(text):
        draft.problems.append((Code.TWO_SIGNATURES, inner))
    if bracket := _bracket_inside(body, style):
        draft.problems.append((Code.BRACKET_INSIDE, bracket))
    if body:
        draft.pieces.append(Piece(Kind.BODY, body))
    draft.pieces.append(Piece(Kind.SIGNATURE, text[signature.start : signature.end]))
    if after:
        draft.pieces.append(Piece(Kind.DROPPED, after))
    draft.authors = signature.authors


def _signed_at(paragraphs: Sequence[Paragraph], layout: Layout) -> int | None:
    """Give the index of the paragraph whose signature closes the entry: the last that is no photo credit."""
    found = [
        (at, paragraph, signature)
        for at, paragraph in enumerate(paragraphs)
        if not paragraph.row
        and not is_officer(paragraph.text, layout)
        and (signature := closing_signature(paragraph.text))
        and not (signature.photo and is_caption_form(paragraph))
    ]
    closing = [(at, paragraph) for at, paragraph, signature in found if _closes(paragraph, signature)]
    if closing:
        # A credit on its own line beside a photograph does not sign the entry that was signed before it.
        at, paragraph = closing[-1]
        beside = paragraph.near_image or (at > 0 and paragraphs[at - 1].near_image)
        credit = beside and is_caption_form(paragraph) and len(closing) > 1
        return closing[-2][0] if credit else at
    # Only credit-like lines are left: one that closes the entry without an image beside it signs it.
    last = found[-1] if found else None
    signs = last and last[0] == len(paragraphs) - 1 and not last[1].near_image
    return last[0] if last and signs else None


def _closes(paragraph: Paragraph, signature: Signature) -> bool:
    """Say whether a signature follows a finished sentence or stands on its own line, as an entry's does."""
    before = paragraph.text[: signature.start].rstrip()
    if not before:
        return True
    return not is_caption_form(paragraph) or before[-1] in "。!?！？…"


def _is_caption(paragraph: Paragraph, signature: Signature | None, layout: Layout, *, ended: bool) -> bool:
    if not is_caption_form(paragraph):
        return False
    if signature:
        return signature.photo or paragraph.near_image or ended
    folded = fold_width(paragraph.text)
    return paragraph.near_image and folded[-1] not in "。!?;:,、" and not layout.subhead.match(folded)


def _captions_in(row: Paragraph) -> list[str]:
    """Give the captions that stand side by side under a row of photographs."""
    cells = [cell for cell in row.text.split("\t") if cell]
    are_captions = row.near_image and all(len(cell) <= MAX_CAPTION and closing_signature(cell) for cell in cells)
    return cells if are_captions else []


def _is_credit(paragraph: Paragraph) -> bool:
    signature = None if paragraph.row else closing_signature(paragraph.text)
    return signature is not None and signature.start > 0 and is_caption_form(paragraph)
