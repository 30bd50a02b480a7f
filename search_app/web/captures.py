"""Keeps when the pages of an archive were captured, and reads it again when its ledger has changed."""

import logging
from collections.abc import Mapping
from typing import cast

from flask import current_app

from indexer.config import DataFolder
from indexer.errors import YearbookError
from indexer.stages.provenance import Captured, captured_pages
from search_app.following.archive import Archive
from search_app.following.records import file_stamp

_log = logging.getLogger(__name__)


class Captures:
    """The captures of one archive's pages."""

    def __init__(self, archive: Archive) -> None:
        """Set the archive; its ledger is read when it is first asked for."""
        self._archive = archive
        self._read: tuple[object, Mapping[str, Captured]] | None = None

    def by_page(self) -> Mapping[str, Captured]:
        """Return the capture in use of each page, by URL; none where the ledger cannot be read, which is logged once."""
        known, data = self._archive.described(), DataFolder(self._archive.data_dir)
        # SQLite writes into the file beside it first.
        stamp = known, file_stamp(data.ledger), file_stamp(data.ledger.with_name(f"{data.ledger.name}-wal"))
        read = self._read
        if read is None or read[0] != stamp:
            read = self._read = stamp, self._again(data)
        return read[1]

    def _again(self, data: DataFolder) -> Mapping[str, Captured]:
        try:
            return captured_pages(data, self._archive.described())
        except YearbookError as error:
            _log.warning("exports do not say when pages were captured: %s", error)
            return {}


def current_captures() -> Captures:
    """Return those of the archive that the running app serves."""
    return cast(Captures, current_app.config["CAPTURES"])
