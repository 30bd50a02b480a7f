"""Flattens a page's mark-up into the lines a reader sees; knows mark-up and no yearbook."""

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

_BLOCKS = frozenset(
    re.split(
        r"\s+",
        "address article aside blockquote body caption center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 "
        "header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul",
    )
)
_UNSEEN = frozenset(
    re.split(r"\s+", "script style head title noscript object embed iframe select textarea template map")
)
_MAX_CELL = 80
"""A row whose cells are all at most this long is a row of data; longer cells are page layout (the portrait
beside an organisation's text): the shortest real entry seen has 150 characters, the longest cell 46."""
_SOFT_BREAK = re.compile(r"[ \t\r\f\v]*[\r\n][ \t\r\n\f\v]*")
_ASCII_WORD = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page."""

    text: str
    """As printed, without white space at the ends; empty for a line that holds only images."""
    image: bool = False
    """An image stands in this line."""
    linked: int = 0
    """How many of the characters are links."""
    links: tuple[tuple[str, str], ...] = ()
    """Text and target of each link."""
    row: bool = False
    """A row of a table, cells separated by tabs."""


@dataclass(slots=True)
class _Writer:
    """Collects text until a line ends."""

    lines: list[Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    image: bool = False

    def end_line(self) -> None:
        text = tidy("".join(self.parts))
        if text or self.image:
            linked = sum(len(words) for words, _ in self.links)
            self.lines.append(Line(text, self.image, linked, tuple(self.links)))
        self.parts.clear()
        self.links.clear()
        self.image = False


def read_lines(html: str) -> tuple[Line, ...]:
    """Give the page's visible lines in document order."""
    writer = _Writer()
    _walk(BeautifulSoup(html, "lxml"), writer)
    writer.end_line()
    return tuple(writer.lines)


def tidy(text: str) -> str:
    """Strip a line and settle its source newlines: a space beside a digit or Latin letter, else nothing."""
    text = text.replace("\xa0", " ")
    return _SOFT_BREAK.sub(_settle, text).strip()


def _settle(found: re.Match[str]) -> str:
    before = found.string[max(found.start() - 1, 0) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    return " " if _ASCII_WORD.match(before) and _ASCII_WORD.match(after) else ""


def _walk(node: Tag, writer: _Writer) -> None:
    for child in node.children:
        if isinstance(child, Tag):
            _walk_tag(child, writer)
        elif _is_text(child):
            writer.parts.append(str(child))


def _is_text(node: PageElement) -> bool:
    # Comments, declarations and the contents of script and style are subclasses.
    return type(node) is NavigableString


def _walk_tag(tag: Tag, writer: _Writer) -> None:
    if tag.name in _UNSEEN:
        return
    if tag.name == "br":
        writer.end_line()
    elif tag.name == "img":
        writer.image = True
    elif tag.name == "tr" and (cells := _data_cells(tag)):
        writer.end_line()
        writer.lines.append(Line("\t".join(cells), row=True, image=bool(tag.find("img"))))
    elif tag.name in _BLOCKS:
        writer.end_line()
        _walk(tag, writer)
        writer.end_line()
    else:
        start = len(writer.parts)
        lines_before = len(writer.lines)
        _walk(tag, writer)
        if tag.name == "a":
            inner = "".join(writer.parts[start:]) if len(writer.lines) == lines_before else tag.get_text()
            writer.links.append((tidy(inner), str(tag.get("href", ""))))


def _data_cells(row: Tag) -> tuple[str, ...]:
    """Give the row's cells when it is a row of data, else nothing."""
    if row.find(["table", "a"]):
        return ()
    cells = [_cell_text(cell) for cell in row.find_all(["td", "th"], recursive=False)]
    filled = tuple(cell for cell in cells if cell)
    return filled if len(filled) > 1 and all(len(cell) <= _MAX_CELL for cell in filled) else ()


def _cell_text(cell: Tag) -> str:
    writer = _Writer()
    _walk(cell, writer)
    writer.end_line()
    return " ".join(line.text for line in writer.lines if line.text)
