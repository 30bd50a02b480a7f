"""Defines the commands that copy an archive, make it again of a copy, and go back to the index before."""

import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click

from indexer.search.factory import roll_back
from indexer.stages.backup.contents import Contents, Lacking
from indexer.stages.backup.making import BackedUp, back_up, back_up_into
from indexer.stages.backup.restoring import restore as make_again
from indexer.stages.backup.restoring import restore_from
from search_app.cli.printing import say_named
from search_app.cli.progress import reporting
from search_app.cli.session import Session
from search_app.cli.speaking.commands import FilePath, argument, command
from search_app.words.errors import worded
from search_app.words.language import N_, gettext, ngettext

_STREAM = Path("-")
_WHY = {
    "gone": N_("known to the archive, but not there any more"),
    "shorter": N_("ends before it should; what there is of it is copied"),
    "damaged": N_("of the index, and not what it was when it was built; `nianjian index` builds another"),
    "unreadable": N_("cannot be read in whole; there are zeros in the place of what is missing"),
    "unpublished": N_("does not say which index is published; `nianjian index` builds another"),
}
"""Why a file is not in a backup as it should be."""


@command()
@argument("file", type=FilePath(path_type=Path))
@click.pass_obj
def backup(session: Session, file: Path) -> None:
    """Copy the whole archive to FILE, or with - to standard output; crawls, imports and builds may go on meanwhile.

    FILE is a tar file that is read back, digest by digest, before it takes the place of one that is there.  It holds
    all records and decisions, the ledger, what was parsed, and the index with the one in reserve.
    Exit code 0: all is in it; 1: something could not be read, and is named; 2: no backup was made.
    """
    number = version("nianjian-search")
    with reporting() as report:
        if file == _STREAM:
            if sys.stdout.isatty():
                raise click.UsageError(gettext("standard output is a terminal; name a FILE, or send it into a pipe"))
            made = back_up_into(session.data, sys.stdout.buffer, number, report)
        else:
            made = back_up(session.data, file, number, report)
    _say_made(made, file)
    if made.lacking:
        sys.exit(1)


def _say_made(made: BackedUp, file: Path) -> None:
    checked = (
        gettext("{what}: copied to {path}, and read back.")
        if made.is_checked
        else gettext("{what}: sent to {path}; `nianjian restore` checks them.")
    )
    path = gettext("standard output") if file == _STREAM else str(file)
    click.echo(checked.format(what=_counted(made.contents), path=path), err=file == _STREAM)
    say_named(made.left_out, gettext("no part of an archive, and left out"))
    for each in made.remarks:
        click.echo(worded(each), err=file == _STREAM)
    _say_lacking(made.lacking)


@command()
@argument("file", type=FilePath(path_type=Path))
@click.pass_obj
def restore(session: Session, file: Path) -> None:
    """Make the archive again of FILE, which `backup` made, or with - of standard input.

    The data folder must be empty, or not there yet.  It gets the archive in one step, when all of it is written and
    compared with its digests, or nothing.
    """
    with reporting() as report:
        if file == _STREAM:
            found = restore_from(session.data.root, sys.stdin.buffer, gettext("standard input"), report)
        else:
            found = make_again(session.data.root, file, report)
    said = gettext("{what}: restored to {path}, of a backup of {made} by version {version}.")
    click.echo(said.format(what=_counted(found), path=session.data.root, made=found.made, version=found.version))
    if not found.generation:
        click.echo(gettext("There is no index in it; `nianjian index` builds one."))
    _say_lacking(found.lacking)
    if found.lacking:
        sys.exit(1)


@command()
@click.pass_obj
def rollback(session: Session) -> None:
    """Let the index in reserve answer again, in the place of the one published last.

    The one taken back is then in reserve: a second call puts it back.  The next `index` removes it.
    """
    done = roll_back(session.data.root)
    entries = ngettext("{n} entry", "{n} entries", done.entries).format(n=done.entries)
    built = datetime.fromtimestamp(done.made_at, UTC).isoformat(timespec="seconds")
    said = gettext("{generation} answers again: {entries}, built {built}. Taken back: {before}.")
    click.echo(said.format(generation=done.generation, entries=entries, built=built, before=done.taken_back))


def _counted(contents: Contents) -> str:
    said = ngettext("{n} file, {size:,} bytes", "{n} files, {size:,} bytes", len(contents.files))
    return said.format(n=len(contents.files), size=contents.size)


def _say_lacking(lacking: tuple[Lacking, ...]) -> None:
    for why, said in _WHY.items():
        say_named([each.name for each in lacking if each.why == why], gettext(said))
