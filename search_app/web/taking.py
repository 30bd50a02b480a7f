"""Reads what a request takes away, and answers with the file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import current_app
from werkzeug.sansio.response import Response

from indexer.search.query.notes import Note, note
from search_app.following.archive import Answering
from search_app.following.former import gone_among
from search_app.shown.exporting.exported import CHOSEN_MOST, Exported, Exporter, Foreign
from search_app.shown.exporting.formats import FORMATS, Format
from search_app.shown.links import SearchState, from_args, last_of, no_format
from search_app.web.captures import current_captures
from search_app.web.current import current_archive, current_site
from search_app.web.downloads import download
from search_app.words.argumentcodes import ArgumentCode


@dataclass(frozen=True, slots=True)
class Taking:
    """What is to be taken away: chosen entries, or else all that a search finds; and in which format."""

    state: SearchState
    ids: tuple[str, ...]
    asks_file: bool
    """Whether a format is asked for; otherwise it is still to be chosen."""
    form: Format | None
    """The format, if there is such a one."""
    wrong: tuple[Note, ...]
    """What is wrong with the arguments, for which the defaults are used."""

    @property
    def name(self) -> str:
        """What the file is called, without its ending."""
        return self.ids[0] if len(self.ids) == 1 else "nianjian"

    def chosen(self, exporter: Exporter) -> tuple[tuple[Exported, ...], tuple[Foreign, ...]]:
        """Return the chosen entries, and the ids that are no entry's."""
        return exporter.chosen(self.ids, self.state, gone_among(current_archive(), frozenset(self.ids)))


def taking_from_args(args: Mapping[str, Sequence[str]]) -> Taking:
    """Read the arguments of a request."""
    state, wrong = from_args(args)
    ids = tuple(dict.fromkeys(filter(None, args.get("id", ()))))
    if len(ids) > CHOSEN_MOST:
        wrong = (*wrong, note(ArgumentCode.TOO_MANY_VALUES, name="id", limit=CHOSEN_MOST))
    form = last_of(args, "format")
    if form and form not in FORMATS:
        wrong = (*wrong, no_format(form, FORMATS))
    return Taking(state, ids[:CHOSEN_MOST], bool(form), FORMATS.get(form), wrong)


def exporter_of(form: Format | None, now: Answering) -> Exporter:
    """Return what makes the entries of an export in a format from what answers; None is of any."""
    captures = current_captures().by_page() if form and form.tells_captures else {}
    return Exporter(now.searcher, now.names, current_site().root, today(), captures)


def file_of(form: Format, entries: Iterable[Exported], name: str) -> Response:
    """Return the file of entries in a format, to be stored under a name with the format's ending."""
    return download(form.write(entries), form.mimetype, f"{name}.{form.ending}")


def today() -> date:
    """Return the day of the request, which citations say."""
    return cast(Callable[[], date], current_app.config["TODAY"])()
