"""Folds text for comparison: what a reader of two texts cannot see makes no difference between them.

Width, case, white space, characters that print nothing, radicals in the place of ideographs, and whether a letter and
its mark are one character or two.  Folding maps one character to one character or to none, or a letter with its marks
to fewer, but never one to several, so that every place in the folded text has a place in the stored text (NFKC would
turn ㎡ into m2 and … into ...).

Cells of a table stay apart: of the white space between two of them one tab is left.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.text import forms, joining
from indexer.text.variants import simplifications, simplified, with_arabic_years

Codes = NDArray[np.uint32]
"""Code points, one per element."""
Places = NDArray[np.intp]
"""Offsets in a text, ascending."""

CELL = "\t"
"""Separates the cells of a row in stored text, and all cells of a table in folded text."""


def shape() -> tuple[object, ...]:
    """Return what determines folded text: the constants, and the tables made from Python's Unicode data."""
    return CELL, forms.INVISIBLE, forms.CASED, tuple(sorted(forms.forms().items())), joining.shape()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with the place of each character in the original."""

    text: str
    offsets: Sequence[int] | NDArray[np.intp]
    """Offset in the original of each folded character."""
    ends: Sequence[int] | NDArray[np.intp] | None = None
    """Where in the original each ends, if some were joined from several; else each is one character."""

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original from which the folded range `[start, end)` came, also half-open."""
        last = self.offsets[end - 1] + 1 if self.ends is None else self.ends[end - 1]
        return int(self.offsets[start]), int(last)


def fold(text: str) -> str:
    """Return the text as it is compared: `ＡＰＥＣ　会议` becomes `apec会议`, `总⼯会` becomes `总工会`."""
    if _is_simple(text):
        return text.translate(forms.forms())
    codes, kept, _ = _folded(text, _code_table(), _FIRST)
    return decode_points(codes[kept])


def fold_with_offsets(text: str) -> Folded:
    """Fold like `fold`, and keep each character's offset in the original."""
    if _is_simple(text):
        table = forms.forms()
        folded = text.translate(table)
        if len(folded) == len(text):
            return Folded(folded, range(len(text)))
        return Folded(folded, [at for at, char in enumerate(text) if table.get(ord(char), 0) is not None])
    codes, kept, seen = _folded(text, _code_table(), _FIRST)
    if kept.all():
        return Folded(decode_points(codes), range(len(text)))
    offsets = np.flatnonzero(kept)
    ends = None
    if seen & _JOINS:
        ends = offsets + 1
        joined = np.flatnonzero(codes == _JOINED)
        ends[np.searchsorted(offsets, joined) - 1] = joined + 1
    return Folded(decode_points(codes[kept]), offsets, ends)


def fold_codes(text: str, starts: Places | None = None) -> tuple[Codes, NDArray[np.bool_]]:
    """Fold like `fold`; return the code points kept, and a flag per original character: whether it was kept.

    Of characters that are joined the first is kept.  Where `text` is several texts in a row, which are folded each by
    itself, `starts` says where they begin.
    """
    codes, kept, _ = _folded(text, _code_table(), _FIRST if starts is None else starts)
    return codes[kept], kept


def end_with_joined(text: str, end: int, dropped: int) -> int:
    """Return where a character ends in a text of which `fold_codes` kept the place before `end`.

    `dropped` is how many places behind it were not kept; the character ends behind the last of these that was joined
    to it.
    """
    for at in range(end + dropped, end, -1):
        if not text[at - 1].isspace() and fold(text[at - 1]):
            return at
    return end


def code_points(text: str) -> Codes:
    """Return the text's code points."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def decode_points(codes: Codes) -> str:
    """Return the text that the code points stand for."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def fold_for_words(text: str) -> str:
    """Fold like `fold`, and convert to simplified characters and Arabic years, which jieba's dictionary expects.

    One space is left where white space follows a Latin letter, because it separates words there, and between cells.
    """
    if _is_simple(text):
        folded = text.translate(forms.forms())
        if len(folded) == len(text):
            return with_arabic_years(simplified(folded))
    return fold_all_for_words((text,))[0]


def fold_all_for_words(texts: Sequence[str]) -> list[str]:
    """Fold each text like `fold_for_words`; many at once, since every array operation has a fixed cost."""
    sizes = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
    ends = np.cumsum(sizes)
    codes, kept, seen = _folded("".join(texts), _word_table(), ends - sizes, " ")
    if seen & (_NOTHING | _JOINS):
        visible = codes & _NOTHING == 0
        ends = np.concatenate(([0], np.cumsum(visible)))[ends]
        codes, kept = codes[visible], kept[visible]
    if seen & _DROPPED:
        dropped = ~kept
        latin = (codes >= ord("a")) & (codes <= ord("z"))
        parting = dropped.copy()
        parting[1:] &= latin[:-1]
        parting[:1] = False
        # White space at the beginning of a text separates nothing.
        parting[ends[:-1][ends[:-1] < len(codes)]] = False
        codes[parting] = ord(" ")
        kept |= parting
        ends = np.concatenate(([0], np.cumsum(kept)))[ends]
        codes = codes[kept]
    folded = decode_points(codes)
    return [with_arabic_years(folded[start:end]) for start, end in pairwise((0, *ends.tolist()))]


