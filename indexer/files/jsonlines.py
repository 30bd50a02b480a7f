"""Reads files with one JSON value per line, reporting anything wrong as one clear `StoreError`."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec

from indexer.errors import StoreError, reason_of, told
from indexer.files.plain import open_plain

_LONGEST = 64 << 20
"""Longest line in bytes: a page has at most 8 MiB, whose characters take at most six bytes each in JSON."""
Record = Literal["decision", "entry", "meaning", "problem", "report"]
"""What a line holds.  Codes of errors begin with it, since what helps is another thing for each."""
T = TypeVar("T")


class Line(NamedTuple):
    """A line that is not blank."""

    path: Path
    number: int
    record: Record
    text: bytes
    """The line with its line feed, which an unfinished last line lacks."""

    def read(self) -> Any:
        """Return the line's JSON value.

        Raises `StoreError` for a line that is not JSON, not UTF-8, has half a surrogate pair or a number of thousands
        of digits, or is nested too deep.
        """
        try:
            return msgspec.json.decode(self.text)
        except RecursionError as error:
            raise StoreError(f"{self.record}-too-deep", path=self.path, line=self.number) from error
        except (msgspec.MsgspecError, ValueError) as error:
            raise StoreError(f"{self.record}-not-json", path=self.path, line=self.number, reason=told(error)) from error

    def value(self, kind: type[T]) -> T:
        """Return the line as a record of the dataclass `kind`.

        Raises `StoreError` as `read` does, and for unknown keys or wrong types.
        """
        found = self.read()
        if isinstance(found, dict):
            names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
            if unknown := [key for key in found if key not in names]:
                raise StoreError(f"{self.record}-key-unknown", path=self.path, line=self.number, key=unknown[0][:80])
        try:
            return msgspec.convert(found, kind)
        except (msgspec.MsgspecError, ValueError) as error:
            raise StoreError(
                f"{self.record}-malformed", path=self.path, line=self.number, reason=told(error)
            ) from error


def read_lines(path: Path, record: Record) -> Iterator[Line]:
    """Yield the lines of a file that are not blank; `record` says what they hold.

    Raises `FileNotFoundError` or `NotADirectoryError` if there is no file, `StoreError` if it cannot be read or has a
    line too long to be one of ours.
    """
    try:
        with open_plain(path, follow=True) as file:
            number = 0
            while text := file.readline(_LONGEST + 1):
                number += 1
                if len(text) > _LONGEST:
                    raise StoreError(f"{record}-too-long", path=path, line=number, limit=_LONGEST)
                if not text.isspace():
                    yield Line(path, number, record, text)
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise StoreError("file-unreadable", path=path, reason=reason_of(error)) from error
