"""Finds where a query's strings stand in an entry's text as printed; every engine uses it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.model import Entry
from indexer.search.fields import field_texts
from indexer.search.query.plan import InOrder, Leaf, Within, searched_in
from indexer.search.query.proximity import taking_part
from indexer.search.query.terms import Term
from indexer.search.query.wildcards import places_with_gaps
from indexer.text.fold import fold_with_offsets
from indexer.text.variants import likened

Range = tuple[int, int]
"""A range of characters: the first, and the one after the last."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a query matches in one text."""

    ranges: Sequence[Range]
    """Ranges of the text as printed, sorted, merged where they touch."""
    pieces: Sequence[Range]
    """The same ranges before merging, sorted; those of one string do not overlap."""

    @property
    def count(self) -> int:
        """Number of occurrences; where different strings overlap, they count once."""
        return len(self.occurrences)

    @property
    def occurrences(self) -> list[Range]:
        """Where they stand, in order."""
        return separate(self.pieces)


Found = dict[str, list[tuple[str, Marks]]]
"""An entry's texts with their marks by field, in reading order; only fields that have marks."""
_NO_MARKS = Marks((), ())


def occurrences(text: str, string: str) -> list[Range]:
    """Return where `string` stands in `text`, left to right, without overlaps; both must be folded alike."""
    return [(at, at + len(string)) for at in _places(text, string, len(string))]


def standing_together(text: str, terms: Sequence[Term], together: Within | InOrder) -> list[Range]:
    """Return the ranges where terms stand together in a folded text, sorted."""
    starts = [np.array(_places(likened(text, term.likeness), term.pattern, 1), dtype=np.int64) for term in terms]
    if not all(map(len, starts)):
        return []
    lengths = [len(term.text) for term in terms]
    if isinstance(together, InOrder):
        begins, ends = places_with_gaps(starts, lengths, together.gaps)
        return list(zip(begins.tolist(), ends.tolist(), strict=True))
    groups = zip(starts, lengths, taking_part(starts, lengths, together.distance), strict=True)
    return sorted({(start, start + length) for places, length, near in groups for start in places[near].tolist()})


def find_marks(leaves: tuple[Leaf, ...], field: str, text: str) -> Marks:
    """Find what the leaves match in one text, which belongs to a field."""
    wanted = searched_in(leaves, field)
    if not text or not (wanted.single or wanted.together):
        return _NO_MARKS
    folded = fold_with_offsets(text)
    texts = {likeness: likened(folded.text, likeness) for likeness in {term.likeness for _, term in wanted.single}}
    terms = {term for _, term in wanted.single}
    found = [place for term in terms for place in occurrences(texts[term.likeness], term.pattern)]
    for leaf in wanted.together:
        if leaf.together is not None:
            found += standing_together(folded.text, leaf.terms, leaf.together)
    if not found:
        return _NO_MARKS
    pieces = sorted(folded.original_span(start, end) for start, end in found)
    return Marks(merged(pieces), pieces)


def marks_of(entry: Entry, leaves: tuple[Leaf, ...]) -> Found:
    """Find what the leaves match in all of an entry's texts."""
    found: Found = {}
    for field, texts in field_texts(entry).items():
        marks = [(text, find_marks(leaves, field, text)) for text in texts]
        if any(each.ranges for _, each in marks):
            found[field] = marks
    return found


def occurrences_of(entry: Entry, leaves: tuple[Leaf, ...]) -> int:
    """Count how often what the leaves look for stands in an entry."""
    return sum(marks.count for texts in marks_of(entry, leaves).values() for _, marks in texts)


def separate(ranges: Sequence[Range]) -> list[Range]:
    """Return those of sorted ranges that a scan from the left finds: each is an occurrence.

    Of ranges that overlap the first is one, of several that begin together the longest.
    """
    found: list[Range] = []
    begin = end = -1
    for first, last in ranges:
        if first >= end:
            found.append((first, last))
            begin, end = first, last
        elif first == begin:
            end = last
            found[-1] = first, last
    return found


def merged(ranges: Sequence[Range]) -> list[Range]:
    """Return the ranges sorted, with those that overlap or touch joined."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _places(text: str, string: str, step: int) -> list[int]:
    """Return where `string` stands in `text`, each place at least `step` characters after the one before."""
    found = []
    at = text.find(string) if string else -1
    while at >= 0:
        found.append(at)
        at = text.find(string, at + step)
    return found
