"""Keeps entries in a file and gives each when it is asked for, so that a million take no room in memory."""

import json
import mmap
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import overload

import msgspec

from indexer.model import Entry


class EntriesFile(Sequence[Entry]):
    """Entries in a file of JSON lines, as `nianjian index` reads it."""

    def __init__(self, path: Path, entries: Iterable[Entry]) -> None:
        """Write entries, one after the other, and remember where each begins."""
        self.path = path
        self.text_bytes = 0
        """UTF-8 bytes of their text."""
        self._starts = array("Q", [0])
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for entry in entries:
                file.write(json.dumps(entry.to_record(), ensure_ascii=False).encode() + b"\n")
                self._starts.append(file.tell())
                texts = (entry.title, entry.heading, entry.body, entry.signature, *entry.captions)
                self.text_bytes += sum(len(text.encode()) for text in texts)
        with path.open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        """Count them."""
        return len(self._starts) - 1

    @overload
    def __getitem__(self, at: int) -> Entry: ...

    @overload
    def __getitem__(self, at: slice) -> list[Entry]: ...

    def __getitem__(self, at: int | slice) -> Entry | list[Entry]:
        """Read one, or some."""
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        return Entry.from_record(msgspec.json.decode(self._lines[self._starts[number] : self._starts[number + 1]]))

    def __iter__(self) -> Iterator[Entry]:
        """Read all, one at a time."""
        return (self[number] for number in range(len(self)))
