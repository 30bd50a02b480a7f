"""Keeps the published generation open for the web app, and changes to a new one when it appears."""

import gc
import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from flask import current_app

from indexer.config import DataFolder
from indexer.errors import IndexFailure
from indexer.files.ids import Change, read_changes
from indexer.manifest import Manifest
from indexer.search.engine import Searcher
from indexer.search.factory import hidden_pages, open_whole, published_generation
from search_app.site import Site

_log = logging.getLogger(__name__)


class Archive:
    """One data folder, as the web app sees it."""

    def __init__(self, data_dir: Path, manifest: Manifest) -> None:
        """Name the folder; its index is opened at the first search."""
        self.data_dir = data_dir
        self.manifest = manifest
        self._whole: Searcher | None = None
        self._shown: Searcher | None = None
        """The same, without the pages that are forgotten."""
        self._forgotten: object = None
        """What `forgotten.jsonl` looked like when `_shown` was made."""
        self._changes: tuple[object, Mapping[str, list[Change]]] = (None, {})
        self._refused = ""
        self._opening = threading.Lock()

    def searcher(self) -> Searcher:
        """Give a searcher on the generation published now, or on the last good one when that is damaged.

        Raises `IndexMissing` or `StaleIndex` when there is none to answer from, `StoreError` when it cannot be told
        which pages are forgotten.
        """
        current, shown = self._whole, self._shown
        decided = _stamp(DataFolder(self.data_dir).forgotten)
        try:
            name = published_generation(self.data_dir)
        except IndexFailure:
            if current is None:
                raise
            name = current.generation
        is_open = current is not None and name in (current.generation, self._refused)
        if shown is not None and is_open and decided == self._forgotten:
            return shown
        with self._opening:
            if self._whole is None or self._whole.generation != name:
                self._reopen(name)
            assert self._whole is not None
            pages = hidden_pages(self.data_dir)
            self._shown = self._whole.without(pages) if pages else self._whole
            self._forgotten = decided
            return self._shown

    def hides(self, entry_id: str) -> bool:
        """Say whether the generation has an entry that may not be shown."""
        self.searcher()
        return self._whole is not None and self._whole is not self._shown and self._whole.get(entry_id) is not None

    def is_forgotten(self, page: str) -> bool:
        """Say whether a page was taken out of the archive."""
        return page in hidden_pages(self.data_dir)

    def changes(self) -> Mapping[str, list[Change]]:
        """Give what ids meant before, by id."""
        path = DataFolder(self.data_dir).ids
        stamp = _stamp(path)
        if stamp != self._changes[0]:
            self._changes = stamp, read_changes(path)
        return self._changes[1]

    def _reopen(self, name: str) -> None:
        if self._whole is not None and name == self._refused:
            return
        try:
            self._whole = open_whole(self.data_dir)
        except IndexFailure as error:
            if self._whole is None:
                raise
            self._refused = name
            _log.warning("still answering from %s: %s", self._whole.generation, error)
        else:
            _settle()


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
