"""Judges what a search found, by reading the texts of entries; knows no index, and none of the search's own matching.

What it shares with what it judges is what a query is (`tree`), which texts an entry has (`fields`), and when
characters are alike and what a run's words are (`indexer.text`).  All else follows from these by trying every place.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from plain_folding import pieces, plainly

from indexer.model import Entry
from indexer.search.fields import TEXT_FIELDS, field_texts
from indexer.search.query.tree import All, Any, Exact, Field, Match, Near, Node, Not, Pattern, YearRange
from indexer.search.shown.results import Hit
from indexer.text.analyzer import evidence, words
from indexer.text.fold import fold
from indexer.text.variants import Likeness, likened
from indexer.text.wordlists import function_words

Place = tuple[int, int]
"""A half-open range of characters."""


class String(NamedTuple):
    """A folded string, and how much unlike it a text may be that is taken for it."""

    text: str
    likeness: Likeness = Likeness.PRINTED

    def stands_at(self, text: str) -> list[Place]:
        """Give all its places in a folded text, overlapping ones too; an empty string has none."""
        wanted, alike = likened(self.text, self.likeness), as_alike(text, self.likeness)
        found = re.finditer(f"(?={re.escape(wanted)})", alike) if wanted else ()
        return [(each.start(), each.start() + len(wanted)) for each in found]


class Sought(NamedTuple):
    """Strings that a part of a query asks for, and in which texts."""

    scopes: tuple[str, ...]
    strings: tuple[String, ...]
    together: int | tuple[tuple[int, int], ...] | None = None
    """The greatest distance of a NEAR, or the gaps of a pattern; None: each stands by itself."""


@lru_cache(20_000)
def as_alike(text: str, likeness: Likeness) -> str:
    """Give a folded text with each character in the place of all that are taken for it; texts are judged again."""
    return likened(text, likeness)


@lru_cache(20_000)
def folded(text: str) -> str:
    """Give a text folded."""
    return plainly(text)


def holds(entry: Entry, node: Node, scope: str = "", *, alike: bool = True) -> bool:
    """Say whether an entry matches; what a NOT leaves out has no look-alikes."""
    texts = [folded(text) for name in ([scope] if scope else TEXT_FIELDS) for text in field_texts(entry)[name]]

    def meant(strings: Iterable[String]) -> list[String]:
        return [each if alike else String(each.text, min(each.likeness, Likeness.VARIANT)) for each in strings]

    match node:
        case Match() | Exact():
            return any(
                all(any(string.stands_at(text) for text in texts) for string in meant(way)) for way in ways(node)
            )
        case Near(parts, distance):
            return any(near(text, meant(map(whole, parts)), distance) for text in texts)
        case Pattern(strings, gaps):
            wanted = lazy(strings, gaps)
            return any(wanted.search(text) for text in texts)
        case All(parts):
            return all(holds(entry, part, scope, alike=alike) for part in parts)
        case Any(parts):
            return any(holds(entry, part, scope, alike=alike) for part in parts)
        case Not(part):
            return not holds(entry, part, scope, alike=False)
        case Field(name, inner):
            return holds(entry, inner, name, alike=alike)
        case YearRange(first, last):
            return first <= entry.year <= last


def whole(node: Match | Exact) -> String:
    """Give a run or a quoted string, not cut; only a run has look-alikes, but none where it is one character."""
    text = fold(node.text)
    if isinstance(node, Exact) and not node.alike:
        return String(text)
    return String(text, Likeness.ALIKE if len(text) > 1 else Likeness.VARIANT)


def asked(node: Match | Exact) -> list[String]:
    """Give the strings that must all be there: a run's words, or what is quoted; nothing for white space."""
    string = whole(node)
    if isinstance(node, Match):
        cut = words(node.text)
        if asks(node.text):
            cut = [word for word in cut if word not in function_words()] or cut
        return [String(word, string.likeness) for word in cut]
    return [string] if string.text else []


def ways(node: Match | Exact) -> list[list[String]]:
    """Give the ways to match: the strings asked for, and those of a year or date written otherwise."""
    if isinstance(node, Exact):
        return [asked(node)]
    text = fold(node.text)
    years = r"(?<![0-9a-z])[12一二][0-9〇○◯零o一二三四五六七八九]{3}(?![0-9a-z])"
    return [asked(node), *otherwise(text, years, year_otherwise), *otherwise(text, DATES, date_otherwise)]


DAYS = (
    "",
    *"一二三四五六七八九",
    *(f"{ten}十{one}" for ten in ("", "二", "三") for one in ("", *"一二三四五六七八九")),
)[:32]
DATES = (
    r"(?<![0-9十])([0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])月"
    r"(?:([0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])([日号]))?"
)


def year_otherwise(found: re.Match[str]) -> str:
    """Write a year's zeros as the letter, or the letter as zeros."""
    text = found[0]
    return text.replace("o", "0") if "o" in text else "".join("o" if char in "0〇○◯零" else char for char in text)


def date_otherwise(found: re.Match[str]) -> str:
    """Write a date that has a ten in the other way."""
    month, day, unit = found[1], found[2] or "", found[3] or ""
    numbers = [
        int(each) if each.isdecimal() else DAYS.index(each) if each in DAYS else 99 for each in (month, day or "一")
    ]
    if not 1 <= numbers[0] <= 12 or not 1 <= numbers[1] <= 31 or (numbers[0] < 10 and (not day or numbers[1] < 10)):
        return found[0]
    written = [str(each) if "十" in found[0] else DAYS[each] for each in numbers]
    return f"{written[0]}月{written[1]}{unit}" if day else f"{written[0]}月"


