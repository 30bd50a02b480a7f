"""The page of searches through the volumes: a chart for each yearbook, and the table of its figures."""

from flask import Blueprint, request

from search_app.shown.links import last_of
from search_app.shown.present import applied
from search_app.shown.tables.chart import MEASURES, charts
from search_app.shown.tables.trend import MAX_SEARCHES, related, trends, trends_from_args
from search_app.web.current import current_archive
from search_app.web.reader.rendering import render

pages = Blueprint("trends", __name__)


@pages.get("/trend")
def trend() -> str:
    """Show how up to six searches run through the volumes."""
    args = request.args.to_dict(flat=False)
    states, wrong = trends_from_args(args)
    measure = last_of(args, "measure")
    if measure not in MEASURES:
        measure = next(iter(MEASURES))
    searcher, names = current_archive().open()
    found = trends(states, searcher)
    return render(
        "trend.html",
        found=found,
        charts=charts(found, measure, names),
        measure=measure,
        measures=tuple(MEASURES),
        related=related,
        names=names,
        state=states[0] if states else None,
        applied=applied(states[0], names) if states else [],
        notes=[*(wrong if states or "q" in args else ()), *(each for one in found for each in one.notes)],
        most=MAX_SEARCHES,
    )
