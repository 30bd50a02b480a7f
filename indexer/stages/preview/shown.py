"""Shows for every character of a page what parsing makes of it, and by which rule."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.errors import DecodeError
from indexer.model import Entry, Page, Problem, Volume
from indexer.parse.entries.drafts import Kind, Piece, Rule
from indexer.parse.entries.parser import ParsedPage, parse_chain
from indexer.parse.layouts import Layout
from indexer.parse.page.breadcrumb import Opening, by_breadcrumb, find_line, split_rule, without_breadcrumb
from indexer.parse.page.decoding.decode import decode
from indexer.parse.page.frame import Frame
from indexer.parse.page.lines import Line, read_lines, read_tree, unseen_text
from indexer.parse.page.pages import DEFAULT_LAYOUT, FramedPage, frame_page, layout_of
from indexer.stages.preview.matching import Pieces, bare
from indexer.text.fold import fold_width

Block = tuple[Piece, ...]
"""A piece from the parser or a line of the frame, as one piece, or a signature split at the names in it."""
_NAMING = frozenset({Rule.SPEECH, Rule.UNDER_HEADING})
"""Rules of captions that may name the author of a text without a signature."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A page, or the pages that one text runs over, as parsing sees them."""

    urls: tuple[str, ...]
    """URLs of the pages, in order."""
    volume: str
    """Id of its volume, or what stands for it in ids; empty when neither scope nor page tells it."""
    layout: str
    year: int
    """The volume's year, 0 if unknown."""
    section: str
    heading: str
    kind: str
    """`entries`, `list`, `news` or `other`, as in the page's report."""
    encoding: str
    """The encoding in which the bytes were read; empty if they were not."""
    titles: str
    """How the titles are set, as in `ParsedPage.titles`."""
    blocks: tuple[Block, ...]
    """All visible text of the pages, in order."""
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    links: tuple[tuple[str, str], ...] = ()
    """Words and URL of each link of the pages to another web page, navigation and frames included."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Every character of the pages' text in exactly one piece, except for white space between pieces."""
        return tuple(piece for block in self.blocks for piece in block)


def preview(chain: Sequence[Page], volumes: Sequence[Volume], listed: frozenset[str] = frozenset()) -> Preview:
    """Parse one page, or the pages of one chain together, and show what became of all the text.

    `listed` holds the titles that index pages list for them.
    """
    framed = [frame_page(page, volumes) for page in chain]
    parsed = parse_chain(framed, volumes, listed)
    first = framed[0]
    years = [entry.year for entry in parsed.entries]
    blocks = _blocks(chain, framed, parsed)
    names = _Names.of(parsed.entries)
    return Preview(
        urls=tuple(page.url for page in chain),
        volume=parsed.volume or (first.volume.id if first.volume else ""),
        layout=first.volume.layout if first.volume else DEFAULT_LAYOUT,
        year=years[0] if years else first.volume.year if first.volume else 0,
        section=parsed.section,
        heading=parsed.heading,
        kind=parsed.kind,
        encoding=first.encoding,
        titles=parsed.titles,
        blocks=tuple(_with_names(piece, names) for piece in blocks),
        entries=parsed.entries,
        problems=parsed.problems,
        links=tuple(link for each in framed for link in each.links),
    )


def _blocks(chain: Sequence[Page], framed: Sequence[FramedPage], parsed: ParsedPage) -> list[Piece]:
    pieces = Pieces(parsed.pieces)
    layout = layout_of(framed[0].volume)
    for page, each in zip(chain, framed, strict=True):
        lines, unseen = _read(page, each, layout)
        for text, rule in _ruled(lines, each, layout):
            if rule is None:
                pieces.take(text)
            else:
                pieces.put(Piece(Kind.UNKNOWN if rule is Rule.NOTHING else Kind.DROPPED, text, rule))
        if unseen:
            pieces.put(Piece(Kind.DROPPED, unseen, Rule.UNSEEN))
    return pieces.taken()


def _read(page: Page, framed: FramedPage, layout: Layout) -> tuple[tuple[Line, ...], str]:
    """Read a page's visible lines, and the text of elements that are no page's text; none where it was refused."""
    if not framed.encoding:
        return (), ""
    try:
        tree = read_tree(decode(page.body).text)
    except DecodeError:
        return (), ""
    return read_lines(tree, layout.apart), unseen_text(tree)


