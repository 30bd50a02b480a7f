"""Cuts a page's lines to the yearbook's own text: breadcrumb, heading, content."""

import re
from dataclasses import dataclass

from indexer.model import Problem
from indexer.parse.brackets import starts_title
from indexer.parse.layouts import Layout
from indexer.parse.page.breadcrumb import (
    MAX_HEADING,
    by_breadcrumb,
    find_line,
    split_line,
    split_rule,
    without_breadcrumb,
)
from indexer.parse.page.lines import Line
from indexer.parse.page.systemline import author_in, is_system
from indexer.parse.problems import Code, problem
from indexer.urls import Spellings

_LETTER = re.compile(r"[^\W\d_]")
_LINKED = 0.6
"""Share of linked letters above which a text is a list of links; entries seen have no links but the pager's."""
_LIST = 3
"""With this many lines or more, all with links and without full stops, a text is a list, whatever else they contain."""
_MAX_HEADING_LINES = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """One page, cut to its text."""

    url: str
    trail: str
    """What the breadcrumb says after 当前位置:, as printed; empty if there is none."""
    heading: tuple[str, ...]
    """Lines between the breadcrumb and the row of hyphens, as printed."""
    content: tuple[Line, ...]
    """Lines between the frame's edges."""
    next_url: str
    """Absolute URL of the page on which the text continues; empty if there is none."""
    problems: tuple[Problem, ...] = ()
    system: tuple[str, ...] = ()
    """Lines beside the text in which the site's system says who entered the page and when."""
    entered_by: str = ""
    """The author that one of these lines names, as printed (作者：X)."""


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What is needed to resolve a page's links."""

    url: str
    """The page's own URL."""
    base: str
    """The URL that relative links refer to."""
    spellings: Spellings
    encoding: str
    """The page's encoding, in which queries of links are sent."""

    def page(self, target: str) -> str:
        """Return the canonical URL that a link leads to; empty if it does not lead to a web page."""
        return self.spellings.page(target, self.base, self.encoding)


def cut_frame(links: PageLinks, lines: tuple[Line, ...], layout: Layout, *, is_covered: bool) -> Frame | None:
    """Cut `lines` to the page's text; return None if this is not a page of the site.

    Without a breadcrumb it counts as one if a volume's scope covers the page (`is_covered`) and it has a row of hyphens
    or the layout's titles.
    """
    url = links.url
    problems: list[Problem] = []
    opening = by_breadcrumb(lines, layout)
    if opening is None and is_covered:
        opening = without_breadcrumb(lines, layout)
        problems.append(problem(url, Code.NO_BREADCRUMB, "frame"))
    if opening is None:
        return None
    rest = _split_close(split_rule(opening.rest, layout), layout)
    rule = _heading_rule(rest, layout)
    end, closed = _end(rest, rule or 0, layout)
    if not closed:
        where = "footer" if end < len(rest) else "page's end"
        problems.append(problem(url, Code.NO_CLOSE, "frame", where))
    heading, content = _parted(rest[:end], rule, opening.above, layout)
    is_tagged = any(line.tag == layout.heading_tag for line in heading) if layout.heading_tag else False
    if rule is None and not is_tagged and not is_list(content, layout):
        problems.append(problem(url, Code.NO_RULE, "frame"))
    system = tuple(line for line in (*heading, *_at_edges(content)) if is_system(line, layout))
    return Frame(
        url=url,
        trail=opening.trail,
        heading=tuple(line.text for line in heading if line.text and line not in system),
        content=tuple(line for line in content if (line.text or line.image) and line not in system),
        next_url=_next_url(links, rest, layout),
        problems=tuple(problems),
        system=tuple(line.text for line in system),
        entered_by=next((found for line in system if (found := author_in(line, layout))), ""),
    )


def _parted(
    rest: tuple[Line, ...], rule: int | None, above: tuple[Line, ...], layout: Layout
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Split what stands between the frame's edges into heading and content."""
    tagged = next((at for at, line in enumerate(rest) if line.tag and line.tag == layout.heading_tag), None)
    if tagged is not None:
        return rest[tagged : tagged + 1], rest[tagged + 1 :]
    if rule is None or rule >= len(rest):
        heading, content = _without_rule(rest, layout)
        return (*above, *heading), content
    return (*above, *rest[:rule]), rest[rule + 1 :]


def _at_edges(content: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines at the beginning and end of a text, which border on the frame."""
    texts = [line for line in content if line.text]
    return tuple({*texts[:2], *texts[-4:]})


def _heading_rule(lines: tuple[Line, ...], layout: Layout) -> int | None:
    """Return the index of the row of hyphens under the heading.

    Returns None if there is none, or if running text or a title stands above it.
    """
    rule = find_line(lines, layout.rule.fullmatch)
    above = [line.text for line in lines[:rule] if line.text] if rule is not None else []
    heading = len(above) <= _MAX_HEADING_LINES and all(len(text) <= 2 * MAX_HEADING for text in above)
    runs = any(0 < starts_title(text, layout) < len(text) for text in above)
    return rule if heading and not runs else None


def _split_close(lines: tuple[Line, ...], layout: Layout) -> tuple[Line, ...]:
    """Make the closing link a line of its own, if it follows the text in the same line."""
    closes = [at for at, line in enumerate(lines) if layout.close.search(line.folded)]
    return split_line(lines, closes[-1], layout.close) if closes else lines


def _end(lines: tuple[Line, ...], rule: int, layout: Layout) -> tuple[int, bool]:
    """Return where the text ends and whether its last closing link marks that; otherwise footer or page end do."""
    closes = [at for at in range(rule, len(lines)) if layout.close.search(lines[at].folded)]
    if closes:
        return closes[-1], True
    feet = [at for at in range(rule, len(lines)) if layout.footer.search(lines[at].folded)]
    return (feet[0] if feet else len(lines)), False


def _without_rule(lines: tuple[Line, ...], layout: Layout) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Split a page without a row of hyphens: its first line is the heading if it is short and unlinked."""
    body = next((at for at, line in enumerate(lines) if line.text), None)
    if body is None:
        return (), ()
    first = lines[body]
    title_alone = starts_title(first.text, layout) == len(first.text)
    if first.linked or len(first.text) > MAX_HEADING or first.text[-1] in "。!?！？;；":
        return (), lines[body:]
    if starts_title(first.text, layout) and not title_alone:
        return (), lines[body:]
    others = any(starts_title(line.text, layout) for line in lines[body + 1 :])
    if title_alone and others:
        return (), lines[body:]
    return lines[body : body + 1], lines[body + 1 :]


def is_list(content: tuple[Line, ...], layout: Layout) -> bool:
    """Return whether a text is that of an index or list page: links, with dates, names and numbers between them."""
    linked = sum(len(_LETTER.findall(text)) for line in content for text, _ in line.links)
    if not linked:
        return False
    texts = [line for line in content if _LETTER.search(line.text) and not layout.pager.fullmatch(line.folded)]
    if len(texts) >= _LIST and all(line.links and "。" not in line.text for line in texts):
        return True
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
