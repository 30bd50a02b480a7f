"""Reads a generation's entries one at a time, to compare them all without loading an index."""

from collections.abc import Iterator
from pathlib import Path

from indexer.errors import StaleIndex
from indexer.model import Entry
from indexer.search.whoosh.damage import asking, opening
from indexer.search.whoosh.files import filenames
from indexer.search.whoosh.files.ids import EntryIds
from indexer.search.whoosh.files.recordfile import RecordFile
from indexer.search.whoosh.seal import Seal


class StoredEntries:
    """The entries of a generation, by id or all in turn."""

    def __init__(self, folder: Path, manifest: Seal) -> None:
        """Open a generation whose files were compared with its manifest; it may be of an earlier version.

        Raises `StaleIndex` if its entries cannot be read.
        """
        self.folder = folder
        self.generation = folder.name
        self.created = manifest.created
        # Earlier versions gave the file a random name.
        names = [name for name in manifest.files if name.endswith(Path(filenames.RECORDS).suffix)]
        if len(names) != 1:
            raise StaleIndex("index-records-odd", path=folder, count=len(names))
        with opening(folder):
            self._records = RecordFile(folder / names[0])
            self._ids = EntryIds(folder, len(self._records))
            if len(self):
                self._records.entry(0)

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._records)

    def __iter__(self) -> Iterator[Entry]:
        """Iterate over all entries, in the order of their numbers."""
        return map(self._entry, range(len(self)))

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, or None if there is none."""
        number = self._ids.number(entry_id)
        return None if number is None else self._entry(number)

    @asking
    def _entry(self, number: int) -> Entry:
        return self._records.entry(number)
