"""Parses and indexes with progress shown, for the several commands that do so."""

from pathlib import Path

import click

from indexer.stages.pipeline import index_entries, parse_store
from search_app.cli.printing import UNREADABLE, say_losses, say_named, say_outside
from search_app.cli.progress import reporting
from search_app.cli.session import Session


def parse_now(session: Session) -> bool:
    """Parse the stored pages and print the result; return whether something is lost."""
    with reporting() as report:
        result = parse_store(session.data, session.manifest(taking=True), report)
    session.keep_manifest(is_parsed=True)
    open_ones = result.problems - result.reviewed
    click.echo(
        f"Parsed {result.pages} pages to {result.entries} entries; {open_ones} problems"
        + (f" open, {result.reviewed} reviewed" if result.reviewed else "")
    )
    if open_ones:
        click.echo(f"  listed in {session.data.problems}; `nianjian reviewed` shows the open ones, and ticks them off")
    say_losses(result.lost, UNREADABLE)
    say_named(result.empty, "in the scope of a volume, but no entry could be taken from it")
    if session.has_own_manifest:
        say_named(result.without_pages, "described in the manifest, but no page held fits the scope of this volume")
        say_named(result.overlapped, "described in the manifest, but all pages in its scope are of a volume before it")
    say_named(result.forgotten, "left out: forgotten")
    say_outside(*result.outside)
    return result.has_losses


def index_now(session: Session, entries: Path | None) -> None:
    """Build and publish an index, and print how many entries it has."""
    with reporting() as report:
        count = index_entries(session.data, entries, report)
    click.echo(f"Indexed {count} entries.")
