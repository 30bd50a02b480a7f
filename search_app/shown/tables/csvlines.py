"""Writes tables as CSV, line by line, so that spreadsheets read them as they are."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the system's own encoding."""
_FORMULA = frozenset("=+-@＝＋－＠")
"""Characters with which a spreadsheet's formula may begin, after what prints nothing; in some languages full-width."""
_HARMLESS = re.compile("[=+@＝＋－＠-]|[+＋－-][0-9０-９]+(?:[.,．，][0-9０-９]+)*[%％]?")
"""What begins so and is no formula all the same: it would only be altered."""


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> Iterator[str]:
    r"""Yield a table's lines as CSV (RFC 4180); the first begins with a byte order mark.

    White space inside a cell becomes one space, so that a row is one line.  A text that a spreadsheet would take for a
    formula gets an apostrophe before it; a number with a sign, and a sign alone, are none.

    >>> list(csv_lines(["a"], [["=1+1"], ["x\ny"], ["-12%"]]))
    ['\ufeffa\r\n', "'=1+1\r\n", 'x y\r\n', '-12%\r\n']
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(headings)
    yield BOM + buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_cell(value) for value in row])
        yield buffer.getvalue()


def _cell(value: str | int | float | None) -> str | int | float | None:
    if not isinstance(value, str):
        return value
    # White space first, which some programs strip: what it hides would begin the cell then.
    text = " ".join(value.split())
    first = next((char for char in text if char.isprintable() and not char.isspace()), "")
    return f"'{text}" if first in _FORMULA and not _HARMLESS.fullmatch(text) else text
