"""Flattens a page's mark-up into the lines a reader sees; nothing in it is particular to yearbooks."""

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString, Script, Stylesheet, TemplateString

from indexer.text.fold import fold_width

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
_NEVER_SHOWN = frozenset({"script", "style", "head", "title", "template"})
_NO_TEXT = (PreformattedString, Script, Stylesheet, TemplateString)
_MAX_CELL = 80
"""Longest cell, in characters, in a row of data.  Longer cells are page layout, such as the portrait beside an
organisation's text: the shortest real entry seen has 150 characters, the longest cell 46."""
_MAX_NODES, _MAX_WORDS = 200, 1000
"""Most nodes, and most characters, kept as a link's words: unclosed links contain everything after them."""
_REACH = 40
"""Characters before a break in which an open parenthesis is looked for."""
_SOFT_BREAK = re.compile(r"[\r\n]+")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ALONE = _HEADINGS | {"tr", "li", "dt", "dd", "caption"}
_STRIPPED = " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\u2028\u2029\u3000\u2002\u2003\u2009\u200b\ufeff"
_BLANK = _STRIPPED + "\xa0"
_ASCII_WORD = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page."""

    text: str
    """As printed, without white space at the ends; empty for a line that holds only images."""
    image: bool = False
    """Whether the line contains an image."""
    linked: int = 0
    """How many of the characters belong to links."""
    links: tuple[tuple[str, str], ...] = ()
    """Text and target of each link."""
    row: bool = False
    """Whether it is a table row, with cells separated by tabs."""
    tag: str = ""
    """The heading tag (`h1` to `h6`), or the tag by which the design sets parts apart, that the line stands in."""
    ended: bool = False
    """Whether a table row, list item or heading ends here, so that the line break is intended."""
    dress: str = ""
    """How the line's beginning is set off: `bold` or `colour`; empty if it is not."""
    lead: int = 0
    """How many characters are set off, which may be the whole line."""
    centred: bool = False
    cell: bool = False
    """Whether a table cell ends here."""
    folded: str = field(init=False, default="", repr=False, compare=False)
    """The text with full-width forms folded, character for character."""

    def __post_init__(self) -> None:
        """Fold the text once, since many patterns are tried on it."""
        object.__setattr__(self, "folded", fold_width(self.text))


