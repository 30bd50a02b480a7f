"""Cuts a page's lines to the yearbook's own text: breadcrumb, heading, content; knows no entries."""

import re
from collections.abc import Callable
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


def cut_frame(links: PageLinks, lines: tuple[Line, ...], layout: Layout) -> Frame | None:
    """Cut `lines` to the page's text, or give None when there is no breadcrumb: not a page of this site."""
    url = links.url
    start = _find(lines, layout.breadcrumb.search)
    if start is None:
        return None
    trail, used = _trail(lines, start, layout)
    rest = _split_close(_split_rule(lines[start + used :], layout), layout)
    problems: list[Problem] = []
    rule = _heading_rule(rest, layout)
    end, closed = _end(rest, rule or 0, layout)
    if not closed:
        where = "footer" if end < len(rest) else "page's end"
        problems.append(problem(url, Code.NO_CLOSE, "frame", f"no closing link; text taken to the {where}"))
    tagged = next((at for at, line in enumerate(rest[:end]) if line.tag and line.tag == layout.heading_tag), None)
    if tagged is not None:
        heading, content = rest[tagged : tagged + 1], rest[tagged + 1 : end]
    elif rule is None or rule >= end:
        heading, content = _without_rule(rest[:end], layout)
        if not _only_links(content):
            problems.append(problem(url, Code.NO_RULE, "frame", "no row of hyphens between heading and text"))
    else:
        heading, content = rest[:rule], rest[rule + 1 : end]
    return Frame(
        url=url,
        trail=trail,
        heading=tuple(line.text for line in heading if line.text),
        content=tuple(line for line in content if line.text or line.image),
        next_url=_next_url(links, rest, layout),
        problems=tuple(problems),
    )


def is_list(content: tuple[Line, ...]) -> bool:
    """Say whether the text is nothing but links: an index or list page."""
    return _only_links(content)


def _find(lines: tuple[Line, ...], matches: Callable[[str], Match[str] | None]) -> int | None:
    return next((at for at, line in enumerate(lines) if matches(fold_width(line.text))), None)


def _trail(lines: tuple[Line, ...], start: int, layout: Layout) -> tuple[str, int]:
    """Give the trail and how many lines it takes; some pages break it after 首页."""
    first = lines[start].text
    found = layout.breadcrumb.search(fold_width(first))
    assert found is not None
    trail, used = first[found.end() :].strip(), 1
    while _unfinished(trail) and start + used < len(lines) and used < 4:
        following = lines[start + used].text
        if layout.rule.search(fold_width(following)):
            break
        trail, used = f"{trail} {following}".strip(), used + 1
    return trail, used


def _unfinished(trail: str) -> bool:
    return not trail or fold_width(trail).rstrip().endswith(">")


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
    closes = [at for at, line in enumerate(lines) if layout.close.search(fold_width(line.text))]
    return _split_line(lines, closes[-1], layout.close) if closes else lines


def _split_line(lines: tuple[Line, ...], at: int, pattern: Pattern[str]) -> tuple[Line, ...]:
    line = lines[at]
    found = pattern.search(fold_width(line.text))
    assert found is not None
    parts = (line.text[: found.start()], line.text[found.start() : found.end()], line.text[found.end() :])
    split = tuple(replace(line, text=part.strip(), row=False) for part in parts if part.strip())
    return (*lines[:at], *split, *lines[at + 1 :])


def _end(lines: tuple[Line, ...], rule: int, layout: Layout) -> tuple[int, bool]:
    """Give where the text ends and whether the closing link says so (its last one), else footer or page end."""
    closes = [at for at in range(rule, len(lines)) if layout.close.search(fold_width(lines[at].text))]
    if closes:
        return closes[-1], True
    feet = [at for at in range(rule, len(lines)) if layout.footer.search(fold_width(lines[at].text))]
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
