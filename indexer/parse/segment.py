"""Cuts the content of a page into entries; every character of it goes into exactly one piece."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from indexer.parse.chronicle import ItemDate, heading_month, item_date, month_line
from indexer.parse.layouts import Layout
from indexer.parse.names import is_name
from indexer.parse.normalize import MAX_CAPTION, Paragraph, is_caption_form, is_officer
from indexer.parse.problems import Code
from indexer.parse.signature import Signature, closing_signature, inner_signature, unclear_signature
from indexer.parse.titles import bare_title, is_balanced, openings, opens_without_close, starts_title
from indexer.text.fold import fold_width


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
    problems: list[tuple[Code, str]] = field(default_factory=list)
    """Code and the opening of the text it speaks of."""

    def texts(self, kind: Kind) -> tuple[str, ...]:
        """Give the texts of one kind in order."""
        return tuple(piece.text for piece in self.pieces if piece.kind == kind)


def segment(paragraphs: Sequence[Paragraph], layout: Layout) -> list[Draft]:
    """Cut an ordinary page: one draft a bracketed title, and one before them for whatever precedes."""
    drafts = [(Draft(None, paragraphs[0].url if paragraphs else ""), list[Paragraph]())]
    parts = [part for paragraph in paragraphs for part in _split_titles(paragraph, layout)]
    unclosed = {at for at, (length, part) in enumerate(parts) if not length and opens_without_close(part.text, layout)}
    for at, (length, paragraph) in enumerate(parts):
        rest = paragraph.text[length:].strip()
        followed = rest or (at + 1 < len(parts) and not parts[at + 1][0])
        if length and followed:
            printed = paragraph.text[:length]
            draft = Draft(bare_title(printed, layout), paragraph.url, [Piece(Kind.TITLE, printed)])
            if not is_balanced(printed, layout):
                draft.problems.append((Code.UNBALANCED, printed))
            drafts.append((draft, []))
        text = rest if length and followed else paragraph.text
        if at in unclosed and not paragraph.row:
            drafts[-1][0].problems.append((Code.UNBALANCED, paragraph.text))
        if text:
            drafts[-1][1].append(paragraph if text == paragraph.text else replace(paragraph, text=text))
    for draft, lines in drafts:
        _fill(draft, lines, layout)
    return [draft for draft, _ in drafts if draft.pieces]


def segment_chronicle(paragraphs: Sequence[Paragraph], heading: str, layout: Layout) -> list[Draft]:
    """Cut a chronicle: one draft a dated item, titled by the resolved date; its marker stays in the body."""
    drafts = [(Draft(None, paragraphs[0].url if paragraphs else ""), list[Paragraph]())]
    date = ItemDate(month=heading_month(heading, layout))
    for paragraph in paragraphs:
        month = month_line(paragraph.text, layout)
        found = None if month else item_date(paragraph.text, date)
        if month:
            date = ItemDate(month)
            drafts.append((Draft(None, paragraph.url, [Piece(Kind.HEADING, paragraph.text)]), []))
            continue
        if found:
            date = found
            draft = Draft(date.title, paragraph.url)
            if not date.month:
                draft.problems.append((Code.NO_MONTH, paragraph.text))
            drafts.append((draft, []))
        drafts[-1][1].append(paragraph)
    for draft, lines in drafts:
        _fill(draft, lines, layout)
    return [draft for draft, _ in drafts if draft.pieces]


def segment_roll(paragraphs: Sequence[Paragraph], layout: Layout) -> list[Draft]:
    """Take a list or table page as it stands: one draft, nothing in it a title, a caption or a signature."""
    draft = Draft(None, paragraphs[0].url if paragraphs else "")
    for paragraph in paragraphs:
        kind = Kind.DROPPED if layout.pager.fullmatch(fold_width(paragraph.text)) else Kind.BODY
        draft.pieces.append(Piece(kind, paragraph.text))
    return [draft] if draft.pieces else []


def byline_length(lines: Sequence[str], layout: Layout, *, speech: bool) -> int:
    """Say how many opening lines are a speech's by-line block: sub-title, speaker, date.

    On a page that does not say it is a speech only a block with a date counts: other texts open with dashes too.
    """
    block = 0
    dated = False
    for at, line in enumerate(lines[:5]):
        folded = fold_width(line).strip()
        if len(folded) > MAX_CAPTION or folded[-1:] in tuple("。:;!?") or "\t" in line or starts_title(line, layout):
            break
        found = layout.byline_date.search(folded)
        if (found and found.end() == len(folded)) or folded.startswith(("——", "--", "—")):
            block = at + 1
            dated = dated or bool(found)
        elif dated and block == at and is_name("".join(folded.split())):
            block = at + 1
    return block if speech or dated else 0


def _split_titles(paragraph: Paragraph, layout: Layout) -> Iterator[tuple[int, Paragraph]]:
    """Cut a paragraph before each title that follows a signature; give each part's title length (0: none)."""
    text = paragraph.text
    if paragraph.tag and paragraph.tag == layout.title_tag:
        yield len(text), paragraph
        return
    start = 0
    for at in openings(text, layout):
        if at == start or not starts_title(text[at : at + 2 * MAX_CAPTION], layout):
            continue
        before = text[start:at].rstrip()
        if closing_signature(before):
            yield _part(paragraph, before, layout)
            start = at
    yield _part(paragraph, text[start:], layout)


