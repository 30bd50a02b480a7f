"""Prepares an entry to be read: paragraphs and tables, the places that a search matches numbered, lost characters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

from indexer.model import Entry
from indexer.search.fields import APART
from indexer.search.query.plan import Leaf, resolve
from indexer.search.query.tree import Node
from indexer.search.shown.marks import find_marks

LOST = "\ufffd"
"""Stands where the page's bytes mean no character."""
_FIGURE = re.compile(r"[+\-−＋－]?[\d０-９][\d０-９\s.,，．%％]*")
_LOST = re.compile(f"({LOST}+)")


class Piece(NamedTuple):
    """A stretch of an entry's text as printed."""

    text: str
    marked: bool = False
    number: int = 0
    """Number of the occurrence that begins here; 0 if none does."""
    is_lost: bool = False
    """Whether it stands for characters that cannot be told."""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or, if `rows` is filled, a table."""

    line: Line = ()
    rows: tuple[tuple[Line, ...], ...] = ()

    @property
    def figures(self) -> tuple[bool, ...]:
        """Which columns of a table hold figures: most of their cells below the first row, as far as these are filled."""
        columns = zip_longest(*self.rows[1:], fillvalue=())
        texts = [["".join(piece.text for piece in cell).strip() for cell in column] for column in columns]
        counts = [([bool(_FIGURE.fullmatch(text)) for text in column if text]) for column in texts]
        shown = [sum(column) * 2 > len(column) for column in counts]
        return (*shown, *[False] * (len(self.rows[0]) - len(shown)))


@dataclass(frozen=True, slots=True)
class MarkedEntry:
    """An entry with a search's marks on it."""

    entry: Entry
    title: Line
    heading: Line
    """Empty if the heading is the same as the title."""
    blocks: tuple[Block, ...]
    signature: Line
    captions: tuple[Line, ...]
    fields: tuple[str, ...]
    """The field of each occurrence, in reading order."""
    here: int
    """Number of the occurrence that an address names; 0 if it names none."""
    searched: bool
    """Whether the search has strings to mark at all."""
    lost: int
    """How many characters cannot be told."""


def mark_entry(entry: Entry, node: Node | None, place: tuple[str, int] | None = None) -> MarkedEntry:
    """Mark and number every place in an entry that a query matches.

    `place` names one of them by its field and by where it begins in the field's string, in characters.
    """
    marker = _Marker(resolve(node).leaves, place)
    title = marker.line("title", entry.title)
    heading = marker.line("heading", entry.heading) if entry.heading != entry.title else ()
    body = marker.line("body", entry.body)
    captions = tuple(marker.line("captions", caption) for caption in entry.captions)
    signature = marker.line("signature", entry.signature)
    return MarkedEntry(
        entry=entry,
        title=title,
        heading=heading,
        blocks=blocks(body),
        signature=signature,
        captions=captions,
        fields=tuple(marker.fields),
        here=marker.here,
        searched=any(leaf.scope not in APART for leaf in marker.leaves),
        lost=sum(text.count(LOST) for text in (entry.title, entry.body, entry.signature, *entry.captions)),
    )


class _Marker:
    """Marks an entry's strings one after another, and numbers the occurrences."""

    def __init__(self, leaves: tuple[Leaf, ...], place: tuple[str, int] | None) -> None:
        self.leaves = leaves
        self.fields: list[str] = []
        self.here = 0
        self._place = place

    def line(self, field: str, text: str) -> Line:
        """Return a string in pieces; joined, their texts are that string."""
        found = find_marks(self.leaves, field, text)
        numbers = {}
        for start, _ in found.occurrences:
            self.fields.append(field)
            numbers[start] = len(self.fields)
            if (field, start) == self._place:
                self.here = len(self.fields)
        ends = {0, len(text), *numbers, *(at for one in found.ranges for at in one)}
        cuts = sorted(ends)
        inside = _Inside(found.ranges)
        pieces: list[Piece] = []
        for start, end in pairwise(cuts):
            pieces += _pieces(text[start:end], inside.has(start), numbers.get(start, 0))
        return tuple(pieces)


class _Inside:
    """Tells which places, asked for in order, are inside of sorted ranges."""

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        self._ranges = ranges
        self._at = 0

    def has(self, place: int) -> bool:
        while self._at < len(self._ranges) and self._ranges[self._at][1] <= place:
            self._at += 1
        return self._at < len(self._ranges) and self._ranges[self._at][0] <= place


def _pieces(text: str, is_marked: bool, number: int) -> Iterator[Piece]:
    for at, part in enumerate(_LOST.split(text)):
        if part:
            yield Piece(part, is_marked, number, bool(at % 2))
            number = 0


def blocks(text: Line) -> tuple[Block, ...]:
    """Split a marked body into paragraphs, and tables made of consecutive rows of cells."""
    found: list[Block] = []
    paragraphs = [(line, any("\t" in piece.text for piece in line)) for line in split_line(text, "\n")]
    for is_table, lines in groupby(paragraphs, key=lambda each: each[1]):
        if is_table:
            found.append(Block(rows=tuple(tuple(split_line(line, "\t")) for line, _ in lines)))
        else:
            found += [Block(line) for line, _ in lines if line]
    return tuple(found)


def split_line(text: Line, separator: str) -> list[Line]:
    """Split marked text at a separator, keeping the marks; a mark across the separator continues after it."""
    parts: list[list[Piece]] = [[]]
    for piece in text:
        number = piece.number
        for at, part in enumerate(piece.text.split(separator)):
            if at:
                parts.append([])
            if part:
                parts[-1].append(piece._replace(text=part, number=number))
                number = 0
    return [tuple(part) for part in parts]
