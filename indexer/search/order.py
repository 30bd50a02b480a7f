"""In what order entries stand that nothing else tells apart: the same in every engine; knows no engine."""

import re

_NUMBER = re.compile(r"(\d+)")


def tie_break(year: int, entry_id: str) -> tuple[int, list[tuple[int, str]]]:
    """Order entries by year, then id with its numbers read as numbers: S2001-9-2 comes before S2001-10-1."""
    return year, [(int(part) if part.isdecimal() else -1, part) for part in _NUMBER.split(entry_id)]
