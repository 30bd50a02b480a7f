"""Reads and writes whole numbers in Chinese: 三十, 一百二十, 一万二千."""

_DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MOST = 10**8
"""Numbers below this are written: nobody spells longer ones."""


def spelt(number: int) -> str:
    """Return a number from 0 to 99,999,999 as it is spelt.

    >>> [spelt(number) for number in (7, 10, 30, 120, 305, 12000)]
    ['七', '十', '三十', '一百二十', '三百零五', '一万二千']
    """
    if not 0 <= number < _MOST:
        raise ValueError(f"{number}: only numbers from 0 to {_MOST - 1} are spelt")
    high, low = divmod(number, 10_000)
    if not high:
        return _below_ten_thousand(low) or _DIGITS[0]
    between = _DIGITS[0] if 0 < low < 1000 else ""
    return f"{_below_ten_thousand(high)}万{between}{_below_ten_thousand(low, is_first=False)}"


def number_of(text: str) -> int | None:
    """Return the number that a text spells; None if it spells none.

    >>> [number_of(text) for text in ("十二", "三百零五", "一万二千", "十三五", "年")]
    [12, 305, 12000, None, None]
    """
    total = section = 0
    digit: int | None = None
    unit = 10_000
    for char in text:
        if char in _DIGITS[1:]:
            if digit is not None:
                return None
            digit = _DIGITS.index(char)
        elif char == _DIGITS[0]:
            continue
        elif char in _UNITS and _UNITS[char] < unit:
            unit = _UNITS[char]
            section += (1 if digit is None else digit) * unit
            digit = None
        elif char == "万" and not total:
            total, section, digit, unit = (section + (digit or 0)) * 10_000, 0, None, 10_000
        else:
            return None
    found = total + section + (digit or 0)
    return (
        found
        if found and spelt(found) in (text, text.removeprefix("一") if text.startswith("一十") else text)
        else None
    )


def _below_ten_thousand(number: int, *, is_first: bool = True) -> str:
    written, gap = "", False
    for unit in (1000, 100, 10, 1):
        digit, number = divmod(number, unit)
        if digit:
            name = next((char for char, value in _UNITS.items() if value == unit), "")
            bare = unit == 10 and digit == 1 and not written and is_first
            written += (_DIGITS[0] if gap and written else "") + ("" if bare else _DIGITS[digit]) + name
            gap = False
        else:
            gap = True
    return written
