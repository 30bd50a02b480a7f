"""Prints results for people at a terminal; asks nothing and decides nothing."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from indexer.acquire import CrawlResult, ImportResult
from indexer.holdings import VolumeHolding
from indexer.imports.sources import NO_URL
from indexer.provenance import Provenance
from indexer.search.results import Hit, ResultPage, Snippet
from search_app.alternatives import Alternative
from search_app.links import SearchState
from search_app.present import NEAREST, NO_YEAR

_SHOWN = 20
"""URLs named before the rest is only counted."""


def say_import(result: ImportResult) -> None:
    """Say how many pages were new, and what was skipped and why."""
    click.echo(
        f"Imported {result.added} new pages of {result.pages}; {result.pages - result.added} were stored already."
    )
    for why, count in Counter(each.why for each in result.skipped).most_common():
        first = next(each.name for each in result.skipped if each.why == why)
        more = f" and {count - 1} more" if count > 1 else ""
        hint = "; give --base-url to bring it in" if why == NO_URL else ""
        click.echo(f"  skipped {first}{more}: {why}{hint}", err=True)


def say_crawl(result: CrawlResult) -> None:
    """Say what a crawl did, and what the site would not give, by reason."""
    tally = result.tally
    click.echo(
        f"Asked {tally.asked} times ({tally.rate():.1f}/s): {tally.stored} new pages, {tally.unchanged} unchanged, "
        f"{tally.bytes:,} bytes."
    )
    click.echo("URLs: " + ", ".join(f"{count} {state}" for state, count in sorted(result.counts.items())))
    for why, count in Counter(reason for _, _, _, reason in result.problems).most_common(20):
        first = next(url for _, url, _, reason in result.problems if reason == why)
        click.echo(f"  {count:>5}  {why}   (such as {first})")


def say_provenance(found: Provenance) -> None:
    """Say where an entry's record lies and what it is."""
    capture = found.capture
    click.echo(f"URL       {capture.url}")
    click.echo(f"captured  {capture.fetched_at.isoformat()}  ({capture.source or 'unknown way'})")
    click.echo(f"payload   {capture.digest}, {capture.length:,} bytes, read as {found.encoding or 'unknown'}")
    click.echo(f"record    {capture.file}, offset {capture.offset} ({capture.kind})")


def say_status(found: dict[str, Any]) -> None:
    """Say what a data folder holds."""
    click.echo(f"pages     {found['pages']} captures of {found['urls']} URLs")
    click.echo(f"entries   {found['entries']}")
    for year, count in found["entries_by_year"].items():
        click.echo(f"  {year}    {count}")
    click.echo(f"problems  {sum(found['problems'].values())}")
    for code, count in found["problems"].items():
        click.echo(f"  {count:>6}  {code}")
    click.echo(f"index     {found['index']}")


def say_holdings(found: Sequence[VolumeHolding]) -> None:
    """Say by volume how complete it is, and name the gaps."""
    for volume in found:
        click.echo(
            f"{volume.id}  {volume.title}: {volume.total('held')} pages held of {volume.total('linked')} linked, "
            f"{volume.total('entries')} entries, {volume.total('problems')} pages with problems"
        )
        for part in volume.sections:
            for url in part.missing[:_SHOWN]:
                click.echo(f"    missing  {part.section or '-'}  {url}")
            if len(part.missing) > _SHOWN:
                click.echo(f"    missing  {part.section or '-'}  … and {len(part.missing) - _SHOWN} more (--json)")
        for url in volume.changed[:_SHOWN]:
            click.echo(f"    changed since the capture before  {url}")


def print_hits(state: SearchState, page: ResultPage, notes: tuple[str, ...], others: Sequence[Alternative]) -> None:
    """Print one page of hits, matches in bold red."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{page.total} 篇 {page.occurrences} 处" if page.occurrences else f"{page.total} 篇")
    for note in (*notes, *page.notes):
        console.print(Text(f"注意：{note}", style="yellow"))
    for other in others:
        console.print(Text(f"也可检索：{other.state.text}（{other.total} 篇）", style="yellow"))
    for number, hit in enumerate(page.hits, start=(state.page - 1) * state.size + 1):
        _print_hit(console, f"{number}. ", hit)
    shown = (state.page - 1) * state.size + len(page.hits)
    if shown < page.total and page.hits:
        console.print(f"\n还有 {page.total - shown} 篇：加 --page {state.page + 1}")
    if page.nearest:
        console.print(f"\n{NEAREST}：")
    for hit in page.nearest:
        _print_hit(console, "≈ ", hit)


def _print_hit(console: Console, mark: str, hit: Hit) -> None:
    entry = hit.entry
    console.print()
    console.print(Text(mark) + _styled(hit.title) + Text(f"  {entry.id}", style="dim"))
    line = f"   {entry.year or NO_YEAR} {entry.section}"
    if entry.heading != entry.title:
        line += f" › {entry.heading}"
    console.print(Text(line + (f" · {'、'.join(entry.authors)}" if entry.authors else ""), style="dim"))
    console.print(Text("   ") + _styled(hit.snippet))
    if hit.parts:
        console.print(Text(f"   {'；'.join(hit.reasons)}", style="dim"))
        for part in hit.parts:
            console.print(Text(f"   {part.score:9.4f}  {part.what}", style="dim"))
        console.print(Text(f"   {hit.score:9.4f}  合计", style="dim"))


def _styled(snippet: Snippet) -> Text:
    return Text.assemble(*((span.text.replace("\n", " "), "bold red" if span.marked else "") for span in snippet))
