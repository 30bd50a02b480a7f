"""Holds records in a temporary file, to be read again in another order; knows nothing of what they are."""

import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from indexer.errors import ConfigError


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(
            f"cannot write a temporary file in {tempfile.gettempdir()}: {reason}; make room, or set TMPDIR to a folder "
            "that has some"
        ) from error


class Spool:
    """Byte strings by number, in the order in which they were put down; memory holds but where each ends."""

    def __init__(self) -> None:
        """Make an empty one, in a file that is gone when it is closed."""
        with _translated():
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed at the block's end)
        self._ends = array("q", [0])
        self._written = True

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file, which is then gone."""
        with suppress(OSError):  # what was not written yet is not wanted any more
            self._file.close()

    def __len__(self) -> int:
        """Give the number of records."""
        return len(self._ends) - 1

    def put(self, record: bytes) -> int:
        """Put a record down; give its number."""
        with _translated():
            if not self._written:
                self._file.seek(self._ends[-1])
                self._written = True
            self._file.write(record)
        self._ends.append(self._ends[-1] + len(record))
        return len(self._ends) - 2

    def get(self, number: int) -> bytes:
        """Read a record."""
        start = self._ends[number]
        with _translated():
            self._file.seek(start)
            self._written = False
            return self._file.read(self._ends[number + 1] - start)

    def __iter__(self) -> Iterator[bytes]:
        """Give all records, in order."""
        return map(self.get, range(len(self)))
