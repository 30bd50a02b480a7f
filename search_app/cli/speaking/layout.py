"""Breaks help into lines of a terminal by the columns that characters take: Chinese ones take two, and need no spaces."""

import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc

import click
from rich.cells import cell_len

from search_app.words.language import gettext

_RAW = "\b"
"""Line before a paragraph whose lines stay as they are; click's own mark."""
_PIECES = re.compile(
    r"\s+"
    # What may not end a line stays with what follows, and what may not begin one with what goes before.
    r"|[（《「『“‘\[(]*(?:[\u2e80-\u2fff\u3003-\u3007\u3021-\u9fff\uf900-\ufaff]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60“”‘’…]+)"
    r"[，。、；：？！）》」』”’…]*"
    r"|."
)
"""White space, and what a line is not broken in."""


def broken(text: str, width: int) -> list[str]:
    """Return a paragraph in lines of at most `width` columns; one piece that is wider has a line of its own.

    >>> broken("把存下的网页 解析成条目。", 12)
    ['把存下的网页', '解析成条目。']
    """
    lines, line = [], ""
    for piece in _PIECES.findall(text.strip()):
        if line and cell_len((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line else lines


def paragraphs(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the paragraphs of a help text: whether its lines stay as they are, and the text to be translated.

    Other lines are joined, so that a sentence is the same wherever it is broken in the code.
    """
    for each in cleandoc(text).split("\n\n"):
        is_raw = each.startswith(_RAW + "\n")
        yield is_raw, each.removeprefix(_RAW + "\n") if is_raw else " ".join(each.split("\n"))


def translated(text: str) -> str:
    """Return a help text in the language in use."""
    return "\n\n".join((f"{_RAW}\n" if is_raw else "") + gettext(each) for is_raw, each in paragraphs(text))


class Formatter(click.HelpFormatter):
    """Writes help with lines and columns measured as a terminal shows them."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is typed; a Chinese colon needs no space behind it."""
        super().write_usage(prog, args, gettext("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        self.write(" " * self.current_indent + gettext("{heading}:").format(heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        indent = " " * self.current_indent
        said = []
        for is_raw, each in paragraphs(text):
            lines = each.split("\n") if is_raw else broken(each, self.width - len(indent))
            said.append("\n".join(indent + line for line in lines))
        self.write("\n\n".join(said) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of terms and what they mean, in two columns."""
        listed = list(rows)
        column = min(max(cell_len(term) for term, _ in listed), col_max) + col_spacing
        beside = " " * (self.current_indent + column)
        for term, said in listed:
            lines = broken(said, max(self.width - column - 2, 10)) or [""]
            gap = column - cell_len(term)
            first = " " * gap + lines[0] if gap >= col_spacing else "\n" + beside + lines[0]
            self.write(
                "\n".join(
                    [f"{' ' * self.current_indent}{term}{first}".rstrip(" "), *(beside + line for line in lines[1:])]
                )
                + "\n"
            )
