"""Holds what the commands of one call share: the data folder and the manifest."""

import sys
from pathlib import Path

import click

from indexer.config import DataFolder
from indexer.errors import IndexMissing
from indexer.manifest import Kept, Manifest, keep, manifest_of
from indexer.search.engine import Searcher
from indexer.search.factory import Opened, hidden_pages, open_generation
from indexer.stages.pipeline import check_layouts

DEMO = "demo"
"""Folder of the sample archive inside a data folder."""
_BEHIND = {"data": "Data folder", "manifest_file": "Manifest of sites and volumes"}
"""Help texts of the options that all commands share."""


class Session:
    """The data folder and the manifest of one call."""

    def __init__(self, data: Path, manifest_file: Path | None) -> None:
        """Set the paths; nothing is read yet."""
        self.data = DataFolder(data)
        self.manifest_file = manifest_file
        self._degraded = False
        self._kept: Kept | None = None

    def searcher(self) -> Searcher:
        """Open the generation that answers; report on standard error if it is not the published one."""
        opened = self._opened()
        self._degraded = opened.is_degraded
        for error in opened.refused:
            click.echo(
                f"nianjian: another index answers than the published one ({opened.whole.generation}): {error}", err=True
            )
        return opened.shown(hidden_pages(self.data.root, opened.made_at))

    def _opened(self) -> Opened:
        sample = self.data.root / DEMO
        try:
            return open_generation(self.data.root)
        except IndexMissing as error:
            if not DataFolder(sample).index.exists():
                raise
            raise IndexMissing(f"{error}; the sample of `nianjian demo` answers with --data {sample}") from error

    def end_degraded(self) -> None:
        """End with exit code 1 if an older generation answered, which has been reported already."""
        if self._degraded:
            sys.exit(1)

    def manifest(self, *, taking: bool = False) -> Manifest:
        """Return the archive's manifest; with `taking`, a different manifest that the user gave replaces it.

        What that changes, and what is odd about the manifest, is printed once, one line each.
        """
        if self._kept is None:
            self._kept = manifest_of(self.data, self.manifest_file, may_change=taking)
            for line in (*self._kept.manifest.notes, *self._kept.changes):
                click.echo(f"nianjian: {line}", err=True)
        return check_layouts(self._kept.manifest)

    @property
    def has_own_manifest(self) -> bool:
        """Whether the archive has a manifest of its own, rather than the program's."""
        return self._kept is not None and self._kept.is_own

    def keep_manifest(self) -> None:
        """Store the manifest that was used in the data folder, because what was made depends on it."""
        if self._kept is not None:
            keep(self.data, self._kept)


def add_shared_options(group: click.Group) -> None:
    """Allow the options that all commands share after the command too, where they take precedence."""
    for command in group.commands.values():
        for shared in group.params:
            if isinstance(shared, click.Option) and shared.name in _BEHIND:
                behind = click.Option(
                    [*shared.opts, shared.name],
                    type=shared.type,
                    expose_value=False,
                    callback=_take,
                    help=f"{_BEHIND[shared.name]}, as it may stand before the command.",
                )
                command.params.append(behind)


def _take(context: click.Context, option: click.Parameter, value: Path | None) -> None:
    if value is not None and option.name == "data":
        context.obj.data = DataFolder(value)
    elif value is not None:
        context.obj.manifest_file = value
