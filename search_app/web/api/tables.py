"""Answers with tables: occurrences in their lines, and figures by volume, as JSON or as files."""

import json

from flask import current_app
from werkzeug.sansio.response import Response

from search_app.shown.tables.concordance import LINE_COLUMNS, concordance_json, line_json, line_row, lines_from_args
from search_app.shown.tables.csvlines import csv_lines
from search_app.shown.tables.trend import TREND_COLUMNS, trend_json, trend_rows, trends, trends_from_args
from search_app.web.api.freshness import answer_of
from search_app.web.api.refusing import arguments, form_of
from search_app.web.current import current_archive
from search_app.web.downloads import download, table

LINE_FORMS = ("json", "csv", "jsonl")
TREND_FORMS = ("json", "csv")


def concordance() -> Response:
    """Answer with occurrences in their lines: a page of them or, as `csv` or `jsonl`, all."""
    asked, wrong = lines_from_args(arguments())
    form = form_of(LINE_FORMS, wrong)
    now = current_archive().answering()
    answer_of(now.version)
    if form == "json":
        return current_app.json.response(concordance_json(asked, now.searcher))
    lines = asked.all(now.searcher)
    if form == "csv":
        return table(csv_lines(LINE_COLUMNS, map(line_row, lines)), "concordance.csv")
    text = (json.dumps(line_json(line), ensure_ascii=False) + "\n" for line in lines)
    return download(text, "application/jsonl", "concordance.jsonl")


def trend() -> Response:
    """Answer how up to six searches run through the volumes."""
    states, wrong = trends_from_args(arguments())
    form = form_of(TREND_FORMS, wrong)
    now = current_archive().answering()
    answer_of(now.version)
    found = trends(states, now.searcher)
    if form == "csv":
        return table(csv_lines(TREND_COLUMNS, trend_rows(found)), "trend.csv")
    return current_app.json.response(trend_json(found, now.searcher.generation))
