"""Cuts a page's lines to the yearbook's own text: breadcrumb, heading, content; knows no entries."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from re import Match, Pattern

from indexer.model import Problem
from indexer.parse.layouts import Layout
from indexer.parse.lines import Line
from indexer.parse.problems import Code, problem
from indexer.parse.titles import starts_title
from indexer.text.fold import fold_width
from indexer.urls import Spellings

_LETTER = re.compile(r"[^\W\d_]")
_LINKED = 0.6
"""Share of linked letters from which a text is a list of links: entries seen have none but the pager's."""
_MAX_HEADING_LINES = 6
_MAX_HEADING = 60
"""Longest heading line accepted on a page without a hyphen row; the longest title seen has 31 characters."""
_MAX_TRAIL_LINES = 8
_MAX_TRAIL_PART = 40
_MAX_LOST_HEADING = 3
"""Lines over the text of a page without a breadcrumb that may be its heading."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One page, cut to its text."""

    url: str
    trail: str
    """What the breadcrumb says after 当前位置:, as printed; empty when there is none."""
    heading: tuple[str, ...]
    """Lines between breadcrumb and hyphen row, as printed."""
    content: tuple[Line, ...]
    """Lines between the frame's edges."""
    next_url: str
    """Absolute URL of the page that goes on; empty when there is none."""
    problems: tuple[Problem, ...] = ()
    system: tuple[str, ...] = ()
    """Lines beside the text in which the site's system says who entered the page, and when."""
    entered_by: str = ""
    """The author that one of them names, as printed (作者：X)."""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page's links mean."""

    url: str
    """The page's own."""
    base: str
    """What its links are relative to."""
    spellings: Spellings
    encoding: str
    """The page's: queries of links are sent in it."""

    def page(self, target: str) -> str:
        """Give the canonical URL that a link leads to; empty when it leads to no page on the web."""
        return self.spellings.page(target, self.base, self.encoding)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a page's own text begins."""

    trail: str
    above: tuple[Line, ...]
    """The heading, where it stands over the breadcrumb."""
    rest: tuple[Line, ...]
    """What follows."""


def cut_frame(links: PageLinks, lines: tuple[Line, ...], layout: Layout, *, is_covered: bool) -> Frame | None:
    """Cut `lines` to the page's text, or give None when they are no page of this site.

    Without a breadcrumb they are one where a volume's scope covers the page (`is_covered`), and a row of hyphens or
    the layout's titles stand on it.
    """
    url = links.url
    problems: list[Problem] = []
    opening = _by_breadcrumb(lines, layout)
    if opening is None and is_covered:
        opening = _without_breadcrumb(lines, layout)
        what = "no breadcrumb, but a volume's scope covers the page: year from the volume, section unknown"
        problems.append(problem(url, Code.NO_BREADCRUMB, "frame", what))
    if opening is None:
        return None
    rest = _split_close(_split_rule(opening.rest, layout), layout)
    rule = _heading_rule(rest, layout)
    end, closed = _end(rest, rule or 0, layout)
    if not closed:
        where = "footer" if end < len(rest) else "page's end"
        problems.append(problem(url, Code.NO_CLOSE, "frame", f"no closing link; text taken to the {where}"))
    heading, content = _parted(rest[:end], rule, opening.above, layout)
    is_tagged = any(line.tag == layout.heading_tag for line in heading) if layout.heading_tag else False
    if rule is None and not is_tagged and not _only_links(content):
        problems.append(problem(url, Code.NO_RULE, "frame", "no row of hyphens between heading and text"))
    system = tuple(line for line in (*heading, *_at_edges(content)) if is_system(line, layout))
    return Frame(
        url=url,
        trail=opening.trail,
        heading=tuple(line.text for line in heading if line.text and line not in system),
        content=tuple(line for line in content if (line.text or line.image) and line not in system),
        next_url=_next_url(links, rest, layout),
        problems=tuple(problems),
        system=tuple(line.text for line in system),
        entered_by=next((found for line in system if (found := _author_in(line, layout))), ""),
    )


def is_list(content: tuple[Line, ...]) -> bool:
    """Say whether the text is nothing but links: an index or list page."""
    return _only_links(content)