def _ruled(lines: tuple[Line, ...], framed: FramedPage, layout: Layout) -> Iterator[tuple[str, Rule | None]]:
    """Yield a page's text by lines or parts, each with the rule that puts it into the frame; None if none does."""
    if framed.frame is None:
        rule = Rule.LINKS if framed.is_index else Rule.NOTHING
        yield from ((line.text, rule) for line in lines if line.text)
        return
    crumb = find_line(lines, layout.breadcrumb.search)
    opening = by_breadcrumb(lines, layout)
    if opening is None:
        lines = split_rule(lines, layout)
        opening = without_breadcrumb(lines, layout) or Opening("", (), lines)
    start = len(lines) - len(opening.rest)
    crumb = start if crumb is None else crumb
    text = _Text(framed.frame, layout)
    for at, line in enumerate(lines):
        if not line.text:
            continue
        if at < crumb - len(opening.above):
            yield line.text, Rule.ABOVE
        elif crumb <= at < start:
            yield line.text, Rule.BREADCRUMB
        else:
            yield from text.ruled(line)


class _Text:
    """The lines of a page's own text that are still to come, in order."""

    def __init__(self, frame: Frame, layout: Layout) -> None:
        content = (line.text for line in frame.content if line.text)
        self._layout = layout
        self._coming = deque(bare(text) for text in (*frame.heading, *content))
        self._system = Counter(map(bare, frame.system))

    def ruled(self, line: Line) -> Iterator[tuple[str, Rule | None]]:
        """Yield a line with its rule, in parts if the mark-up joins text, hyphens and closing link in it."""
        if self._comes(line.text):
            yield line.text, None
            return
        for part, rule in self._parts(line):
            if rule is not None or self._comes(part):
                yield part, rule
            else:
                yield part, Rule.ABOVE if self._coming else Rule.BELOW

    def _comes(self, text: str) -> bool:
        key = bare(text)
        if self._coming and self._coming[0] == key:
            self._coming.popleft()
            return True
        if self._system[key]:
            self._system[key] -= 1
            return True
        return False

    def _parts(self, line: Line) -> Iterator[tuple[str, Rule | None]]:
        ends = ((self._layout.rule, Rule.HYPHENS), (self._layout.close, Rule.CLOSE))
        found = [(each.span(), rule) for pattern, rule in ends for each in [pattern.search(line.folded)] if each]
        at = 0
        for (start, end), rule in sorted(found):
            if start < at:
                continue
            yield from ((part, None) for part in [line.text[at:start]] if part.strip())
            yield line.text[start:end], rule
            at = end
        yield from ((part, None) for part in [line.text[at:]] if part.strip())


@dataclass(frozen=True, slots=True)
class _Names:
    """Patterns of the names that pieces may hold; None where there are none."""

    signing: re.Pattern[str] | None
    speaking: re.Pattern[str] | None

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "_Names":
        signing = {name: None for entry in entries for name in entry.authors}
        speaking = {name: None for entry in entries if not entry.signature for name in entry.authors}
        return cls(_pattern(signing), _pattern(speaking))


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Make the pattern of names with white space in them or not, the longest first."""
    spaced = [
        r"\s*".join(map(re.escape, fold_width(name))) for name in sorted(names, key=lambda name: (-len(name), name))
    ]
    return re.compile("|".join(spaced)) if spaced else None


def _with_names(piece: Piece, names: _Names) -> Block:
    """Tell the authors' names in a signature apart, or in a speech's by-line the speaker's; its rule is theirs."""
    pattern = None
    if piece.kind is Kind.SIGNATURE:
        pattern = names.signing
    elif piece.kind is Kind.CAPTION and piece.rule in _NAMING:
        pattern = names.speaking
    if pattern is None:
        return (piece,)
    parts: list[Piece] = []
    at = 0
    for found in pattern.finditer(fold_width(piece.text)):
        parts += [Piece(piece.kind, piece.text[at : found.start()], piece.rule)] if found.start() > at else []
        parts.append(Piece(Kind.AUTHOR, piece.text[found.start() : found.end()], piece.rule))
        at = found.end()
    parts += [Piece(piece.kind, piece.text[at:], piece.rule)] if at < len(piece.text) else []
    return tuple(parts)
