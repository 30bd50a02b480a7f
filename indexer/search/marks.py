"""Finds where a query's strings stand in an entry, on its text as printed; the same for every engine."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.search.fields import TEXT_FIELDS
from indexer.search.proximity import taking_part
from indexer.search.query import All, Any, Exact, Field, Match, Near, Node, Not
from indexer.text.analyzer import words
from indexer.text.fold import fold, fold_with_offsets

Range = tuple[int, int]
"""A half-open range of characters."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Strings to find, and where."""

    scopes: tuple[str, ...]
    strings: tuple[str, ...]
    """Folded."""
    whole: str = ""
    """The run or quoted string as a whole, folded."""
    distance: int | None = None
    """For NEAR: greatest gap between one string and the next."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What of a text a query matches."""

    ranges: Sequence[Range]
    """Of the text as printed, merged where they touch, sorted."""
    count: int
    """Occurrences of the strings, each string counted without overlaps."""


_NO_MARKS = Marks((), 0)


def strings_of(node: Match | Exact) -> tuple[str, ...]:
    """Give the folded strings that a leaf asks for, each of which must be there; none for a text of white space."""
    if isinstance(node, Match):
        return words(node.text)
    whole = fold(node.text)
    return (whole,) if whole else ()


def positive_leaves(node: Node | None, scopes: tuple[str, ...] = TEXT_FIELDS) -> Iterator[Leaf]:
    """Give the leaves that make an entry match; those below a NOT do not."""
    match node:
        case Match() | Exact():
            yield Leaf(scopes, strings_of(node), fold(node.text))
        case Near(parts, distance):
            yield Leaf(scopes, tuple(string for part in parts for string in near_strings(part)), distance=distance)
        case All(parts) | Any(parts):
            for part in parts:
                yield from positive_leaves(part, scopes)
        case Field(name, inner):
            yield from positive_leaves(inner, (name,))
        case Not(_) | None:
            return
        case _:
            return


def searched(leaves: Iterable[Leaf]) -> set[tuple[tuple[str, ...], str]]:
    """Give each string to look for with its scopes, NEAR aside, once: what is looked for everywhere is not looked for
    in one part again."""
    pairs = {(leaf.scopes, string) for leaf in leaves if leaf.distance is None for string in leaf.strings}
    return {
        (scopes, string)
        for scopes, string in pairs
        if scopes == TEXT_FIELDS or scopes[0] not in TEXT_FIELDS or (TEXT_FIELDS, string) not in pairs
    }


def near_strings(part: Match | Exact) -> tuple[str, ...]:
    """Give the strings of a part of NEAR: a run stands as a whole, it is not cut."""
    return (fold(part.text),)


def occurrences(text: str, string: str) -> list[Range]:
    """Give where `string` stands in `text`, from the left, without overlaps; both folded alike."""
    found: list[Range] = []
    at = text.find(string) if string else -1
    while at >= 0:
        found.append((at, at + len(string)))
        at = text.find(string, at + len(string))
    return found


def has_border(string: str) -> bool:
    """Say whether occurrences of a string can overlap: its end is its beginning."""
    return any(string.startswith(string[at:]) for at in range(1, len(string)))


def near_occurrences(text: str, strings: Sequence[str], distance: int) -> list[Range]:
    """Give the occurrences that take part in a group of all `strings`, as `indexer.search.proximity` defines it."""
    starts = [np.array([start for start, _ in _overlapping(text, string)], dtype=np.int64) for string in strings]
    if not all(map(len, starts)):
        return []
    lengths = [len(string) for string in strings]
    groups = zip(starts, lengths, taking_part(starts, lengths, distance), strict=True)
    return sorted({(start, start + length) for places, length, near in groups for start in places[near].tolist()})


def find_marks(leaves: Sequence[Leaf], scope: str, text: str) -> Marks:
    """Find what the leaves match in a text of this scope."""
    wanted = [leaf for leaf in leaves if scope in leaf.scopes]
    if not wanted or not text:
        return _NO_MARKS
    folded = fold_with_offsets(text)
    strings = dict.fromkeys(string for leaf in wanted if leaf.distance is None for string in leaf.strings)
    found = [place for string in strings for place in occurrences(folded.text, string)]
    for leaf in wanted:
        if leaf.distance is not None:
            found += near_occurrences(folded.text, leaf.strings, leaf.distance)
    if not found:
        return _NO_MARKS
    return Marks(merged([folded.original_span(start, end) for start, end in found]), len(found))


def _overlapping(text: str, string: str) -> Iterator[Range]:
    at = text.find(string) if string else -1
    while at >= 0:
        yield at, at + len(string)
        at = text.find(string, at + 1)


def merged(ranges: Sequence[Range]) -> list[Range]:
    """Join ranges that overlap or touch; give them sorted."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
