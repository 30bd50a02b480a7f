"""Defines the command that shows what parsing makes of single pages, and what it would change in all."""

import sys
from pathlib import Path

import click

from indexer.stages.preview.asked import preview_asked
from indexer.stages.preview.changes import changes
from search_app.cli.preview.page import check_target, write_previews
from search_app.cli.preview.terminal import print_changes, print_previews
from search_app.cli.progress import reporting
from search_app.cli.session import Session
from search_app.cli.speaking.commands import FilePath, argument, command, option
from search_app.words.language import gettext


@command()
@argument("pages", nargs=-1, metavar="[PAGE…]")
@option("--base-url", help="URL of a saved file's folder, where its path does not tell it.")
@option(
    "--html",
    "html_file",
    type=FilePath(path_type=Path),
    metavar="FILE",
    help="Write it to one HTML file that needs nothing beside it.",
)
@option("--diff", is_flag=True, help="Say what would change in all entries since the last parse.")
@click.pass_obj
def preview(session: Session, pages: tuple[str, ...], base_url: str | None, html_file: Path | None, diff: bool) -> None:
    """Show what parsing makes of a page: every piece of its text, and the rule or layout key that decided.

    \b
    PAGE   URL of a page in the store, an entry's id (its page), or a saved .html file

    A saved file's URL is told as `nianjian import` tells it; where nothing tells it, the page is shown without a
    volume.  On a terminal pieces are coloured, elsewhere (and with NO_COLOR) named.

    With --diff, all stored pages are parsed again and compared with entries.jsonl, with --manifest as a parse
    that takes this manifest would make them.  Nothing is written.  Exit code 0: nothing would change; 1: something would; 2: nothing was done.
    """
    if not pages and not diff:
        raise click.UsageError(gettext("give a PAGE, or --diff for all of them"))
    if html_file is not None:
        check_target(html_file, session.data.root)
    manifest = session.manifest(trying=diff)
    shown = [preview_asked(session.data, manifest, page, base_url) for page in pages]
    found = None
    if diff:
        with reporting() as report:
            found = changes(session.data, manifest, report)
    if html_file is not None:
        write_previews(html_file, shown, found)
        click.echo(gettext("Written to {path}.").format(path=html_file))
    else:
        print_previews(shown)
    if found is not None:
        if shown and html_file is None:
            click.echo()
        print_changes(found)
    if found is not None and found.has_any:
        sys.exit(1)
