"""Puts beside each stretch of a page's text the entry that was made of it; what is of no entry is put beside nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.model import Entry
from indexer.parse.entries.drafts import Kind, Piece, Rule
from indexer.stages.preview.matching import bare
from indexer.stages.preview.shown import Block, Preview


class Place(StrEnum):
    """Which part of a page a stretch of its text is."""

    ENTRY = "entry"
    ABOVE = "above"
    """Navigation, and the line that says where the page stands."""
    HEADING = "heading"
    BELOW = "below"
    UNSEEN = "unseen"
    """In form fields, objects or `<noscript>`."""
    OTHER = "other"
    """Between the frame's edges, but of no entry."""


_PLACES = {
    Rule.ABOVE: Place.ABOVE, Rule.BREADCRUMB: Place.ABOVE, Rule.CLOSE: Place.BELOW, Rule.BELOW: Place.BELOW,
    Rule.UNSEEN: Place.UNSEEN, Rule.HYPHENS: Place.HEADING,
}  # fmt: skip
_STARTS = frozenset({Kind.BODY, Kind.TITLE})


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of a page's text, and what became of it."""

    place: Place
    blocks: tuple[Block, ...]
    entry: Entry | None = None
    """The entry that was made of it; None if it is of none."""
    goes_on: bool = False
    """Whether a row above is of the same entry."""


def facing(shown: Preview) -> tuple[Row, ...]:
    """Return all text of a preview in rows, in order: one row for what became of it in one go.

    An entry has several rows where something else stands inside it.
    """
    rows: list[tuple[Place, Entry | None, list[Block]]] = []
    for block, entry in _owned(shown):
        place = Place.ENTRY if entry is not None else _place(block[0], rows[-1][0] if rows else Place.ABOVE)
        if rows and rows[-1][:2] == (place, entry):
            rows[-1][2].append(block)
        else:
            rows.append((place, entry, [block]))
    begun: set[str] = set()
    made = []
    for place, entry, blocks in rows:
        goes_on = entry is not None and entry.id in begun
        made.append(Row(place, tuple(blocks), entry, goes_on))
        begun.update([entry.id] if entry else [])
    return tuple(made)


def _place(piece: Piece, before: Place) -> Place:
    if piece.kind is Kind.HEADING:
        return Place.HEADING
    place = _PLACES.get(piece.rule, Place.OTHER)
    return Place.BELOW if place is Place.HEADING and before is Place.BELOW else place


def _owned(shown: Preview) -> Iterator[tuple[Block, Entry | None]]:
    """Yield each block with the entry that it is of: titles and texts say which, what follows them is of the same."""
    coming = _Coming(shown.entries)
    for block in shown.blocks:
        kind = block[0].kind
        text = bare("".join(piece.text for piece in block))
        if kind in _STARTS:
            yield block, coming.take(kind, text)
        elif kind in (Kind.SIGNATURE, Kind.AUTHOR, Kind.CAPTION):
            yield block, coming.holding(kind, text)
        else:
            yield block, None


class _Coming:
    """The entries of a page in order, with how much of each text has been seen."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._titles = [bare(each.title) for each in entries]
        self._texts = [bare(each.body) for each in entries]
        self._seen = [0] * len(entries)
        self._at = 0

    def take(self, kind: Kind, text: str) -> Entry | None:
        """Return the entry whose title, or the next part of whose text, this is: the one before, or one further on."""
        for at in range(self._at, len(self._entries)):
            if self._has(at, kind, text):
                self._at = at
                return self._entries[at]
        return self._entries[self._at] if self._entries else None

    def _has(self, at: int, kind: Kind, text: str) -> bool:
        if kind is Kind.TITLE:
            is_begun = at == self._at and self._seen[at]
            return bool(self._titles[at]) and self._titles[at] in text and not is_begun
        place = self._texts[at].find(text, self._seen[at])
        if place < 0:
            return False
        self._seen[at] = place + len(text)
        return True

    def holding(self, kind: Kind, text: str) -> Entry | None:
        """Return the entry that has a signature or caption: the one before, the next, or any."""
        near = [*self._entries[self._at : self._at + 2], *self._entries]
        for each in near:
            own = each.signature if kind is not Kind.CAPTION else "".join(each.captions)
            if text in bare(own):
                return each
        return self._entries[self._at] if self._entries and kind is not Kind.CAPTION else None
