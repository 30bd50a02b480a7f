"""Folds a text by its rules, said again in their own plain way: the judge of folding, and of places in what is folded.

It goes from character to character with Python's `unicodedata`, and shares no table and no code with what it judges.
"""

import unicodedata
from typing import NamedTuple

RADICALS = dict(zip("⺠⻓⻔⻋⺟⻛⻄⻅⻘⻩⺣⻳⺇", "民长门车母风西见青黄灬龟𠘨", strict=True))
"""Some radicals of the supplement, as a reader takes them."""
OTHER_IGNORABLE = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x3164, 0xFFA0, *range(0xFFF0, 0xFFF9)}
VISIBLE_FORMATS = {0x6DD, 0x70F, 0x8E2, 0x110BD, 0x110CD, *range(0x600, 0x606), *range(0x890, 0x892)}


class Piece(NamedTuple):
    """A folded character and the printed ones that it stands for."""

    char: str
    start: int
    end: int


def is_ignorable(char: str) -> bool:
    """Say whether a character prints nothing, by Unicode's derivation of that property; NUL is one of ours."""
    code = ord(char)
    return (
        char == "\0"
        or code in OTHER_IGNORABLE
        or 0xE0000 <= code <= 0xE0FFF
        or "VARIATION SELECTOR" in unicodedata.name(char, "")
        or (
            unicodedata.category(char) == "Cf"
            and code not in VISIBLE_FORMATS
            and not 0xFFF9 <= code <= 0xFFFB
            and not 0x13430 <= code <= 0x1343F
        )
    )


def alone(char: str) -> str:
    """Fold a character by itself, to one or none."""
    if char.isspace() or is_ignorable(char):
        return ""
    form, *codes = unicodedata.decomposition(char).split() or [""]
    if len(codes) == 1 and (form in ("<wide>", "<narrow>") or (form == "<compat>" and "\u2e80" <= char <= "\u2fd5")):
        char = chr(int(codes[0], 16))
    char = RADICALS.get(char, char)
    composed = unicodedata.normalize("NFC", char)
    char = composed if len(composed) == 1 else char
    return char.lower() if len(char.lower()) == 1 else char


def ends_cell(text: str, at: int) -> bool:
    """Say whether a cell of a table ends here: at a tab, and where a line of a text ends that has tabs, or begins."""
    if text[at] != "\n":
        return text[at] == "\t"
    before = text[:at].rpartition("\n")[2]
    after = text[at + 1 :].partition("\n")[0]
    return "\t" in before + after


def pieces(text: str) -> list[Piece]:
    """Fold a text."""
    return joined(unjoined(text))


def unjoined(text: str) -> list[Piece]:
    """Fold a text, but leave letters and marks as they are."""
    found: list[Piece] = []
    cell = -1
    for at, printed in enumerate(text):
        char = alone(printed)
        if not char:
            if cell < 0 and ends_cell(text, at):
                cell = at
            continue
        if cell >= 0 and found:
            found.append(Piece("\t", cell, cell + 1))
        cell = -1
        found.append(Piece(char, at, at + 1))
    return found


def joined(found: list[Piece]) -> list[Piece]:
    """Join what Unicode composes: a character, with all that may belong to it."""
    groups: list[list[Piece]] = []
    for piece in found:
        if groups and belongs(piece.char):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    given = []
    for group in groups:
        whole = unicodedata.normalize("NFC", "".join(piece.char for piece in group))
        kept = [Piece(char, piece.start, piece.end) for char, piece in zip(whole, group, strict=False)]
        given += [*kept[:-1], kept[-1]._replace(end=group[-1].end)]
    return given


def belongs(char: str) -> bool:
    """Say whether a character may change with the one before it."""
    return unicodedata.category(char)[0] == "M" or 0x1161 <= ord(char) <= 0x1175 or 0x11A8 <= ord(char) <= 0x11C2


def plainly(text: str) -> str:
    """Give a text folded."""
    return "".join(piece.char for piece in pieces(text))


def sense(text: str) -> str:
    """Give what is the same for two texts if and only if they are to be folded to the same."""
    return unicodedata.normalize("NFD", "".join(piece.char for piece in unjoined(text))).replace("I", "i")
