"""Defines the commands that bring pages in or take them out: crawl, update, import, import-web-archive, forget."""

import sys
from pathlib import Path

import click

from indexer.crawl.cdx import Wish, replay_of
from indexer.crawl.job import Report, Tally
from indexer.crawl.policy import Manners
from indexer.files.forgotten import decisions_in_force
from indexer.progress import Progress
from indexer.stages.acquire import crawl_site
from indexer.stages.archived import import_web_archive
from indexer.stages.deciding import forget_page
from indexer.stages.importing import import_paths
from indexer.stages.updating import needs_indexing, needs_parsing
from search_app.cli.making import index_now, parse_now
from search_app.cli.printing import say_crawl, say_import
from search_app.cli.progress import reporting
from search_app.cli.session import Session
from search_app.cli.speaking.commands import FilePath, argument, command, option
from search_app.words.language import gettext


def told(report: Progress) -> Report:
    """Return a crawl's progress callback, which passes the figures on to `report`."""

    def show(tally: Tally, counts: dict[str, int]) -> None:
        waiting, known = counts.get("pending", 0), sum(counts.values())
        rate = gettext("{rate:.1f}/s, {waiting} waiting, {bad} not stored")
        said = rate.format(rate=tally.rate(), waiting=waiting, bad=tally.bad)
        report(f"crawl: {said}", known - waiting, known)

    return show


@command()
@argument("volumes", nargs=-1, metavar="[VOLUME…]")
@option("--contact", default="", help="Who answers for the crawl (mail or page); else the manifest's contact.")
@option("--refresh", is_flag=True, help="Ask for everything again; what has not changed is not sent again.")
@option("--images", is_flag=True, help="Fetch the pictures and style sheets that pages refer to, too.")
@click.pass_obj
def crawl(session: Session, volumes: tuple[str, ...], contact: str, refresh: bool, images: bool) -> None:
    """Fetch the live pages of volumes (all of the site when none is named) into the page store.

    Only URLs in a volume's scope are asked for, one at a time, at least a second apart, and nothing that
    robots.txt forbids.  A crawl that was cut off, even killed, goes on where it was.
    """
    with reporting() as report:
        result = crawl_site(
            session.data, session.manifest(taking=True), volumes, contact, told(report), refresh=refresh, images=images
        )
    if nothing := result.nothing:
        raise nothing
    session.keep_manifest()
    say_crawl(result)
    if result.has_losses:
        sys.exit(1)


@command("import")
@argument("paths", nargs=-1, required=True, type=FilePath(path_type=Path))
@option("--base-url", help="URL of the folder given, where no folder in it is named like a host.")
@option("--json", "as_json", is_flag=True, help="Print what was done as JSON, with all that was left out.")
@click.pass_obj
def import_command(session: Session, paths: tuple[Path, ...], base_url: str | None, as_json: bool) -> None:
    """Bring pages into the page store.

    \b
    folders, .html     wget or HTTrack mirrors, single saved pages
    .warc(.gz, .zst)   web archive files, .arc(.gz) too; pages are HTML responses with status 200
    .wacz .zip         the WARC files inside, digests checked; a zipped mirror

    A saved file's URL is recovered from its path: a folder named like a host starts it, else --base-url, else
    the known site whose paths fit.  What is stored already is not stored again.  Pictures and style sheets are
    stored when a page in a volume's scope refers to them.  Whatever is left out is named.
    """
    with reporting() as report:
        result = import_paths(session.data, paths, session.manifest(taking=True), base_url, report)
    session.keep_manifest()
    say_import(result, as_json=as_json)
    if result.has_losses:
        sys.exit(1)


@command("import-web-archive")
@argument("prefix", metavar="URL-PREFIX")
@option("--cdx", required=True, help="The archive's CDX address, as https://web.archive.org/cdx/search/cdx.")
@option("--replay", help="The archive's address before timestamp and URL; told from --cdx where that is known.")
@option("--until", default="", help="Take the latest capture not after this (YYYY… up to 14 digits).")
@option("--at", default="", help="Take the capture nearest to this (YYYY… up to 14 digits).")
@option("--delay", default=1.0, show_default=True, type=click.FloatRange(0.0), help="Seconds between requests.")
@option("--contact", required=True, help="Who answers for the requests (mail or page); told to the archive.")
@click.pass_obj
def import_archive(
    session: Session, prefix: str, cdx: str, replay: str | None, until: str, at: str, delay: float, contact: str
) -> None:
    """Bring pages from a web archive: the best capture of every page whose URL begins with URL-PREFIX.

    Pages come as they were sent, without the archive's banner.  Run again, it goes on where it was.
    """
    for name, value in (("--until", until), ("--at", at)):
        if value and not (value.isascii() and value.isdecimal() and 4 <= len(value) <= 14):
            said = gettext("{option} {value!r} is no time; give 4 to 14 digits, as 2008 or 20080131")
            raise click.UsageError(said.format(option=name, value=value))
    wish = Wish(prefix, cdx, replay or replay_of(cdx), until, at)
    with reporting() as report:
        result = import_web_archive(session.data, session.manifest(taking=True), wish, Manners(contact, delay), report)
    session.keep_manifest()
    say_import(result)
    if result.has_losses:
        sys.exit(1)


@command()
@argument("volumes", nargs=-1, metavar="[VOLUME…]")
@option("--contact", default="", help="Who answers for the crawl (mail or page); else the manifest's contact.")
@option("--images", is_flag=True, help="Fetch the pictures and style sheets that pages refer to, too.")
@click.pass_obj
def update(session: Session, volumes: tuple[str, ...], contact: str, images: bool) -> None:
    """Ask the live site for what may have changed; parse and index only if something did.

    Made for cron: one summary, and exit code 1 when pages are missing that should be there.
    """
    with reporting() as report:
        crawled = crawl_site(
            session.data, session.manifest(taking=True), volumes, contact, told(report), refresh=True, images=images
        )
    must_parse = session.changes_parse or needs_parsing(session.data, session.manifest())
    session.keep_manifest(is_parsed=must_parse)
    say_crawl(crawled)
    lost = crawled.has_losses
    if must_parse:
        lost |= parse_now(session)
    if needs_indexing(session.data):
        index_now(session, None)
    else:
        click.echo(gettext("Nothing has changed: entries and index stay as they are."))
    if lost:
        sys.exit(1)


@command()
@argument("url", required=False)
@option("--reason", default="", help="Why; kept with the decision.")
@option("--undo", is_flag=True, help="Take the page into the archive again.")
@click.pass_obj
def forget(session: Session, url: str | None, reason: str, undo: bool) -> None:
    """Take a page out of the archive, at once and for good, without touching the WARC files.

    Search, pages, parse, index and import obey from now on.  Without a URL: list what is forgotten.
    """
    if url is None:
        for decision in decisions_in_force(session.data.forgotten):
            click.echo(f"{decision.at}  {decision.url}  {decision.reason}".rstrip())
        return
    decided = forget_page(session.data, session.manifest(), url, reason, undo=undo)
    said = (
        gettext("{url} is taken in again; `nianjian parse` and `nianjian index` bring back what they lack.")
        if undo
        else gettext("{url} is forgotten; `nianjian parse` and `nianjian index` leave it out of what they make.")
    )
    click.echo(said.format(url=decided.url))
