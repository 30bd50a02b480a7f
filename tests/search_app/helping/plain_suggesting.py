"""Finds what may be meant by what is typed by reading every name, section and title: the judge of suggestions."""

import re
from collections.abc import Iterable
from functools import cache

from plain_folding import plainly

from indexer.model import Entry
from indexer.text.pinyin import name_sounds, readings, sounds
from indexer.text.variants import Likeness, likened, simplified


def meant_by(typed: str, entries: Iterable[Entry]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Give kind and text of everything that must be suggested, and of everything that may be."""
    texts = {("title", each.title) for each in entries if each.title}
    texts |= {("section", each.section) for each in entries if each.section}
    texts |= {("author", name) for each in entries for name in each.authors}
    wanted = bare(typed)
    if not wanted or re.fullmatch("[a-z]", wanted):
        return set(), set()
    known = {each for each in texts if bare(each[1])}
    surely, possibly = (
        {each for each in known if is_meant(wanted, *each, loosely=loosely)} for loosely in (False, True)
    )
    return surely, possibly


def bare(text: str) -> str:
    """Give what is compared of a text."""
    return likened("".join(filter(str.isalnum, plainly(text))), Likeness.VARIANT)


def is_meant(typed: str, kind: str, text: str, *, loosely: bool) -> bool:
    """Say whether something is as typed, sounds so, or is so with one mistake.

    Loosely, syllables written in full may stand between first letters, and less is asked of short strings with a mistake.
    """
    key = bare(text)
    if typed in key:
        return True
    if re.search("[a-z]", typed):
        heard = (name_sounds if kind == "author" else sounds)(simplified(plainly(text)))
        right = [sound for char, sound in zip(plainly(text), heard, strict=True) if char.isalnum()]
        said = [{one, *known_sounds(char)} for char, one in zip(key, right, strict=True)]
        places = range(len(key))
        ways = (("full",), ("first",), ("full", "first", "double")) if loosely else (("full",), ("first",))
        if any(spoken(typed, key[at:], said[at:], way) for at in places for way in ways):
            return True
        if re.fullmatch("[a-z]+", typed):
            return False
    pieces = (key[first:last] for first in range(len(key)) for last in range(first + 1, len(key) + 1))
    return len(typed) > 1 and any(has_mistake(typed, piece, loosely=loosely) for piece in pieces)


def spoken(typed: str, key: str, said: list[set[str]], ways: tuple[str, ...]) -> bool:
    """Say whether letters spell the sounds of characters from the first on, the last perhaps not to its end."""
    if not typed:
        return True
    if not key:
        return False
    pieces = {key[0]} if not typed[0].isalpha() or not typed[0].isascii() else set()
    if not pieces:
        pieces |= said[0] if "full" in ways else set()
        pieces |= {sound[0] for sound in said[0]} if "first" in ways else set()
        pieces |= {sound[:2] for sound in said[0] if sound[:2] in ("zh", "ch", "sh")} if "double" in ways else set()
        if "full" in ways and any(sound.startswith(typed) for sound in said[0]):
            return True
    return any(typed.startswith(each) and spoken(typed[len(each) :], key[1:], said[1:], ways) for each in pieces)


def has_mistake(typed: str, piece: str, *, loosely: bool) -> bool:
    """Say whether a piece of a text is what is typed with one mistake."""
    size = len(typed)
    if len(piece) == size:
        other = [(one, two) for one, two in zip(typed, piece, strict=True) if one != two]
        if len(other) == 1:
            return size > 2 or is_confused(*other[0])
        places = [at for at in range(size) if typed[at] != piece[at]]
        return len(other) == 2 and other[0] == other[1][::-1] and places[1] - places[0] == 1
    if len(piece) == size + 1:
        return any(piece[:at] + piece[at + 1 :] == typed for at in range(1, size))
    least = 3 if loosely else 4
    return len(piece) == size - 1 and size >= least and any(typed[:at] + typed[at + 1 :] == piece for at in range(size))


def is_confused(one: str, other: str) -> bool:
    """Say whether characters sound or look alike."""
    return bool(known_sounds(one) & known_sounds(other)) or likened(one, Likeness.ALIKE) == likened(
        other, Likeness.ALIKE
    )


@cache
def known_sounds(char: str) -> frozenset[str]:
    """Give how a character can sound."""
    return frozenset(readings(char))