def otherwise(text: str, pattern: str, write: Callable[[re.Match[str]], str]) -> list[list[String]]:
    """Give the strings of a folded run of which something is written otherwise; none if nothing is."""
    found = [(each, write(each)) for each in re.finditer(pattern, text)]
    found = [(each, other) for each, other in found if other != each[0]]
    if not found:
        return []
    edges = [0, *(at for each, _ in found for at in each.span()), len(text)]
    rest = [text[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True)]
    strings = [String(other, Likeness.VARIANT) for _, other in found]
    return [strings + [string for piece in rest if piece for string in asked(Match(piece))]]


def asks(text: str) -> bool:
    """Say whether a run is a question, whose words that say nothing need not be there."""
    marks = ("谁", "什么", "甚么", "哪", "怎", "如何", "为何", "何时", "何地", "多少", "几个", "几次", "几时")
    return any(mark in text for mark in marks) or text.endswith(("吗", "呢", "么", "？", "?"))


def near(text: str, strings: Sequence[String], distance: int) -> set[Place]:
    """Give the places that are in a group, of which every one is tried, in a folded text.

    A group is one place of each string, in any order, each beginning where the one before it ends or at most
    `distance` characters behind.
    """
    stand = [string.stands_at(text) for string in strings]
    groups: list[tuple[Place, ...]] = []
    for order in permutations(stand):
        chains: list[tuple[Place, ...]] = [()]
        for places in order:
            chains = [
                (*chain, place)
                for chain in chains
                for place in places
                if not chain or 0 <= place[0] - chain[-1][1] <= distance
            ]
        groups += chains
    return {place for group in groups for place in group}


def marked(node: Node) -> list[Sought]:
    """Give what is marked in the entries that match, and so counted."""
    return list(wanted_by(node))


def marked_near(node: Node) -> list[Sought]:
    """Give what is marked in the entries that only come near.

    A word typed without quotes is marked only if it says something or no other does, and so are the shorter words
    inside it: an entry need not have the whole.
    """
    found = []
    for part in node.parts if isinstance(node, All) else (node,):
        if isinstance(part, Match):
            strings = [string for string in asked(part) if any(map(str.isalnum, string.text))]
            weighty = [string for string in strings if string.text not in function_words()] or strings
            inner = [
                String(word, Likeness.VARIANT)
                for string in weighty
                if len(inside := evidence(string.text).parts) > 1
                for word in inside
            ]
            found.append(Sought(TEXT_FIELDS, (*weighty, *inner)))
        else:
            found += wanted_by(part)
    return found


def wanted_by(node: Node, scopes: tuple[str, ...] = TEXT_FIELDS) -> Iterator[Sought]:
    """Give the strings that speak for an entry; what stands below a NOT does not."""
    match node:
        case Match() | Exact():
            for way in ways(node):
                yield Sought(scopes, tuple(way))
        case Near(parts, distance):
            yield Sought(scopes, tuple(map(whole, parts)), distance)
        case Pattern(strings, gaps):
            yield Sought(scopes, tuple(map(String, strings)), gaps)
        case All(parts) | Any(parts):
            for part in parts:
                yield from wanted_by(part, scopes)
        case Field(name, inner):
            yield from wanted_by(inner, (name,))


def occurrences(entry: Entry, sought: Sequence[Sought]) -> int:
    """Count by reading: the places of each string in each text, without overlaps, and of those that overlap one."""
    return sum(
        len(apart(places_in(name, folded(text), sought)))
        for name, texts in field_texts(entry).items()
        for text in texts
    )


def ranges(name: str, text: str, sought: Sequence[Sought]) -> list[Place]:
    """Give what is marked in a text as printed: character by character, so that what touches is one."""
    printed = pieces(text)
    marks = set()
    for start, end in places_in(name, folded(text), sought):
        marks |= set(range(printed[start].start, printed[end - 1].end))
    edges = [at for at in range(len(text) + 1) if (at in marks) != (at - 1 in marks)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def places_in(name: str, text: str, sought: Iterable[Sought]) -> list[Place]:
    """Give where strings stand in a folded text of a field, by themselves or together."""
    found: list[Place] = []
    for _, strings, together in (each for each in sought if name in each.scopes):
        if together is None:
            found += [place for string in strings for place in apart(string.stands_at(text))]
        elif isinstance(together, int):
            found += near(text, strings, together)
        else:
            found += [each.span() for each in lazy([string.text for string in strings], together).finditer(text)]
    return found


def apart(places: Iterable[Place]) -> list[Place]:
    """Give places from the left, the longest first where several begin, leaving out what overlaps one given."""
    given: list[Place] = []
    for start, end in sorted(places, key=lambda each: (each[0], -each[1])):
        if not given or start >= given[-1][1]:
            given.append((start, end))
    return given


def said(hit: Hit) -> int:
    """Add up the occurrences that a hit tells its reader of."""
    return sum(reason.count for reason in hit.reasons)


def lazy(strings: Sequence[str], gaps: Sequence[tuple[int, int]]) -> re.Pattern[str]:
    """Give the regular expression that judges strings with gaps."""
    between = [f".{{{least},{most}}}?" for least, most in gaps]
    return re.compile("".join(map("".join, zip(map(re.escape, strings), [*between, ""], strict=True))), re.DOTALL)
