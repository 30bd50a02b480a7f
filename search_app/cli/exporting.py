"""Defines the command that takes entries away in a format: to a file, or to standard output."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import click

from indexer.errors import ConfigError, YearbookError, reason_of
from indexer.files.durable import replacing
from indexer.files.ids import follow
from indexer.progress import Progress
from indexer.search.query.tree import SORTS
from indexer.stages.provenance import PageCapture, captured_pages
from search_app.cli.filtering import filter_options, filtered
from search_app.cli.printing import noted
from search_app.cli.progress import reporting
from search_app.cli.session import Session
from search_app.cli.speaking.commands import FilePath, argument, command, option
from search_app.shown.exporting.exported import CHOSEN_MOST, Exported, Exporter, Foreign
from search_app.shown.exporting.formats import FORMATS, Format
from search_app.shown.links import SearchState
from search_app.shown.present import Gone
from search_app.shown.searching.answered import filter_notes
from search_app.web.site import read_site
from search_app.words.errors import worded
from search_app.words.language import gettext, ngettext

_EVERY = 100
"""Entries between two reports of progress."""


class _Form(click.Choice[str]):
    """A format; that none is given is said in one line, unlike click's own list."""

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """Return which formats there are."""
        return gettext("Give one of {known}.").format(known=", ".join(self.choices))


@command(context_settings={"ignore_unknown_options": True})  # -集体 is a query
@argument("query", default="")
@option("--format", "form", required=True, type=_Form(list(FORMATS)), help="Format of the export.")
@option(
    "--output",
    type=FilePath(path_type=Path, dir_okay=False),
    help="File to write, whole or not at all; standard output when not given.",
)
@filter_options
@option("--sort", type=click.Choice(SORTS), help="Order of the entries [default: relevance].")
@option("--id", "ids", multiple=True, metavar="ID", help="Export this entry; may be repeated, and gives the order.")
@option(
    "--accessed",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day that citations say; today when not given.",
)
@click.pass_obj
def export(
    session: Session,
    /,
    query: str,
    form: str,
    output: Path | None,
    sort: str | None,
    ids: tuple[str, ...],
    accessed: datetime | None,
    **chosen: tuple[str, ...],
) -> None:
    """Write all entries that a search finds, without a cap, or those named by --id; without either, all there are.

    QUERY is written as for `search`.  csv is for spreadsheets, jsonl for programs, text for reading; ris, bibtex and
    csl-json are for reference managers; gbt7714 is a citation a line.  Addresses begin with NIANJIAN_PUBLIC_URL.
    """
    if query.startswith("--"):
        raise click.NoSuchOption(query)
    state = filtered(query, chosen)
    _check_ids(state, sort, ids)
    if output:
        _check_target(output, session.data.root)
    state = replace(state, sort=sort or SORTS[0])
    kind, searcher = FORMATS[form], session.searcher()
    exporter = Exporter(
        searcher,
        session.names(searcher),
        read_site(os.environ).root,
        accessed.date() if accessed else date.today(),
        _captures(session) if kind.tells_captures else {},
    )
    for told in (*state.request()[1], *filter_notes(state, exporter.names)):
        click.echo(noted(told), err=True)
    if ids:
        _write_chosen(session, kind, exporter, ids, state, output)
    else:
        total = exporter.total(state)
        _write(kind, exporter.found(state), total, output)
        if not total:
            said = gettext("nothing is found, so the export has no entries; `nianjian search` says what comes near")
            click.echo(f"nianjian: {said}", err=True)
    session.end_degraded()


def _write_chosen(
    session: Session, kind: Format, exporter: Exporter, ids: tuple[str, ...], state: SearchState, output: Path | None
) -> None:
    """Write chosen entries; an id that is no entry's is named, and ends the command with 1."""
    entries, lacking = exporter.chosen(ids, state, lambda entry_id: _became(session, entry_id))
    _say_foreign(lacking)
    if not entries:
        raise click.UsageError(gettext("none of the ids given is an entry's; ids come from `nianjian search`"))
    _write(kind, entries, len(entries), output)
    if any(each.gone is None or each.gone.now is None for each in lacking):
        raise SystemExit(1)


def _check_ids(state: SearchState, sort: str | None, ids: tuple[str, ...]) -> None:
    """Refuse more ids than may be chosen, and options that mean nothing beside them."""
    if ids and (state.filters or sort):
        raise click.UsageError(gettext("--id names the entries and their order; leave out filters and --sort"))
    if (count := len(set(ids))) > CHOSEN_MOST:
        said = gettext("{count} ids; give {limit} at most, and call again for the others")
        raise click.UsageError(said.format(count=count, limit=CHOSEN_MOST))


def _check_target(path: Path, data: Path) -> None:
    """Refuse a file that would take the place of something else: of a device, or of the archive's own files."""
    try:
        target = path.resolve()  # where links lead
        folders = (each.parent for each in (path, target) if not each.parent.is_dir())
        if folder := next(folders, None):
            why = gettext("there is no folder {folder}").format(folder=folder)
        elif target.exists() and not target.is_file():
            why = gettext("what is there is no plain file")
        elif data.exists() and target.is_relative_to(data.resolve()):
            why = gettext("it lies in the data folder {folder}").format(folder=data)
        else:
            return
    except RuntimeError:
        why = gettext("links lead in a circle")
    except OSError as error:
        why = reason_of(error)
    raise _unwritable(path, why)


def _unwritable(path: Path, reason: str) -> click.UsageError:
    said = gettext("cannot write {path}: {reason}; give --output another file")
    return click.UsageError(said.format(path=path, reason=reason))


def _captures(session: Session) -> Mapping[str, PageCapture]:
    """Return the captures of pages; none where they cannot be read, which is said."""
    try:
        return captured_pages(session.data, session.described())
    except YearbookError as error:
        said = gettext("when pages were captured is left empty: {why}").format(why=worded(error))
        click.echo(f"nianjian: {said}", err=True)
        return {}


def _became(session: Session, entry_id: str) -> Gone | None:
    """Return what became of an id that no entry has; None if it never was an entry's."""
    changes = session.changes
    if entry_id not in changes:
        return None
    last = changes[entry_id][-1]
    return Gone(follow(changes, last), last.was)


def _say_foreign(ids: Iterable[Foreign]) -> None:
    for each in ids:
        click.echo(f"nianjian: {each.said}", err=True)


def _write(kind: Format, entries: Iterable[Exported], total: int, output: Path | None) -> None:
    """Write entries to a file, which is there when it is whole, or to standard output."""
    if output is None:
        if not sys.stdout:  # the caller closed it
            raise click.UsageError(gettext("standard output is closed; give --output a file"))
        # In bytes, since the encoding of a terminal is not that of the format, nor are its line ends.
        _put(kind.write(entries), sys.stdout.buffer)
        return
    try:
        with reporting() as report, replacing(output.resolve()) as file:
            _put(kind.write(_counted(entries, total, report)), file)
    except ConfigError as error:
        raise _unwritable(output, reason_of(error.__cause__ or error)) from error
    said = ngettext("{path}: {n} entry", "{path}: {n} entries", total)
    click.echo(said.format(path=output, n=total), err=True)


def _put(pieces: Iterable[str], file: BinaryIO) -> None:
    for piece in pieces:
        file.write(piece.encode())
    file.flush()


def _counted(entries: Iterable[Exported], total: int, report: Progress) -> Iterator[Exported]:
    for done, each in enumerate(entries, 1):
        yield each
        if not done % _EVERY:
            report("export", done, total)
