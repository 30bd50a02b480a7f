"""The command line: reads arguments, calls the pipeline or a searcher, prints; holds no rule of its own."""

import csv
import io
import json
import sys
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

import click

from indexer.acquire import crawl_site, import_paths, import_web_archive, page_store
from indexer.config import DataFolder
from indexer.crawl.job import Tally
from indexer.crawl.webarchive import Wish, replay_of
from indexer.errors import FetchError, IndexFailure, StoreError, YearbookError
from indexer.holdings import HEADINGS, read_holdings, rows
from indexer.manifest import load_manifest
from indexer.pipeline import archive_status, index_entries, parse_store
from indexer.provenance import verify as check_all
from indexer.search.factory import open_searcher
from search_app.asking import search, show
from search_app.printing import say_crawl, say_holdings, say_import, say_status
from search_app.progress import reporting
from search_app.server import check_address
from search_app.server import serve as run_server
from search_app.session import Session


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="nianjian-search")
@click.option(
    "--data",
    envvar="NIANJIAN_DATA",
    default="nianjian-data",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that holds pages, entries and index [env: NIANJIAN_DATA].",
)
@click.option(
    "--manifest",
    "manifest_file",
    envvar="NIANJIAN_MANIFEST",
    type=click.Path(path_type=Path, dir_okay=False),
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
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.pass_obj
def demo(session: Session, host: str, port: int) -> None:
    """Build the bundled sample archive, if need be, and serve it.

    It is kept apart from your own data, in DATA/demo.
    """
    data = DataFolder(session.data.root / "demo")
    sample = Path(str(files("corpus")))
    with reporting() as report:
        imported = import_paths(data, [sample], load_manifest(), None, report)
        if imported.added or not _index_answers(data):
            parse_store(data, load_manifest(), report)
            index_entries(data, None, report)
    click.echo(f"Sample archive: {len(open_searcher(data.root))} entries.")
    _serve(data.root, None, host, port, workers=1)


@cli.command()
@click.argument("volumes", nargs=-1, metavar="[VOLUME…]")
@click.option("--contact", default="", help="Who answers for the crawl (mail or page); else the manifest's contact.")
@click.option("--refresh", is_flag=True, help="Ask for everything again; what has not changed is not sent again.")
@click.pass_obj
def crawl(session: Session, volumes: tuple[str, ...], contact: str, refresh: bool) -> None:
    """Fetch the live pages of volumes (all of the site when none is named) into the page store.

    Only URLs in a volume's scope are asked for, one at a time, at least a second apart, and nothing that
    robots.txt forbids.  A crawl that was cut off, even killed, goes on where it was.
    """
    with reporting() as report:

        def told(tally: Tally, counts: dict[str, int]) -> None:
            waiting, known = counts.get("pending", 0), sum(counts.values())
            report(f"crawl: {tally.rate():.1f}/s, {waiting} waiting, {tally.bad} not stored", known - waiting, known)

        result = crawl_site(session.data, session.manifest(), volumes, contact, told, refresh=refresh)
    say_crawl(result)
    if result.tally.stopped:
        raise FetchError(
            f"stopped early: {result.tally.stopped}; what is stored stays, `nianjian crawl` goes on from here"
        )


@cli.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--base-url", help="URL of the folder given, where no folder in it is named like a host.")
@click.pass_obj
def import_command(session: Session, paths: tuple[Path, ...], base_url: str | None) -> None:
    """Bring pages into the page store.

    \b
    folders, .html     wget or HTTrack mirrors, single saved pages
    .warc(.gz)         web archive files, .arc(.gz) too; pages are HTML responses with status 200
    .wacz .zip         the WARC files inside, digests checked; a zipped mirror

    A saved file's URL is recovered from its path: a folder named like a host starts it, else --base-url, else
    the known site whose paths fit.  What is stored already is not stored again.
    """
    with reporting() as report:
        say_import(import_paths(session.data, paths, session.manifest(), base_url, report))


@cli.command("import-web-archive")
@click.argument("prefix", metavar="URL-PREFIX")
@click.option("--cdx", required=True, help="The archive's CDX address, as https://web.archive.org/cdx/search/cdx.")
@click.option("--replay", help="The archive's address before timestamp and URL; told from --cdx where that is known.")
@click.option("--until", default="", help="Take the latest capture not after this (YYYY… up to 14 digits).")
@click.option("--at", default="", help="Take the capture nearest to this (YYYY… up to 14 digits).")
@click.option("--delay", default=1.0, show_default=True, type=click.FloatRange(0.0), help="Seconds between requests.")
@click.option("--contact", required=True, help="Who answers for the requests (mail or page); told to the archive.")
@click.pass_obj
def import_archive(
    session: Session, prefix: str, cdx: str, replay: str | None, until: str, at: str, delay: float, contact: str
) -> None:
    """Bring pages from a web archive: the best capture of every page whose URL begins with URL-PREFIX.

    Pages come as they were sent, without the archive's banner.  Run again, it goes on where it was.
    """
    for name, value in (("--until", until), ("--at", at)):
        if value and not (value.isdecimal() and 4 <= len(value) <= 14):
            raise click.UsageError(f"{name} {value!r} is no time; give 4 to 14 digits, as 2008 or 20080131")
    wish = Wish(prefix, cdx, replay or replay_of(cdx), until, at)
    with reporting() as report:
        say_import(import_web_archive(session.data, wish, contact, delay, report))


@cli.command()
@click.pass_obj
def parse(session: Session) -> None:
    """Make entries.jsonl and problems.jsonl from the stored pages."""
    _parse(session)


@cli.command()
@click.option(
    "--entries",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Entries file to index; DATA/entries.jsonl when not given.",
)
@click.pass_obj
def index(session: Session, entries: Path | None) -> None:
    """Build a new index from the entries and publish it; the old one answers until then."""
    _index(session, entries)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--base-url", help="URL of the folder given, where no folder in it is named like a host.")
@click.pass_obj
def build(session: Session, paths: tuple[Path, ...], base_url: str | None) -> None:
    """Do everything: import PATHS (if any), parse, index."""
    if paths:
        with reporting() as report:
            say_import(import_paths(session.data, paths, session.manifest(), base_url, report))
    _parse(session)
    _index(session, None)


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
@click.pass_obj
def serve(session: Session, host: str, port: int, workers: int) -> None:
    """Serve the search page and the JSON interface; a newly built index is taken up by itself."""
    session.manifest()
    click.echo(f"Archive: {len(open_searcher(session.data.root))} entries.")
    _serve(session.data.root, session.manifest_file, host, port, workers)


@cli.command()
@click.pass_obj
def verify(session: Session) -> None:
    """Check everything: read every record, parse it again, compare with entries.jsonl and the index."""
    with reporting() as report:
        differences = check_all(session.data, session.manifest(), report)
    for line in differences[:20]:
        click.echo(line)
    if differences:
        raise StoreError(f"{len(differences)} differences; the first are above, each with the command that mends it")
    click.echo("All records whole; entries.jsonl and the index are what they give.")


@cli.command("rebuild-ledger")
@click.pass_obj
def rebuild_ledger(session: Session) -> None:
    """Make the capture ledger again from the WARC files alone."""
    click.echo(f"Ledger made again: {page_store(session.data).rebuild()} captures.")


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the holdings by section as CSV.")
@click.pass_obj
def status(session: Session, as_json: bool, as_csv: bool) -> None:
    """Say what the data folder holds and what is missing: by volume and section, with the URLs of the gaps.

    A page is missing when an index page that is held links to it.
    """
    held = read_holdings(session.data, session.manifest())
    if as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(HEADINGS)
        writer.writerows(rows(held))
        return
    found = archive_status(session.data) | {"holdings": [asdict(volume) for volume in held]}
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        say_status(found)
        say_holdings(held)


cli.add_command(search)
cli.add_command(show)


def main() -> None:
    """Run the command line; an expected error is one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show Chinese still gets an answer
    try:
        cli.main(prog_name="nianjian")
    except YearbookError as error:
        click.echo(f"nianjian: {error}", err=True)
        sys.exit(2)


def _parse(session: Session) -> None:
    with reporting() as report:
        result = parse_store(session.data, session.manifest(), report)
    click.echo(f"Parsed {result.pages} pages to {result.entries} entries; {result.problems} problems")
    if result.problems:
        click.echo(f"  listed in {session.data.problems}; `nianjian status` counts them by kind")


def _index(session: Session, entries: Path | None) -> None:
    with reporting() as report:
        count = index_entries(session.data, entries, report)
    click.echo(f"Indexed {count} entries.")


def _serve(data: Path, manifest: Path | None, host: str, port: int, workers: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    check_address(host, port)
    click.echo(f"Listening on http://{shown}:{port}/  (stop with Ctrl-C)")
    run_server(data, manifest, host, port, workers)


def _index_answers(data: DataFolder) -> bool:
    try:
        open_searcher(data.root)
    except IndexFailure:
        return False
    return True
