"""Parses and indexes with progress shown, for the several commands that do so."""

from pathlib import Path

import click

from indexer.search.memory import LEAST, MOST
from indexer.stages.pipeline import index_entries, parse_store
from search_app.cli.printing import UNREADABLE, say_losses, say_named, say_outside
from search_app.cli.progress import reporting
from search_app.cli.session import Session
from search_app.cli.speaking.commands import option
from search_app.words.language import gettext, ngettext

memory_option = option(
    "--memory",
    type=click.IntRange(LEAST, MOST),
    metavar="MB",
    help="Megabytes of memory that building may take, on top of what each entry needs; a quarter of the machine's, "
    "512 to 1024, when not given.",
)
"""Bounds what an index is built in."""


def parse_now(session: Session) -> bool:
    """Parse the stored pages and print the result; return whether something is lost."""
    with reporting() as report:
        result = parse_store(session.data, session.manifest(taking=True), report)
    session.keep_manifest(is_parsed=True)
    open_ones = result.problems - result.reviewed
    said = (
        gettext("Parsed {pages} pages to {entries} entries; {open} problems open, {reviewed} reviewed")
        if result.reviewed
        else gettext("Parsed {pages} pages to {entries} entries; {open} problems")
    )
    click.echo(said.format(pages=result.pages, entries=result.entries, open=open_ones, reviewed=result.reviewed))
    if open_ones:
        said = gettext("listed in {path}; `nianjian reviewed` shows the open ones, and ticks them off")
        click.echo("  " + said.format(path=session.data.problems))
    say_losses(result.lost, gettext(UNREADABLE))
    say_named(result.empty, gettext("in the scope of a volume, but no entry could be taken from it"))
    if session.has_own_manifest:
        without = gettext("described in the manifest, but no page held fits the scope of this volume")
        say_named(result.without_pages, without)
        overlapped = gettext("described in the manifest, but all pages in its scope are of a volume before it")
        say_named(result.overlapped, overlapped)
    say_named(result.forgotten, gettext("left out: forgotten"))
    say_outside(*result.outside)
    return result.has_losses


def index_now(session: Session, entries: Path | None, memory: int | None = None) -> None:
    """Build and publish an index in so many megabytes of memory, and print how many entries it has."""
    with reporting() as report:
        count = index_entries(session.data, entries, report, memory)
    click.echo(ngettext("Indexed {n} entry.", "Indexed {n} entries.", count).format(n=count))
