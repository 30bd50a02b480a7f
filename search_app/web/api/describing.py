"""Describes the interface to who would use it: as an OpenAPI document, and as a page with the same contents."""

import shlex
from contextlib import suppress
from urllib.parse import parse_qsl, unquote_plus

from flask import Blueprint
from werkzeug.sansio.response import Response

from indexer.errors import YearbookError
from indexer.search.engine import Searcher
from indexer.search.query.tree import SearchRequest
from search_app.shown.browsing.examples import ExampleKind, examples
from search_app.shown.naming import Names
from search_app.web.api.described.arguments import SEARCHED
from search_app.web.api.described.document import document
from search_app.web.api.described.parts import Route, Samples
from search_app.web.api.described.routes import ROUTES
from search_app.web.api.freshness import by_content
from search_app.web.current import current_archive, current_site
from search_app.web.reader.rendering import render

BASE = "/api/v1"
_LOCAL = "http://127.0.0.1:8000"
"""Where `nianjian serve` answers unless it is told otherwise; a site with an address of its own says so."""
_WITHOUT_ARCHIVE = Samples("2001", "2002", "2001-1-1", "2")
"""What the examples ask for where no index answers, or none has anything."""

pages = Blueprint("interface", __name__)


def openapi() -> Response:
    """Answer with the description of the interface (OpenAPI 3.1), in the reader's language."""
    return by_content(document(current_site().absolute(BASE), _samples()))


@pages.get("/api")
def page() -> str:
    """Show the description of the interface, each route with an example to try."""
    samples = _samples()
    examples = [(route, current_site().link(BASE + route.address(samples)), _curl(route, samples)) for route in ROUTES]
    return render("api.html", examples=examples, searched=SEARCHED, readable=unquote_plus)


def _curl(route: Route, samples: Samples) -> str:
    """Return what is typed to try a route from a terminal, arguments as they are read."""
    site = current_site()
    path, _, args = route.address(samples).partition("?")
    address = (site.origin or _LOCAL) + site.link(BASE + path)
    given = [f"--data-urlencode {shlex.quote(f'{name}={text}')}" for name, text in parse_qsl(args)]
    return " ".join(["curl", *(["-G"] if given else []), shlex.quote(address), *given])


def _samples() -> Samples:
    with suppress(YearbookError):
        return current_archive().once(_found)
    return _WITHOUT_ARCHIVE


def _found(searcher: Searcher, names: Names) -> Samples:
    """Choose examples that find something in this very archive."""
    chosen = {each.kind: each.state.text for each in examples(searcher, names)}
    query = chosen.get(ExampleKind.WORD) or _WITHOUT_ARCHIVE.query
    other = chosen.get(ExampleKind.QUOTED) or _WITHOUT_ARCHIVE.other
    first = next(searcher.entries(SearchRequest()), None)
    return Samples(query, other, first.id if first else _WITHOUT_ARCHIVE.entry, query[:1])
