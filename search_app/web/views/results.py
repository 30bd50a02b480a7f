"""The pages of a search: its results, and all values of a facet under it."""

from flask import Blueprint, abort, request

from indexer.search.fields import FACETS
from indexer.search.query.tree import SORTS, Exact, Match
from search_app.shown import present
from search_app.shown.answered import answer, filter_notes
from search_app.shown.links import from_args
from search_app.web.archive import current_archive
from search_app.web.rendering import render
from search_app.web.views.home import front

pages = Blueprint("results", __name__)

_FACET_PAGE = 500
"""Values on a facet's own page; further ones are found by typing a prefix."""


@pages.get("/")
def search() -> str:
    """Show the results of a search; without a query, the front page."""
    state, wrong = from_args(request.args.to_dict(flat=False))
    if not state.asks:
        return front()
    searcher, names = current_archive().open()
    found = answer(state, searcher, names)
    page, query = found.page, found.request.query
    last = max(1, -(-page.total // state.size))
    return render(
        "results.html",
        state=state,
        page=page,
        near=found.near,
        notes=[*wrong, *found.notes],
        names=names,
        applied=present.applied(state, names),
        facets=present.shown_facets(page, names),
        sorts=SORTS,
        last=last,
        numbers=present.pages_around(state.page, last),
        single=isinstance(query, Exact) and not query.alike,
        compared=len(searcher),
        reading=page.readings[0] if isinstance(query, Match) and page.readings else None,
        others=found.others,
        ladder=found.ladder,
    )


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