def is_system(line: Line, layout: Layout) -> bool:
    """Say whether a line is the system's own: its fields, and two at least, unless one can be nothing else."""
    text, at, fields, named = line.folded.strip(), 0, 0, 0
    if len(text) > 3 * _MAX_HEADING:
        return False
    while at < len(text) and (found := layout.system.match(text, at)) and found.end() > at:
        at, fields = found.end(), fields + 1
        named += found["author"] is not None
    return at == len(text) and fields > named


def _author_in(line: Line, layout: Layout) -> str:
    """Give the field of a system's line that names an author, as printed."""
    for found in layout.system.finditer(line.folded):
        if found["author"] and found[0].lstrip().startswith("作者"):
            return line.text[found.start() : found.end("author")].strip()
    return ""


def _by_breadcrumb(lines: tuple[Line, ...], layout: Layout) -> _Opening | None:
    start = _find(lines, layout.breadcrumb.search)
    if start is None:
        return None
    trail, used = _trail(lines, start, layout)
    rest = lines[start + used :]
    first = next((line for line in rest if line.text and not is_system(line, layout)), None)
    is_over = start > 0 and first is not None and bool(layout.rule.fullmatch(first.folded))
    before = lines[start - 1] if is_over else None
    fits = before is not None and before.text and not before.linked and len(before.text) <= _MAX_HEADING
    return _Opening(trail, (before,) if before is not None and fits else (), rest)


def _without_breadcrumb(lines: tuple[Line, ...], layout: Layout) -> _Opening | None:
    """Find where the text begins below navigation, by the row of hyphens or the first title."""
    lines = _split_rule(lines, layout)
    mark = _find(lines, layout.rule.fullmatch)
    if mark is None:
        titled = (at for at, line in enumerate(lines) if 0 < starts_title(line.text, layout) < len(line.text))
        mark = next(titled, None)
    if mark is None:
        return None
    start = mark
    while start and mark - start < _MAX_LOST_HEADING and _may_head(lines[start - 1]):
        start -= 1
    return _Opening("", (), lines[start:])


def _may_head(line: Line) -> bool:
    return not line.linked and bool(line.text) and len(line.text) <= _MAX_HEADING and line.text[-1] not in "。；;"


