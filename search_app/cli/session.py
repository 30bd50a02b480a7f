"""What the commands of one call share: the data folder and the manifest."""

from pathlib import Path

from indexer.config import DataFolder
from indexer.manifest import Manifest, load_manifest
from indexer.stages.pipeline import check_layouts


class Session:
    """What all commands share: the data folder and the manifest."""

    def __init__(self, data: Path, manifest_file: Path | None) -> None:
        """Keep the paths; nothing is read yet."""
        self.data = DataFolder(data)
        self.manifest_file = manifest_file

    def manifest(self) -> Manifest:
        """Read the manifest."""
        return check_layouts(load_manifest(self.manifest_file))
