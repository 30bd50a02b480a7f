"""Builds a generation from entries and publishes it whole; knows no query."""

import json
import re
import shutil
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from whoosh import index as whoosh_index

from indexer.durable import FolderBusy, locked
from indexer.errors import IndexLocked
from indexer.model import Entry
from indexer.search.whoosh import generation
from indexer.search.whoosh.documents import load_documents
from indexer.search.whoosh.schema import schema
from indexer.search.whoosh.walls import whoosh_errors

_MEMORY = 256
"""Megabytes of postings Whoosh collects before it writes a run."""


class WhooshBuilder:
    """Collects entries, then writes them as one segment in the order that breaks ties: year, then id."""

    def __init__(self, index: Path) -> None:
        """Name the folder of generations; nothing is made before the block is entered."""
        self._index = index
        self._entries: dict[str, Entry] = {}
        self._lock = ExitStack()

    def add(self, entry: Entry) -> None:
        """Add an entry; raises `ValueError` when its id was added before."""
        if entry.id in self._entries:
            raise ValueError(f"entry id {entry.id} stands twice; ids must be unique")
        self._entries[entry.id] = entry

    def __enter__(self) -> Self:
        """Take the lock; raises `IndexLocked` when another build holds it."""
        try:
            self._lock.enter_context(locked(self._index))
        except FolderBusy as error:
            raise IndexLocked(f"another build is writing to {self._index}; wait until it has ended") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write, check and publish, unless the block failed."""
        with self._lock:
            if kind is not None:
                return
            folder = generation.new_folder(self._index)
            try:
                self._write(folder)
                generation.seal(folder, len(self._entries))
                generation.check(folder)
                with whoosh_errors(str(folder)):
                    load_documents(folder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            generation.publish(self._index, folder)

    def _write(self, folder: Path) -> None:
        with whoosh_errors(str(folder)):
            writer = whoosh_index.create_in(str(folder), schema()).writer(limitmb=_MEMORY)
            for entry in sorted(self._entries.values(), key=tie_break):
                writer.add_document(
                    id=entry.id,
                    record=json.dumps(entry.to_record(), ensure_ascii=False),
                    title=entry.title,
                    heading=entry.heading,
                    body=entry.body,
                    captions="\n".join(entry.captions),
                )
            writer.commit(optimize=True)
        (folder / "MAIN_WRITELOCK").unlink(missing_ok=True)


def tie_break(entry: Entry) -> tuple[int, list[tuple[int, str]]]:
    """Order entries by year, then id with its numbers read as numbers: S2001-9-2 comes before S2001-10-1."""
    return entry.year, [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d+)", entry.id)]
