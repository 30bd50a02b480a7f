"""In what order entries stand where a search does not rank them: the same in every engine; knows no engine."""

import re

from indexer.model import Entry

_NUMBER = re.compile(r"(\d+)")
PrintedPlace = tuple[str, int, bool, int, str, int, list[tuple[int, str]]]
"""What sorts entries as they are printed."""


def tie_break(year: int, entry_id: str) -> tuple[int, list[tuple[int, str]]]:
    """Order entries by year, then id with its numbers read as numbers: S2001-9-2 comes before S2001-10-1."""
    return year, [(int(part) if part.isdecimal() else -1, part) for part in _NUMBER.split(entry_id)]


def printed_order(entry: Entry) -> PrintedPlace:
    """Order entries as they are printed: by yearbook, year, place of the page, place on it.

    The pages of a volume whose place is not known stand behind its others, by URL.
    """
    year, name = tie_break(entry.year, entry.id)
    url = "" if entry.order else entry.url
    return _yearbook(entry), year, not entry.order, entry.order, url, entry.position, name


def _yearbook(entry: Entry) -> str:
    """Tell the volumes of one yearbook from another's by their ids: without their year they are alike."""
    return entry.volume.replace(str(entry.year), "", 1) if entry.year else entry.volume
