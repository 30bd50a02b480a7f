"""Reads files of one JSON value a line so that whatever lies there is that or one clear `StoreError`; knows no value."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from indexer.errors import StoreError, told
from indexer.files.plain import open_plain

_LONGEST = 64 << 20
"""Bytes of a line: a page has at most 8 MiB, whose characters take at most six bytes each in JSON."""
T = TypeVar("T")


class Line(NamedTuple):
    """A line that is not blank."""

    where: str
    """`FILE, line N`."""
    text: bytes
    """With its line feed, which a last one that was not finished lacks."""

    def read(self, remedy: str) -> Any:
        """Read the JSON; `remedy` says what to do about a line that is none.

        Raises `StoreError` for one that is none, is not UTF-8, has half a surrogate pair or a number of thousands of
        digits, or is nested deeper than any of ours.
        """
        try:
            return msgspec.json.decode(self.text)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            why = "nested too deep" if isinstance(error, RecursionError) else told(error)
            raise StoreError(f"{self.where}: not JSON that can be read ({why}); {remedy}") from error

    def value(self, kind: type[T], what: str, remedy: str) -> T:
        """Read a record of some dataclass; `what` says in words what a line is that is none.

        Raises `StoreError` as `read` does, and for other keys or types.
        """
        record = self.read(remedy)
        try:
            if isinstance(record, dict):
                names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
                if unknown := [key for key in record if key not in names]:
                    raise ValueError(f"it has the key {unknown[0]!a}")
            return msgspec.convert(record, kind)
        except (msgspec.MsgspecError, ValueError) as error:
            raise StoreError(f"{self.where}: {what} ({told(error)}); {remedy}") from error


def read_lines(path: Path, remedy: str) -> Iterator[Line]:
    """Give the lines of a file that are not blank, one at a time; `remedy` says what to do about one that is none.

    Raises `FileNotFoundError` or `NotADirectoryError` when there is no file, `StoreError` when it cannot be read, or
    has a line that is too long to be one of ours.
    """
    try:
        with open_plain(path, follow=True) as file:
            number = 0
            while text := file.readline(_LONGEST + 1):
                number += 1
                if len(text) > _LONGEST:
                    raise StoreError(f"{path}, line {number}: longer than {_LONGEST:,} bytes; {remedy}")
                if not text.isspace():
                    yield Line(f"{path}, line {number}", text)
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise StoreError(f"cannot read {path}: {error.strerror}; put a readable file in its place") from error
