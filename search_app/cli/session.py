"""Holds what the commands of one call share: the data folder and the manifest."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from indexer.config import DataFolder
from indexer.errors import IndexMissing, ManifestLost
from indexer.files.ids import Change, read_changes
from indexer.manifest import Kept, Manifest, keep, manifest_of
from indexer.search.engine import Searcher
from indexer.search.factory import Decided, hidden_pages, open_generation, read_authority
from indexer.search.generations import Opened
from indexer.stages.pipeline import check_layouts
from search_app.cli.speaking.chosen import speak_as_chosen
from search_app.cli.speaking.commands import FilePath, Group, Option
from search_app.shown.naming import Names
from search_app.words.errors import worded
from search_app.words.findings import finding
from search_app.words.language import gettext

DEMO = "demo"
"""Folder of the sample archive inside a data folder."""
_BEHIND = {
    "data": "Data folder, as it may stand before the command.",
    "manifest_file": "Manifest of sites and volumes, as it may stand before the command.",
}
"""Help texts of the options that all commands share."""


class Session:
    """The data folder and the manifest of one call."""

    def __init__(self, data: Path, manifest_file: Path | None) -> None:
        """Set the paths; nothing is read yet."""
        self.data = DataFolder(data)
        self.manifest_file = manifest_file
        self._degraded = False
        self._kept: Kept | None = None
        self._to_say: list[str] = []

    def searcher(self, *, as_printed: bool = False) -> Searcher:
        """Open the generation that answers, with persons for authors, or authors `as_printed`.

        Reports on standard error if it is not the published one, or if it cannot be followed who is who.
        """
        opened = self._opened()
        self._degraded = opened.is_degraded
        for error in opened.refused:
            said = gettext("another index answers than the published one ({generation}): {why}")
            told = said.format(generation=opened.whole.generation, why=worded(error))
            click.echo(f"nianjian: {told}", err=True)
        decided = Decided() if as_printed else read_authority(self.data.root, opened.whole)
        if decided.error:
            said = gettext("authors are not named as decided: {why}").format(why=worded(decided.error))
            click.echo(f"nianjian: {said}", err=True)
            self._degraded = True
        return opened.shown(hidden_pages(self.data.root, opened.made_at), decided.authority)

    def _opened(self) -> Opened:
        sample = self.data.root / DEMO
        try:
            return open_generation(self.data.root)
        except IndexMissing as error:
            if not DataFolder(sample).index.exists():
                raise
            raise IndexMissing("index-missing-beside-sample", cause=error, path=sample) from error

    @cached_property
    def changes(self) -> Mapping[str, list[Change]]:
        """The changes of meaning of each id, oldest first; the file is read once for all ids of a call."""
        return read_changes(self.data.ids)

    def end_degraded(self) -> None:
        """End with exit code 1 if not all was as it should be that answered, which has been reported already."""
        if self._degraded:
            sys.exit(1)

    def manifest(self, *, taking: bool = False, trying: bool = False) -> Manifest:
        """Return the archive's manifest; with `taking`, a different manifest that the user gave replaces it.

        With `trying`, the one given is used, but will not be kept.  Messages about the manifest are printed when the
        command has succeeded or when the manifest is kept, so that a command that fails prints one line only.
        """
        if self._kept is None:
            self._kept = kept = manifest_of(self.data, self.manifest_file, may_change=taking or trying)
            if taking or self.manifest_file is not None:
                self._to_say += kept.manifest.notes
            if trying and kept.text:
                self._to_say.append(gettext("{path} is tried, not taken").format(path=self.manifest_file))
            if not taking:
                self._to_say += kept.changes
        return check_layouts(self._kept.manifest)

    def names(self, searcher: Searcher) -> Names:
        """Return the names of volumes and yearbooks; where the archive's manifest is lost, made from ids alone."""
        return Names(self.described(), searcher.volumes(), searcher.persons)

    def described(self) -> Manifest | None:
        """Return the archive's manifest, for what can be said without it too; None where it is lost."""
        try:
            return manifest_of(self.data, self.manifest_file).manifest
        except ManifestLost:
            return None

    def check_manifest(self) -> None:
        """Raise `ConfigError` if the manifest given is wrong; the web app itself reports a wrong one of the archive."""
        with suppress(ManifestLost):
            check_layouts(manifest_of(self.data, self.manifest_file).manifest)

    @property
    def has_own_manifest(self) -> bool:
        """Whether the archive has a manifest of its own, rather than the program's."""
        return self._kept is not None and self._kept.is_own

    @property
    def changes_parse(self) -> bool:
        """Whether the pages must be parsed again, because another manifest was taken."""
        return self._kept is not None and self._kept.needs_parsing

    def keep_manifest(self, *, is_parsed: bool = False) -> None:
        """Store the manifest that was used in the data folder, and print what it changes.

        `is_parsed` says that this command parses the pages with it.
        """
        if self._kept is None:
            return
        keep(self.data, self._kept)
        self._to_say += self._kept.changes
        if self._kept.needs_parsing and not is_parsed:
            self._to_say.append(
                gettext(
                    "run `nianjian parse`, then `nianjian index`: what is parsed was parsed with the manifest before"
                )
            )
        self._kept = replace(self._kept, text="", changes=(), needs_parsing=self._kept.needs_parsing and not is_parsed)
        self.say()

    def say(self) -> None:
        """Print the messages about the manifest that have not been printed yet, one line each."""
        for line in self._to_say:
            click.echo(f"nianjian: {finding(line)}", err=True)
        self._to_say.clear()


class Commands(Group):
    """Group of all commands, which begins and ends them.

    It speaks the user's language, and prints the messages about the manifest when a command has ended, unless it
    failed.
    """

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line in the language that the environment asks for."""
        speak_as_chosen()
        return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            result = super().invoke(ctx)
        except SystemExit:
            _say(ctx)
            raise
        _say(ctx)
        return result


def _say(context: click.Context) -> None:
    if isinstance(context.obj, Session):
        context.obj.say()


class ManifestPath(FilePath):
    """Path of a manifest; refuses an empty one, as an unset shell variable gives it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Check the path."""
        if value == "":
            self.fail(gettext("it is empty; name a manifest file, or leave the option out"), param, ctx)
        return super().convert(value, param, ctx)


def add_shared_options(group: click.Group) -> None:
    """Allow the options that all commands share after the command too, where they take precedence."""
    for command in _commands(group):
        for shared in group.params:
            if isinstance(shared, click.Option) and shared.name in _BEHIND:
                behind = Option(
                    [*shared.opts, shared.name],
                    type=shared.type,
                    expose_value=False,
                    callback=_take,
                    help=_BEHIND[shared.name],
                )
                command.params.append(behind)


def _commands(group: click.Group) -> Iterator[click.Command]:
    """Yield the commands of a group, and those of the groups in it."""
    for command in group.commands.values():
        yield command
        if isinstance(command, click.Group):
            yield from _commands(command)


def _take(context: click.Context, option: click.Parameter, value: Path | None) -> None:
    if value is not None and option.name == "data":
        context.obj.data = DataFolder(value)
    elif value is not None:
        context.obj.manifest_file = value
