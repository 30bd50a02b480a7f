"""Defines the command that lists the parser's problems and ticks them off."""

import json
from dataclasses import asdict

import click

from indexer.files.reviewed import Review
from indexer.files.standing import Standing
from indexer.stages.deciding import problems_standing, review_problem
from indexer.stages.preview.asked import page_of_entry
from search_app.cli.session import Session


@click.command()
@click.argument("url", required=False)
@click.argument("code", required=False)
@click.option("--note", default="", help="What was found; kept with the review.")
@click.option("--undo", is_flag=True, help="Open the problem again.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def reviewed(session: Session, url: str | None, code: str | None, note: str, undo: bool, as_json: bool) -> None:
    """Tick off a problem of the last parse: what the page URL has of the kind CODE.

    It is kept in reviewed.toml, which may be written by hand, too; status and parse count it apart from now on.
    The id of an entry on the page will do for URL.  Without arguments: list the open problems by kind, with the first pages that have them.
    """
    if url is None:
        if undo or note:
            raise click.UsageError("--note and --undo are about one problem: give the page's URL and the CODE, too")
        found = problems_standing(session.data, session.manifest())
        if as_json:
            click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        else:
            _say(found, str(session.data.reviewed))
        return
    if as_json:
        raise click.UsageError("--json is of the list: give neither URL nor CODE with it")
    if code is None:
        raise click.UsageError("CODE is missing: which problem of the page; `nianjian reviewed` lists the open ones")
    if not url:
        raise click.UsageError("URL is empty; give the page's URL, or the id of an entry on it")
    if "://" not in url:
        url = page_of_entry(session.data, url)
    done = review_problem(session.data, session.manifest(), Review(url, code, note), undo=undo)
    click.echo(f"{done.code} of {done.url} is {'no longer reviewed' if undo else 'reviewed'}.")


def _say(found: Standing, file: str) -> None:
    click.echo(f"open      {sum(found.open.values())}")
    for code, count in found.open.items():
        click.echo(f"  {count:>6}  {code}")
        for url in found.first[code]:
            click.echo(f"          {url}")
    click.echo(f"reviewed  {sum(found.reviewed.values())}")
    if found.stale:
        click.echo(f"stale     {len(found.stale)}: not found any more; take them out of {file}, or with --undo")
        for each in found.stale:
            click.echo(f"          {each.code}  {each.url}")
