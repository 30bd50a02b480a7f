"""Finds other forms of what a query names: years with letters for zeros, dates with tens; shares, areas, amounts.

The first two are the same to a reader, so an entry that has one of them matches; the others are offered beside a search.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.text.fold import fold
from indexer.text.numerals import number_of, spelt

_ZERO = "0〇○◯零"
_SPELT = "一二三四五六七八九十百千万零"
_YEAR = re.compile(rf"(?<![0-9a-z])[12一二][0-9{_ZERO}o一二三四五六七八九]{{3}}(?![0-9a-z])")
_NUMBER = "[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_DATE = re.compile(rf"(?<![0-9十])(?P<month>{_NUMBER})月(?:(?P<day>{_NUMBER})(?P<unit>[日号]))?")
_SHARE = re.compile(
    rf"百分之(?P<spelt>[{_SPELT}]+)(?:点(?P<point>[一二三四五六七八九零〇]+))?|(?P<share>[0-9]+(?:\.[0-9]+)?)[%％]"
)
_AREA = re.compile("(?:平方米|平米|㎡)")
_AMOUNT = re.compile(r"(?P<myriads>[0-9]+(?:\.[0-9]{1,4})?)万|(?<![0-9.])(?P<whole>[1-9][0-9]{4,7})(?![0-9.%])")
_POINT = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class OtherForm:
    """A run in another form."""

    text: str
    """The whole, folded."""
    fixed: tuple[str, ...]
    """What stands in another form; to be found as it stands here."""
    rest: tuple[str, ...]
    """What is between, as typed."""


@lru_cache(4096)
def other_forms(run: str) -> tuple[OtherForm, ...]:
    """Return the forms of a run that a reader takes for the same.

    >>> [form.text for form in other_forms("二OO七年")]
    ['二00七年']
    >>> [form.text for form in other_forms("九月三十日")]
    ['9月30日']
    """
    folded = fold(run)
    made = (_rewritten(folded, pattern, change) for pattern, change in ((_YEAR, _other_year), (_DATE, _other_date)))
    return tuple(form for form in made if form is not None)


def offered_forms(text: str) -> Iterator[str]:
    """Yield a query text with a share, an area or an amount written otherwise.

    >>> list(offered_forms("提高百分之十"))
    ['提高10%']
    """
    for pattern, change in ((_SHARE, _other_share), (_AREA, _other_area), (_AMOUNT, _other_amount)):
        changed = pattern.sub(change, text)
        if changed != text:
            yield changed


def _rewritten(text: str, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> OtherForm | None:
    fixed, rest, whole, at = [], [], "", 0
    for found in pattern.finditer(text):
        other = change(found)
        if other != found[0]:
            rest.append(text[at : found.start()])
            fixed.append(other)
            whole += rest[-1] + other
            at = found.end()
    rest.append(text[at:])
    return OtherForm(whole + rest[-1], tuple(fixed), tuple(filter(None, rest))) if fixed else None


def _other_year(found: re.Match[str]) -> str:
    year = found[0]
    if "o" in year:
        return year.replace("o", "0")
    return re.sub(f"[{_ZERO}]", "o", year)


def _other_date(found: re.Match[str]) -> str:
    month, day = _read(found["month"]), _read(found["day"]) if found["day"] else None
    if not (month and month <= 12) or (found["day"] and not (day and day <= 31)) or max(month, day or 0) < 10:
        return found[0]  # below ten each digit is like its other form already
    is_spelt = "十" in found[0]
    write = str if is_spelt else spelt
    return f"{write(month)}月" + (f"{write(day)}{found['unit']}" if day else "")


def _read(text: str) -> int | None:
    return int(text) if text.isdecimal() else number_of(text)


def _other_share(found: re.Match[str]) -> str:
    if found["spelt"]:
        number = number_of(found["spelt"])
        if number is None:
            return found[0]
        digits = "".join(str(_POINT.index(char.replace("〇", "零"))) for char in found["point"] or "")
        return f"{number}.{digits}%" if digits else f"{number}%"
    whole, _, point = found["share"].partition(".")
    if len(whole) > 4:
        return found[0]
    spelt_point = "点" + "".join(_POINT[int(char)] for char in point) if point else ""
    return f"百分之{spelt(int(whole))}{spelt_point}"


def _other_area(found: re.Match[str]) -> str:
    return "平方米" if found[0] != "平方米" else "㎡"


def _other_amount(found: re.Match[str]) -> str:
    if found["myriads"]:
        whole, _, point = found["myriads"].partition(".")
        return str(int(whole) * 10_000 + int(point.ljust(4, "0") or 0))
    number = int(found["whole"])
    return found[0] if number % 100 else f"{number / 10_000:g}万"
