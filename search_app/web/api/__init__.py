"""The interface for programs; what it answers must not change, because other people's scripts rely on it."""

from collections.abc import Mapping

from flask import Blueprint
from flask.typing import RouteCallable

from search_app.web.api import describing, exporting, listing, reading, searching, tables
from search_app.web.api.freshness import label

RULES: Mapping[str, RouteCallable] = {
    "/search": searching.search,
    "/entry/": reading.entry_by_argument,
    "/entry/<entry_id>": reading.entry,
    "/entries": reading.entries,
    "/suggest": searching.suggest,
    "/facet/<field>": searching.facet,
    "/trend": tables.trend,
    "/concordance": tables.concordance,
    "/export": exporting.export,
    "/volumes": listing.volumes,
    "/contributors": listing.contributors,
    "/holdings": listing.holdings,
    "/openapi.json": describing.openapi,
}
"""Every route below `/api/v1`; each but the last is described in `search_app.web.api.described.routes`."""

api = Blueprint("api", __name__, url_prefix="/api/v1")
for _rule, _view in RULES.items():
    api.add_url_rule(_rule, view_func=_view)
api.after_request(label)

__all__ = ["RULES", "api"]