@lru_cache(256)
def fold_width(text: str) -> str:
    """Fold width alone; the result has the same length, so patterns found in it have the same offsets.

    Results are cached, because a parser tries several patterns on each line.
    """
    return text.translate(forms.widths())


_SHORT = 48
"""Texts with fewer characters are folded without arrays, which would cost more than they save."""
_BRIEF = 8
"""How they are joined is remembered of fewer characters than this."""
_FIRST = np.zeros(1, dtype=np.intp)
"""Where a single text begins."""
_DROPPED = 0x80000000
"""Bit of what is dropped; alone, it is white space."""
_NOTHING = 0x20000000
"""Bit of what prints nothing."""
_CELL = 0x10000000
"""Bit of what may separate cells."""
_JOINS = 0x40000000
"""Bit of a character that may join the one before it."""
_JOINED = _DROPPED | _NOTHING | 1
"""Stands in the place of what was joined to the character before it."""


def _folded(text: str, table: Codes, starts: Places, between_cells: str = CELL) -> tuple[Codes, NDArray[np.bool_], int]:
    """Fold texts in a row: return a code for each character, whether it is kept, and the bits in the table's codes."""
    points = code_points(text)
    codes = table.take(points)
    kept = codes < _DROPPED
    seen = int(np.bitwise_or.reduce(codes, initial=0))
    if seen & _CELL:
        between = _between_cells(points, ~kept, starts)
        codes[between] = ord(between_cells)
        kept[between] = True
    if seen & _JOINS:
        _join(codes, kept, starts)
    return codes, kept, seen


def _between_cells(points: Codes, dropped: NDArray[np.bool_], starts: Places) -> Places:
    """Return the places of dropped characters that stand for the ends of cells: one for each two cells.

    A tab ends a cell, and so does a newline before or after a line that has tabs.
    """
    places = np.flatnonzero(dropped)
    there = points[places]
    parting = there == ord(CELL)
    broken = np.flatnonzero(there == ord("\n"))
    lines = np.sort(np.concatenate((places[broken], starts)))
    rows = np.zeros(len(lines) + 1, dtype=np.bool_)
    rows[lines.searchsorted(places[parting], side="right")] = True
    after = lines.searchsorted(places[broken], side="right")
    parting[broken] = rows[after] | rows[after - 1]
    # What is dropped lies in stretches; those at the edges of a text part nothing.
    edges = np.zeros(len(points) + 1, dtype=np.bool_)
    edges[starts] = edges[-1] = True
    begins = edges[places]
    begins[1:] |= places[1:] != places[:-1] + 1
    begins[:1] = True
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(places)) - 1
    inner = ~(edges[places[first]] | edges[places[last] + 1])
    stretch = np.cumsum(begins) - 1
    ends = np.flatnonzero(parting & inner[stretch])
    of_stretch = stretch[ends]
    repeated = np.zeros(len(ends), dtype=np.bool_)
    repeated[1:] = of_stretch[1:] == of_stretch[:-1]
    return places[ends[~repeated]]


def _join(codes: Codes, kept: NDArray[np.bool_], starts: Places) -> None:
    """Join letters and the marks behind them, in place; a text's first character joins nothing."""
    places = np.flatnonzero(kept)
    joins = codes[places] & _JOINS != 0
    letters = codes[places] & ~np.uint32(_JOINS)
    begins = ~joins
    of_texts = places.searchsorted(starts)
    begins[of_texts[of_texts < len(places)]] = True
    edges = np.append(np.flatnonzero(begins), len(places))
    groups = np.unique(edges.searchsorted(np.flatnonzero(joins), side="right"))
    text = decode_points(letters)
    gone: list[int] = []
    for start, end in zip(edges[groups - 1].tolist(), edges[groups].tolist(), strict=True):
        written = text[start:end]
        joined = joining.join_briefly(written) if end - start < _BRIEF else joining.join(written)
        if joined != written:
            letters[start : start + len(joined)] = code_points(joined)
            gone += range(start + len(joined), end)
    codes[places] = letters
    codes[places[gone]] = _JOINED
    kept[places[gone]] = False


def _is_simple(text: str) -> bool:
    """Return whether a text is short, and each of its characters folds by itself."""
    return len(text) < _SHORT and _neighbourly().isdisjoint(text)


@cache
def _neighbourly() -> frozenset[str]:
    """Return the characters whose folding depends on those beside them: tabs, and those that may join others."""
    joiners = joining.joiners().keys()
    codes = [ord(CELL), *joiners, *(code for code, form in forms.forms().items() if form in joiners)]
    return frozenset(map(chr, codes))


@cache
def _code_table() -> Codes:
    table = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    for code, form in forms.forms().items():
        table[code] = _DROPPED if form is None else form
    for code in forms.invisible():
        table[code] = _DROPPED | _NOTHING
    table[ord(CELL)] = _DROPPED | _CELL
    joins = np.isin(table, list(joining.joiners()))
    table[joins] |= _JOINS
    return table


@cache
def _word_table() -> Codes:
    simple = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    for code, form in simplifications().items():
        simple[code] = form
    table = _code_table().copy()
    plain = table <= sys.maxunicode
    table[plain] = simple[table[plain]]
    return table
