"""The JSON interface; its keys must not change, because other people's scripts rely on them."""

import json
from collections.abc import Sequence

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug.sansio.response import Response

from indexer.search.query.notes import Note, note
from indexer.search.shown.suggestions import MOST, SHOWN
from search_app.following.former import gone
from search_app.shown.addresses import entry_url
from search_app.shown.links import brief, from_args, number_of
from search_app.shown.present import entry_json, search_json
from search_app.shown.searching.answered import answer
from search_app.shown.searching.suggested import offers, suggest_json
from search_app.shown.tables.concordance import LINE_COLUMNS, concordance_json, line_json, line_row, lines_from_args
from search_app.shown.tables.csvlines import csv_lines
from search_app.shown.tables.trend import TREND_COLUMNS, trend_json, trend_rows, trends, trends_from_args
from search_app.web.current import current_archive, current_site
from search_app.web.downloads import download, table
from search_app.words import answers
from search_app.words.answers import ArgumentCode
from search_app.words.language import gettext

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> Response:
    """Answer a search; an invalid argument is refused with status 400."""
    state, wrong = from_args(request.args.to_dict(flat=False))
    _refuse(wrong)
    return current_app.json.response(search_json(answer(state, *current_archive().open()), current_site().path))


@api.get("/suggest")
def suggest() -> Response:
    """Answer what may be meant by what somebody has typed; of what means nothing, an empty list."""
    text = request.args.get("q", "")
    wrong: list[Note] = []
    limit = number_of(request.args.to_dict(flat=False), "limit", SHOWN, 1, MOST, wrong)
    _refuse(wrong)
    searcher = current_archive().searcher()
    found = offers(text, searcher, limit)
    return current_app.json.response(suggest_json(text, searcher.generation, found, current_site().path))


@api.get("/concordance")
def concordance() -> Response:
    """Answer with occurrences in their lines: a page of them or, as `csv` or `jsonl`, all."""
    asked, wrong = lines_from_args(request.args.to_dict(flat=False))
    form = _format(("json", "csv", "jsonl"), wrong)
    searcher = current_archive().searcher()
    if form == "json":
        return current_app.json.response(concordance_json(asked, searcher))
    lines = asked.all(searcher)
    if form == "csv":
        return table(csv_lines(LINE_COLUMNS, map(line_row, lines)), "concordance.csv")
    text = (json.dumps(line_json(line), ensure_ascii=False) + "\n" for line in lines)
    return download(text, "application/jsonl", "concordance.jsonl")


@api.get("/trend")
def trend() -> Response:
    """Answer how up to six searches run through the volumes."""
    states, wrong = trends_from_args(request.args.to_dict(flat=False))
    form = _format(("json", "csv"), wrong)
    searcher = current_archive().searcher()
    found = trends(states, searcher)
    if form == "csv":
        return table(csv_lines(TREND_COLUMNS, trend_rows(found)), "trend.csv")
    return current_app.json.response(trend_json(found, searcher.generation))


@api.get("/entry/")
@api.get("/entry/<entry_id>")
def entry(entry_id: str | None = None) -> Response:
    """Answer with one entry, with the keys of `entries.jsonl` and the persons who signed it."""
    entry_id = request.args.get("id", "") if entry_id is None else entry_id
    searcher, names = current_archive().open()
    found = searcher.get(entry_id)
    if found is None:
        became = gone(current_archive(), entry_id)
        if became is None:
            said = gettext("没有编号为“{id}”的条目，编号见 /api/v1/search")
            abort(404, description=said.format(id=entry_id))
        if became.now is None:
            abort(410, description=answers.gone(became.title))
        return redirect(current_site().link(f"/api/v1{entry_url(became.now)}"), 302)
    return current_app.json.response(entry_json(found, names))


def _format(known: tuple[str, ...], wrong: Sequence[Note]) -> str:
    """Return the form asked for, the first one where none is; refuse wrong arguments with status 400."""
    form = request.args.get("format") or known[0]
    if form not in known:
        odd = note(ArgumentCode.NO_FORMAT, name="format", value=brief(form), known=answers.listed(known))
        wrong = (*wrong, odd)
    _refuse(wrong)
    return form


def _refuse(wrong: Sequence[Note]) -> None:
    if wrong:
        abort(400, description=answers.notes(wrong))
