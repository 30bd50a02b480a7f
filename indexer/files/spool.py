"""Holds records in a temporary file, to be read again in any order."""

import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from indexer.closing import Closing
from indexer.errors import ConfigError, reason_of


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigError("spool-unwritable", path=tempfile.gettempdir(), reason=reason_of(error)) from error


class Spool(Closing):
    """Byte strings in a temporary file, numbered from 0 in the order added; memory holds only where each ends."""

    def __init__(self) -> None:
        """Create an empty spool; its file is deleted when it is closed."""
        with _translated():
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed at the block's end)
        self._ends = array("q", [0])
        self._written = True

    def close(self) -> None:
        """Close the file, which deletes it."""
        with suppress(OSError):  # buffered data need not be written any more
            self._file.close()

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self._ends) - 1

    def put(self, record: bytes) -> int:
        """Add a record and return its number; raises `ConfigError` if the file cannot be written."""
        with _translated():
            if not self._written:
                self._file.seek(self._ends[-1])
                self._written = True
            self._file.write(record)
        self._ends.append(self._ends[-1] + len(record))
        return len(self._ends) - 2

    def get(self, number: int) -> bytes:
        """Return the record with this number."""
        start = self._ends[number]
        with _translated():
            self._file.seek(start)
            self._written = False
            return self._file.read(self._ends[number + 1] - start)

    def __iter__(self) -> Iterator[bytes]:
        """Iterate over all records, in order."""
        return map(self.get, range(len(self)))
