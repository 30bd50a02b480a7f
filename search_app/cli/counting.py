"""Defines the commands that count what a search finds: concordance and trend."""

import json
from collections.abc import Iterable
from itertools import groupby

import click
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from indexer.search.shown.concordance import Occurrence
from search_app.cli.filtering import filter_options, filtered
from search_app.cli.printing import counted, noted
from search_app.cli.session import Session
from search_app.cli.speaking.commands import argument, command, option
from search_app.shown.links import MAX_PAGE
from search_app.shown.naming import Names
from search_app.shown.tables.concordance import (
    LINE_COLUMNS,
    LINE_SORTS,
    LINES,
    MAX_LINES,
    Lines,
    concordance_json,
    line_json,
    line_row,
)
from search_app.shown.tables.csvlines import csv_lines
from search_app.shown.tables.trend import (
    MAX_SEARCHES,
    PER,
    TREND_COLUMNS,
    Trend,
    different,
    related,
    trend_json,
    trend_rows,
    trends,
)
from search_app.words import answers
from search_app.words.language import gettext, ngettext

_SIDE = 30
"""Columns of a terminal on each side of an occurrence."""


@command(context_settings={"ignore_unknown_options": True})  # -集体 is a query
@argument("query")
@filter_options
@option("--sort", type=click.Choice(LINE_SORTS), default=LINE_SORTS[0], show_default=True, help="Order of lines.")
@option("--page", type=click.IntRange(1, MAX_PAGE), default=1, show_default=True, help="Page of the lines.")
@option("--size", type=click.IntRange(1, MAX_LINES), default=LINES, show_default=True, help="Lines a page.")
@option("--json", "form", flag_value="json", help="Print the same JSON as /api/v1/concordance.")
@option("--jsonl", "form", flag_value="jsonl", help="Print all lines, each a JSON object.")
@option("--csv", "form", flag_value="csv", help="Print all lines as CSV.")
@click.pass_obj
def concordance(
    session: Session, /, query: str, sort: str, page: int, size: int, form: str | None, **chosen: tuple[str, ...]
) -> None:
    """Print every occurrence of a search in its line, with what stands left and right of it.

    QUERY is written as for `search`.  --sort left and right order the lines by what stands there, read away from the
    occurrence.  --csv and --jsonl print all lines, otherwise it is a page of them.
    """
    asked = Lines(filtered(query, chosen), sort, page, size)
    searcher = session.searcher()
    match form:
        case "json":
            click.echo(json.dumps(concordance_json(asked, searcher), ensure_ascii=False, indent=1))
        case "jsonl":
            for line in asked.all(searcher):
                click.echo(json.dumps(line_json(line), ensure_ascii=False))
        case "csv":
            _print_table(csv_lines(LINE_COLUMNS, map(line_row, asked.all(searcher))))
        case _:
            for told in asked.state.request()[1]:
                click.echo(noted(told))
            total = asked.total(searcher)
            click.echo(ngettext("{n} occurrence", "{n} occurrences", total).format(n=total))
            _print_lines(asked.shown(searcher), session.names(searcher))
            if total > page * size:
                left = total - page * size
                said = ngettext(
                    "{n} more occurrence: add --page {page}, or --csv or --jsonl for all",
                    "{n} more occurrences: add --page {page}, or --csv or --jsonl for all",
                    left,
                )
                click.echo("\n" + said.format(n=left, page=page + 1))
    session.end_degraded()


@command(context_settings={"ignore_unknown_options": True})
@argument("queries", nargs=-1, required=True, metavar="QUERY…")
@filter_options
@option("--json", "form", flag_value="json", help="Print the same JSON as /api/v1/trend.")
@option("--csv", "form", flag_value="csv", help="Print it as CSV.")
@click.pass_obj
def trend(session: Session, /, queries: tuple[str, ...], form: str | None, **chosen: tuple[str, ...]) -> None:
    """Count up to six searches in every volume: entries, occurrences, and both per 100,000 characters."""
    if unknown := [text for text in queries if text.startswith("--")]:
        raise click.NoSuchOption(unknown[0])
    texts = different(queries)
    if not texts:
        raise click.UsageError(gettext("QUERY is empty; name a word to count"))
    if len(texts) > MAX_SEARCHES:
        said = gettext("{count} searches; give {limit} at most, and call again for the others")
        raise click.UsageError(said.format(count=len(texts), limit=MAX_SEARCHES))
    searcher = session.searcher()
    found = trends([filtered(text, chosen) for text in texts], searcher)
    match form:
        case "json":
            click.echo(json.dumps(trend_json(found, searcher.generation), ensure_ascii=False, indent=1))
        case "csv":
            _print_table(csv_lines(TREND_COLUMNS, trend_rows(found)))
        case _:
            for each in found:
                _print_trend(each, session.names(searcher))
    session.end_degraded()


def _print_table(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line, nl=False)


def _print_lines(lines: Iterable[Occurrence], names: Names) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        left, node, right = (" ".join(text.split()) for text in (line.left, line.node, line.right))
        before, after = _cut(left[::-1])[::-1], _cut(right)
        gap = " " * (_SIDE - cell_len(before))
        console.print(
            Text.assemble(gap, before, (node, "bold red"), after, " " * (_SIDE - cell_len(after)), "  ")
            + Text(f"{names.badge(line.entry)}  {line.entry.id}", style="dim")
        )


def _cut(text: str) -> str:
    """Return the beginning of a text that fits beside an occurrence."""
    while cell_len(text) > _SIDE:
        text = text[:-1]
    return text


def _print_trend(found: Trend, names: Names) -> None:
    click.echo(f"{found.state.text}  {counted(found.found, found.occurrences)}")
    for told in found.notes:
        click.echo(f"  {noted(told)}")
    for yearbook, volumes in groupby(found.volumes, key=lambda each: each.yearbook):
        if names.several:
            click.echo(f"  {answers.yearbook(yearbook)}")
        for each in volumes:
            said = gettext("{entries:>6} entries  {occurrences:>6} occurrences  {related:>8.2f} per {per:,} characters")
            figures = said.format(
                entries=each.found,
                occurrences=each.occurrences,
                related=related(each.occurrences, each.characters),
                per=PER,
            )
            click.echo(f"  {answers.year(each.year)}  {figures}  {each.volume}")
