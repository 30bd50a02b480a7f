"""Finds what a query matches in the entries of a page, using the exact index.

The marks are the same as `indexer.search.shown.marks` finds by reading the texts, but no text is folded again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from indexer.model import Entry
from indexer.search.fields import APART, TEXT_FIELDS, field_texts
from indexer.search.query.plan import Leaf, searched
from indexer.search.shown.marks import Found, Marks, Range, find_marks, merged
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.strings.entries import standing
from indexer.search.whoosh.strings.index import Sought
from indexer.search.whoosh.strings.together import Ranges
from indexer.text.fold import end_with_joined


class PageMarks:
    """The marks of one page of results."""

    def __init__(self, lookup: Lookup, leaves: tuple[Leaf, ...], numbers: Sequence[int]) -> None:
        """Look up where the leaves' terms stand in the documents `numbers`, which are those of the page."""
        self._leaves = leaves
        main = tuple(leaf for leaf in leaves if leaf.scope not in APART)
        self._apart = len(main) < len(leaves)
        self._few, self._rows = lookup.few_with(numbers)
        self._ranges: list[list[Range]] = [[] for _ in self._few.limits]
        """Where the terms stand in the texts, by row."""
        wanted = searched(main)
        for scope, term in wanted.single:
            self._add(lookup.sought(term), scope, len(term.text))
        for leaf in wanted.together:
            self._add_together(lookup.ranges(leaf))

    def of(self, at: int, entry: Entry) -> Found:
        """Return the marks of the page's entry at index `at`, scopes in reading order."""
        row = self._rows[at]
        limits, gaps = self._few.limits[row], self._few.gaps(row)
        found: Found = {}
        ranges: list[Range] = []
        field, end, gap, shift, text = -1, -1, 0, 0, ""
        for low, high in sorted(self._ranges[row]):
            if low >= end:
                self._note(found, entry, field, ranges)
                while low >= end:
                    field += 1
                    end = limits[field + 1]
                gap = bisect_left(gaps, limits[field])
                shift = limits[field] + gap
                ranges = []
                text = getattr(entry, TEXT_FIELDS[field])
            gap = bisect_right(gaps, low, gap)
            after = bisect_left(gaps, high, gap)
            end_printed = high + after - shift
            if after < len(gaps) and gaps[after] == high and isinstance(text, str):
                dropped = bisect_right(gaps, high) - after
                end_printed = end_with_joined(text, end_printed, dropped)
            ranges.append((low + gap - shift, end_printed))
        self._note(found, entry, field, ranges)
        if self._apart:
            texts = field_texts(entry)
            for scope in APART:
                marks = [(text, find_marks(self._leaves, scope, text)) for text in texts[scope]]
                if any(each.count for _, each in marks):
                    found[scope] = marks
        return found

    def _note(self, found: Found, entry: Entry, field: int, ranges: Sequence[Range]) -> None:
        if not ranges:
            return
        scope = TEXT_FIELDS[field]
        if scope == "captions":  # several strings, seldom matched: read them
            found[scope] = [(text, find_marks(self._leaves, scope, text)) for text in entry.captions]
        else:
            found[scope] = [(getattr(entry, scope), Marks(merged(ranges), ranges))]

    def _add(self, sought: Sought, scope: str, length: int) -> None:
        """Look for a term in all of the page's texts at once."""
        few, ranges = self._few, self._ranges
        if sought.forms or not sought.numbers:
            found: Iterable[int] = [at for form in sought.forms for at in _places(few.text, form)]
        else:  # it has too many forms to look for each
            found = standing(few.read, sought).tolist()
        field = TEXT_FIELDS.index(scope) if scope else -1
        for at in found:
            row = bisect_right(few.begins, at) - 1
            if not scope or few.limits[row][field] <= at < few.limits[row][field + 1]:
                ranges[row].append((at, at + length))

    def _add_together(self, found: Ranges) -> None:
        """Add the ranges of the archive that stand in the page's texts."""
        for bounds, begin, ranges in zip(self._few.bounds, self._few.begins, self._ranges, strict=True):
            low, high = found.starts.searchsorted(np.array((bounds[0], bounds[-1]), dtype=np.uint32)).tolist()
            shift = begin - bounds[0]
            starts, ends = found.starts[low:high].tolist(), found.ends[low:high].tolist()
            ranges += [(start + shift, end + shift) for start, end in zip(starts, ends, strict=True)]


def _places(text: str, form: str) -> Iterator[int]:
    """Yield where a string stands in a text, from the left and without overlaps."""
    at = text.find(form)
    while at >= 0:
        yield at
        at = text.find(form, at + len(form))
