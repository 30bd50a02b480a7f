"""Turns exported entries into rows and records; keys and their order stay, because other people's scripts rely on them."""

from typing import Any

from search_app.shown.exporting.exported import Exported

COLUMNS = (
    "id",
    "yearbook",
    "volume",
    "volume_title",
    "year",
    "section",
    "heading",
    "title",
    "authors",
    "persons",
    "occurrences",
    "address",
    "url",
    "captured",
    "digest",
    "signature",
    "body",
    "captions",
)
_PARTED = {"authors": "; ", "persons": "; ", "captions": " | "}
"""What stands between several values in one cell."""


def record(taken: Exported) -> dict[str, Any]:
    """Return an entry by columns, texts as printed; what is not known is empty, occurrences None."""
    entry = taken.entry
    return {
        "id": entry.id,
        "yearbook": entry.yearbook,
        "volume": entry.volume,
        "volume_title": taken.volume_title,
        "year": entry.year,
        "section": entry.section,
        "heading": entry.heading,
        "title": entry.title,
        "authors": list(entry.authors),
        "persons": list(taken.persons),
        "occurrences": taken.occurrences,
        "address": taken.address,
        "url": entry.url,
        "captured": taken.captured.at if taken.captured else "",
        "digest": taken.captured.digest if taken.captured else "",
        "signature": entry.signature,
        "body": entry.body,
        "captions": list(entry.captions),
    }


def row(taken: Exported) -> list[str | int | None]:
    """Return an entry as the cells of a row, in the order of `COLUMNS`."""
    values = record(taken)
    return [_PARTED[name].join(values[name]) if name in _PARTED else values[name] for name in COLUMNS]
