"""Prints results for people at a terminal."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from indexer.imports.findings import NO_URL
from indexer.search.shown.results import Hit, Snippet
from indexer.stages.acquire import CrawlResult
from indexer.stages.holdings import VolumeHolding
from indexer.stages.importing import ImportResult
from indexer.stages.pipeline import as_plain
from indexer.stages.provenance import Provenance
from indexer.store.ledger import ABOUT, Loss
from search_app.shown.answered import Answered
from search_app.shown.naming import Names
from search_app.words import answers
from search_app.words.language import gettext

_SHOWN = 20
"""How many names are listed before the rest is only counted."""
UNREADABLE = "cannot be read; restore the file from a copy, or capture the page again"
_UNKNOWN = ("what was there is not known", "no page was there")


def say_import(result: ImportResult, *, as_json: bool = False) -> None:
    """Print how many pages were new and what was left out, counted by reason with the first names of each."""
    if as_json:
        click.echo(json.dumps(import_json(result), ensure_ascii=False, indent=1))
        return
    click.echo(
        f"Imported {result.added} new pages of {result.pages}; {result.pages - result.added} were stored already."
    )
    if result.shown:
        click.echo(f"  with {result.shown} pictures and style sheets that pages refer to")
    by_reason: dict[tuple[bool, str], list[str]] = {}
    for each in result.skipped:
        by_reason.setdefault((not each.lost, each.why), []).append(each.name)
    for (_, why), names in sorted(by_reason.items(), key=lambda each: (each[0][0], -len(each[1]))):
        hint = "; give --base-url to bring it in" if why == NO_URL else ""
        say_named(names, f"{why}{hint}")
    say_losses(result.lost, "of the store cannot be read any more")


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
        click.echo(f"         … and {len(names) - shown} more", err=True)


def say_losses(losses: Sequence[Loss], what: str) -> None:
    """Print everything that cannot be read: file, bytes, and the page that was there."""
    lines = [
        f"{each.file}, bytes {each.start:,} to {each.end:,}: {each.url or _UNKNOWN[each.kind == ABOUT]}: {each.why}"
        for each in losses
    ]
    say_named(lines, what, shown=len(lines))


def say_crawl(result: CrawlResult) -> None:
    """Print what a crawl did, and what could not be fetched, by reason."""
    tally = result.tally
    click.echo(
        f"Asked {tally.asked} times ({tally.rate():.1f}/s): {tally.stored} new pages, {tally.unchanged} unchanged, "
        f"{tally.bytes:,} bytes."
    )
    click.echo("URLs: " + ", ".join(f"{count} {state}" for state, count in sorted(result.counts.items())))
    for why, count in Counter(each.reason for each in result.unstored).most_common(_SHOWN):
        first = next(each.url for each in result.unstored if each.reason == why)
        click.echo(f"  {count:>5}  {why}   (such as {first})")
    say_losses(result.lost, "of the store cannot be read any more")
    if tally.stopped:
        click.echo(f"nianjian: stopped early: {tally.stopped}", err=True)
    counted = ((result.waiting, "still to be asked for"), (result.unanswered, "failed"))
    left = [f"{count} page{'s' * (count > 1)} {what}" for count, what in counted if count]
    if left:
        click.echo(f"nianjian: {', '.join(left)}; what is stored stays, `nianjian crawl` goes on from here", err=True)


def say_provenance(found: Provenance) -> None:
    """Print where an entry's record is, and what it is."""
    capture = found.capture
    click.echo(f"URL       {capture.url}")
    click.echo(f"captured  {capture.fetched_at.isoformat()}  ({capture.source or 'unknown way'})")
    click.echo(f"payload   {capture.digest}, {capture.length:,} bytes, read as {found.encoding or 'unknown'}")
    click.echo(f"record    {capture.file}, offset {capture.offset} ({capture.kind})")
    say_losses(found.lost, "later captures of the page cannot be read")


def say_status(found: dict[str, Any]) -> None:
    """Print what a data folder holds."""
    click.echo(f"pages     {found['pages']} captures of {found['urls']} URLs")
    if found["lost"]:
        click.echo(f"lost      {len(found['lost'])} captures cannot be read and were not made again; `nianjian verify`")
        for each in found["lost"][:_SHOWN]:
            click.echo(
                f"    {each['url'] or each['file']}  ({each['file']}, bytes {each['start']:,} to {each['end']:,})"
            )
    for path in found["not_read"]:
        click.echo(f"not read  {path}; bring it in with `nianjian import`")
    if found["forgotten"]:
        click.echo(f"forgotten {found['forgotten']} pages")
    click.echo(f"entries   {found['entries']}")
    for year, count in found["entries_by_year"].items():
        click.echo(f"  {year}    {count}")
    reviewed = found["problems_reviewed"]
    click.echo(f"problems  {sum(found['problems'].values())} open, {sum(reviewed.values())} reviewed")
    for code in dict.fromkeys((*found["problems"], *reviewed)):
        beside = f"  ({reviewed[code]} more reviewed)" if code in reviewed else ""
        click.echo(f"  {found['problems'].get(code, 0):>6}  {code}{beside}")
    click.echo(f"index     {found['index']}")
    for line in found["index_refused"]:
        click.echo(f"degraded  that is not the published one: {line}")


