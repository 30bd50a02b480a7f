"""Defines the commands that query the index: search and show."""

import json
import sys
from dataclasses import replace

import click
from msgspec import to_builtins

from indexer.errors import StoreError
from indexer.files.ids import follow
from indexer.model import Entry
from indexer.search.query.tree import MAX_SIZE, SORTS
from indexer.search.shown.suggestions import MOST, SHOWN
from indexer.stages.provenance import differing_fields, provenance, rebuild_entry
from indexer.store.ledger import Loss
from search_app.cli.filtering import filter_options, filtered
from search_app.cli.printing import print_hits, say_losses, say_provenance
from search_app.cli.session import Session
from search_app.cli.speaking.commands import argument, command, option
from search_app.shown.links import DEFAULT_SIZE, MAX_PAGE
from search_app.shown.present import entry_json, search_json
from search_app.shown.searching.answered import answer
from search_app.shown.searching.suggested import offers, suggest_json
from search_app.words import answers
from search_app.words.language import gettext, ngettext


@command(context_settings={"ignore_unknown_options": True})  # -集体 is a query
@argument("query", default="")
@filter_options
@option("--sort", type=click.Choice(SORTS), default=SORTS[0], show_default=True, help="Order of the hits.")
@option("--page", type=click.IntRange(1, MAX_PAGE), default=1, show_default=True, help="Page of the hits.")
@option("--size", type=click.IntRange(1, MAX_SIZE), default=DEFAULT_SIZE, show_default=True, help="Hits a page.")
@option(
    "--nearest-page",
    type=click.IntRange(1, MAX_PAGE),
    default=1,
    show_default=True,
    help="Page of the entries that come near, where hardly any matches.",
)
@option("--explain", is_flag=True, help="Say what each hit's score is made of.")
@option("--json", "as_json", is_flag=True, help="Print the same JSON as /api/v1/search.")
@click.pass_obj
def search(
    session: Session,
    /,
    query: str,
    sort: str,
    page: int,
    size: int,
    nearest_page: int,
    explain: bool,
    as_json: bool,
    **chosen: tuple[str, ...],
) -> None:
    """Search the index.

    \b
    集体合同 餐饮      both must be there          船厂 或 港口      either
    "集体合同覆盖"     these very characters       信访 -热线        not
    "另有?支代表队"    ? one character or a dropped one, * up to 10
    标题:艺术节        in the title only           年份:2001-2003    volumes of these years
    职工 NEAR/5 互助   at most 5 characters apart  ( )               grouping

    Filters of one kind are joined by or, different kinds by and.
    """
    state = replace(
        filtered(query, chosen), sort=sort, page=page, size=size, nearest_page=nearest_page, explain=explain
    )
    searcher = session.searcher()
    names = session.names(searcher)
    found = answer(state, searcher, names)
    if as_json:
        click.echo(json.dumps(to_builtins(search_json(found)), ensure_ascii=False, indent=1))
    else:
        print_hits(found, names)
    session.end_degraded()


@command(context_settings={"ignore_unknown_options": True})
@argument("text")
@option("--limit", type=click.IntRange(1, MOST), default=SHOWN, show_default=True, help="Most suggestions.")
@option("--json", "as_json", is_flag=True, help="Print the same JSON as /api/v1/suggest.")
@click.pass_obj
def suggest(session: Session, text: str, limit: int, as_json: bool) -> None:
    """Say what of the archive may be meant by TEXT, the beginning of a name, title, section or phrase.

    It may be a piece from the middle, pinyin (zaijiuye, zjy) or have one wrong or missing character.
    """
    searcher = session.searcher()
    found = offers(text, searcher, limit)
    if as_json:
        click.echo(json.dumps(suggest_json(text, searcher.generation, found), ensure_ascii=False, indent=1))
    else:
        for each in found:
            kind, count = answers.KINDS[each.suggestion.kind], each.suggestion.count
            said = ngettext("{n} entry", "{n} entries", count).format(n=count)
            click.echo(f"{kind}\t{said}\t{each.suggestion.text}")
    session.end_degraded()


@command()
@argument("entry_id", metavar="ID")
@option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the entry as a line of entries.jsonl has it, with the persons who signed.",
)
@option("--source", is_flag=True, help="Make the entry again from the stored record, and compare.")
@click.pass_obj
def show(session: Session, entry_id: str, as_json: bool, source: bool) -> None:
    """Print one entry, whole.  ID is the one that search prints, such as 2002-1268100-3.

    With --source: where the page's record lies, and whether it still gives the text that is indexed.
    """
    searcher = session.searcher()
    entry = searcher.get(entry_id)
    if entry is None:
        raise click.UsageError(_no_entry(session, entry_id))
    if source:
        _show_source(session, entry)
        return
    if as_json:
        click.echo(json.dumps(entry_json(entry, session.names(searcher)), ensure_ascii=False))
        session.end_degraded()
        return
    names = session.names(searcher)
    context = f"{names.badge(entry)} {entry.section}" + (f" › {entry.heading}" if entry.heading else "")
    parts = [entry.title, f"{context}\n{entry.id}  {entry.url}", entry.body, entry.signature, *entry.captions]
    click.echo("\n\n".join(part for part in parts if part))
    session.end_degraded()


def _no_entry(session: Session, entry_id: str) -> str:
    """Return the message that there is no such entry, or what has become of it."""
    changes = session.changes
    if entry_id in changes:
        last = changes[entry_id][-1]
        now = follow(changes, last)
        said = (
            gettext("entry {id!r} is {now!r} since {day}; ask for that")
            if now
            else gettext("entry {id!r} is gone since {day}: nothing in the archive has its text any more")
        )
        return said.format(id=entry_id, now=now, day=last.at[:10])
    return gettext("no entry {id!r} in the index; ids come from `nianjian search`").format(id=entry_id)


def _show_source(session: Session, entry: Entry) -> None:
    manifest = session.manifest()
    found = provenance(session.data, manifest, entry.url)
    if found is None:
        raise StoreError("page-not-stored", url=entry.url)
    if isinstance(found, Loss):
        say_losses([found], gettext("the record cannot be read"))
        sys.exit(1)
    say_provenance(found)
    again = rebuild_entry(session.data, manifest, entry)
    if again is None:
        said = gettext("the record gives no entry at the place of {id}; run `nianjian parse` and `nianjian index`")
        click.echo(said.format(id=entry.id), err=True)
        sys.exit(1)
    click.echo(f"\n{again.title}\n\n{again.body}\n{again.signature}".rstrip())
    if fields := differing_fields(again, entry):
        said = gettext("not equal to what is indexed: {fields}; run `nianjian parse` and `nianjian index`")
        click.echo("\n" + said.format(fields=", ".join(fields)), err=True)
        sys.exit(1)
    click.echo("\n" + gettext("equal to what is indexed"))
    if found.lost:
        sys.exit(1)
    session.end_degraded()
