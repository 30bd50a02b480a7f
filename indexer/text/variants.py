"""Defines which characters count as the same in a search: traditional and simplified, numerals, OCR look-alikes.

Every table maps one character to one, so that a place in a likened text is the same place in the text itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cache
from itertools import chain

import opencc

from indexer.text.wordlists import lookalikes

_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
"""Ranges of the first plane: beyond it OpenCC only knows forms that were never in print, and takes forty times as
long."""
_REGIONAL = ("tw2s", "hk2s")
"""OpenCC's conversions from the forms of Taiwan and Hong Kong.  Some of these forms are simplified characters with
another meaning (著, 么), so they count as the same in a search, but are not replaced."""
_RARE = ("吉𠮷", "账帐")
"""Other variants, which OpenCC does not convert."""
_NUMERALS = ("0〇○◯零", "1一", "2二", "3三", "4四", "5五", "6六", "7七", "8八", "9九")
_DIGITS = {ord(char): digits[0] for digits in _NUMERALS for char in digits}
_CHINESE_DIGITS = "〇○◯零一二三四五六七八九"
_SPELT = re.compile(f"[{_CHINESE_DIGITS}]{{4}}(?=年)|[一二三四五六七八九]+[〇○◯]+[{_CHINESE_DIGITS}]*")


class Likeness(IntEnum):
    """How far a printed character may differ from the one typed and still match."""

    PRINTED = 0
    """The same character, except for what folding disregards."""
    VARIANT = 1
    """Also its traditional, simplified or other form, and the same digit in Chinese or Arabic."""
    ALIKE = 2
    """Also the characters that bad OCR confuses with it."""

    __hash__ = int.__hash__  # Enum's own is slow Python code, and terms are hashed all the time


def shape() -> tuple[object, ...]:
    """Return what determines the words of an index: the forms of characters and years passed to the segmenter.

    What a search takes for the same is not part of it, since no index contains that.
    """
    forms = tuple(sorted(simplifications().items()))
    return _HAN, _DIGITS, _CHINESE_DIGITS, _SPELT.pattern, forms


def load() -> None:
    """Build the tables of every likeness, so that no search has to wait for them."""
    for likeness in Likeness:
        likened("", likeness)


def likened(text: str, likeness: Likeness) -> str:
    """Replace each character by the representative of its class, so that texts which are alike become equal."""
    return text if likeness is Likeness.PRINTED else text.translate(_representatives(likeness))


def simplified(text: str) -> str:
    """Replace traditional and variant characters by simplified ones, one by one: `勞動` becomes `劳动`."""
    return text.translate(simplifications())


def with_arabic_years(text: str) -> str:
    """Write years and other numbers spelt digit by digit in Arabic digits: `二〇〇一年` becomes `2001年`."""
    if not (any(zero in text for zero in "〇○◯") or _may_spell_a_year(text)):
        return text
    return _SPELT.sub(lambda found: found[0].translate(_DIGITS), text)


def _may_spell_a_year(text: str) -> bool:
    """Return whether a text may contain a year in Chinese digits; ten times as fast as the regular expression."""
    at = text.find("年", 4)
    while at >= 0:
        if text[at - 1] in _CHINESE_DIGITS and text[at - 4] in _CHINESE_DIGITS:
            return True
        at = text.find("年", at + 1)
    return False


@cache
def simplifications() -> Mapping[int, int]:
    """Return the simplified form of each character that has a different one, both as code points."""
    table = {ord(char): ord(simple) for char, simple in _converted("t2s")}
    # Follow a chain of two forms to its end.
    return {code: table.get(form, form) for code, form in table.items()}


@cache
def alternatives(likeness: Likeness) -> Mapping[str, str]:
    """Return for each character all characters of its class, itself included.

    Characters that are alone in their class are left out.
    """
    groups = [] if likeness is Likeness.PRINTED else [chr(one) + chr(other) for one, other in simplifications().items()]
    if likeness >= Likeness.VARIANT:
        groups += (*_NUMERALS, *_RARE, *(char + simple for name in _REGIONAL for char, simple in _converted(name)))
    if likeness is Likeness.ALIKE:
        groups += [group for group, *_ in lookalikes()]
    return {char: members for members in _joined(groups) for char in members}


@cache
def _representatives(likeness: Likeness) -> Mapping[int, str]:
    return {ord(char): members[0] for char, members in alternatives(likeness).items() if char != members[0]}


def _joined(groups: Iterable[str]) -> set[str]:
    """Return the groups with those that share a character joined; each as its characters in order."""
    classes: dict[str, set[str]] = {}
    for group in groups:
        members = set(group).union(*(classes.get(char, ()) for char in group))
        for char in members:
            classes[char] = members
    return {"".join(sorted(members)) for members in classes.values()}


@cache
def _converted(name: str) -> tuple[tuple[str, str], ...]:
    """Return each character that one of OpenCC's conversions replaces, with its replacement."""
    chars = list(_characters(_HAN))
    converted = opencc.OpenCC(name).convert("\n".join(chars)).split("\n")
    return tuple(
        (char, other) for char, other in zip(chars, converted, strict=True) if char != other and len(other) == 1
    )


def _characters(ranges: Iterable[range]) -> Iterator[str]:
    return map(chr, chain.from_iterable(ranges))
