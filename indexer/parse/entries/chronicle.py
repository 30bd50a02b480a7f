"""Resolves the dates of a chronicle's items: 同日, △, and ranges of days under month lines.

Lines must be given with their full-width forms folded.
"""

import re
from dataclasses import dataclass

from indexer.parse.layouts import Layout
from indexer.text.fold import fold_width

_DIGITS = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = (
    r"(?:[12]\s?\d|3\s?[01]|0?\d|[一二三]?十[一二三四五六七八九]?|[廿卅][一二三四五六七八九]?|[一二三四五六七八九])"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_YEAR = r"(?:(?:[12]\d{3}|[〇○零一二三四五六七八九]{4})年\s*)?"
_TO = r"\s*(?:至|到|-+|—+|–+|~|～)\s*"
_DAYS = rf"{_NUMBER}\s*日?(?:\s*[、和,]\s*{_NUMBER}\s*日?)*"
_MARK = "■●○◆◇★·•・▲Δ△"
_BULLET = rf"[(\[【{_MARK}]?\s*"
_END = r"(?:\s*[)\]】]|(?![的游内间前后起以里中至到~～、和一千之常益-]|[上下]午|凌晨))"
"""What must follow a date for an item to begin; in `3日的会议`, `10日游` and `8日起` the sentence goes on instead."""
_DAY = re.compile(
    rf"{_BULLET}{_YEAR}(?:(?P<month>{_MONTH})\s*月\s*)?(?P<days>{_DAYS})(?<=日)"
    rf"(?:{_TO}{_YEAR}(?:(?P<to_month>{_MONTH})\s*月\s*)?(?P<to_day>{_NUMBER})\s*日)?{_END}"
)
_OPEN_RANGE = re.compile(
    rf"{_BULLET}{_YEAR}(?:(?P<month>{_MONTH})\s*月\s*)?(?P<days>{_DAYS}){_TO}{_YEAR}(?:(?P<to_month>{_MONTH})\s*月\s*)?"
    rf"(?P<to_day>{_NUMBER})\s*日{_END}"
)
_SAME_DAY = re.compile(rf"{_BULLET}(?:同日|同一天|是日|当日)|[{_MARK}]")
_MONTHS = re.compile(
    rf"{_BULLET}{_YEAR}(?P<month>{_MONTH})\s*月?{_TO}{_YEAR}(?P<to_month>{_MONTH})\s*月(?![\d一二三四五六七八九十]){_END}"
)
_OF_YEAR = re.compile(
    rf"{_BULLET}{_YEAR}(?P<part>(?:是|同|本|当)年(?:[初末底]|内|度)?|年[初末底中]|上半年|下半年)(?![度来])"
)
_YEAR_LINE = re.compile(r"(?:[12]\d{3}|[一二][〇○零O一二三四五六七八九]{3})\s*年?")
_MONTH_PART = re.compile(
    rf"{_BULLET}{_YEAR}(?P<month>{_MONTH})\s*月份?(?P<part>[上中下]旬|[初中底末])?{_END}(?![\d一二三四五六七八九十])|"
    rf"{_BULLET}(?:(?:是|同|本|当)月(?P<own>[上中下]旬)?|(?P<bare>[上中下]旬)|月(?P<of>[初中底末内]))"
)
_LONGEST_DATE = 40
"""Characters of a date; some name many days."""
_DATE_ENDS = ("日", "月", "旬", "年", "初", "中", "底", "末", "内", "度")
_LINE_FRAME = " ()[]【】■●○★☆·•▲△—-－:。、,"


@dataclass(frozen=True, slots=True)
class ItemDate:
    """The date of the item being read."""

    month: int = 0
    """Month, 0 until a month line has been seen."""
    title: str = ""
    day: int = 0
    """The item's first day, 0 if it has none."""


def is_chronicle(heading: str, section: str, layout: Layout) -> bool:
    """Return whether a page with this heading and section is a chronicle."""
    return bool(layout.chronicle.search(heading) or layout.chronicle.search(section))


def opens_item(folded: str, layout: Layout) -> bool:
    """Return whether a line starts a dated item or is a month or year line."""
    patterns = (_DAY, _OPEN_RANGE, _MONTHS, _SAME_DAY, _MONTH_PART, _OF_YEAR)
    return is_year_line(folded) or month_line(folded, layout) > 0 or any(pattern.match(folded) for pattern in patterns)


def is_year_line(folded: str) -> bool:
    """Return whether a line announces a year and nothing else."""
    return bool(_YEAR_LINE.fullmatch(folded.strip(_LINE_FRAME + "\u3000")))


def month_line(folded: str, layout: Layout) -> int:
    """Return the month that a line announces, 1 to 12; 0 if the line holds anything else."""
    bare = folded.strip(_LINE_FRAME + "\u3000")
    bare = re.sub(rf"^{_YEAR}|\s*大\s*事\s*记?$", "", bare).strip(_LINE_FRAME)
    found = layout.month.fullmatch(bare)
    return number(found["month"]) if found else 0


def heading_month(heading: str, layout: Layout) -> int:
    """Return the month that a chronicle's heading names, 1 to 12; 0 if it names none or several."""
    found = layout.month.findall(fold_width(heading))
    return number(found[0]) if len(found) == 1 else 0


def item_date(folded: str, before: ItemDate) -> ItemDate | None:
    """Return the date that an item opens with, completed from the date before; None if the line opens no item."""
    if found := _MONTHS.match(folded):
        month, to_month = number(found["month"]), number(found["to_month"])
        return ItemDate(to_month, f"{_month(month)}至{_month(to_month)}")
    if found := _OPEN_RANGE.match(folded) or _DAY.match(folded):
        return _days(found, before)
    found = _MONTH_PART.match(folded)
    if found and (found["month"] or before.month):
        month = number(found["month"]) if found["month"] else before.month
        part = found["part"] or found["own"] or found["bare"] or (found["of"] if found["of"] != "内" else "") or ""
        return ItemDate(month, _month(month) + part)
    if found := _OF_YEAR.match(folded):
        return ItemDate(0, found["part"])
    if _SAME_DAY.match(folded) and (before.title or before.month):
        return before if before.title else ItemDate(before.month, _month(before.month))
    return None


def is_date(title: str) -> bool:
    """Return whether a title is nothing but the date with which an item opens, as `item_date` writes it."""
    # Few titles end as dates do, and trying all patterns takes 25 µs.
    may_be = len(title) <= _LONGEST_DATE and title.endswith(_DATE_ENDS)
    found = item_date(title, ItemDate()) if may_be else None
    return found is not None and found.title == title


def after_date(text: str) -> str:
    """Return an item's text without the date that it opens with; what says the same day another way stays."""
    folded = fold_width(text)
    found = _MONTHS.match(folded) or _OPEN_RANGE.match(folded) or _DAY.match(folded)
    return text[found.end() :].lstrip(" \u3000,，:：、-—") if found else text


def _days(found: re.Match[str], before: ItemDate) -> ItemDate:
    month = number(found["month"]) if found["month"] else before.month
    numbers = [number(day) for day in re.findall(_NUMBER, re.sub(r"\s", "", found["days"]))]
    title = _month(month) + "、".join(f"{day}日" for day in numbers)
    if found["to_day"]:
        to_month = number(found["to_month"]) if found["to_month"] else 0
        title += f"至{_month(to_month)}{number(found['to_day'])}日"
        month = to_month or month
    return ItemDate(month, title, numbers[0])


def year_number(text: str) -> int:
    """Read a year in Arabic or Chinese digits: 2002, 二〇〇二, 二○○二."""
    return int("".join(str(_DIGITS.get(char, 0)) if not char.isdecimal() else char for char in text))


def number(text: str) -> int:
    """Read a number below 100 in Arabic or Chinese digits: 12, 十二, 廿三."""
    text = "".join(text.split())
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS[text]
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def _month(month: int) -> str:
    return f"{month}月" if month else ""
