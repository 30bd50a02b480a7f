"""The pages of a search: its hits, its occurrences in their lines, and all values of a facet under it."""

from dataclasses import replace

from flask import Blueprint, Response, abort, request
from markupsafe import Markup
from werkzeug.sansio.response import Response as Answer

from indexer.search.fields import FACETS
from search_app.shown import present
from search_app.shown.addresses import lines_url, search_url
from search_app.shown.links import from_args
from search_app.shown.searching.answered import answer, filter_notes
from search_app.shown.searching.refining import panel, sought
from search_app.shown.tables.concordance import LINE_SORTS, LINES, Lines, lines_from_args
from search_app.web.current import current_archive, current_site
from search_app.web.reader.remembering import remember
from search_app.web.reader.rendering import framed, render, render_results
from search_app.web.reader.results import Shown
from search_app.web.views.home import front

pages = Blueprint("results", __name__)

SIZES = (20, 50, 100)
"""Hits a page that are offered."""
VIEWS = ("full", "compact")
"""How hits are shown; remembered in a cookie of the argument's name."""
VIEW = "view"
_FACET_PAGE = 500
"""Values on a facet's own page; further ones are found by typing a prefix."""


@pages.get("/")
def search() -> str | Answer:
    """Show the results of a search; without a query, the front page."""
    if (chosen := request.args.get(VIEW)) in VIEWS:
        return remember(VIEW, chosen)
    args = request.args.to_dict(flat=False)
    state, wrong = from_args(args)
    if not state.asks:
        return front()
    now, site = current_archive().answering(), current_site()
    searcher, names = now.searcher, now.names
    found = answer(state, searcher, names)
    view = request.cookies.get(VIEW, "") if "HTTP_COOKIE" in request.environ else ""
    return Response(
        render_results(
            Shown(
                now.version.told,
                found,
                notes=(*wrong, *found.notes),
                sought=sought(args),
                panel=lambda: panel(state, found.page, searcher, names, args),
                turn=lambda number: site.link(search_url(state.at_page(number))),
                view=view if view in VIEWS else VIEWS[0],
                sizes=SIZES,
                compared=len(searcher),
            )
        ),
        mimetype="text/html",
    )


@pages.get("/concordance")
def concordance() -> str:
    """Show every occurrence of a search in its line."""
    args = request.args.to_dict(flat=False)
    asked, wrong = lines_from_args(args)
    searcher, names = current_archive().open()
    state = asked.state
    sought, notes = state.request()
    page = searcher.search(replace(sought, size=0))
    total = asked.total(searcher, page)
    last = max(1, -(-total // asked.size))
    size = asked.size if asked.size != LINES else 0
    told = [*wrong, *notes, *filter_notes(state, names), *page.notes]
    applied, narrowing = present.applied(state, names), panel(state, page, searcher, names, args)
    around = framed().around(state, page, applied, narrowing, "/concordance")
    return render(
        "concordance.html",
        **{name: Markup(piece) for name, piece in around.items()},
        state=state,
        names=names,
        notes=told,
        asked=asked,
        total=total,
        lines=asked.shown(searcher),
        sorts=LINE_SORTS,
        size=size,
        pages=present.pages(asked.page, last, lambda number: _lines_url(asked, number, size)),
    )


def _lines_url(asked: Lines, page: int, size: int) -> str:
    return current_site().link(lines_url(asked.state.sorted_by(asked.sort).at_page(page), size))


@pages.get("/facet/<field>")
def facet(field: str) -> str:
    """Show all values of one facet under the current search."""
    if field not in FACETS:
        abort(404)
    state, wrong = from_args(request.args.to_dict(flat=False))
    searcher, names = current_archive().open()
    prefix = request.args.get("prefix", "")
    asked, notes = state.request()
    found = searcher.facet(asked, field, prefix, _FACET_PAGE)
    told = [*wrong, *notes, *filter_notes(state, names)]
    return render("facet.html", state=state, facet=found, prefix=prefix, names=names, notes=told)