@dataclass(slots=True)
class _Writer:
    """Collects text until a line ends."""

    apart: Set[str] = frozenset()
    """Tags whose text is a line of its own though they are not block elements."""
    lines: list[Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    image: bool = False
    dresses: list[str] = field(default_factory=list)
    """How each open tag sets its text off, innermost last."""
    aligned: list[bool] = field(default_factory=list)
    """Whether each open block that sets an alignment centres its text."""
    dress: str = ""
    """How the line being written begins."""
    led: int = -1
    """Number of parts in its set-off beginning, -1 while there are only blank ones."""
    is_led: bool = False
    """Whether that beginning may still go on."""
    centred: bool = False

    def add(self, text: str) -> None:
        """Append text, set off as the open tags say."""
        if text.strip(_BLANK):
            if self.led < 0:
                self.dress = self.dresses[-1] if self.dresses else ""
                self.centred = bool(self.aligned) and self.aligned[-1]
                self.is_led, self.led = bool(self.dress), 0
            if self.is_led and self.dresses:
                self.led = len(self.parts) + 1
            else:
                self.is_led = False
        self.parts.append(text)

    def end_line(self) -> None:
        if not self.parts and not self.image:
            return
        text = tidy("".join(self.parts))
        if text or self.image:
            linked = sum(len(words) for words, _ in self.links)
            lead = tidy("".join(self.parts[: self.led])) if self.led > 0 and text else ""
            led = len(lead) if text.startswith(lead) else 0
            dress, centred = (self.dress if led else ""), self.centred and bool(text)
            self.lines.append(Line(text, self.image, linked, tuple(self.links), dress=dress, lead=led, centred=centred))
        self.parts.clear()
        self.links.clear()
        self.image = False
        self.led, self.is_led, self.centred, self.dress = -1, False, False, ""


def read_tree(html: str) -> BeautifulSoup:
    """Parse a page's mark-up, whatever is wrong with it."""
    return BeautifulSoup(html, "lxml")


def read_lines(tree: BeautifulSoup, apart: Set[str] = frozenset()) -> tuple[Line, ...]:
    """Return the page's visible lines in document order; a tag in `apart` starts a line of its own."""
    writer = _Writer(apart)
    _walk(tree, writer)
    writer.end_line()
    return tuple(writer.lines)


def unseen_text(tree: BeautifulSoup) -> str:
    """Return the text in a page's form fields, embedded objects and `<noscript>`, joined by spaces.

    It is navigation, counters and advertisements, not the page's own text.
    """
    found = tree.find_all(sorted(_UNSEEN - _NEVER_SHOWN))
    outermost = (tag for tag in found if not any(parent.name in _UNSEEN for parent in tag.parents))
    return tidy(" ".join(tag.get_text(" ") for tag in outermost))


def tidy(text: str) -> str:
    """Strip a line and replace newlines of the source: by a space where words would run together, else by nothing."""
    parts: list[str] = []
    for part in _SOFT_BREAK.split(text.replace("\xa0", " ")):
        words = part.strip(_STRIPPED)
        if words:
            parts += [joint("".join(parts[-2 * _REACH :]), words), words] if parts else [words]
    return "".join(parts)


def joint(before: str, after: str) -> str:
    """Return what replaces a mended break between two texts: a space or nothing.

    A space is needed inside a parenthesis, and between Latin letters or digits.
    """
    before = before[-_REACH:]
    opened = max(before.rfind("("), before.rfind("（"))
    inside = opened >= 0 and not any(c in before[opened:] for c in ")）")
    return " " if inside or (_ASCII_WORD.match(before[-1:]) and _ASCII_WORD.match(after[:1])) else ""


def _walk(node: Tag, writer: _Writer) -> None:
    # An explicit stack: some pages are nested deeper than Python can recurse.
    stack: list[tuple[Iterator[PageElement], Callable[[], None]]] = [(iter(node.children), _nothing)]
    while stack:
        children, leave = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            leave()
        elif isinstance(child, Tag):
            if after := _enter(child, writer):
                stack.append((iter(child.children), after))
        elif _is_text(child):
            writer.add(str(child))


def _is_text(node: PageElement) -> bool:
    # Comments, declarations, scripts and styles are subclasses of NavigableString, but so are texts in <rt> and <rp>.
    if type(node) is NavigableString:
        return True
    return isinstance(node, NavigableString) and not isinstance(node, _NO_TEXT)


def _enter(tag: Tag, writer: _Writer) -> Callable[[], None] | None:
    """Handle the start of a tag; return what to do at its end, or None if its inside is skipped."""
    if tag.name in _UNSEEN:
        return None
    if tag.name == "br":
        writer.end_line()
        return None
    if tag.name == "img":
        writer.image = True
        return None
    if tag.name == "tr" and (cells := _data_cells(tag)):
        writer.end_line()
        writer.lines.append(Line("\t".join(cells).rstrip("\t"), row=True, image=_holds(tag, ("img",))))
        return None
    if tag.name in _BLOCKS or tag.name in writer.apart:
        writer.end_line()
        alone = tag.name in _ALONE or tag.name in writer.apart
        leave = partial(_end_item, tag.name, writer, len(writer.lines)) if alone else writer.end_line
        if tag.name in ("td", "th"):
            leave = partial(_end_cell, writer, len(writer.lines))
        return _aligning(tag, writer, leave)
    if tag.name == "a":
        return partial(_end_link, tag, writer, len(writer.parts), len(writer.lines))
    if dress := _dress_of(tag):
        writer.dresses.append(dress)
        return partial(_pop, writer.dresses)
    return _nothing


def _aligning(tag: Tag, writer: _Writer, leave: Callable[[], None]) -> Callable[[], None]:
    """Note how a block aligns its text until it ends; a table starts afresh, as in browsers of the time."""
    said = str(tag.get("align") or "").lower()
    if tag.name not in ("center", "table") and not said:
        return leave
    writer.aligned.append(tag.name == "center" or (tag.name != "table" and said in ("center", "middle")))

    def leave_aligned() -> None:
        leave()
        writer.aligned.pop()

    return leave_aligned


def _dress_of(tag: Tag) -> str:
    """Return how an inline tag sets its text off: `bold`, `colour` or empty."""
    if tag.name in ("b", "strong"):
        return "bold"
    style = str(tag.get("style") or "").lower()
    if tag.name == "span" and "bold" in style:
        return "bold"
    coloured = (tag.name == "font" and tag.get("color")) or (tag.name == "span" and "color" in style)
    return "colour" if coloured else ""


def _pop(stack: list[str]) -> None:
    stack.pop()


def _end_link(tag: Tag, writer: _Writer, parts_before: int, lines_before: int) -> None:
    whole = len(writer.lines) == lines_before
    parts = writer.parts[parts_before : parts_before + _MAX_NODES] if whole else islice(_texts(tag), _MAX_NODES)
    writer.links.append((tidy("".join(parts)[:_MAX_WORDS]), str(tag.get("href", ""))))


def _end_item(name: str, writer: _Writer, lines_before: int) -> None:
    writer.end_line()
    if len(writer.lines) > lines_before:
        heading = name if name in _HEADINGS or name in writer.apart else ""
        _note(writer.lines[-1], "ended", True)
        if heading:
            _note(writer.lines[-1], "tag", heading)


def _end_cell(writer: _Writer, lines_before: int) -> None:
    writer.end_line()
    if len(writer.lines) > lines_before:
        _note(writer.lines[-1], "cell", True)


def _note(line: Line, name: str, value: object) -> None:
    """Set a line's attribute at its end; it bypasses the frozen dataclass, because building the line anew is slow."""
    object.__setattr__(line, name, value)


def _nothing() -> None:
    pass


def _data_cells(row: Tag) -> tuple[str, ...]:
    """Return the row's cells if it is a row of data, else nothing."""
    found = [child for child in row.children if isinstance(child, Tag) and child.name in ("td", "th")]
    if len(found) < 2 or _holds(row, ("table", "a")):
        return ()
    cells = [_cell_text(cell) for cell in found]
    filled = sum(bool(cell) for cell in cells)
    return tuple(cells) if filled > 1 and all(len(cell) <= _MAX_CELL for cell in cells) else ()


def _holds(tag: Tag, names: tuple[str, ...]) -> bool:
    """Return whether a tag contains any of the named ones."""
    return any(isinstance(each, Tag) and each.name in names for each in _inside(tag))


def _texts(tag: Tag) -> Iterator[str]:
    """Yield the texts inside a tag and an empty one for each tag, so that taking a few items visits few nodes."""
    return (str(each) if _is_text(each) else "" for each in _inside(tag))


def _inside(tag: Tag) -> Iterator[PageElement]:
    """Yield everything inside a tag, in order; BeautifulSoup's own walk would first search for the tag's end."""
    waiting = [iter(tag.children)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        yield child
        if isinstance(child, Tag):
            waiting.append(iter(child.children))


def _cell_text(cell: Tag) -> str:
    writer = _Writer()
    _walk(cell, writer)
    writer.end_line()
    return " ".join(line.text for line in writer.lines if line.text)
