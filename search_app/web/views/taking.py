"""The pages by which readers take entries away: what to download in which format, and citations to copy."""

from collections.abc import Iterable

from flask import Blueprint, abort, request
from werkzeug.sansio.response import Response

from indexer.search.query.tree import SORTS
from search_app.shown.citing.gbt7714 import cite as cited_line
from search_app.shown.exporting.exported import Foreign
from search_app.shown.exporting.formats import FORMATS
from search_app.shown.present import applied
from search_app.shown.searching.answered import filter_notes
from search_app.web.current import current_archive
from search_app.web.reader.rendering import render
from search_app.web.taking import Taking, exporter_of, file_of, taking_from_args
from search_app.words import answers
from search_app.words.language import gettext

pages = Blueprint("taking", __name__)


@pages.route("/export", methods=["GET", "POST"])
def export() -> str | Response | tuple[str, int]:
    """Answer with the file that is asked for; without a format, or where an entry is missing, with what to choose."""
    asked = _asked()
    if asked.wrong and (asked.asks_file or asked.ids):
        abort(400, description=answers.notes(asked.wrong))
    exporter = exporter_of(asked.form, current_archive().answering())
    entries, foreign = asked.chosen(exporter) if asked.ids else (exporter.found(asked.state), ())
    if asked.form and not foreign:
        return file_of(asked.form, entries, asked.name)
    ids = [each.entry.id for each in entries] if asked.ids else []
    page = render(
        "export.html",
        state=asked.state,
        ids=ids,
        total=len(ids) if asked.ids else exporter.total(asked.state),
        applied=[] if asked.ids else applied(asked.state, exporter.names),
        notes=[*asked.wrong, *asked.state.request()[1], *filter_notes(asked.state, exporter.names)],
        missing=_missing(foreign),
        chosen=asked.form.name if asked.form else next(iter(FORMATS)),
        formats=FORMATS,
        sorts=SORTS,
    )
    return page if ids or not asked.ids else (page, 404)


@pages.route("/cite", methods=["GET", "POST"])
def cite() -> str | tuple[str, int]:
    """Show how chosen entries are cited."""
    asked = _asked()
    if not asked.ids:
        abort(400, description=_nothing())
    if asked.wrong:
        abort(400, description=answers.notes(asked.wrong))
    entries, foreign = asked.chosen(exporter_of(None, current_archive().answering()))
    page = render(
        "cite.html",
        state=asked.state,
        cited=[(each.reference, cited_line(each.reference)) for each in entries],
        missing=_missing(foreign),
    )
    return page if entries else (page, 404)


def _asked() -> Taking:
    """Read what is asked for, in the address or as a form sends it; refuse a form on which nothing is ticked (400)."""
    asked = taking_from_args(request.values.to_dict(flat=False))
    if request.method == "POST" and not asked.ids:
        abort(400, description=_nothing())
    return asked


def _nothing() -> str:
    return gettext("还没有选：请回到结果，在条目的序号旁打勾，再下载或引用")


def _missing(foreign: Iterable[Foreign]) -> list[str]:
    return [each.said for each in foreign]
