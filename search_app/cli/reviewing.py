"""Defines the command that lists the parser's problems and ticks them off."""

import json
from dataclasses import asdict

import click

from indexer.files.reviewed import Review
from indexer.files.standing import Standing
from indexer.stages.deciding import problems_standing, review_problem
from indexer.stages.preview.asked import page_of_entry
from search_app.cli.printing import row
from search_app.cli.session import Session
from search_app.cli.speaking.commands import argument, command, option
from search_app.words.language import gettext


@command()
@argument("url", required=False)
@argument("code", required=False)
@option("--note", default="", help="What was found; kept with the review.")
@option("--undo", is_flag=True, help="Open the problem again.")
@option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def reviewed(session: Session, url: str | None, code: str | None, note: str, undo: bool, as_json: bool) -> None:
    """Tick off a problem of the last parse: what the page URL has of the kind CODE.

    It is kept in reviewed.toml, which may be written by hand, too; status and parse count it apart from now on.
    The id of an entry on the page will do for URL.  Without arguments: list the open problems by kind, with the first pages that have them.
    """
    if url is None:
        if undo or note:
            said = gettext("--note and --undo are about one problem: give the page's URL and the CODE, too")
            raise click.UsageError(said)
        found = problems_standing(session.data, session.manifest())
        if as_json:
            click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        else:
            _say(found, str(session.data.reviewed))
        return
    if as_json:
        raise click.UsageError(gettext("--json is of the list: give neither URL nor CODE with it"))
    if code is None:
        said = gettext("CODE is missing: which problem of the page; `nianjian reviewed` lists the open ones")
        raise click.UsageError(said)
    if not url:
        raise click.UsageError(gettext("URL is empty; give the page's URL, or the id of an entry on it"))
    if "://" not in url:
        url = page_of_entry(session.data, url)
    done = review_problem(session.data, session.manifest(), Review(url, code, note), undo=undo)
    said = gettext("{code} of {url} is no longer reviewed.") if undo else gettext("{code} of {url} is reviewed.")
    click.echo(said.format(code=done.code, url=done.url))


def _say(found: Standing, file: str) -> None:
    click.echo(row(gettext("open"), sum(found.open.values())))
    for code, count in found.open.items():
        click.echo(f"  {count:>6}  {code}")
        for url in found.first[code]:
            click.echo(f"          {url}")
    click.echo(row(gettext("reviewed"), sum(found.reviewed.values())))
    if found.stale:
        said = gettext("{n}: not found any more; take them out of {path}, or with --undo")
        click.echo(row(gettext("stale"), said.format(n=len(found.stale), path=file)))
        for each in found.stale:
            click.echo(f"          {each.code}  {each.url}")
