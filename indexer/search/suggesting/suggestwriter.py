"""Writes what is suggested: its characters and sounds in arrays, the places of each character beside them.

What is suggested is ordered by claim: names and sections first, then phrases and titles, those of more entries first.  A
place that comes first is therefore of what has the better claim.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from indexer.search.fields import name_of
from indexer.search.repeated import Repeated
from indexer.search.sortedarrays import distinct
from indexer.search.suggestible import SuggestionKind
from indexer.search.suggesting.suggestfiles import TEXTS, save
from indexer.text.fold import fold
from indexer.text.keys import compared
from indexer.text.pinyin import name_sounds, readings, sounds
from indexer.text.variants import simplified

KINDS = tuple(SuggestionKind)
"""A kind's number is its place here."""
_FIRST = (SuggestionKind.AUTHOR, SuggestionKind.SECTION, SuggestionKind.YEARBOOK)
"""Kinds that have the better claim."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """Something to be suggested."""

    kind: SuggestionKind
    text: str
    count: int
    """Entries that have it."""
    where: int
    """Of a title, the number of an entry that bears it; else its number in the column or in the list of phrases."""


class Texts(msgspec.Struct, frozen=True):
    """What of the suggestions is no array."""

    alphabet: str
    """The characters of all that is suggested, as they are compared; the first has number 1."""
    syllables: tuple[str, ...]
    """Ascending; the first has number 1."""
    common: msgspec.Raw
    """The syllables that each common character can have, with spaces between."""
    others: Mapping[str, str]
    """The same of the archive's other characters."""
    phrases: tuple[str, ...]


def shape() -> tuple[object, ...]:
    """Return what determines how suggestions are stored."""
    return KINDS, _FIRST


def from_columns(
    columns: Mapping[str, Iterable[tuple[str, ...]]], values: Mapping[str, Sequence[str]]
) -> Iterator[Suggested]:
    """Yield names, sections and yearbooks, given each entry's values in each column, and each column's values in order."""
    for kind in _FIRST:
        counts = Counter(value for each in columns[kind] for value in set(each))
        for at, value in enumerate(values[kind]):
            text = value if kind is SuggestionKind.AUTHOR else name_of(value)
            yield Suggested(kind, text, counts[value], at)


def from_titles(titles: Repeated[str]) -> Iterator[Suggested]:
    """Yield each title once, given the titles of all entries in order."""
    _, firsts, counts = np.unique(titles.numbers(), return_index=True, return_counts=True)
    for title, first, count in zip(titles.values, firsts.tolist(), counts.tolist(), strict=True):
        yield Suggested(SuggestionKind.TITLE, title, count, first)


def write_suggestions(folder: Path, suggested: Iterable[Suggested], phrases: Sequence[str], characters: str) -> None:
    """Write the suggestions; `characters` are all that the archive's texts have, folded."""
    kept, characters_of, sounds_of = [], Repeated([""]), Repeated([""])
    for row in _by_claim(suggested):
        key, said = _key_and_sounds(row)
        if key:
            kept.append(row)
            # The empty string, whose number is zero, stands before and after each.
            characters_of.extend((*key, ""))
            sounds_of.extend((*filter(None, said), ""))
    text = characters_of.ranks()
    alphabet = sorted(filter(None, characters_of.values))
    heard = {char: readings(char) for char in sorted({*characters, *alphabet})}
    syllables = sorted({*sounds_of.values, *(each for char in alphabet for each in heard[char])} - {""})
    sound_of = {"": 0} | {each: at for at, each in enumerate(syllables, start=1)}
    heard_there = np.array([sound_of[each] for each in sounds_of.values], dtype=np.int64)[sounds_of.numbers()]
    starts = np.flatnonzero(text == 0) + 1
    save(folder, "suggest-text", text)
    save(folder, "suggest-sounds", heard_there)
    can_be = [(sound_of[each] << 16) + at for at, char in enumerate(alphabet, start=1) for each in heard[char]]
    # What a character is where it stands a table may not know: surnames, Latin letters.
    there = distinct((heard_there << 16) + text)
    can_be += there[there & 0xFFFF > 0].tolist()
    save(folder, "suggest-heard", np.array(sorted(set(can_be)), dtype=np.int64))
    save(folder, "suggest-places", text.argsort(kind="stable")[len(starts) :])
    save(folder, "suggest-starts", starts)
    for name, values in (
        ("kinds", (KINDS.index(row.kind) for row in kept)),
        ("where", (row.where for row in kept)),
        ("counts", (row.count for row in kept)),
    ):
        save(folder, f"suggest-{name}", np.fromiter(values, dtype=np.int64, count=len(kept)))
    others = {char: " ".join(said) for char, said in heard.items() if said and char not in _common()}
    texts = Texts("".join(alphabet), tuple(syllables), _common_json(), others, tuple(phrases))
    (folder / TEXTS).write_bytes(msgspec.json.encode(texts))


@cache
def _common() -> Mapping[str, str]:
    """Return how the characters of GB 2312 sound: somebody may mistype one that the archive does not have."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return {char: " ".join(readings(char)) for char in b"".join(rows).decode("gb2312", "ignore")}


@cache
def _common_json() -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(_common()))


def _by_claim(suggested: Iterable[Suggested]) -> list[Suggested]:
    """Order suggestions: the better claim first, then the most frequent, then the shortest."""
    rows = list(suggested)
    # Key by key, the last one first: keys of all parts together would take more room than what they order.
    rows.sort(key=lambda row: row.kind)
    rows.sort(key=lambda row: row.text)
    rows.sort(key=lambda row: len(row.text))
    rows.sort(key=lambda row: -row.count)
    rows.sort(key=lambda row: row.kind not in _FIRST)
    return rows


def _key_and_sounds(row: Suggested) -> tuple[str, tuple[str, ...]]:
    """Return what is compared of a suggestion, and the sound of each of its characters."""
    folded = fold(row.text)
    heard = (name_sounds if row.kind is SuggestionKind.AUTHOR else sounds)(simplified(folded))
    return compared(folded), tuple(sound for char, sound in zip(folded, heard, strict=True) if char.isalnum())
