"""Arranges entries as a book's table of contents does: sections in printed order, and in them the pages' headings."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from indexer.model import Entry
from indexer.parse.entries.chronicle import after_date, is_date

_FIRST_WORDS = 48
"""Most characters that are shown of a text."""
_PEEK = 60
"""Characters of headings after which a folded section names no more; wider than any screen shows of them."""
_SENTENCE = re.compile(r"[^\u3002\uff01\uff1f\uff1b\n]*[\uff01\uff1f]?")
"""Up to a full stop or semicolon, or with an exclamation or question mark."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What a chronicle has under one date."""

    date: str
    items: tuple[tuple[Entry, str], ...]
    """Each entry with the first words of its text, in which the date is not said again."""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that one page of the site printed under one heading."""

    heading: str
    """Empty where the only entry's title says the same."""
    rows: tuple[tuple[Entry, str], ...]
    """Each entry, with the first words of its text if it has no title; else with an empty string."""
    days: tuple[Dated, ...] = ()
    """The same entries by date, if all their titles are bare dates; else empty."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a volume."""

    name: str
    """As printed; empty if no source gives it."""
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """Number of entries."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def peek(self) -> tuple[str, ...]:
        """The first headings, or titles where there is none, which tell what a folded section is about."""
        found: list[str] = []
        for group in self.groups:
            words = group.heading or group.rows[0][0].title
            if words and words not in (self.name, *found):
                found.append(words)
            if sum(map(len, found)) > _PEEK:
                break
        return tuple(found)


def contents(entries: Iterable[Entry]) -> tuple[Section, ...]:
    """Arrange the entries of a volume, which must come in printed order."""
    sections: dict[str, dict[str, list[Entry]]] = {}
    for entry in entries:
        sections.setdefault(entry.section, {}).setdefault(entry.url, []).append(entry)
    return tuple(Section(name, tuple(map(_group, pages.values()))) for name, pages in sections.items())


def first_words(entry: Entry) -> str:
    """Return the first sentence of an entry's text without the date that it opens with; shortened if it is long."""
    text = after_date(entry.body.lstrip())
    found = _SENTENCE.match(text)
    words = (found[0] if found else "").replace("\t", " ").strip()
    return words if len(words) <= _FIRST_WORDS else f"{words[:_FIRST_WORDS]}…"


def _group(listed: list[Entry]) -> Group:
    heading = "" if len(listed) == 1 and listed[0].title == listed[0].heading else listed[0].heading
    is_chronicle = all(is_date(each.title) for each in listed)
    rows = tuple((each, "" if each.title else first_words(each)) for each in listed)
    return Group(heading, rows, tuple(_days(listed)) if is_chronicle else ())


def _days(listed: list[Entry]) -> Iterator[Dated]:
    for date, items in groupby(listed, key=lambda each: each.title):
        yield Dated(date, tuple((each, first_words(each) or date) for each in items))