def _part(paragraph: Paragraph, text: str, layout: Layout) -> tuple[int, Paragraph]:
    length = 0 if paragraph.row else starts_title(text, layout)
    return length, Paragraph(text.strip(), paragraph.url, paragraph.near_image, paragraph.row)


def _fill(draft: Draft, paragraphs: Iterable[Paragraph], layout: Layout) -> None:
    """Sort an entry's paragraphs into body, signature and captions."""
    rest = list(paragraphs)
    if draft.title is None and all(
        _is_credit(paragraph) for paragraph in rest if not is_officer(paragraph.text, layout)
    ):
        # Before the first title, photographs' captions alone: no text to title.
        draft.pieces += [Piece(Kind.CAPTION, paragraph.text) for paragraph in rest]
        return
    signed_at = _signed_at(rest, layout)
    for at, paragraph in enumerate(rest):
        text = paragraph.text
        signature = None if paragraph.row else closing_signature(text)
        if layout.pager.fullmatch(fold_width(text)) or layout.rule.fullmatch(fold_width(text)):
            draft.pieces.append(Piece(Kind.DROPPED, text))
        elif is_officer(text, layout) and (draft.title is None or paragraph.near_image):
            draft.pieces.append(Piece(Kind.CAPTION, text))
        elif signed_at is not None and at == signed_at and signature:
            _sign(draft, text, signature, layout)
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
            if bracket := _bracket_inside(text, layout):
                draft.problems.append((Code.BRACKET_INSIDE, bracket))
            draft.pieces.append(Piece(Kind.BODY, text))
    _note_unclear(draft, rest, signed_at)


def _note_unclear(draft: Draft, paragraphs: Sequence[Paragraph], signed_at: int | None) -> None:
    """Report a closing parenthesis that may sign an unsigned entry, but names nobody that can be told."""
    last = paragraphs[-1] if paragraphs else None
    if last and signed_at is None and not last.row and (unclear := unclear_signature(last.text)):
        draft.problems.append((Code.UNCLEAR_SIGNATURE, unclear))


def _bracket_inside(text: str, layout: Layout) -> str:
    """Give a bracket that follows a finished sentence and may open an entry whose predecessor is not signed."""
    for at in openings(text, layout):
        if at and text[:at].rstrip()[-1:] in ("。", ")", "）"):
            length = starts_title(text[at : at + 2 * MAX_CAPTION], layout)
            if length > 4:
                return text[at : at + length]
    return ""


def _sign(draft: Draft, text: str, signature: Signature, layout: Layout) -> None:
    body, after = text[: signature.start].rstrip(), text[signature.end :].strip()
    if inner := inner_signature(text):
        draft.problems.append((Code.TWO_SIGNATURES, inner))
    if bracket := _bracket_inside(body, layout):
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


def _is_credit(paragraph: Paragraph) -> bool:
    signature = None if paragraph.row else closing_signature(paragraph.text)
    return signature is not None and signature.start > 0 and is_caption_form(paragraph)
