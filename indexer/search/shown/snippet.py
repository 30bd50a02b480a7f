"""Cuts an entry's text into marked and unmarked spans: all of it, or the stretch that shows most."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from indexer.search.shown.marks import Range
from indexer.search.shown.results import Snippet, Span

WIDTH = 120
"""Length of a snippet in characters: two to three lines of the results page."""
_BEFORE = 24
"""Characters shown before the first mark, so that it stands in its sentence."""
_AGAIN = 0.2
_CUT = Span("…", False)
_SENTENCE_END = re.compile("[。！？；!?;\n]")


def marked(text: str, ranges: Sequence[Range], start: int = 0, end: int | None = None) -> Snippet:
    """Split `text[start:end]` into spans at the given ranges, which are sorted and do not touch.

    Joined, the spans are exactly that text.
    """
    stop = len(text) if end is None else end
    if not ranges:
        return (Span(text[start:stop], False),) if start < stop else ()
    spans: list[Span] = []
    at = start
    for range_start, range_end in ranges:
        # No max() and min(): a page cuts some fifty ranges.
        first = range_start if range_start > start else start
        last = range_end if range_end < stop else stop
        if first >= last:
            continue
        if first > at:
            spans.append(Span(text[at:first], False))
        spans.append(Span(text[first:last], True))
        at = last
    if at < stop:
        spans.append(Span(text[at:stop], False))
    return tuple(spans)


def snippet(text: str, ranges: Sequence[Range], width: int = WIDTH) -> Snippet:
    """Return the stretch of about `width` characters with most marked characters; `…` shows where it is cut."""
    start = _best_start(text, ranges, width)
    end = min(len(text), start + width)
    after = bisect_left(ranges, (end,))
    if after and ranges[after - 1][1] > end:
        end = min(ranges[after - 1][1], end + width)
    before = bisect_left(ranges, (start,))
    cut = marked(text, ranges[max(0, before - 1) : after], start, end)
    opening = (_CUT,) if start > 0 else ()
    return (*opening, *cut, _CUT) if end < len(text) else opening + cut


def _densest(text: str, ranges: Sequence[Range], room: int) -> int:
    """Return the start of the range from which `room` characters hold most marked ones."""
    strings = [text[start:end] for start, end in ranges]
    if len(set(strings)) == 1:
        return _most(ranges, room)
    best, best_weight, weight = ranges[0][0], -1.0, 0.0
    inside: dict[str, int] = {}
    after = 0
    for at, (first, _) in enumerate(ranges):
        while after < len(ranges) and ranges[after][1] <= first + room:
            string = strings[after]
            seen = inside.get(string, 0)
            # The second occurrence of the same string tells the reader little.
            weight += len(string) * (_AGAIN if seen else 1.0)
            inside[string] = seen + 1
            after += 1
        if weight > best_weight:
            best, best_weight = first, weight
        if after > at:
            string = strings[at]
            inside[string] -= 1
            weight -= len(string) * (_AGAIN if inside[string] else 1.0)
        else:
            after = at + 1
    return best


def _most(ranges: Sequence[Range], room: int) -> int:
    """Return the start of the range from which `room` characters hold most ranges."""
    best, most, after = ranges[0][0], 0, 0
    for at, (first, _) in enumerate(ranges):
        while after < len(ranges) and ranges[after][1] <= first + room:
            after += 1
        if after - at > most:
            best, most = first, after - at
    return best


def _best_start(text: str, ranges: Sequence[Range], width: int) -> int:
    if not ranges or len(text) <= width:
        return 0
    best = ranges[0][0]
    if ranges[-1][1] > best + width - _BEFORE:
        best = _densest(text, ranges, width - _BEFORE)
    start = max(0, min(best - _BEFORE, len(text) - width))
    ended = _SENTENCE_END.search(text, max(0, start - 1), max(0, min(best, start + _BEFORE) - 1))
    return ended.end() if ended else start
