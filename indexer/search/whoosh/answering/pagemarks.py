"""Finds what a query matches in the entries of a page, using the exact index.

The marks are the same as `indexer.search.shown.marks` finds by reading the texts, but no text is folded again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from indexer.model import Entry
from indexer.search.fields import APART, TEXT_FIELDS, field_texts
from indexer.search.query.plan import Leaf, searched
from indexer.search.query.terms import Term
from indexer.search.shown.marks import Found, Marks, Range, find_marks, merged, occurrences
from indexer.search.whoosh.answering.lookup import Lookup
from indexer.search.whoosh.openindex import OpenIndex
from indexer.search.whoosh.strings.entries import standing
from indexer.text.fold import end_with_joined


class PageMarks:
    """The marks of one page of results."""

    def __init__(self, index: OpenIndex, lookup: Lookup, leaves: tuple[Leaf, ...], numbers: Sequence[int]) -> None:
        """Look up where the leaves' terms stand in the documents `numbers`, which are those of the page."""
        self._leaves = leaves
        self._numbers = numbers
        self._bounds, self._gaps = index.strings.fields_of(numbers)
        self._ranges: list[list[Range]] = [[] for _ in numbers]
        main = tuple(leaf for leaf in leaves if leaf.scope not in APART)
        self._apart = len(main) < len(leaves)
        if not numbers:
            return
        starts = np.array([bounds[0] for bounds in self._bounds], dtype=np.uint32)
        ends = np.array([bounds[-1] for bounds in self._bounds], dtype=np.uint32)
        wanted = searched(main)
        for scope, term in wanted.single:
            self._add(lookup, scope, term)
        for leaf in wanted.together:
            found = lookup.ranges(leaf)
            first, last = found.starts.searchsorted(starts).tolist(), found.starts.searchsorted(ends).tolist()
            for ranges, low, high in zip(self._ranges, first, last, strict=True):
                ranges.extend(zip(found.starts[low:high].tolist(), found.ends[low:high].tolist(), strict=True))

    def of(self, at: int, entry: Entry) -> Found:
        """Return the marks of the page's entry at index `at`, scopes in reading order."""
        bounds, gaps = self._bounds[at], self._gaps[at]
        found: Found = {}
        ranges: list[Range] = []
        field, end, gap, shift, text = -1, -1, 0, 0, ""
        for low, high in sorted(self._ranges[at]):
            if low >= end:
                self._note(found, entry, field, ranges)
                while low >= end:
                    field += 1
                    end = bounds[field + 1]
                gap = bisect_left(gaps, bounds[field])
                shift = bounds[field] + gap
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

    def _add(self, lookup: Lookup, scope: str, term: Term) -> None:
        sought = lookup.sought(term)
        if not sought.numbers:
            return
        if not sought.forms:
            self._add_by_codes(lookup, scope, term)
            return
        for number, bounds, ranges in zip(self._numbers, self._bounds, self._ranges, strict=True):
            low = bounds[TEXT_FIELDS.index(scope)] if scope else bounds[0]
            text = lookup.text(number, scope)
            for form in sought.forms:
                ranges += [(low + start, low + end) for start, end in occurrences(text, form)]

    def _add_by_codes(self, lookup: Lookup, scope: str, term: Term) -> None:
        """Look for a term that has too many forms to look for each."""
        sought, length = lookup.sought(term), len(term.text)
        order = np.argsort(self._numbers)
        for part in lookup.read(scope, np.array(self._numbers)[order]):
            at = standing(part, sought)
            owners = part.owners(at)
            places = part.in_archive(at, owners).tolist()
            for owner, place in zip((owners + part.first).tolist(), places, strict=True):
                self._ranges[order[owner]].append((place, place + length))
