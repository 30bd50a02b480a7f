"""Defines the order of entries where a search does not rank them; every engine uses it."""

import re

from indexer.model import Entry

_NUMBER = re.compile(r"(\d+)")
PrintedPlace = tuple[str, str, int, bool, int, str, int]
"""Sort key for the printed order, but for the id."""
PrintedOrder = tuple[str, str, int, bool, int, str, int, list[tuple[int, str]]]
"""Sort key for the printed order."""


def tie_break(year: int, entry_id: str) -> tuple[int, list[tuple[int, str]]]:
    """Return the sort key by year, then id, with numbers in the id compared as numbers.

    S2001-9-2 comes before S2001-10-1.
    """
    return year, [(int(part) if part.isdecimal() else -1, part) for part in _NUMBER.split(entry_id)]


def printed_order(entry: Entry) -> PrintedOrder:
    """Return the sort key for the printed order: by yearbook, year, place of the page and place on the page.

    Pages whose place in the volume is unknown come after the volume's other pages, ordered by URL.
    """
    _, name = tie_break(entry.year, entry.id)
    return *printed_place(entry), name


def printed_place(entry: Entry) -> PrintedPlace:
    """Return the sort key for the printed order without what parts entries at one place, which is their id.

    Entries at one place are of one year, so `tie_break` orders them.
    """
    url = "" if entry.order else entry.url
    series = "" if entry.yearbook else _series(entry)
    return entry.yearbook, series, entry.year, not entry.order, entry.order, url, entry.position


def _series(entry: Entry) -> str:
    """Return a name that all volumes of a yearbook share, where entries do not name it: the id without the year."""
    return entry.volume.replace(str(entry.year), "", 1) if entry.year else entry.volume
