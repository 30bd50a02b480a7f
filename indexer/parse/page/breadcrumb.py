"""Finds where a page's own text begins: below its breadcrumb or, without one, below the navigation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from re import Match, Pattern

from indexer.parse.brackets import starts_title
from indexer.parse.layouts import Layout
from indexer.parse.page.lines import Line
from indexer.parse.page.systemline import is_system
from indexer.text.fold import fold_width

MAX_HEADING = 60
"""Longest heading line in characters on a page without a row of hyphens; the longest title seen has 31."""
_MAX_TRAIL_LINES = 8
_MAX_TRAIL_PART = 40
_MAX_LOST_HEADING = 3
"""Most lines above the text that may be the heading, on a page without a breadcrumb."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a page's own text begins."""

    trail: str
    above: tuple[Line, ...]
    """The heading, if it stands above the breadcrumb."""
    rest: tuple[Line, ...]
    """The lines that follow."""


def by_breadcrumb(lines: tuple[Line, ...], layout: Layout) -> Opening | None:
    start = find_line(lines, layout.breadcrumb.search)
    if start is None:
        return None
    trail, used = _trail(lines, start, layout)
    rest = lines[start + used :]
    first = next((line for line in rest if line.text and not is_system(line, layout)), None)
    is_over = start > 0 and first is not None and bool(layout.rule.fullmatch(first.folded))
    before = lines[start - 1] if is_over else None
    fits = before is not None and before.text and not before.linked and len(before.text) <= MAX_HEADING
    return Opening(trail, (before,) if before is not None and fits else (), rest)


def without_breadcrumb(lines: tuple[Line, ...], layout: Layout) -> Opening | None:
    """Find where the text begins below the navigation, by the row of hyphens or the first title.

    Returns None if the page has neither.
    """
    lines = split_rule(lines, layout)
    mark = find_line(lines, layout.rule.fullmatch)
    if mark is None:
        titled = (at for at, line in enumerate(lines) if 0 < starts_title(line.text, layout) < len(line.text))
        mark = next(titled, None)
    if mark is None:
        return None
    start = mark
    while start and mark - start < _MAX_LOST_HEADING and _may_head(lines[start - 1]):
        start -= 1
    return Opening("", (), lines[start:])


def _may_head(line: Line) -> bool:
    return not line.linked and bool(line.text) and len(line.text) <= MAX_HEADING and line.text[-1] not in "。；;"


def _trail(lines: tuple[Line, ...], start: int, layout: Layout) -> tuple[str, int]:
    """Return the trail and how many lines it takes; some pages break it over lines or cells."""
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
    """Return how many more lines belong to a breadcrumb whose parts are the cells of one row; 0 if they are not."""
    for at, line in enumerate(lines[: _MAX_TRAIL_LINES + 1]):
        is_part = len(line.text) <= _MAX_TRAIL_PART and not layout.rule.search(line.folded)
        if not is_part or not (line.cell or not line.text):
            return 0
        if line.ended:
            return at
    return 0


def _goes_on(trail: str, following: Line, after: Sequence[Line], layout: Layout) -> bool:
    """Return whether a trail continues in the following line."""
    folded = fold_width(trail).rstrip()
    found = layout.volume_in_trail.search(folded)
    is_open = not folded or folded.endswith(">") or following.folded.lstrip().startswith(">")
    if layout.rule.search(following.folded) or len(following.text) > _MAX_TRAIL_PART or following.image:
        return False
    if found is None:
        return not layout.news_in_trail.search(folded) and bool(is_open or layout.trail_part.search(following.folded))
    if found["section"].strip(" >"):
        return following.folded.strip() in (">", ">>")
    # The last line above the hyphens is the heading.
    is_last = any(layout.rule.fullmatch(line.folded) for line in after[:1])
    return is_open and not is_last


def find_line(lines: tuple[Line, ...], matches: Callable[[str], Match[str] | None]) -> int | None:
    return next((at for at, line in enumerate(lines) if matches(line.folded)), None)


def split_rule(lines: tuple[Line, ...], layout: Layout) -> tuple[Line, ...]:
    """Make the first row of hyphens a line of its own, if the mark-up joins it to the heading or the text."""
    at = find_line(lines, layout.rule.search)
    return lines if at is None else split_line(lines, at, layout.rule)


def split_line(lines: tuple[Line, ...], at: int, pattern: Pattern[str]) -> tuple[Line, ...]:
    line = lines[at]
    found = pattern.search(line.folded)
    assert found is not None
    parts = (line.text[: found.start()], line.text[found.start() : found.end()], line.text[found.end() :])
    split = tuple(replace(line, text=part.strip(), row=False) for part in parts if part.strip())
    return (*lines[:at], *split, *lines[at + 1 :])
