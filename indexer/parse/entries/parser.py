"""Parses framed pages into entries.

It has no side effects, so pages can be parsed anywhere and in any order.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote

from indexer.model import VALID_ID, Entry, Page, Problem, Volume
from indexer.parse.brackets import bare_title, opens_without_close, starts_title
from indexer.parse.entries.byline import labelled_authors, speech_block
from indexer.parse.entries.chronicle import is_chronicle, year_number
from indexer.parse.entries.drafting import segment, segment_chronicle, segment_roll
from indexer.parse.entries.drafts import Draft, Kind, Piece, Rule
from indexer.parse.entries.framed import headings, whole_frames
from indexer.parse.entries.paragraphs import is_officer, line_paragraphs, to_paragraphs
from indexer.parse.entries.titles import TitleStyle, title_style
from indexer.parse.layouts import Layout
from indexer.parse.page.frame import Frame, is_list
from indexer.parse.page.lines import Line
from indexer.parse.page.pages import FramedPage, frame_page, layout_of
from indexer.parse.problems import Code, fault, problem
from indexer.text.fold import fold_width

_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9\-_.@]+")
_MAX_ID_PART = 80
_PATH = re.compile(r"(?:[A-Za-z][\w+.-]*:(?://[^/?#]*)?)?([^?#]*)")
"""A URL's path.  Stored pages may have any text for a URL, which Python's own URL parser does not accept."""


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """What one page, or a chain of pages with one continuous text, holds."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    pieces: tuple[Piece, ...] = ()
    """Every character between the frame's edges, in order, each in exactly one piece."""
    kind: str = "other"
    """`entries`, `list` (index pages), `news`, or `other` (not a yearbook page, or not readable)."""
    volume: str = ""
    section: str = ""
    heading: str = ""
    titles: str = ""
    """How its titles are set: `bracket` followed by the brackets used, `bold` or another style, `chronicle`, `roll`."""


def parse_chain(
    chain: Sequence[FramedPage], volumes: Sequence[Volume], listed: frozenset[str] = frozenset()
) -> ParsedPage:
    """Parse the pages of one chain as one text; `listed` are the titles that index pages list for them.

    It never raises: if the parser itself fails, that is reported as a problem of each page.
    """
    try:
        return _parse_chain(chain, volumes, listed)
    except Exception as error:
        reported = [found for page in chain for found in page.problems]
        return ParsedPage((), (*reported, *(fault(page.url, error) for page in chain)))


def _parse_chain(chain: Sequence[FramedPage], volumes: Sequence[Volume], listed: frozenset[str]) -> ParsedPage:
    first = chain[0]
    frames = [page.frame for page in chain if page.frame]
    problems = [found for page in chain for found in page.problems]
    if not frames:
        volume = first.volume
        kind = "list" if first.is_index else "other"
        return ParsedPage((), tuple(problems), kind=kind, volume=volume.id if volume and first.is_index else "")
    frame = frames[0]
    layout = layout_of(first.volume)
    trail = fold_width(frame.trail)
    if layout.news_in_trail.search(trail):
        return ParsedPage((), (), tuple(whole_frames(frames, Rule.NEWS)), "news")
    content = tuple((line, part.url) for part in frames for line in part.content)
    problems += [found for part in frames for found in part.problems]
    page = replace(_PageFacts.read(first, frame, volumes, layout), listed=listed)
    if is_list(tuple(line for line, _ in content), layout):
        index = (*headings(frames, layout), *whole_frames(frames, Rule.LINKS))
        return ParsedPage((), tuple(problems), index, "list", page.volume, page.section, page.heading)
    if frames[-1].next_url and frames[-1].next_url not in {part.url for part in frames}:
        last = frames[-1]
        problems.append(problem(last.url, Code.NEXT_MISSING, "frame", last.next_url))
    drafts, titles = _drafts(content, page, layout)
    if under := [Piece(Kind.CAPTION, text, Rule.UNDER_HEADING) for text in page.under_heading]:
        drafts.insert(0, Draft(None, frame.url, under))
    by_system = _sign_by_system(drafts, frame)
    _doubt_unit(drafts)
    entries, more = _assemble(drafts, page)
    pieces = headings(frames, layout, page.under_heading)
    dropped = [text.replace(by_system, "", 1) if by_system else text for part in frames for text in part.system]
    pieces += [Piece(Kind.DROPPED, text, Rule.SYSTEM) for text in dropped]
    pieces += [piece for draft in drafts for piece in draft.pieces]
    problems += [*page.problems, *more]
    return ParsedPage(
        entries, tuple(problems), tuple(pieces), "entries", page.volume, page.section, page.heading, titles
    )


