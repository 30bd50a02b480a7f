"""Resolves the dates of a chronicle's items (同日, △, day ranges under month lines); knows no pages."""

import re
from dataclasses import dataclass

from indexer.parse.layouts import Layout
from indexer.text.fold import fold_width

_DIGITS = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = r"(?:[12]?\d|3[01]|0\d|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_DAY = re.compile(
    rf"(?:(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月)?(?P<day>{_NUMBER})日?"
    rf"(?:\s*(?:至|到|-|—+|~|～)\s*(?:(?P<to_month>1[0-2]|[1-9])月)?(?P<to_day>{_NUMBER}))?日"
)
_SAME_DAY = re.compile(r"同日|同一天|△")
_MONTH_ONLY = re.compile(r"(?:是|同|本|当)月|(?:本月)?[上中下]旬|月[初中底末]")


@dataclass(frozen=True, slots=True)
class ItemDate:
    """The date of the item that is being read."""

    month: int = 0
    """0 while no month line has been seen."""
    title: str = ""


def is_chronicle(heading: str, section: str, layout: Layout) -> bool:
    """Say whether a page of this heading and section is a chronicle."""
    return bool(layout.chronicle.search(heading) or layout.chronicle.search(section))


def opens_item(text: str, layout: Layout) -> bool:
    """Say whether a line starts a dated item or is a month line."""
    folded = fold_width(text)
    return month_line(text, layout) > 0 or any(pattern.match(folded) for pattern in (_DAY, _SAME_DAY, _MONTH_ONLY))


def month_line(text: str, layout: Layout) -> int:
    """Give the month that a line of its own announces, 0 for any other line."""
    found = layout.month.fullmatch(fold_width(text).strip(" ()[]【】"))
    return number(found["month"]) if found else 0


def heading_month(heading: str, layout: Layout) -> int:
    """Give the month a chronicle's heading names, 0 when it names none."""
    found = layout.month.search(fold_width(heading))
    return number(found["month"]) if found else 0


def item_date(text: str, before: ItemDate) -> ItemDate | None:
    """Resolve the date an item opens with; None when the line opens no item."""
    folded = fold_width(text)
    found = _DAY.match(folded)
    if found:
        month = number(found["month"]) if found["month"] else before.month
        title = _month(month) + f"{number(found['day'])}日"
        if found["to_day"]:
            to_month = f"{found['to_month']}月" if found["to_month"] else ""
            title += f"至{to_month}{number(found['to_day'])}日"
        return ItemDate(month, title)
    if _SAME_DAY.match(folded) and before.title:
        return before
    found = _MONTH_ONLY.match(folded)
    if found and before.month:
        return ItemDate(before.month, _month(before.month).rstrip("月") + "月")
    return None


def number(text: str) -> int:
    """Read a number below 100 in Arabic or Chinese digits: 12, 十二, 廿三."""
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十")
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS[text]
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def _month(month: int) -> str:
    return f"{month}月" if month else ""
