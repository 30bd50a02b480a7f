"""Sorts the paragraphs of one entry into body, signature and captions."""

import re
from collections.abc import Iterable, Sequence

from indexer.parse.brackets import openings, starts_title
from indexer.parse.entries.byline import bare_authors, labelled_authors, office_and_names
from indexer.parse.entries.drafts import Draft, Kind, Piece, Rule
from indexer.parse.entries.names import signature_authors
from indexer.parse.entries.paragraphs import ENDED, MAX_CAPTION, Paragraph, is_caption_form, is_officer
from indexer.parse.entries.signature import Signature, closing_signature, inner_signature, unclear_signature
from indexer.parse.entries.titles import TitleStyle
from indexer.parse.layouts import Layout
from indexer.parse.problems import Code

_OPENS_LABELLED = re.compile(r"(?:作者|撰稿人?|供稿(?:单位|人)?|执笔)\s*[:：]\s*\S{2,10}")


def fill(draft: Draft, paragraphs: Iterable[Paragraph], style: TitleStyle) -> None:
    """Sort an entry's paragraphs into the draft's body, signature and captions, and note its problems."""
    layout = style.layout
    rest = list(paragraphs)
    if draft.title is None and all(
        _is_credit(paragraph) for paragraph in rest if not is_officer(paragraph.folded, layout)
    ):
        # Before the first title there are only captions of photographs: no text that needs a title.
        draft.pieces += [_credited(paragraph, layout) for paragraph in rest]
        return
    signed_at = _signed_at(rest, layout)
    line_at, authors, line_rule = _by_line(rest, layout) if signed_at is None else (None, (), Rule.NAMES)
    if line_at is not None:
        draft.authors = authors
    for at, paragraph in enumerate(rest):
        text = paragraph.text
        if at == line_at:
            draft.pieces.append(Piece(Kind.SIGNATURE, text, line_rule))
            continue
        signature = None if paragraph.row else closing_signature(text)
        if layout.pager.fullmatch(paragraph.folded):
            draft.pieces.append(Piece(Kind.DROPPED, text, Rule.PAGER))
        elif layout.rule.fullmatch(paragraph.folded):
            draft.pieces.append(Piece(Kind.DROPPED, text, Rule.HYPHENS))
        elif paragraph.row and (cells := _captions_in(paragraph)):
            draft.pieces += [Piece(Kind.CAPTION, cell, Rule.PHOTO) for cell in cells]
        elif is_officer(paragraph.folded, layout) and (draft.title is None or paragraph.near_image):
            draft.pieces.append(Piece(Kind.CAPTION, text, Rule.OFFICER))
        elif signed_at is not None and at == signed_at and signature:
            _sign(draft, text, signature, style)
        elif _is_caption(paragraph, signature, layout, ended=signed_at is not None and at > signed_at):
            draft.pieces.append(Piece(Kind.CAPTION, text, Rule.PHOTO if signature else Rule.IMAGE))
        else:
            if signed_at is not None and at > signed_at:
                draft.problems.append((Code.TEXT_AFTER, text))
                if signature_authors(text) == ():  # it names only editors, and is not part of the text
                    draft.pieces.append(Piece(Kind.SIGNATURE, text, Rule.LABELLED))
                    continue
            elif signature and signed_at is not None and _closes(paragraph, signature):
                draft.problems.append((Code.TWO_SIGNATURES, text[signature.start :]))
            elif inner := inner_signature(text):
                code = Code.TEXT_AFTER if signed_at is None else Code.TWO_SIGNATURES
                draft.problems.append((code, inner))
            if bracket := _bracket_inside(text, style):
                draft.problems.append((Code.BRACKET_INSIDE, bracket))
            draft.pieces.append(Piece(Kind.BODY, text, Rule.TEXT))
    _note_unclear(draft, rest, signed_at)


def _by_line(paragraphs: Sequence[Paragraph], layout: Layout) -> tuple[int | None, tuple[str, ...], Rule]:
    """Find the line that signs an entry without a parenthesis: 作者：X anywhere, or names alone, last or first."""
    for at, paragraph in enumerate(paragraphs):
        if not paragraph.row and (authors := labelled_authors(paragraph.text)) is not None:
            return at, authors, Rule.LABELLED
    texts = [at for at, each in enumerate(paragraphs) if not layout.pager.fullmatch(each.folded)]
    if len(texts) < 2:
        return None, (), Rule.NAMES
    for at, neighbour in ((texts[-1], texts[-2]), (texts[0], texts[1])):
        paragraph = paragraphs[at]
        if paragraph.row or paragraph.near_image or is_officer(paragraph.folded, layout):
            continue
        authors = bare_authors(paragraph.text) or (office_and_names(paragraph.text) if at == texts[0] else ())
        if authors and (at == texts[0] or paragraphs[neighbour].folded[-1] in ENDED):
            return at, authors, Rule.NAMES
    return None, (), Rule.NAMES


