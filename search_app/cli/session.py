"""What the commands of one call share: the data folder and the manifest."""

import sys
from pathlib import Path

import click

from indexer.config import DataFolder
from indexer.manifest import Manifest, load_manifest
from indexer.search.engine import Searcher
from indexer.search.factory import hidden_pages, open_generation
from indexer.stages.pipeline import check_layouts


class Session:
    """What all commands share: the data folder and the manifest."""

    def __init__(self, data: Path, manifest_file: Path | None) -> None:
        """Keep the paths; nothing is read yet."""
        self.data = DataFolder(data)
        self.manifest_file = manifest_file
        self._degraded = False

    def searcher(self) -> Searcher:
        """Open what answers; say it, in a line each, when the published generation does not."""
        opened = open_generation(self.data.root)
        self._degraded = opened.is_degraded
        for error in opened.refused:
            click.echo(
                f"nianjian: another index answers than the published one ({opened.whole.generation}): {error}", err=True
            )
        return opened.shown(hidden_pages(self.data.root, opened.made_at))

    def end_degraded(self) -> None:
        """End with exit code 1 where an older generation answered: what it may lack has been named."""
        if self._degraded:
            sys.exit(1)

    def manifest(self) -> Manifest:
        """Read the manifest."""
        return check_layouts(load_manifest(self.manifest_file))
