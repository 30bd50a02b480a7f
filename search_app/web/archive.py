"""Keeps the published generation open for the web app, and changes to a new one when it appears."""

import gc
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import cast

from flask import current_app

from indexer.config import DataFolder
from indexer.errors import IndexFailure, IndexMissing, YearbookError
from indexer.files.ids import Change, read_changes
from indexer.manifest import Manifest
from indexer.search.engine import Searcher
from indexer.search.factory import Opened, hidden_pages, index_stamp, open_generation, published_generation
from search_app.web.refusal import Refusal
from search_app.web.site import Site

_log = logging.getLogger(__name__)

_DOUBT_EVERY = 10.0
"""Seconds between two comparisons of an open generation with its digests: one of 200,000 entries takes a second."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is answered from: put in place whole, so that a reader never has parts of two."""

    opened: Opened
    searcher: Searcher
    """What was opened, without the pages that are forgotten."""
    decided: object
    """What `forgotten.jsonl` looked like then."""


class Archive:
    """One data folder, as the web app sees it."""

    def __init__(self, data_dir: Path, manifest: Manifest) -> None:
        """Name the folder; its index is opened at the first search."""
        self.data_dir = data_dir
        self.manifest = manifest
        self._opened: Opened | None = None
        self._shown: _Shown | None = None
        self._changes: tuple[object, Mapping[str, list[Change]]] = (None, {})
        self._refusal = Refusal(partial(index_stamp, data_dir))
        self._failure: IndexFailure = IndexMissing(f"{data_dir} was not opened yet")
        """Why nothing could be opened, when that was tried last."""
        self._opening = threading.Lock()
        self._doubted: Opened | None = None
        """What gave nonsense, and is to be compared with its digests before it answers again."""
        self._doubted_at = -_DOUBT_EVERY

    def searcher(self) -> Searcher:
        """Give a searcher on the generation published now, or on the last good one when that is damaged.

        A damaged one is looked at again when its files have changed.  While one is being opened, the one before it
        goes on answering.
        Raises `IndexMissing` or `StaleIndex` when there is none to answer from, `StoreError` when it cannot be told
        which pages are forgotten.
        """
        return self._answering().searcher

    def is_degraded(self) -> bool:
        """Say whether another generation answers than the published one; raises as `searcher` does."""
        return self._answering().opened.is_degraded

    def hides(self, entry_id: str) -> bool:
        """Say whether the generation has an entry that may not be shown."""
        shown = self._answering()
        whole = shown.opened.whole
        return whole is not shown.searcher and whole.get(entry_id) is not None

    def is_forgotten(self, page: str) -> bool:
        """Say whether a page was taken out of the archive."""
        return page in hidden_pages(self.data_dir, self._answering().opened.made_at)

    def doubt(self) -> None:
        """Have what answers compared with its digests before the next answer: it gave nonsense.

        At most once in `_DOUBT_EVERY` seconds, since it takes as long as reading the whole index.
        """
        now = time.monotonic()
        if now - self._doubted_at >= _DOUBT_EVERY:
            self._doubted, self._doubted_at = self._opened, now

    def _answering(self) -> _Shown:
        opened, shown = self._opened, self._shown
        decided = _stamp(DataFolder(self.data_dir).forgotten)
        is_due = self._is_due(opened)
        is_right = shown is not None and shown.opened is opened and shown.decided == decided
        if shown is not None and is_right and not is_due:
            return shown
        is_usable = is_right and opened is not self._doubted
        if not self._opening.acquire(blocking=not is_usable) and shown is not None:
            return shown
        try:
            if is_due and self._opened is opened:  # nobody else has done it
                self._reopen()
            if self._opened is None:
                raise self._failure.with_traceback(None)
            pages = hidden_pages(self.data_dir, self._opened.made_at)
            self._shown = _Shown(self._opened, self._opened.shown(pages), decided)
            return self._shown
        finally:
            self._opening.release()

    def changes(self) -> Mapping[str, list[Change]]:
        """Give what ids meant before, by id."""
        path = DataFolder(self.data_dir).ids
        stamp = _stamp(path)
        if stamp != self._changes[0]:
            self._changes = stamp, read_changes(path)
        return self._changes[1]

    def _is_due(self, opened: Opened | None) -> bool:
        """Say whether another generation is to be opened than what is open, or what was refused."""
        name = self._published()
        if opened is not None and (opened is self._doubted or not opened.refused):
            return opened is self._doubted or name != opened.whole.generation
        return self._refusal.is_over(name)

    def _published(self) -> str | None:
        """Give the name of the generation published now; nothing where it cannot be told."""
        try:
            return published_generation(self.data_dir)
        except IndexFailure:
            return None

    def _reopen(self) -> None:
        """Open what is published now.  What is open stays so where that, or one newer than it, cannot be opened."""
        before = self._opened if self._opened is not self._doubted else None
        self._doubted = None
        self._refusal.begin(self._published())
        try:
            found = open_generation(self.data_dir)
        except IndexFailure as error:
            self._failure = error
            self._opened = before and replace(before, refused=(error,))
            if before is None:
                return
            found = replace(before, refused=(error,))
        if before is not None and found.refused and found.whole.generation <= before.whole.generation:
            self._opened = replace(before, refused=found.refused)
        else:
            self._opened = found
            _settle()
        for why in found.refused:
            _log.warning("answering from %s: %s", self._opened.whole.generation, why)


def remedy(error: YearbookError) -> str:
    """Give the command that mends what is wrong; empty where the log has to say it."""
    if isinstance(error, IndexMissing):
        return "nianjian build"
    return "nianjian index" if isinstance(error, IndexFailure) else ""


def _stamp(path: Path) -> object:
    """Give what changes when a file does."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _settle() -> None:
    """Hide from the garbage collector all that lives now, which will live long.

    Going through it again with every full collection would keep a reader waiting.  What a generation left before is
    collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def current_archive() -> Archive:
    """Give the archive that the running app serves."""
    return cast(Archive, current_app.config["ARCHIVE"])


def current_site() -> Site:
    """Give the address that the running app has."""
    return cast(Site, current_app.config["SITE"])