def _doubt_unit(drafts: Sequence[Draft]) -> None:
    """Note a line naming a unit below the last of several entries, if it is the only signature."""
    texts = [draft for draft in drafts if draft.texts(Kind.BODY)]
    if len(texts) < 2 or any(draft.texts(Kind.SIGNATURE) for draft in texts[:-1]):
        return
    for line in texts[-1].texts(Kind.SIGNATURE):
        if "单位" in line and labelled_authors(line):
            texts[-1].problems.append((Code.SIGNS_SEVERAL, line))


def _sign_by_system(drafts: Sequence[Draft], frame: Frame) -> str:
    """Let the author named by the site's system sign a page's only entry if nobody else does.

    Returns the line that signs, or an empty string.
    """
    texts = [draft for draft in drafts if draft.texts(Kind.BODY)]
    if not frame.entered_by or len(texts) != 1 or texts[0].texts(Kind.SIGNATURE) or texts[0].authors:
        return ""
    authors = labelled_authors(frame.entered_by)
    if not authors:
        return ""
    texts[0].authors = authors
    texts[0].pieces.append(Piece(Kind.SIGNATURE, frame.entered_by, Rule.SYSTEM))
    texts[0].problems.append((Code.SYSTEM_AUTHOR, frame.entered_by))
    return frame.entered_by


def _drafts(content: Sequence[tuple[Line, str]], page: "_PageFacts", layout: Layout) -> tuple[list[Draft], str]:
    """Cut a page's content into drafts as its kind requires; also return how its titles are set."""
    if is_chronicle(page.heading, page.section, layout):
        return segment_chronicle(to_paragraphs(content, TitleStyle(layout), True), page.heading, layout), "chronicle"
    if layout.roll.search(page.heading) or layout.roll.search(page.section):
        return segment_roll(line_paragraphs(content), layout), "roll"
    lines = [line for line, _ in content]
    is_speech = bool(layout.speech.search(fold_width(page.heading)))
    block = speech_block([line.text for line in lines], layout, is_speech=is_speech)
    speakers = tuple(dict.fromkeys((*page.speakers, *block.speakers)))
    # What looks like titles in a speech are its own headings; it has no entries.
    style = TitleStyle(layout) if speakers else title_style(lines[block.length :], layout)
    style = replace(style, listed=page.listed)
    drafts = segment(to_paragraphs(content[block.length :], style, False), style)
    if block.length:
        opening = [Piece(Kind.CAPTION, line.text, Rule.SPEECH) for line in lines[: block.length] if line.text]
        drafts.insert(0, Draft(None, content[0][1], opening))
    if speakers and (spoken := next((draft for draft in drafts if draft.texts(Kind.BODY)), None)):
        spoken.authors = spoken.authors or speakers
    return drafts, " ".join((style.kind, *sorted(style.brackets)))


def parse_alone(page: Page, volumes: Sequence[Volume]) -> tuple[FramedPage, ParsedPage]:
    """Parse one page as if it did not continue on another; also return its frame, by which chains are found.

    Its text is left out of lines and pieces, because processes copy what they pass to one another.
    """
    framed = frame_page(page, volumes)
    parsed = replace(parse_chain([framed], volumes), pieces=())
    return replace(framed, frame=framed.frame and replace(framed.frame, content=())), parsed


@dataclass(frozen=True, slots=True)
class _PageFacts:
    """What all entries of a page share."""

    url: str
    yearbook: str
    volume: str
    year: int
    section: str
    heading: str
    under_heading: tuple[str, ...]
    """By-line and officers' lines between the heading and the row of hyphens."""
    speakers: tuple[str, ...]
    """The people whom that by-line names."""
    layout: Layout
    problems: tuple[Problem, ...]
    listed: frozenset[str] = frozenset()
    """Titles that index pages list with a link to the page."""

    @classmethod
    def read(cls, page: FramedPage, frame: Frame, volumes: Sequence[Volume], layout: Layout) -> "_PageFacts":
        found = layout.volume_in_trail.search(fold_width(frame.trail))
        by_url = page.volume
        year = year_number(found["year"]) if found else by_url.year if by_url else 0
        problems = []
        if not year:
            problems.append(problem(frame.url, Code.YEAR_UNKNOWN, "breadcrumb"))
        if by_url and year != by_url.year:
            problems.append(problem(frame.url, Code.YEAR_CONFLICT, "breadcrumb", year, by_url.year))
        volume = by_url
        if by_url and by_url.year != year:
            site = [other for other in volumes if other.yearbook == by_url.yearbook and other.id != by_url.id]
            volume = next((other for other in site if other.year == year), None)
        section = frame.trail[found.start("section") :].strip(" >＞\u3000\t\n") if found else ""
        own, under, speakers = _part_heading(frame.heading, layout)
        heading = "".join(own)
        if opens_without_close(heading, layout):
            problems.append(problem(frame.url, Code.UNBALANCED, heading, heading))
        if starts_title(heading, layout) == len(heading) and heading:
            heading = bare_title(heading, layout)
        return cls(
            frame.url,
            by_url.yearbook if by_url else "",
            volume.id if volume else str(year),
            year,
            section,
            heading.strip(),
            under,
            speakers,
            layout,
            tuple(problems),
        )


