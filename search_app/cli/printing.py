"""Prints results for people at a terminal."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import click
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from indexer.imports.findings import NO_URL
from indexer.search.query.notes import Note
from indexer.search.shown.results import Hit, Snippet
from indexer.stages.acquire import CrawlResult
from indexer.stages.holdings import VolumeHolding
from indexer.stages.importing import ImportResult
from indexer.stages.pipeline import as_plain
from indexer.stages.provenance import Provenance
from indexer.store.ledger import ABOUT, Loss
from search_app.shown.naming import Names
from search_app.shown.searching.answered import Answered
from search_app.words import answers
from search_app.words.findings import STATES, finding
from search_app.words.language import N_, gettext, ngettext

_SHOWN = 20
"""How many names are listed before the rest is only counted."""
UNREADABLE = N_("cannot be read; restore the file from a copy, or capture the page again")
_NAMES = 10
"""Columns of a terminal that names of figures take, with the gap behind them."""


def say_import(result: ImportResult, *, as_json: bool = False) -> None:
    """Print how many pages were new and what was left out, counted by reason with the first names of each."""
    if as_json:
        click.echo(json.dumps(import_json(result), ensure_ascii=False, indent=1))
        return
    said = gettext("Imported {added} new pages of {pages}; {known} were stored already.")
    click.echo(said.format(added=result.added, pages=result.pages, known=result.pages - result.added))
    if result.shown:
        said = gettext("with {n} pictures and style sheets that pages refer to")
        click.echo("  " + said.format(n=result.shown))
    by_reason: dict[tuple[bool, str], list[str]] = {}
    for each in result.skipped:
        by_reason.setdefault((not each.lost, each.why), []).append(each.name)
    for (_, why), names in sorted(by_reason.items(), key=lambda each: (each[0][0], -len(each[1]))):
        said = gettext("its URL cannot be told; give --base-url to bring it in") if why == NO_URL else finding(why)
        say_named(names, said)
    say_losses(result.lost, gettext("of the store cannot be read any more"))


def import_json(result: ImportResult) -> dict[str, Any]:
    """Return what an import did, and everything that was left out, as values for JSON."""
    return {
        "pages": result.pages,
        "added": result.added,
        "shown": result.shown,
        "skipped": [{"name": each.name, "why": each.why, "lost": each.lost} for each in result.skipped],
        "lost": [as_plain(each) for each in result.lost],
    }


def say_named(names: Sequence[str], why: str, shown: int = _SHOWN) -> None:
    """Print on standard error why things are left out, with the first `shown` names."""
    if not names:
        return
    click.echo(f"  {len(names):>5}  {why}:", err=True)
    for name in names[:shown]:
        click.echo(f"         {name}", err=True)
    if len(names) > shown:
        click.echo("         " + gettext("… and {n} more").format(n=len(names) - shown), err=True)


def row(name: str, what: object, columns: int = _NAMES) -> str:
    """Return a line that says a figure: its name in `columns` of a terminal, and behind it what it is."""
    return name + " " * max(columns - cell_len(name), 1) + str(what)


def counted(entries: int, occurrences: int | None = None) -> str:
    """Word how many entries a search finds, and in how many places, where that is known and not none."""
    said = ngettext("{n} entry", "{n} entries", entries).format(n=entries)
    if not occurrences:
        return said
    return f"{said} " + ngettext("{n} occurrence", "{n} occurrences", occurrences).format(n=occurrences)


def noted(told: Note) -> str:
    """Word a note to a search."""
    return gettext("note: {note}").format(note=answers.note(told))


def say_losses(losses: Sequence[Loss], what: str) -> None:
    """Print everything that cannot be read: file, bytes, and the page that was there."""
    unknown = gettext("no page was there"), gettext("what was there is not known")
    said = gettext("{file}, bytes {start:,} to {end:,}: {what}: {why}")
    lines = [
        said.format(
            file=each.file,
            start=each.start,
            end=each.end,
            what=each.url or unknown[each.kind != ABOUT],
            why=finding(each.why),
        )
        for each in losses
    ]
    say_named(lines, what, shown=len(lines))


def say_crawl(result: CrawlResult) -> None:
    """Print what a crawl did, and what could not be fetched, by reason."""
    tally = result.tally
    said = gettext("Asked {asked} times ({rate:.1f}/s): {stored} new pages, {unchanged} unchanged, {bytes:,} bytes.")
    click.echo(
        said.format(
            asked=tally.asked,
            rate=tally.rate(),
            stored=tally.stored,
            unchanged=tally.unchanged,
            bytes=tally.bytes,
        )
    )
    states = ", ".join(f"{count} {STATES.get(state, state)}" for state, count in sorted(result.counts.items()))
    click.echo(gettext("URLs: {states}").format(states=states))
    for why, count in Counter(each.reason for each in result.unstored).most_common(_SHOWN):
        first = next(each.url for each in result.unstored if each.reason == why)
        click.echo(f"  {count:>5}  {finding(why)}   " + gettext("(such as {url})").format(url=first))
    say_losses(result.lost, gettext("of the store cannot be read any more"))
    if tally.stopped:
        said = gettext("stopped early: {why}").format(why=finding(tally.stopped))
        click.echo(f"nianjian: {said}", err=True)
    waiting = ngettext("{n} page still to be asked for", "{n} pages still to be asked for", result.waiting)
    failed = ngettext("{n} page failed", "{n} pages failed", result.unanswered)
    counts = (waiting, result.waiting), (failed, result.unanswered)
    if left := ", ".join(words.format(n=count) for words, count in counts if count):
        said = gettext("{left}; what is stored stays, `nianjian crawl` goes on from here").format(left=left)
        click.echo(f"nianjian: {said}", err=True)


def say_provenance(found: Provenance) -> None:
    """Print where an entry's record is, and what it is."""
    capture = found.capture
    click.echo(row("URL", capture.url))
    click.echo(
        row(gettext("captured"), f"{capture.fetched_at.isoformat()}  ({capture.source or gettext('unknown way')})")
    )
    payload = gettext("{digest}, {length:,} bytes, read as {encoding}").format(
        digest=capture.digest, length=capture.length, encoding=found.encoding or gettext("unknown")
    )
    click.echo(row(gettext("payload"), payload))
    record = gettext("{file}, offset {offset} ({kind})")
    click.echo(row(gettext("record"), record.format(file=capture.file, offset=capture.offset, kind=capture.kind)))
    say_losses(found.lost, gettext("later captures of the page cannot be read"))


