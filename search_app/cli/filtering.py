"""Defines the options by which commands limit a search, and the search that they make."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from indexer.search.fields import FILTERS
from search_app.cli.speaking.commands import option
from search_app.shown.links import SearchState, is_year
from search_app.words.language import gettext

_OPTIONS = (
    ("--yearbook", "Title of a yearbook; may be repeated (or)."),
    ("--volume", "Id of a volume; may be repeated (or)."),
    ("--year", "Volume year; may be repeated (or)."),
    ("--section", "Section as printed; may be repeated (or)."),
    ("--author", "Contributor; may be repeated (or)."),
    ("--not-yearbook", "Leave out entries of this yearbook; may be repeated."),
    ("--not-volume", "Leave out entries of this volume; may be repeated."),
    ("--not-year", "Leave out entries of this volume year; may be repeated."),
    ("--not-section", "Leave out entries of this section; may be repeated."),
    ("--not-author", "Leave out entries of this contributor; may be repeated."),
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each field that can be chosen or excluded; they reach it as `year`, `not_year` …"""
    for name, said in reversed(_OPTIONS):
        command = option(name, multiple=True, help=said)(command)
    return command


def filtered(query: str, chosen: Mapping[str, tuple[str, ...]]) -> SearchState:
    """Return the search with the filters that options chose: `year` and the like, and `not_year`."""
    state = SearchState(query)
    for field, exclude in ((field, exclude) for exclude in (False, True) for field in FILTERS):
        values = [value for value in chosen[f"not_{field}" if exclude else field] if value]
        if field == "year" and (odd := [value for value in values if not is_year(value)]):
            name = "--not-year" if exclude else "--year"
            said = gettext("{option} {value!r} is no year; give one to four digits, and {option} again for another")
            raise click.UsageError(said.format(option=name, value=odd[0]))
        state = state.with_values(field, values, exclude=exclude)
    return state
