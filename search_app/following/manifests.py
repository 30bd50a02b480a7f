"""Keeps the manifest of an archive, and reads it again when its file has changed."""

import logging
from pathlib import Path

from indexer.config import DataFolder
from indexer.errors import ManifestLost
from indexer.manifest import Manifest, manifest_of
from search_app.following.records import file_stamp

_log = logging.getLogger(__name__)


class FollowedManifest:
    """The manifest of one data folder."""

    def __init__(self, data_dir: Path, given: Manifest | Path | None) -> None:
        """Set the folder, and the manifest to use, or a file for an archive that was made with none of its own.

        With None the archive's own or the bundled one is used.
        """
        self._data_dir = data_dir
        self._own = DataFolder(data_dir).manifest
        self._given = given
        self._read: tuple[object, Manifest | ManifestLost] | None = None
        """The manifest, or why it could not be read, and what its file looked like then."""

    @property
    def file(self) -> Path | None:
        """The file that was given, if one was."""
        return self._given if isinstance(self._given, Path) else None

    def now(self) -> Manifest:
        """Return the manifest as it is now.

        Raises `ManifestLost`, which is logged once, or `ConfigError` if the file given is wrong.
        """
        if isinstance(self._given, Manifest):
            return self._given
        stamp = file_stamp(self._own)
        if self._read is None or self._read[0] != stamp:
            # Whoever serves may have moved the file given meanwhile, which is not asked where the archive has its own.
            is_needed = self._read is None or stamp is None
            self._read = stamp, self._again(self._given if is_needed else None)
        if isinstance(self._read[1], ManifestLost):
            raise self._read[1].with_traceback(None)
        return self._read[1]

    def _again(self, given: Path | None) -> Manifest | ManifestLost:
        try:
            kept = manifest_of(DataFolder(self._data_dir), given)
        except ManifestLost as error:
            _log.error("searches are answered, but not what is held: %s", error)
            return error
        for line in kept.changes:
            _log.warning("%s", line)
        return kept.manifest
