"""Reads and writes `entries.jsonl` and `problems.jsonl`, the seam between parsing and searching."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from indexer.errors import StoreError
from indexer.files.durable import replacing
from indexer.model import VALID_ID, Entry, PageReport, Problem

_TYPES: Mapping[str, type] = {"year": int, "position": int, "authors": list, "captions": list}


def write_entries(path: Path, entries: Iterable[Entry]) -> int:
    """Write entries, which come in order of id, one JSON object a line; give their number.

    Raises `ConfigError` when the file cannot be written; the old file then stays.
    """
    return _write(path, entries)


def write_problems(path: Path, problems: Iterable[Problem]) -> int:
    """Write problems sorted by URL, one JSON object a line; give their number."""
    return _write(path, sorted(problems, key=lambda found: (found.url, found.what, found.where)))


def write_reports(path: Path, reports: Iterable[PageReport]) -> int:
    """Write page reports, which come in order of URL, one JSON object a line; give their number."""
    return _write(path, reports)


def read_reports(path: Path) -> list[PageReport]:
    """Read page reports; none when nothing has been parsed.

    Raises `StoreError` naming the line that is no report.
    """
    if not path.exists():
        return []
    reports = []
    number = 0
    try:
        for line in path.read_text("utf-8").split("\n"):
            number += 1
            if line:
                record = json.loads(line)
                links = tuple((str(words), str(url)) for words, url in record.pop("links"))
                reports.append(PageReport(**record, links=links))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(f"{path}, line {number}: not a page report; make it anew with `nianjian parse`") from error
    return reports


def read_entries(path: Path) -> Iterator[Entry]:
    """Read entries in the file's order.

    Raises `StoreError` naming file and line of the first line that is no entry.
    """
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _entry(line, f"{path}, line {number}")
    except FileNotFoundError as error:
        raise StoreError(f"{path} is not there; make it with `nianjian parse`") from error
    except UnicodeDecodeError as error:
        raise StoreError(f"{path} is not UTF-8: {error.reason}; make it anew with `nianjian parse`") from error
    except OSError as error:
        raise StoreError(f"cannot read {path}: {error.strerror}") from error


def count_problems(path: Path) -> dict[str, int]:
    """Count the problems in a file by code, commonest first; no file gives no counts.

    Raises `StoreError` when a line is no problem.
    """
    codes: Counter[str] = Counter()
    if path.exists():
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"cannot read {path}: {error}; make it anew with `nianjian parse`") from error
        # Not `splitlines`: texts may hold U+2028 and its like.
        for number, line in enumerate(text.split("\n"), start=1):
            if not line:
                continue
            try:
                codes[json.loads(line)["what"].partition(":")[0]] += 1
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise StoreError(f"{path}, line {number}: not a problem; make it anew with `nianjian parse`") from error
    return dict(codes.most_common())


def _entry(line: str, where: str) -> Entry:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise StoreError(f"{where}: not JSON ({error.msg}); mend the line or run `nianjian parse`") from error
    names = [field.name for field in fields(Entry)]
    if not isinstance(record, dict) or sorted(record) != sorted(names):
        raise StoreError(f"{where}: not an entry, its keys must be {', '.join(names)}; run `nianjian parse`")
    for name in names:
        wanted = _TYPES.get(name, str)
        if not isinstance(record[name], wanted) or isinstance(record[name], bool):
            raise StoreError(f"{where}: {name} must be a {wanted.__name__}; mend the line or run `nianjian parse`")
    for name in ("authors", "captions"):
        if not all(isinstance(part, str) for part in record[name]):
            raise StoreError(f"{where}: {name} must hold strings only; mend the line or run `nianjian parse`")
    _check_values(record, where)
    return Entry.from_record(record)


def _check_values(record: Mapping[str, Any], where: str) -> None:
    """Refuse values that no page could show or no link could name."""
    if not VALID_ID.fullmatch(record["id"]):
        raise StoreError(f"{where}: id {record['id']!r} may hold letters, digits and -_.~@ only; mend the line")
    if not record["url"]:
        raise StoreError(f"{where}: url is empty; mend the line")
    if not 0 <= record["year"] <= 9999:
        raise StoreError(f"{where}: year {record['year']} must lie between 0 and 9999; mend the line")
    if not all(record["authors"]):
        raise StoreError(f"{where}: an author's name is empty; mend the line")
    try:
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise StoreError(f"{where}: holds half a surrogate pair, which is no character; mend the line") from error


def _write(path: Path, records: Iterable[Any]) -> int:
    count = 0
    with replacing(path) as file:
        for record in records:
            file.write(json.dumps(asdict(record), ensure_ascii=False).encode() + b"\n")
            count += 1
    return count