def say_status(found: dict[str, Any]) -> None:
    """Print what a data folder holds."""
    said = gettext("{captures} captures of {urls} URLs").format(captures=found["pages"], urls=found["urls"])
    click.echo(row(gettext("pages"), said))
    if found["lost"]:
        said = gettext("{n} captures cannot be read and were not made again; `nianjian verify`")
        click.echo(row(gettext("lost"), said.format(n=len(found["lost"]))))
        where = gettext("{file}, bytes {start:,} to {end:,}")
        for each in found["lost"][:_SHOWN]:
            place = where.format(file=each["file"], start=each["start"], end=each["end"])
            click.echo(f"    {each['url'] or each['file']}  ({place})")
    for path in found["not_read"]:
        click.echo(row(gettext("not read"), gettext("{path}; bring it in with `nianjian import`").format(path=path)))
    if found["forgotten"]:
        said = ngettext("{n} page", "{n} pages", found["forgotten"]).format(n=found["forgotten"])
        click.echo(row(gettext("forgotten"), said))
    click.echo(row(gettext("entries"), found["entries"]))
    for year, count in found["entries_by_year"].items():
        click.echo(f"  {year}    {count}")
    reviewed = found["problems_reviewed"]
    said = gettext("{open} open, {reviewed} reviewed")
    figures = said.format(open=sum(found["problems"].values()), reviewed=sum(reviewed.values()))
    click.echo(row(gettext("problems"), figures))
    for code in dict.fromkeys((*found["problems"], *reviewed)):
        beside = "  " + gettext("({n} more reviewed)").format(n=reviewed[code]) if code in reviewed else ""
        click.echo(f"  {found['problems'].get(code, 0):>6}  {code}{beside}")
    click.echo(row(gettext("index"), finding(found["index"])))
    for line in found["index_refused"]:
        said = gettext("that is not the published one: {why}").format(why=finding(line))
        click.echo(row(gettext("degraded"), said))