def say_outside(pages: int, entries: int) -> None:
    """Say what no volume's scope covers."""
    if pages:
        click.echo(
            f"outside   {entries} entries on {pages} pages that no volume of the manifest covers: they have the year "
            "that the page says; describe their volume in a manifest, and take it with --manifest"
        )


def say_holdings(found: Sequence[VolumeHolding]) -> None:
    """Print how complete each volume is, and what is missing."""
    for volume in found:
        click.echo(
            f"{volume.id}  {volume.title}: {volume.total('held')} pages held of {volume.total('linked')} linked, "
            f"{volume.total('entries')} entries, {volume.total('problems')} pages with open problems"
        )
        for part in volume.sections:
            for url in part.missing[:_SHOWN]:
                click.echo(f"    missing  {part.section or '-'}  {url}")
            if len(part.missing) > _SHOWN:
                click.echo(f"    missing  {part.section or '-'}  … and {len(part.missing) - _SHOWN} more (--json)")
        if volume.waiting:
            click.echo(f"    {len(volume.waiting)} more pages are held, but not parsed yet; run `nianjian parse`")
        for url in volume.lost[:_SHOWN]:
            click.echo(f"    lost  {url}: its record can no longer be read; capture it again")
        for url in volume.changed[:_SHOWN]:
            click.echo(f"    changed since the capture before  {url}")


def print_hits(found: Answered, names: Names) -> None:
    """Print one page of hits, and the entries that come near, matches in bold red."""
    state, page, near = found.state, found.page, found.near
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{page.total} 篇 {page.occurrences} 处" if page.occurrences else f"{page.total} 篇")
    for each in page.readings:
        console.print(Text(answers.reading(each, page.total), style="dim"))
    for note in found.notes:
        console.print(Text(f"注意：{answers.note(note)}", style="yellow"))
    for other in found.others:
        console.print(Text(f"也可检索：{other.state.text}（{other.total} 篇）", style="yellow"))
    for step in found.ladder:
        console.print(Text(f"可改为：{step.text}：{step.state.text}（{step.rung.total} 篇）", style="yellow"))
    for number, hit in enumerate(page.hits, start=(state.page - 1) * state.size + 1):
        _print_hit(console, f"{number}. ", hit, names)
    shown = (state.page - 1) * state.size + len(page.hits)
    if shown < page.total and page.hits:
        console.print(f"\n还有 {page.total - shown} 篇：加 --page {state.page + 1}")
    if near.hits:
        console.print(f"\n{gettext('相近条目')}（{gettext('不含所查的全部词语，按相近程度排列')}）：")
    for hit in near.hits:
        _print_hit(console, "≈ ", hit, names)
    if near.more:
        console.print(f"\n还有相近条目：加 --nearest-page {state.nearest_page + 1}")


def _print_hit(console: Console, mark: str, hit: Hit, names: Names) -> None:
    entry = hit.entry
    console.print()
    console.print(Text(mark) + _styled(hit.title) + Text(f"  {entry.id}", style="dim"))
    line = f"   {names.badge(entry)} {entry.section}"
    if entry.heading != entry.title:
        line += f" › {entry.heading}"
    console.print(Text(line + (f" · {'、'.join(entry.authors)}" if entry.authors else ""), style="dim"))
    console.print(Text("   ") + _styled(hit.snippet))
    if hit.has or hit.lacks:
        console.print(Text(f"   {answers.having(hit)}", style="dim"))
    if hit.reasons:
        console.print(Text(f"   {answers.reasons(hit.reasons)}", style="dim"))
    if hit.parts:
        for part in hit.parts:
            console.print(Text(f"   {part.score:9.4f}  {answers.part(part)}", style="dim"))
        console.print(Text(f"   {hit.score:9.4f}  合计", style="dim"))


def _styled(snippet: Snippet) -> Text:
    return Text.assemble(*((span.text.replace("\n", " "), "bold red" if span.marked else "") for span in snippet))
