"""Reads a generation's entries from their file, one at a time: for comparing them all, without an index in memory."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from indexer.errors import StaleIndex
from indexer.model import Entry
from indexer.search.whoosh import arrays, generation
from indexer.search.whoosh.codec import RECORDS_EXT
from indexer.search.whoosh.records import decode_record
from indexer.search.whoosh.walls import REMEDY


class StoredEntries:
    """The entries of the published generation, by id or all in turn; every file of it is checked first."""

    def __init__(self, index: Path, *, of_any_version: bool = False) -> None:
        """Open the generation.  Raises `IndexMissing` or `StaleIndex`."""
        self.generation = generation.published(index)
        folder = index / self.generation
        self.created = generation.check(folder, of_any_version=of_any_version).created
        try:
            (path,) = folder.glob(f"*{RECORDS_EXT}")
            self._file = path.open("rb")
            size = path.stat().st_size
            self._file.seek(size - 8)
            count = int.from_bytes(self._file.read(8), "little")
            self._file.seek(size - 16 - 8 * count)
            self._offsets = np.frombuffer(self._file.read(8 * count + 8), dtype="<u8")
            self._ids = arrays.load_whole(folder, "ids")
            self._numbers = arrays.load_whole(folder, "id-numbers")
            if len(self):
                self._entry(0)
        except (OSError, ValueError, IndexError) as error:
            raise StaleIndex(f"index {folder} cannot be read ({error}); {REMEDY}") from error

    def __len__(self) -> int:
        """Give the number of entries."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[Entry]:
        """Give all entries, in the order of their numbers."""
        return map(self._entry, range(len(self)))

    def get(self, entry_id: str) -> Entry | None:
        """Give an entry by its id."""
        wanted = entry_id.encode("utf-8", "surrogatepass")
        if len(wanted) > self._ids.dtype.itemsize:
            return None
        at = int(np.searchsorted(self._ids, np.bytes_(wanted)))
        return self._entry(int(self._numbers[at])) if at < len(self) and self._ids[at] == wanted else None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _entry(self, number: int) -> Entry:
        start, end = self._offsets[number : number + 2].tolist()
        self._file.seek(start)
        return decode_record(self._file.read(end - start))
