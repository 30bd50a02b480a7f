"""Keeps when the pages of an archive were captured, and reads it again when its ledger has changed."""

import logging
import threading
from collections.abc import Mapping
from typing import cast

from flask import current_app

from indexer.config import DataFolder
from indexer.errors import YearbookError
from indexer.stages.provenance import PageCapture, captured_pages
from search_app.following.archive import Archive
from search_app.following.records import file_stamp

_log = logging.getLogger(__name__)


class PageCaptures:
    """The captures of one archive's pages."""

    def __init__(self, archive: Archive) -> None:
        """Set the archive; its ledger is read when it is first asked for."""
        self._archive = archive
        self._read: tuple[object, Mapping[str, PageCapture]] | None = None
        self._reading = threading.Lock()
        """So that several who ask first do not all read the ledger."""

    def by_page(self) -> Mapping[str, PageCapture]:
        """Return the capture in use of each page, by URL; none where the ledger cannot be read, which is logged once."""
        with self._reading:
            state = self._archive.described(), self.state()
            read = self._read
            if read is None or read[0] != state:
                read = self._read = state, self._again()
            return read[1]

    def state(self) -> tuple[object, ...]:
        """Return a value that changes when captures do."""
        ledger = DataFolder(self._archive.data_dir).ledger
        # SQLite writes into the file beside it first.
        return file_stamp(ledger), file_stamp(ledger.with_name(f"{ledger.name}-wal"))

    def _again(self) -> Mapping[str, PageCapture]:
        try:
            return captured_pages(DataFolder(self._archive.data_dir), self._archive.described())
        except YearbookError as error:
            _log.warning("exports do not say when pages were captured: %s", error)
            return {}


def current_captures() -> PageCaptures:
    """Return those of the archive that the running app serves."""
    return cast(PageCaptures, current_app.config["CAPTURES"])