def say_outside(pages: int, entries: int) -> None:
    """Say what no volume's scope covers."""
    if pages:
        said = gettext(
            "{entries} entries on {pages} pages that no volume of the manifest covers: they have the year that the page "
            "says; describe their volume in a manifest, and take it with --manifest"
        )
        click.echo(row(gettext("outside"), said.format(entries=entries, pages=pages)))


def say_holdings(found: Sequence[VolumeHolding]) -> None:
    """Print how complete each volume is, and what is missing."""
    complete = gettext("{held} pages held of {linked} linked, {entries} entries, {problems} pages with open problems")
    for volume in found:
        totals = {name: volume.total(name) for name in ("held", "linked", "entries", "problems")}
        click.echo(f"{volume.id}  {volume.title}: {complete.format(**totals)}")
        for part in volume.sections:
            missing = f"    {gettext('missing')}  {part.section or '-'}  "
            for url in part.missing[:_SHOWN]:
                click.echo(missing + url)
            if len(part.missing) > _SHOWN:
                click.echo(missing + gettext("… and {n} more (--json)").format(n=len(part.missing) - _SHOWN))
        if volume.waiting:
            said = gettext("{n} more pages are held, but not parsed yet; run `nianjian parse`")
            click.echo("    " + said.format(n=len(volume.waiting)))
        for url in volume.lost[:_SHOWN]:
            said = gettext("lost  {url}: its record can no longer be read; capture it again")
            click.echo("    " + said.format(url=url))
        for url in volume.changed[:_SHOWN]:
            click.echo("    " + gettext("changed since the capture before  {url}").format(url=url))


def print_hits(found: Answered, names: Names) -> None:
    """Print one page of hits, and the entries that come near, matches in bold red."""
    state, page, near = found.state, found.page, found.near
    console = Console(highlight=False, soft_wrap=True)
    console.print(counted(page.total, page.occurrences))
    for each in page.readings:
        console.print(Text(answers.reading(each, page.total), style="dim"))
    for note in found.notes:
        console.print(Text(noted(note), style="yellow"))
    for other in found.others:
        said = gettext("search also for: {query} ({found})")
        console.print(Text(said.format(query=other.state.text, found=counted(other.total)), style="yellow"))
    for step in found.ladder:
        said = gettext("search instead: {how}: {query} ({found})")
        told = said.format(how=step.text, query=step.state.text, found=counted(step.rung.total))
        console.print(Text(told, style="yellow"))
    for number, hit in enumerate(page.hits, start=(state.page - 1) * state.size + 1):
        _print_hit(console, f"{number}. ", hit, names)
    shown = (state.page - 1) * state.size + len(page.hits)
    if shown < page.total and page.hits:
        left = page.total - shown
        said = ngettext("{n} more entry: add --page {page}", "{n} more entries: add --page {page}", left)
        console.print("\n" + said.format(n=left, page=state.page + 1))
    if near.hits:
        console.print("\n" + gettext("Entries that come near (they lack some of the words; the nearest first):"))
    for hit in near.hits:
        _print_hit(console, "≈ ", hit, names)
    if near.more:
        said = gettext("more entries come near: add --nearest-page {page}")
        console.print("\n" + said.format(page=state.nearest_page + 1))


def _print_hit(console: Console, mark: str, hit: Hit, names: Names) -> None:
    entry = hit.entry
    console.print()
    console.print(Text(mark) + _styled(hit.title) + Text(f"  {entry.id}", style="dim"))
    line = f"   {names.badge(entry)} {entry.section}"
    if entry.heading != entry.title:
        line += f" › {entry.heading}"
    console.print(Text(line + (f" · {answers.listed(entry.authors)}" if entry.authors else ""), style="dim"))
    console.print(Text("   ") + _styled(hit.snippet))
    if hit.has or hit.lacks:
        console.print(Text(f"   {answers.having(hit)}", style="dim"))
    if hit.reasons:
        console.print(Text(f"   {answers.reasons(hit.reasons)}", style="dim"))
    if hit.parts:
        for part in hit.parts:
            console.print(Text(f"   {part.score:9.4f}  {answers.part(part)}", style="dim"))
        console.print(Text(f"   {hit.score:9.4f}  {gettext('in all')}", style="dim"))


def _styled(snippet: Snippet) -> Text:
    return Text.assemble(*((span.text.replace("\n", " "), "bold red" if span.marked else "") for span in snippet))