def _note_unclear(draft: Draft, paragraphs: Sequence[Paragraph], signed_at: int | None) -> None:
    """Note what may sign an unsigned entry: a closing parenthesis that may name somebody, or a name in the text."""
    if signed_at is not None or not paragraphs or draft.texts(Kind.SIGNATURE):
        return
    last = paragraphs[-1]
    if not last.row and (unclear := unclear_signature(last.text)):
        draft.problems.append((Code.UNCLEAR_SIGNATURE, unclear))
    if name := _name_at_edge([each.text for each in paragraphs if not each.row]):
        draft.problems.append((Code.BYLINE_INSIDE, name))


def _name_at_edge(body: Sequence[str]) -> str:
    """Return what may say who wrote an unsigned text, at its beginning or end; empty if nothing does."""
    if not body:
        return ""
    if found := _OPENS_LABELLED.match(body[0]):
        return found[0]
    tail = re.split("[。！？!?]", body[-1])[-1].strip()
    return tail if tail != body[-1] and bare_authors(tail) else ""


def _bracket_inside(text: str, style: TitleStyle) -> str:
    """Return a bracket after a finished sentence that may open an entry, its predecessor being unsigned; else empty."""
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
        draft.pieces.append(Piece(Kind.BODY, body, Rule.TEXT))
    draft.pieces.append(Piece(Kind.SIGNATURE, text[signature.start : signature.end], Rule.CLOSING))
    if after:
        draft.pieces.append(Piece(Kind.DROPPED, after, Rule.AFTER_SIGNATURE))
    draft.authors = signature.authors


def _signed_at(paragraphs: Sequence[Paragraph], layout: Layout) -> int | None:
    """Return the index of the paragraph whose signature closes the entry: the last that is not a photo credit."""
    found = [
        (at, paragraph, signature)
        for at, paragraph in enumerate(paragraphs)
        if not paragraph.row
        and not is_officer(paragraph.folded, layout)
        and (signature := closing_signature(paragraph.text))
        and not (signature.photo and is_caption_form(paragraph))
    ]
    closing = [(at, paragraph) for at, paragraph, signature in found if _closes(paragraph, signature)]
    if closing:
        # A credit on its own line beside a photograph does not sign an entry that was signed before.
        at, paragraph = closing[-1]
        beside = paragraph.near_image or (at > 0 and paragraphs[at - 1].near_image)
        credit = beside and is_caption_form(paragraph) and len(closing) > 1
        return closing[-2][0] if credit else at
    # Only credit-like lines are left: one that closes the entry without an image beside it signs it.
    last = found[-1] if found else None
    signs = last and last[0] == len(paragraphs) - 1 and not last[1].near_image
    return last[0] if last and signs else None


def _closes(paragraph: Paragraph, signature: Signature) -> bool:
    """Return whether a signature follows a finished sentence or is alone on its line, as an entry's does."""
    before = paragraph.text[: signature.start].rstrip()
    if not before:
        return True
    return not is_caption_form(paragraph) or before[-1] in "。!?！？…"


def _is_caption(paragraph: Paragraph, signature: Signature | None, layout: Layout, *, ended: bool) -> bool:
    if not is_caption_form(paragraph):
        return False
    if signature:
        return signature.photo or paragraph.near_image or ended
    folded = paragraph.folded
    return paragraph.near_image and folded[-1] not in "。!?;:,、" and not layout.subhead.match(folded)


def _captions_in(row: Paragraph) -> list[str]:
    """Return the captions that stand side by side under a row of photographs; empty if the row holds anything else."""
    cells = [cell for cell in row.text.split("\t") if cell]
    are_captions = row.near_image and all(len(cell) <= MAX_CAPTION and closing_signature(cell) for cell in cells)
    return cells if are_captions else []


def _credited(paragraph: Paragraph, layout: Layout) -> Piece:
    rule = Rule.OFFICER if is_officer(paragraph.folded, layout) else Rule.PHOTO
    return Piece(Kind.CAPTION, paragraph.text, rule)


def _is_credit(paragraph: Paragraph) -> bool:
    signature = None if paragraph.row else closing_signature(paragraph.text)
    return signature is not None and signature.start > 0 and is_caption_form(paragraph)
