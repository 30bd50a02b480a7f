"""Makes marked text from an entry's own text: whole, or the stretch that shows most; knows no engine."""

from collections.abc import Sequence

from indexer.search.marks import Range
from indexer.search.results import Snippet, Span

WIDTH = 120
"""Characters of a snippet: two to three lines of the results page."""
_BEFORE = 24
"""Characters shown before the first mark, so that it stands in its sentence."""
_SENTENCE_END = "。！？；!?;\n"


def marked(text: str, ranges: Sequence[Range], start: int = 0, end: int | None = None) -> Snippet:
    """Cut `text[start:end]` into spans at the given ranges (sorted, apart); together they are that text."""
    stop = len(text) if end is None else end
    spans: list[Span] = []
    at = start
    for range_start, range_end in ranges:
        first, last = max(range_start, start), min(range_end, stop)
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
    """Give the stretch of about `width` characters with most marked characters; `…` shows where it is cut."""
    start = _best_start(text, ranges, width)
    end = min(len(text), start + width)
    for first, last in ranges:
        if first < end < last:
            end = last
    cut = marked(text, ranges, start, end)
    before = (Span("…", False),) if start > 0 else ()
    after = (Span("…", False),) if end < len(text) else ()
    return before + cut + after


def _best_start(text: str, ranges: Sequence[Range], width: int) -> int:
    if not ranges or len(text) <= width:
        return 0
    room = width - _BEFORE
    best, best_weight = ranges[0][0], -1.0
    for at, (first, _) in enumerate(ranges):
        strings: set[str] = set()
        weight = 0.0
        for start, end in ranges[at:]:
            if end > first + room:
                break
            # The second occurrence of the same string tells the reader little.
            weight += (end - start) * (0.2 if text[start:end] in strings else 1.0)
            strings.add(text[start:end])
        if weight > best_weight:
            best, best_weight = first, weight
    start = max(0, min(best - _BEFORE, len(text) - width))
    for at in range(start, min(best, start + _BEFORE)):
        if at and text[at - 1] in _SENTENCE_END:
            return at
    return start
