"""Keeps the published generation open for the web app, and changes to a new one when it appears."""

import gc
import logging
import threading
from pathlib import Path
from typing import cast

from flask import current_app

from indexer.errors import IndexFailure
from indexer.manifest import Manifest
from indexer.search.engine import Searcher
from indexer.search.factory import open_searcher, published_generation

_log = logging.getLogger(__name__)


class Archive:
    """One data folder, as the web app sees it."""

    def __init__(self, data_dir: Path, manifest: Manifest) -> None:
        """Name the folder; its index is opened at the first search."""
        self.data_dir = data_dir
        self.manifest = manifest
        self._searcher: Searcher | None = None
        self._refused = ""
        self._opening = threading.Lock()

    def searcher(self) -> Searcher:
        """Give a searcher on the generation published now, or on the last good one when that is damaged.

        Raises `IndexMissing` or `StaleIndex` when there is none to answer from.
        """
        current = self._searcher
        try:
            name = published_generation(self.data_dir)
        except IndexFailure:
            if current is None:
                raise
            return current
        if current is not None and name in (current.generation, self._refused):
            return current
        with self._opening:
            if self._searcher is None or self._searcher.generation != name:
                self._reopen(name)
            assert self._searcher is not None
            return self._searcher

    def _reopen(self, name: str) -> None:
        try:
            self._searcher = open_searcher(self.data_dir)
        except IndexFailure as error:
            if self._searcher is None:
                raise
            self._refused = name
            _log.warning("still answering from %s: %s", self._searcher.generation, error)
        else:
            _settle()


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