def _parted(
    rest: tuple[Line, ...], rule: int | None, above: tuple[Line, ...], layout: Layout
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Part what stands between the frame's edges into heading and content."""
    tagged = next((at for at, line in enumerate(rest) if line.tag and line.tag == layout.heading_tag), None)
    if tagged is not None:
        return rest[tagged : tagged + 1], rest[tagged + 1 :]
    if rule is None or rule >= len(rest):
        heading, content = _without_rule(rest, layout)
        return (*above, *heading), content
    return (*above, *rest[:rule]), rest[rule + 1 :]


def _at_edges(content: tuple[Line, ...]) -> tuple[Line, ...]:
    """Give the lines of a text beside which the frame begins."""
    texts = [line for line in content if line.text]
    return tuple({*texts[:2], *texts[-4:]})


def _find(lines: tuple[Line, ...], matches: Callable[[str], Match[str] | None]) -> int | None:
    return next((at for at, line in enumerate(lines) if matches(line.folded)), None)


def _trail(lines: tuple[Line, ...], start: int, layout: Layout) -> tuple[str, int]:
    """Give the trail and how many lines it takes: some pages break it, over lines or cells."""
    first = lines[start]
    found = layout.breadcrumb.search(first.folded)
    assert found is not None
    trail, used = first.text[found.end() :].strip(), 1
    while used <= _in_row(lines[start:], layout):
        trail, used = f"{trail} {lines[start + used].text}".strip(), used + 1
    while used <= _MAX_TRAIL_LINES and start + used < len(lines):
        following = lines[start + used]
        if not _goes_on(trail, following, lines[start + used + 1 :], layout):
            break
        trail, used = f"{trail} {following.text}".strip(), used + 1
    return trail, used


def _in_row(lines: Sequence[Line], layout: Layout) -> int:
    """Give how many lines more belong to a breadcrumb whose every part is a cell of one row; 0 if that is not so."""
    for at, line in enumerate(lines[: _MAX_TRAIL_LINES + 1]):
        is_part = len(line.text) <= _MAX_TRAIL_PART and not layout.rule.search(line.folded)
        if not is_part or not (line.cell or not line.text):
            return 0
        if line.ended:
            return at
    return 0


def _goes_on(trail: str, following: Line, after: Sequence[Line], layout: Layout) -> bool:
    """Say whether a trail goes on in the following line."""
    folded = fold_width(trail).rstrip()
    found = layout.volume_in_trail.search(folded)
    is_open = not folded or folded.endswith(">") or following.folded.lstrip().startswith(">")
    if layout.rule.search(following.folded) or len(following.text) > _MAX_TRAIL_PART or following.image:
        return False
    if found is None:
        return not layout.news_in_trail.search(folded) and bool(is_open or layout.trail_part.search(following.folded))
    if found["section"].strip(" >"):
        return following.folded.strip() in (">", ">>")
    # The last line over the hyphens is the heading.
    is_last = any(layout.rule.fullmatch(line.folded) for line in after[:1])
    return is_open and not is_last


def _split_rule(lines: tuple[Line, ...], layout: Layout) -> tuple[Line, ...]:
    """Give the first row of hyphens a line of its own, where mark-up runs it into the heading or the text."""
    at = _find(lines, layout.rule.search)
    return lines if at is None else _split_line(lines, at, layout.rule)


def _heading_rule(lines: tuple[Line, ...], layout: Layout) -> int | None:
    """Give the row of hyphens under the heading; one below running text or a title parts something else."""
    rule = _find(lines, layout.rule.fullmatch)
    above = [line.text for line in lines[:rule] if line.text] if rule is not None else []
    heading = len(above) <= _MAX_HEADING_LINES and all(len(text) <= 2 * _MAX_HEADING for text in above)
    runs = any(0 < starts_title(text, layout) < len(text) for text in above)
    return rule if heading and not runs else None


def _split_close(lines: tuple[Line, ...], layout: Layout) -> tuple[Line, ...]:
    """Give the closing link a line of its own, where it follows the text in the same line."""
    closes = [at for at, line in enumerate(lines) if layout.close.search(line.folded)]
    return _split_line(lines, closes[-1], layout.close) if closes else lines


def _split_line(lines: tuple[Line, ...], at: int, pattern: Pattern[str]) -> tuple[Line, ...]:
    line = lines[at]
    found = pattern.search(line.folded)
    assert found is not None
    parts = (line.text[: found.start()], line.text[found.start() : found.end()], line.text[found.end() :])
    split = tuple(replace(line, text=part.strip(), row=False) for part in parts if part.strip())
    return (*lines[:at], *split, *lines[at + 1 :])


def _end(lines: tuple[Line, ...], rule: int, layout: Layout) -> tuple[int, bool]:
    """Give where the text ends and whether the closing link says so (its last one), else footer or page end."""
    closes = [at for at in range(rule, len(lines)) if layout.close.search(lines[at].folded)]
    if closes:
        return closes[-1], True
    feet = [at for at in range(rule, len(lines)) if layout.footer.search(lines[at].folded)]
    return (feet[0] if feet else len(lines)), False


def _without_rule(lines: tuple[Line, ...], layout: Layout) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Cut a page that has no row of hyphens: its first line is the heading when it is short and unlinked."""
    body = next((at for at, line in enumerate(lines) if line.text), None)
    if body is None:
        return (), ()
    first = lines[body]
    title_alone = starts_title(first.text, layout) == len(first.text)
    if first.linked or len(first.text) > _MAX_HEADING or first.text[-1] in "。!?！？;；":
        return (), lines[body:]
    if starts_title(first.text, layout) and not title_alone:
        return (), lines[body:]
    others = any(starts_title(line.text, layout) for line in lines[body + 1 :])
    if title_alone and others:
        return (), lines[body:]
    return lines[body : body + 1], lines[body + 1 :]


def _only_links(content: tuple[Line, ...]) -> bool:
    """Say whether the words of a text are links, dates and numbers between them aside."""
    linked = sum(len(_LETTER.findall(text)) for line in content for text, _ in line.links)
    if not linked:
        return False
    words = sum(len(_LETTER.findall(line.text)) for line in content)
    return linked >= _LINKED * max(words, 1)


def _next_url(links: PageLinks, content: tuple[Line, ...], layout: Layout) -> str:
    for line in content:
        for words, target in line.links:
            if (
                layout.next_page.fullmatch(words.strip("[]【】<>《》 "))
                and target
                and not target.startswith(("#", "javascript"))
            ):
                return links.page(target)
    return ""