def _part_heading(lines: Sequence[str], layout: Layout) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Separate a heading from the sub-title, by-line and officers' lines below it; also return whom these name."""
    for at in range(1, len(lines)):
        heading = fold_width("".join(lines[:at])).strip()
        is_speech = bool(layout.speech.search(heading))
        block = speech_block(lines[at:], layout, is_speech=is_speech)
        if block.length:
            return tuple(lines[:at]), tuple(lines[at:]), block.speakers
        folded = fold_width(lines[at]).strip()
        if folded.startswith(("——", "--")) or layout.byline_date.fullmatch(folded) or is_officer(folded, layout):
            return tuple(lines[:at]), tuple(lines[at:]), ()
    return tuple(lines), (), ()


def _assemble(drafts: Sequence[Draft], page: _PageFacts) -> tuple[tuple[Entry, ...], list[Problem]]:
    """Turn drafts into entries; captions before the first entry are added to it."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    positions: Counter[str] = Counter()
    waiting: tuple[str, ...] = ()
    for draft in drafts:
        problems += [problem(draft.url, code, where, where) for code, where in draft.problems]
        body = "\n".join(draft.texts(Kind.BODY))
        captions = draft.texts(Kind.CAPTION)
        if draft.title is None and not body and not draft.authors:
            # Only captions, under the page's heading or one within the text.
            if entries and captions:
                entries[-1] = replace(entries[-1], captions=entries[-1].captions + captions)
            else:
                waiting += captions
            continue
        if draft.title is None and not page.heading:
            problems.append(problem(draft.url, Code.NO_HEADING, body))
        positions[draft.url] += 1
        position = positions[draft.url]
        entries.append(
            Entry(
                id=entry_id(page.volume, draft.url, position, page.layout),
                volume=page.volume,
                year=page.year,
                section=page.section,
                heading=page.heading if draft.heading is None else draft.heading,
                title=page.heading if draft.title is None else draft.title,
                authors=draft.authors,
                signature="".join(draft.texts(Kind.SIGNATURE)),
                body=body,
                captions=waiting + captions,
                url=draft.url,
                position=position,
                yearbook=page.yearbook,
            )
        )
        waiting = ()
    if waiting and not entries:
        problems.append(problem(page.url, Code.CAPTION_ALONE, waiting[0]))
    elif not entries:
        problems.append(problem(page.url, Code.NO_TEXT, "frame"))
    return tuple(entries), problems


def entry_id(volume: str, url: str, position: int, layout: Layout) -> str:
    """Return an entry's permanent id: volume, page number or file name from the URL, and position on the page.

    Characters that an id cannot contain are replaced by `-`, and eight digits of a hash keep such ids distinct.
    """
    found = layout.page_number.search(url)
    name = found[1] if found else PurePosixPath(unquote(_path_of(url))).stem.replace("-", "_") or "index"
    made = f"{volume}-{name}-{position}"
    is_valid = VALID_ID.fullmatch(made) and name.isascii()
    return made if is_valid else f"{_plain(volume, volume)}-{_plain(name, url)}-{position}"


def _path_of(url: str) -> str:
    found = _PATH.match(url)
    return found[1] if found else ""


def _plain(name: str, of: str) -> str:
    plain = _NOT_IN_IDS.sub("-", name)
    if plain == name and len(name) <= _MAX_ID_PART:
        return name
    return f"{plain[:_MAX_ID_PART]}~{sha256(of.encode(errors='surrogatepass')).hexdigest()[:8]}"
