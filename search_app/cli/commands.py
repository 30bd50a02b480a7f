"""Defines the commands that make an archive from stored pages and maintain it, and runs the command line."""

import io
import json
import os
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import NoReturn

import click

from indexer.config import DataFolder
from indexer.errors import IndexFailure, IndexUnavailable, YearbookError
from indexer.files.entrystore import read_reports
from indexer.files.reviewed import read_reviews
from indexer.manifest import Manifest, load_manifest
from indexer.search.factory import ENGINE, ENGINES, open_generation, open_searcher
from indexer.stages.holdings import HEADINGS, outside, read_holdings, rows
from indexer.stages.importing import import_paths, page_store
from indexer.stages.pipeline import archive_status, index_entries, parse_store
from indexer.stages.verifying import verify as check_all
from indexer.store.ledger import ABOUT
from search_app.cli.asking import search, show, suggest
from search_app.cli.assisting.command import mcp
from search_app.cli.collecting import crawl, forget, import_archive, import_command, update
from search_app.cli.contributing import contributor
from search_app.cli.counting import concordance, trend
from search_app.cli.exporting import export
from search_app.cli.keeping.commands import backup, restore, rollback
from search_app.cli.making import index_now, memory_option, parse_now
from search_app.cli.preview.command import preview
from search_app.cli.printing import UNREADABLE, say_holdings, say_import, say_losses, say_outside, say_status
from search_app.cli.progress import reporting
from search_app.cli.reviewing import reviewed
from search_app.cli.session import DEMO, Commands, ManifestPath, Session, add_shared_options
from search_app.cli.speaking.commands import FilePath, Option, argument, option
from search_app.shown.tables.csvlines import csv_lines
from search_app.words.errors import worded
from search_app.words.findings import finding
from search_app.words.language import gettext, ngettext


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    package_name="nianjian-search", cls=Option, message="%(prog)s %(version)s", help="Show the version and exit."
)
@option(
    "--data",
    envvar="NIANJIAN_DATA",
    default="nianjian-data",
    show_default=True,
    type=FilePath(path_type=Path, file_okay=False),
    help="Folder that holds pages, entries and index [env: NIANJIAN_DATA].",
)
@option(
    "--manifest",
    "manifest_file",
    envvar="NIANJIAN_MANIFEST",
    type=ManifestPath(path_type=Path, dir_okay=False),
    help="Manifest of sites and volumes; the bundled one when not given [env: NIANJIAN_MANIFEST].",
)
@click.pass_context
def cli(context: click.Context, data: Path, manifest_file: Path | None) -> None:
    """Full-text search for an online Chinese yearbook archive (年鉴检索).

    \b
    First look:      nianjian demo
    Your own pages:  nianjian build FOLDER      then  nianjian serve
    Ask from here:   nianjian search '"三方会议" 年份:2001-2003'

    Pages are kept as they came in DATA/warc; entries.jsonl and index are made from them and can be made
    again at any time.
    """
    context.obj = Session(data, manifest_file)


@cli.command()
@option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.pass_obj
def demo(session: Session, host: str, port: int) -> None:
    """Build the bundled sample archive, if need be, and serve it.

    It is kept apart from your own data, in DATA/demo.
    """
    # In a cluster it would be published under the name of the archive, and answer in its place.
    os.environ[ENGINE] = ENGINES[0]
    data = DataFolder(session.data.root / DEMO)
    sample = Path(str(files("corpus")))
    with reporting() as report:
        imported = import_paths(data, [sample], load_manifest(), None, report)
        if imported.added or not _index_answers(data):
            parse_store(data, load_manifest(), report)
            index_entries(data, None, report)
    count = len(open_searcher(data.root))
    click.echo(ngettext("Sample archive: {n} entry.", "Sample archive: {n} entries.", count).format(n=count))
    _serve(data.root, load_manifest(), host, port, workers=1)


@cli.command()
@click.pass_obj
def parse(session: Session) -> None:
    """Make entries.jsonl and problems.jsonl from the stored pages."""
    _end(parse_now(session))


@cli.command()
@option(
    "--entries",
    type=FilePath(path_type=Path, dir_okay=False),
    help="Entries file to index; DATA/entries.jsonl when not given.",
)
@memory_option
@click.pass_obj
def index(session: Session, entries: Path | None, memory: int | None) -> None:
    """Build a new index from the entries and publish it; the old one answers until then."""
    index_now(session, entries, memory)


@cli.command()
@argument("paths", nargs=-1, type=FilePath(path_type=Path))
@option("--base-url", help="URL of the folder given, where no folder in it is named like a host.")
@click.pass_obj
def build(session: Session, paths: tuple[Path, ...], base_url: str | None) -> None:
    """Do everything: import PATHS (if any), parse, index."""
    lost = False
    read_reviews(session.data.reviewed)  # which parsing will need: nothing is begun that cannot be finished
    if paths:
        with reporting() as report:
            result = import_paths(session.data, paths, session.manifest(taking=True), base_url, report)
        say_import(result)
        lost = result.has_losses
    lost |= parse_now(session)
    index_now(session, None)
    _end(lost)


