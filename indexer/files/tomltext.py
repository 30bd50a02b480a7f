"""Reads and replaces the text of TOML files that people edit, too; what is wrong with one is said by its own module.

Such a file is a list of tables under one name, `[[reviewed]]` for example.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from indexer.errors import StoreError, reason_of, told
from indexer.files.durable import locked, replacing
from indexer.files.plain import open_plain

_LINE = re.compile("[^\n]*\n|[^\n]+")
_PATIENCE = 5.0
"""Seconds: another command that changes such a file takes some milliseconds."""


class NotUtf8(Exception):  # noqa: N818  (translated to our own errors by the callers, as those below)
    """Raised if a file is not UTF-8."""

    def __init__(self, line: int) -> None:
        """Set the line, from 1."""
        super().__init__(line)
        self.line = line


class NotText(Exception):  # noqa: N818
    """Raised if characters cannot be written."""

    def __init__(self, found: str) -> None:
        """Set the characters."""
        super().__init__(found)
        self.found = found


class TooLong(Exception):  # noqa: N818
    """Raised if a file is longer than allowed."""


class NoToml(Exception):  # noqa: N818
    """Raised if a text is no TOML; the message says why."""


class TooDeep(NoToml):
    """Raised if tables or arrays are nested too deep."""


def read_text(path: Path, longest: int) -> str:
    """Return a file's text, empty if there is no file; it may be a link to a file kept elsewhere.

    Raises `StoreError` if it cannot be read, `TooLong` if it has more than `longest` bytes, `NotUtf8` with the line.
    """
    data = b""
    try:
        with suppress(FileNotFoundError, NotADirectoryError), open_plain(path, follow=True) as file:
            data = file.read(longest + 1)
    except OSError as error:
        raise StoreError("file-unreadable", path=path, reason=reason_of(error)) from error
    if len(data) > longest:
        raise TooLong
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUtf8(data.count(b"\n", 0, error.start) + 1) from error


def parse_toml(text: str) -> dict[str, Any]:
    """Return what a text says; raise `TooDeep` or `NoToml`."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise TooDeep from error
    except ValueError as error:  # a number of thousands of digits is no error of TOML's own
        raise NoToml(told(error)) from error


@contextmanager
def changing(path: Path) -> Iterator[None]:
    """Lock a file against other commands, whose changes would be lost; raise `FolderBusy` while one holds it."""
    with locked(path.parent, _PATIENCE):
        yield


def replace_text(path: Path, text: str) -> None:
    """Write a file whole, in the place where a link leads; raise `NotText` with what UTF-8 cannot say."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise NotText(text[error.start : error.end]) from error
    with replacing(path.resolve()) as file:
        file.write(data)


def with_table(text: str, about: str, table: str) -> str:
    """Return a file's text with a table at its end; an empty one begins with `about`."""
    gap = "\n" if not text or text.endswith("\n") else "\n\n"
    return f"{text or about}{gap}{table}\n"


def without_tables(text: str, name: str, gone: Sequence[bool]) -> str:
    """Return the text without some of its tables, each with the comments inside it; everything else stays."""
    lines = _LINE.findall(text)
    dropped: set[int] = set()
    for (start, end), is_gone in zip(_spans(lines, name), gone, strict=False):
        if is_gone:
            dropped.update(range(start, end))
            if end < len(lines) and not lines[end].strip():
                dropped.add(end)
    return "".join(line for at, line in enumerate(lines) if at not in dropped)


def split_at_table(text: str, name: str, number: int) -> tuple[str, str, str]:
    """Return what stands before a table, the table, and what stands behind; `number` counts from 0.

    Raises `NoToml` if the tables are not written one below the other.
    """
    lines = _LINE.findall(text)
    spans = _spans(lines, name)
    if number >= len(spans):
        raise NoToml
    start, end = spans[number]
    return "".join(lines[:start]), "".join(lines[start:end]), "".join(lines[end:])


def _spans(lines: Sequence[str], name: str) -> list[tuple[int, int]]:
    """Return the lines of each table, from its header to its last key: a comment behind that is not its own."""
    header = re.compile(rf"\s*\[\[\s*{name}\s*\]\]\s*(?:#.*)?")
    starts = [at for at, line in enumerate(lines) if header.fullmatch(line.rstrip())]
    spans = []
    for start, end in pairwise([*starts, len(lines)]):
        said = [at for at in range(start, end) if lines[at].strip() and not lines[at].lstrip().startswith("#")]
        spans.append((start, said[-1] + 1))
    return spans


def quoted(text: str) -> str:
    """Return a string as TOML writes it, which is as JSON does except for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
