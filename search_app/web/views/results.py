"""The pages of a search: its hits, its occurrences in their lines, and all values of a facet under it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, request
from werkzeug.sansio.response import Response

from indexer.search.engine import Searcher
from indexer.search.fields import FACETS
from indexer.search.query.notes import Note
from indexer.search.query.tree import SORTS, Exact, Match
from indexer.search.shown.results import ResultPage
from search_app.shown import present
from search_app.shown.addresses import hit_args, lines_url, search_url
from search_app.shown.links import SearchState, from_args
from search_app.shown.naming import Names
from search_app.shown.searching.answered import answer, filter_notes
from search_app.shown.searching.refining import panel
from search_app.shown.tables.concordance import LINE_SORTS, LINES, Lines, lines_from_args
from search_app.web.current import current_archive, current_site
from search_app.web.reader.remembering import remember
from search_app.web.reader.rendering import render
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
def search() -> str | Response:
    """Show the results of a search; without a query, the front page."""
    if (chosen := request.args.get(VIEW)) in VIEWS:
        return remember(VIEW, chosen)
    args = request.args.to_dict(flat=False)
    state, wrong = from_args(args)
    if not state.asks:
        return front()
    searcher, names = current_archive().open()
    found = answer(state, searcher, names)
    page, query = found.page, found.request.query
    last = max(1, -(-page.total // state.size))
    view = request.cookies.get(VIEW, "") if "HTTP_COOKIE" in request.environ else ""
    site = current_site()
    return render(
        "results.html",
        **_frame("/", state, page, searcher, names, [*wrong, *found.notes]),
        near=found.near,
        near_hits=list(enumerate(found.near.hits)),
        view=view if view in VIEWS else VIEWS[0],
        sizes=SIZES,
        pages=present.pages(state.page, last, lambda number: site.link(search_url(state.at_page(number)))),
        groups=[(None, list(enumerate(page.hits)))] if state.sort == SORTS[0] else present.by_volume(page.hits, names),
        hit_args=hit_args(state),
        exact=isinstance(query, Exact) and not query.alike,
        compared=len(searcher),
        reading=page.readings[0] if isinstance(query, Match) and page.readings else None,
        others=found.others,
        ladder=found.ladder,
    )


@pages.get("/concordance")
def concordance() -> str:
    """Show every occurrence of a search in its line."""
    asked, wrong = lines_from_args(request.args.to_dict(flat=False))
    searcher, names = current_archive().open()
    state = asked.state
    sought, notes = state.request()
    page = searcher.search(replace(sought, size=0))
    total = asked.total(searcher, page)
    last = max(1, -(-total // asked.size))
    size = asked.size if asked.size != LINES else 0
    told = [*wrong, *notes, *filter_notes(state, names), *page.notes]
    return render(
        "concordance.html",
        **_frame("/concordance", state, page, searcher, names, told),
        asked=asked,
        total=total,
        lines=asked.shown(searcher),
        sorts=LINE_SORTS,
        size=size,
        pages=present.pages(asked.page, last, lambda number: _lines_url(asked, number, size)),
    )


def _lines_url(asked: Lines, page: int, size: int) -> str:
    return current_site().link(lines_url(asked.state.sorted_by(asked.sort).at_page(page), size))


def _frame(
    path: str, state: SearchState, page: ResultPage, searcher: Searcher, names: Names, notes: Sequence[Note]
) -> dict[str, Any]:
    """Return what the frame of a search shows, whichever way its answer is looked at."""
    return {
        "path": path,
        "state": state,
        "page": page,
        "names": names,
        "notes": notes,
        "applied": present.applied(state, names),
        "panel": panel(state, page, searcher, names, request.args.to_dict(flat=False)),
    }


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
