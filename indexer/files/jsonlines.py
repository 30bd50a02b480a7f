"""Reads files with one JSON value per line, reporting anything wrong as one clear `StoreError`."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from indexer.errors import StoreError, told
from indexer.files.plain import open_plain

_LONGEST = 64 << 20
"""Longest line in bytes: a page has at most 8 MiB, whose characters take at most six bytes each in JSON."""
T = TypeVar("T")


class Line(NamedTuple):
    """A line that is not blank."""

    where: str
    """File and number: `FILE, line N`."""
    text: bytes
    """The line with its line feed, which an unfinished last line lacks."""

    def read(self, remedy: str) -> Any:
        """Return the line's JSON value; `remedy` says what to do if it is not one.

        Raises `StoreError` for a line that is not JSON, not UTF-8, has half a surrogate pair or a number of thousands
        of digits, or is nested too deep.
        """
        try:
            return msgspec.json.decode(self.text)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            why = "nested too deep" if isinstance(error, RecursionError) else told(error)
            raise StoreError(f"{self.where}: not JSON that can be read ({why}); {remedy}") from error

    def value(self, kind: type[T], what: str, remedy: str) -> T:
        """Return the line as a record of the dataclass `kind`; `what` says in words what is wrong if it is not one.

        Raises `StoreError` as `read` does, and for unknown keys or wrong types.
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
    """Yield the lines of a file that are not blank; `remedy` says what to do about a line that is too long.

    Raises `FileNotFoundError` or `NotADirectoryError` if there is no file, `StoreError` if it cannot be read or has a
    line too long to be one of ours.
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