@cli.command()
@option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
@click.pass_obj
def serve(session: Session, host: str, port: int, workers: int) -> None:
    """Serve the search page and the JSON interface; a newly built index is taken up by itself."""
    session.check_manifest()
    try:
        count = len(session.searcher())
        click.echo(ngettext("Archive: {n} entry.", "Archive: {n} entries.", count).format(n=count))
    except IndexUnavailable as error:  # its nodes and this may have been started together
        click.echo(f"nianjian: {worded(error)}", err=True)
    _serve(session.data.root, session.manifest_file, host, port, workers)


@cli.command()
@click.pass_obj
def verify(session: Session) -> None:
    """Check everything: read every record, parse it again, compare with entries.jsonl and the index."""
    with reporting() as report:
        found = check_all(session.data, session.manifest(), report)
    say_losses(found.lost, gettext(UNREADABLE))
    about = [each for each in found.made_good if each.kind == ABOUT]
    again = [each for each in found.made_good if each.kind != ABOUT]
    say_losses(again, gettext("cannot be read, but the page was captured again since"))
    say_losses(about, gettext("cannot be read, but no page was there"))
    for line in found.differences[:20]:
        click.echo(finding(line))
    if len(found.differences) > 20:
        click.echo(gettext("… and {n} more differences").format(n=len(found.differences) - 20))
    for line in found.not_made:
        click.echo(gettext("Not compared: {what}").format(what=finding(line)))
    if not found.has_losses:
        click.echo(
            gettext("All records are held.")
            if found.not_made
            else gettext("All records are held; entries.jsonl and the index are what they give.")
        )
    _end(found.has_losses)


@cli.command("rebuild-ledger")
@click.pass_obj
def rebuild_ledger(session: Session) -> None:
    """Make the capture ledger again from the WARC files, whatever was wrong with it.

    A ledger that is damaged is moved aside; what the WARC files can no longer give is named.
    """
    with reporting() as report:
        rebuilt = page_store(session.data, session.manifest()).rebuild(report)
    said = ngettext("Ledger made again: {n} capture.", "Ledger made again: {n} captures.", rebuilt.captures)
    click.echo(said.format(n=rebuilt.captures))
    say_losses(rebuilt.lost, gettext(UNREADABLE))
    _end(bool(rebuilt.lost))


@cli.command()
@option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@option("--csv", "as_csv", is_flag=True, help="Print the holdings by section as CSV.")
@click.pass_obj
def status(session: Session, as_json: bool, as_csv: bool) -> None:
    """Say what the data folder holds and what is missing: by volume and section, with the URLs of the gaps.

    A page is missing when an index page that is held links to it.
    """
    manifest = session.manifest()
    reports = read_reports(session.data.pages)
    held = read_holdings(session.data, manifest, reports)
    if as_csv:
        for line in csv_lines(HEADINGS, rows(held)):
            click.echo(line, nl=False)
        return
    found = archive_status(session.data, manifest) | {"holdings": [volume.to_record() for volume in held]}
    found["outside"] = dict(zip(("pages", "entries"), outside(reports, manifest.volumes), strict=True))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        say_status(found)
        say_holdings(held)
        say_outside(*found["outside"].values())


for command in (
    crawl,
    import_command,
    import_archive,
    forget,
    update,
    preview,
    reviewed,
    contributor,
    search,
    suggest,
    concordance,
    trend,
    show,
    export,
    backup,
    restore,
    rollback,
    mcp,
):
    cli.add_command(command)
add_shared_options(cli)


def main() -> None:
    """Run the command line.

    Exit code 0: done; 1: done, but something is lost, which is named; 2: nothing done, which one line on standard error
    explains.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show Chinese still gets an answer
    try:
        code = cli.main(prog_name="nianjian", standalone_mode=False)
        _flush()
    except YearbookError as error:
        _fail(worded(error))
    except click.ClickException as error:
        command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "nianjian"
        said = gettext("{message} (`{command} --help` says what it takes)")
        _fail(said.format(message=error.format_message(), command=command))
    except click.Abort:
        _fail(gettext("interrupted; what was done stays, run the same command again to go on"))
    except BrokenPipeError:
        _leave(1)  # the reader of the output has stopped reading
    except OSError as error:
        said = gettext("{reason}; nothing more was done, mend that and run the same command again")
        _fail(said.format(reason=error))
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str) -> NoReturn:
    """Print in one line why nothing was done, and end with exit code 2."""
    click.echo(f"nianjian: {message}", err=True)
    _leave(2)


def _leave(code: int) -> NoReturn:
    """End the process, without trying again to write to an output that takes no more."""
    with suppress(OSError, ValueError):
        _flush()
        sys.exit(code)
    os._exit(code)


def _flush() -> None:
    if sys.stdout:  # None if the caller closed it
        sys.stdout.flush()


def _end(lost: bool) -> None:
    """End with exit code 1 if something is lost, which has been reported already."""
    if lost:
        sys.exit(1)


def _serve(data: Path, manifest: Manifest | Path | None, host: str, port: int, workers: int) -> None:
    from search_app.serving import server  # with Flask and Granian, which no other command needs

    shown = f"[{host}]" if ":" in host else host
    server.check_app(data, manifest)
    address = server.check_address(host, port)
    click.echo(gettext("Listening on {address}  (stop with Ctrl-C)").format(address=f"http://{shown}:{port}/"))
    _end(not server.serve(data, manifest, address, workers))


def _index_answers(data: DataFolder) -> bool:
    try:
        return not open_generation(data.root).is_degraded
    except IndexFailure:
        return False
