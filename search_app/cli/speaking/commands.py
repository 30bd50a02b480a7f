"""Commands, groups, options and arguments as click has them, but that say what they are in the language in use.

Click keeps help as it stands in the code, and asks for it when it is shown: then it is translated, in a copy.
"""

import copy
from functools import partial
from typing import Any, TypeVar

import click

from search_app.cli.speaking.layout import Formatter, translated
from search_app.words.language import gettext

_Helped = TypeVar("_Helped", click.Command, click.Option)


class _Context(click.Context):
    formatter_class = Formatter


class Option(click.Option):
    """An option whose help, and what stands for its value, are in the language in use."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return how it is written, and what it does."""
        return click.Option.get_help_record(_in_use(self), ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for its value."""
        return gettext(super().make_metavar(ctx))


class Argument(click.Argument):
    """An argument whose name in help is in the language in use."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for its value."""
        return gettext(super().make_metavar(ctx))


class FilePath(click.Path):
    """A path; what is wrong with one is said in the language in use."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Check the path."""
        checked = copy.copy(self)
        checked.name = gettext(self.name)
        return click.Path.convert(checked, value, param, ctx)


class Command(click.Command):
    """A command whose help is in the language in use."""

    context_class = _Context

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what may follow the command."""
        return list(map(gettext, super().collect_usage_pieces(ctx)))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        click.Command.format_help_text(_in_use(self), ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what the command does, in the one sentence that the list of commands has."""
        return _short(self, limit)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        return _help_option(super().get_help_option(ctx))


class Group(Command, click.Group):
    """A group of commands whose help is in the language in use, as that of the commands in it."""

    command_class = Command


command = partial(click.command, cls=Command)
option = partial(click.option, cls=Option)
argument = partial(click.argument, cls=Argument)


def _in_use(shown: _Helped) -> _Helped:
    """Return a copy of a command or an option with its help in the language in use."""
    spoken = copy.copy(shown)
    spoken.help = translated(shown.help or "")
    return spoken


def _short(shown: click.Command, limit: int) -> str:
    spoken = _in_use(shown)
    first, stop, _ = (spoken.help or "").partition("\n\n")[0].partition("。")
    return first if stop else click.Command.get_short_help_str(spoken, limit)


def _help_option(found: click.Option | None) -> click.Option | None:
    """Return the help option with its words in the language in use: click takes those of when it was first shown."""
    if found is not None:
        found.help = gettext("Show this message and exit.")
    return found
