"""Reads and writes `entries.jsonl` and `problems.jsonl`, which parsing passes on to indexing."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from indexer.errors import StoreError
from indexer.files.durable import replacing
from indexer.files.jsonlines import Line, read_lines
from indexer.model import VALID_ID, Entry, PageReport, Problem

_MOST = 1 << 31
"""Upper limit of an entry's position and order."""
_TYPES: Mapping[str, type] = {"year": int, "position": int, "order": int, "authors": list, "captions": list}
_LATER = {"order": 0, "yearbook": ""}
"""Keys that entries of older versions lack, with default values."""
_OLD_PROBLEM = frozenset({"url", "where", "what"})
"""Keys of older versions' problems."""


def write_entries(path: Path, entries: Iterable[Entry]) -> int:
    """Write entries, given in order of id, as one JSON object per line; return their number.

    Raises `ConfigError` if the file cannot be written; the old file is then kept.
    """
    return _write(path, entries)


def write_problems(path: Path, problems: Iterable[Problem]) -> int:
    """Write problems, sorted by URL, as one JSON object per line; return their number."""
    return _write(path, sorted(problems, key=lambda found: (found.url, found.code, found.where, found.values)))


def write_reports(path: Path, reports: Iterable[PageReport]) -> int:
    """Write page reports, given in order of URL, as one JSON object per line; return their number."""
    return _write(path, reports)


def read_reports(path: Path) -> list[PageReport]:
    """Read page reports; return an empty list if nothing has been parsed.

    Raises `StoreError` naming the line that is not a report.
    """
    try:
        return [line.value(PageReport) for line in read_lines(path, "report")]
    except (FileNotFoundError, NotADirectoryError):
        return []


def read_entries(path: Path) -> Iterator[Entry]:
    """Yield the entries in the file's order.

    Raises `StoreError` if there is no file, or naming the first line that is not an entry.
    """
    try:
        for line in read_lines(path, "entry"):
            yield _entry(line)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError("entries-missing", path=path) from error


def read_problems(path: Path) -> Iterator[Problem]:
    """Yield the problems in the file's order, by URL.

    Raises `StoreError` if there is no file, or naming the first line that is not a problem.
    """
    try:
        for line in read_lines(path, "problem"):
            yield _problem(line)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StoreError("problems-missing", path=path) from error


def _problem(line: Line) -> Problem:
    """Read a problem; older versions have code and explanation in one text."""
    record = line.read()
    if isinstance(record, dict) and record.keys() == _OLD_PROBLEM and all(map(_is_text, record.values())):
        code, _, said = record["what"].partition(": ")
        return Problem(record["url"], record["where"], code, (said,) if said else ())
    return line.value(Problem)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _entry(line: Line) -> Entry:
    record = line.read()
    names = [field.name for field in fields(Entry)]
    if isinstance(record, dict):
        record = _LATER | record
    if not isinstance(record, dict) or sorted(record) != sorted(names):
        raise StoreError("entry-keys-wrong", path=line.path, line=line.number, known=", ".join(names))
    for name in names:
        wanted = _TYPES.get(name, str)
        if not isinstance(record[name], wanted) or isinstance(record[name], bool):
            raise StoreError("entry-type-wrong", path=line.path, line=line.number, key=name, kind=wanted.__name__)
    for name in ("authors", "captions"):
        if not all(isinstance(part, str) for part in record[name]):
            raise StoreError("entry-list-not-strings", path=line.path, line=line.number, key=name)
    _check_values(record, line)
    return Entry.from_record(record)


def _check_values(record: Mapping[str, Any], line: Line) -> None:
    """Raise `StoreError` for values that no page could show or no link could name."""
    if not VALID_ID.fullmatch(record["id"]):
        raise StoreError("entry-id-odd", path=line.path, line=line.number, id=record["id"][:80])
    if not record["url"]:
        raise StoreError("entry-url-empty", path=line.path, line=line.number)
    if not 0 <= record["year"] <= 9999:
        raise StoreError(
            "entry-year-out-of-range", path=line.path, line=line.number, found=str(record["year"])[:20], limit=9999
        )
    for name in ("position", "order"):
        if not 0 <= record[name] < _MOST:
            raise StoreError(
                "entry-number-out-of-range",
                path=line.path,
                line=line.number,
                key=name,
                found=str(record[name])[:20],
                limit=_MOST,
            )
    if not all(record["authors"]):
        raise StoreError("entry-author-empty", path=line.path, line=line.number)


def _write(path: Path, records: Iterable[Any]) -> int:
    count = 0
    with replacing(path) as file:
        for record in records:
            values = record.to_record() if isinstance(record, Entry) else asdict(record)
            file.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count
