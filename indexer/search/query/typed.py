"""Reads the beginning of a query as somebody types it: which characters, and which sounds, it may stand for."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, product

from indexer.text.keys import compared

LONGEST = 60
"""Most characters of what is typed for which suggestions are made; nobody types more of a title."""
_SPELLINGS = 24
"""Ways of cutting a run of letters into syllables that are tried."""
_KEPT = 8
"""Of these, ways in which something is looked for."""
_DOUBLE = ("zh", "ch", "sh")
_LONGEST_SYLLABLE = 6
_OTHERWISE = {"lue": "lve", "nue": "nve"}
"""Syllables that are written in two ways."""
_TONES = "\u0300\u0301\u0304\u030c"
_MARKS = "'’‘` ·-"
"""What may stand between two syllables."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A syllable, or the beginning of one."""

    letters: str
    is_open: bool = False
    """Whether only its beginning is meant."""


Element = str | Sound
"""What one character of the archive must be: this character, or any of this sound."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody has typed."""

    runs: tuple[str, ...]
    """Runs of Latin letters, and single other characters; as suggestions compare them."""

    @property
    def characters(self) -> str:
        """All characters as they stand."""
        return "".join(self.runs)

    @property
    def is_all_letters(self) -> bool:
        """Whether all of it may be pinyin."""
        return all(map(_is_latin, self.runs))

    @property
    def has_letters(self) -> bool:
        """Whether some of it may be pinyin."""
        return any(map(_is_latin, self.runs))

    def spoken(self, syllables: Sequence[str]) -> Iterator[tuple[tuple[Element, ...], ...]]:
        """Yield the ways to read its letters as pinyin: in full, then by first letters, then both mixed.

        `syllables` are those that the archive's suggestions have, ascending.  Only the last one may be begun only.
        """
        seen: set[tuple[Element, ...]] = set()
        for least in (_FULL, _INITIALS, MIXED) if self.has_letters else ():
            choices: list[list[tuple[Element, ...]]] = [
                _shortest(_spellings(run, syllables, least, is_last=at == len(self.runs) - 1))
                if _is_latin(run)
                else [(run,)]
                for at, run in enumerate(self.runs)
            ]
            ways = (tuple(chain.from_iterable(parts)) for parts in islice(product(*choices), _SPELLINGS))
            new = tuple(way for way in ways if way not in seen)
            seen.update(new)
            yield new


_FULL, _INITIALS, MIXED = range(3)
"""How much of each syllable was typed; `spoken` yields its ways in this order."""


def read_typed(text: str) -> Typed | None:
    """Read what is typed; None where nothing is suggested: too little, too much, or no text."""
    if len(text) > 4 * LONGEST or any(
        unicodedata.category(char) in ("Cc", "Cs", "Co") and not char.isspace() for char in text
    ):
        return None
    runs: list[str] = []
    for piece in _pieces(text):
        for char in compared(_without_tones(piece)):
            is_letter = _is_latin(char)
            if is_letter and runs and _is_latin(runs[-1]) and not runs[-1].endswith("'"):
                runs[-1] += char
            else:
                runs.append(char)
        if runs and _is_latin(runs[-1]):
            runs[-1] += "'"
    runs = [run.rstrip("'") for run in runs]
    length = sum(map(len, runs))
    is_lone_letter = length == 1 and _is_latin(runs[0]) and len(text.strip()) == 1
    if not length or length > LONGEST or is_lone_letter:
        return None
    return Typed(tuple(runs))


def _pieces(text: str) -> list[str]:
    """Cut at what parts syllables."""
    return "".join(" " if char in _MARKS or char.isspace() else char for char in text).split()


def _without_tones(text: str) -> str:
    """Write pinyin without tones, and ü as v."""
    apart = unicodedata.normalize("NFD", text.lower()).replace("u\u0308", "v")
    return unicodedata.normalize("NFC", "".join(char for char in apart if char not in _TONES))


def _is_latin(run: str) -> bool:
    return run[:1].isascii() and run[:1].isalpha()


def _spellings(letters: str, syllables: Sequence[str], least: int, *, is_last: bool) -> Iterator[tuple[Sound, ...]]:
    """Yield the ways to cut letters into syllables, longer ones first."""
    # From the end: places from which nothing leads to it are left alone, of which there may be very many ways.
    following: dict[int, list[Sound]] = {len(letters): []}
    for at in reversed(range(len(letters))):
        found = [
            sound
            for sound in _sounds_at(letters, at, syllables, least, is_last=is_last)
            if at + len(sound.letters) in following
        ]
        if found:
            following[at] = found

    def ways(at: int) -> Iterator[tuple[Sound, ...]]:
        if at == len(letters):
            yield ()
        for sound in following.get(at, ()):
            for rest in ways(at + len(sound.letters)):
                yield sound, *rest

    return ways(0)


def _shortest(ways: Iterator[tuple[Sound, ...]]) -> list[tuple[Element, ...]]:
    """Return the ways of fewest syllables, and those of one more: letters are seldom meant for more than they need."""
    found = sorted(islice(ways, _SPELLINGS), key=len)
    return [way for way in found[:_KEPT] if len(way) <= len(found[0]) + 1]


def _sounds_at(letters: str, at: int, syllables: Sequence[str], least: int, *, is_last: bool) -> Iterator[Sound]:
    """Yield what may stand at a place: syllables, the longest first, then what is only the beginning of one."""
    if least != _INITIALS:
        for end in range(min(len(letters), at + _LONGEST_SYLLABLE), at, -1):
            piece = letters[at:end]
            piece = _OTHERWISE.get(piece, piece)
            if _is_among(piece, syllables):
                yield Sound(piece)
            if is_last and end == len(letters) and _begins(piece, syllables):
                yield Sound(piece, is_open=True)
    if least != _FULL:
        if letters.startswith(_DOUBLE, at) and least == MIXED and _begins(letters[at : at + 2], syllables):
            yield Sound(letters[at : at + 2], is_open=True)
        if _begins(letters[at], syllables):
            yield Sound(letters[at], is_open=True)


def _is_among(piece: str, syllables: Sequence[str]) -> bool:
    at = bisect_left(syllables, piece)
    return at < len(syllables) and syllables[at] == piece


def _begins(piece: str, syllables: Sequence[str]) -> bool:
    at = bisect_left(syllables, piece)
    return at < len(syllables) and syllables[at].startswith(piece)
