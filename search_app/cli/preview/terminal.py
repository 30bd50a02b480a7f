"""Prints previews at a terminal, with colours if it can show them and with labels otherwise."""

from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from indexer.parse.entries.drafts import Kind
from indexer.stages.preview.changes import Changes
from indexer.stages.preview.shown import Block, Preview
from search_app.cli.printing import row, say_losses
from search_app.words.answers import listed
from search_app.words.findings import finding
from search_app.words.language import gettext
from search_app.words.problems import in_words
from search_app.words.rules import KINDS, RULES, facts, printable, runs

_STYLES: Mapping[Kind, str] = {
    Kind.TITLE: "bold red underline",
    Kind.HEADING: "bold green",
    Kind.BODY: "",
    Kind.SIGNATURE: "magenta",
    Kind.AUTHOR: "bold magenta underline",
    Kind.CAPTION: "cyan",
    Kind.DROPPED: "bright_black",
    Kind.UNKNOWN: "black on yellow",
}

_CHANGES = 9
"""Columns of a terminal that kinds of changes take."""


def print_previews(shown: list[Preview]) -> None:
    """Print pages one after the other, after a legend if colours are used."""
    console = Console(highlight=False, soft_wrap=True)
    is_coloured = console.is_terminal and console.color_system is not None and not console.no_color
    if is_coloured and shown:
        console.print(Text("  ").join(Text(name, _STYLES[kind]) for kind, name in KINDS.items()))
    for number, each in enumerate(shown):
        if number or is_coloured:
            console.print()
        _print_page(console, each, is_coloured)


def print_changes(found: Changes) -> None:
    """Print what another parse would change: how much of each kind, then the ids."""
    console = Console(highlight=False, soft_wrap=True)
    if not found.has_any:
        console.print(gettext("Parsing again would change nothing."))
    else:
        console.print(summary(found))
        for kind, name, what in change_rows(found):
            console.print(Text("  " + row(kind, name, _CHANGES) + (f"  {what}" if what else "")))
    say_losses(found.lost, gettext("cannot be read any more, so their entries would go"))


def summary(found: Changes) -> str:
    """Return how much would change, such as `12 new, 3 changed, 1 gone`."""
    counts = (
        (gettext("{n:,} new"), len(found.new)),
        (gettext("{n:,} changed"), len(found.changed)),
        (gettext("{n:,} gone"), len(found.gone)),
    )
    return gettext(", ").join(said.format(n=count) for said, count in counts if count)


def change_rows(found: Changes) -> Iterator[tuple[str, str, str]]:
    """Yield each change: its kind, the entry's id, and the fields that differ."""
    yield from ((gettext("new"), name, "") for name in found.new)
    yield from ((gettext("changed"), name, ", ".join(fields)) for name, fields in found.changed.items())
    yield from ((gettext("gone"), name, "") for name in found.gone)


def _print_page(console: Console, shown: Preview, is_coloured: bool) -> None:
    for name, value in facts(shown):
        console.print(Text(row(name, printable(value))))
    for entry in shown.entries:
        authors = listed(entry.authors) or gettext("unsigned")
        told = f"{entry.id}  {printable(entry.title)}  {printable(authors)}"
        console.print(Text(row(gettext("entry"), told)))
    for problem in shown.problems:
        said = printable(f"{problem.code}: {in_words(problem)} ({finding(problem.where)})")
        console.print(Text(row(gettext("problem"), said), "yellow" if is_coloured else ""))
    if not shown.problems:
        console.print(row(gettext("problems"), gettext("none")))
    console.print()
    for run in runs(shown):
        for block in run.blocks:
            is_last = block is run.blocks[-1]
            _print_block(console, block, KINDS[run.kind], RULES[run.rule] if is_last else "", is_coloured)


def _print_block(console: Console, block: Block, kind: str, rule: str, is_coloured: bool) -> None:
    """Print a block on its lines; after the last block of a run, print the rule that decided its kind."""
    if is_coloured:
        text = Text.assemble(*((printable(piece.text), _STYLES[piece.kind]) for piece in block))
        console.print(text + Text(f"  ← {rule}", "dim") if rule else text)
        return
    width = max(map(cell_len, KINDS.values())) + 2
    margin = "\n" + " " * width
    said = "".join(
        f"<{KINDS[piece.kind]}: {piece.text}>" if piece.kind is Kind.AUTHOR else piece.text for piece in block
    )
    body = printable(said).replace("\n", margin)
    console.print(Text(kind + " " * (width - cell_len(kind)) + body + (f"{margin}← {rule}" if rule else "")))
