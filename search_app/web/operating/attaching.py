"""Attaches to an app what counts and logs its requests, as far as that is asked for."""

from typing import Any

from flask import Flask, request

from search_app.following.archive import Archive
from search_app.web.operating.counting import Counts
from search_app.web.operating.exposing import add_metrics
from search_app.web.operating.facts import ARGUMENTS, ROUTE
from search_app.web.operating.settings import Operating
from search_app.web.operating.watching import Watcher


def add_watching(app: Flask, operating: Operating, archive: Archive) -> None:
    """Have an app's requests watched; where nothing is asked for, nothing is added to any."""
    if not operating.counts and not operating.log:
        return
    counts = Counts() if operating.counts else None
    if counts is not None:
        add_metrics(app, counts)
    app.url_value_preprocessor(_note_route)
    watcher = Watcher(operating, counts, archive.last_generation)
    app.wsgi_app = watcher.watched(app.wsgi_app)  # type: ignore[assignment, method-assign]


def _note_route(endpoint: str | None, arguments: dict[str, Any] | None) -> None:
    """Note which route a request has, before anything can answer it: Flask forgets it once it has been answered."""
    if request.url_rule is not None:
        request.environ[ROUTE] = request.url_rule.rule
        request.environ[ARGUMENTS] = arguments
