"""Finds where a query's strings stand in an entry, on its text as printed; the same for every engine."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.search.query.leaves import Arrangement, Leaf, searched
from indexer.search.query.proximity import taking_part
from indexer.search.query.terms import Term
from indexer.search.query.wildcards import places_with_gaps
from indexer.text.fold import fold_with_offsets
from indexer.text.variants import likened

Range = tuple[int, int]
"""A half-open range of characters."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What of a text a query matches."""

    ranges: Sequence[Range]
    """Of the text as printed, merged where they touch, sorted."""
    pieces: Sequence[Range]
    """The same before merging, sorted: each string's, without overlaps."""

    @property
    def count(self) -> int:
        """Occurrences: what different strings have in common is one."""
        return separate(self.pieces)


_NO_MARKS = Marks((), ())


def occurrences(text: str, string: str) -> list[Range]:
    """Give where `string` stands in `text`, from the left, without overlaps; both folded alike."""
    return [(at, at + len(string)) for at in _places(text, string, len(string))]


def arranged(text: str, terms: Sequence[Term], arrangement: Arrangement) -> list[Range]:
    """Give where strings stand together in a folded text."""
    starts = [np.array(_places(likened(text, term.likeness), term.pattern, 1), dtype=np.int64) for term in terms]
    if not all(map(len, starts)):
        return []
    lengths = [len(term.text) for term in terms]
    if isinstance(arrangement, tuple):
        begins, ends = places_with_gaps(starts, lengths, arrangement)
        return list(zip(begins.tolist(), ends.tolist(), strict=True))
    groups = zip(starts, lengths, taking_part(starts, lengths, arrangement), strict=True)
    return sorted({(start, start + length) for places, length, near in groups for start in places[near].tolist()})


def find_marks(leaves: Sequence[Leaf], scope: str, text: str) -> Marks:
    """Find what the leaves match in a text of this scope."""
    wanted = [leaf for leaf in leaves if scope in leaf.scopes]
    if not wanted or not text:
        return _NO_MARKS
    folded = fold_with_offsets(text)
    terms = {term for _, term in searched(wanted)}
    texts = {likeness: likened(folded.text, likeness) for likeness in {term.likeness for term in terms}}
    found = [place for term in terms for place in occurrences(texts[term.likeness], term.pattern)]
    for leaf in wanted:
        if leaf.arrangement is not None:
            found += arranged(folded.text, leaf.terms, leaf.arrangement)
    if not found:
        return _NO_MARKS
    pieces = sorted(folded.original_span(start, end) for start, end in found)
    return Marks(merged(pieces), pieces)


def separate(ranges: Sequence[Range]) -> int:
    """Count ranges, sorted, as a scan from the left finds them: none within another, the longest of those that begin
    together."""
    count = 0
    begin = end = -1
    for first, last in ranges:
        if first >= end:
            count += 1
            begin, end = first, last
        elif first == begin:
            end = last
    return count


def merged(ranges: Sequence[Range]) -> list[Range]:
    """Join ranges that overlap or touch; give them sorted."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _places(text: str, string: str, step: int) -> list[int]:
    """Give where `string` stands in `text`, each at least `step` behind the one before it."""
    found = []
    at = text.find(string) if string else -1
    while at >= 0:
        found.append(at)
        at = text.find(string, at + step)
    return found
