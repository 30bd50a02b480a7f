"""Keeps what is held of each volume in memory for the pages, and reads it again when its files have changed.

Reading takes as long as the archive has pages, so no request does it that finds the files as they were.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from flask import current_app

from indexer.config import DataFolder
from indexer.errors import YearbookError
from indexer.manifest import Manifest
from indexer.stages.holdings import LISTS, VolumeHolding, other_losses, read_holdings
from indexer.store.ledger import Loss
from search_app.following.archive import Archive
from search_app.following.records import file_stamp

_log = logging.getLogger(__name__)

_LATELY = 60.0
"""Seconds for which a page that only mentions what is held may say what was true then: a crawl changes it always."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is held, as it was when it was read."""

    volumes: Mapping[str, VolumeHolding] = field(default_factory=dict)
    """By the volume's id, in the manifest's order."""
    others: tuple[Loss, ...] = ()
    """What cannot be read in the store and belongs to no volume."""
    is_described: bool = True
    """Whether the manifest could be read, without which nothing is known."""
    is_read: bool = True
    """Whether the files could be read; why not is in the log."""
    counts: Mapping[str, Counter[str]] = field(default_factory=dict)
    """By volume: the number of entries, and the length of each of its lists of pages."""

    def sums(self, volumes: Iterable[str]) -> Counter[str]:
        """Return the counts of some volumes together; empty if nothing is known of them."""
        return sum((self.counts[each] for each in volumes if each in self.counts), Counter())


class Holdings:
    """What is held in one archive; safe to share between threads."""

    def __init__(self, archive: Archive, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the archive; nothing is read yet.  `clock` returns the time in seconds."""
        self._archive = archive
        self._clock = clock
        self._kept: tuple[object, float, Held] | None = None
        """What the files looked like, when that was, and what they said."""
        self._reading = threading.Lock()

    def now(self) -> Held:
        """Return what is held according to the files as they are now."""
        return self._get(0.0)

    def lately(self) -> Held:
        """Return what was held within the last minute."""
        return self._get(_LATELY)

    def _get(self, age: float) -> Held:
        kept = self._kept
        if kept is not None and self._clock() - kept[1] < age:
            return kept[2]
        with self._reading:
            known = self._archive.described()
            data = DataFolder(self._archive.data_dir)
            state = known, *map(file_stamp, _files(data))
            kept = self._kept
            found = kept[2] if kept is not None and kept[0] == state else _read(data, known)
            self._kept = state, self._clock(), found
            return found


def _files(data: DataFolder) -> tuple[Path, ...]:
    log = data.ledger.with_name(f"{data.ledger.name}-wal")
    return data.ledger, log, data.pages, data.problems, data.reviewed, data.forgotten


def _read(data: DataFolder, known: Manifest | None) -> Held:
    if known is None:
        return Held(is_described=False)
    try:
        volumes = read_holdings(data, known, as_it_is=True)
        others = other_losses(data, known)
    except YearbookError as error:
        _log.warning("no holdings: %s", error)
        return Held(is_read=False)
    counts = {each.id: Counter({name: each.total(name) for name in ("entries", *LISTS)}) for each in volumes}
    return Held({each.id: each for each in volumes}, others, counts=counts)


def current_holdings() -> Holdings:
    """Return what is held in the archive that the running app serves."""
    return cast(Holdings, current_app.config["HOLDINGS"])
