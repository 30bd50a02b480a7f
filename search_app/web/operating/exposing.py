"""Gives what was counted to whoever watches the archive, and to nobody who comes through a proxy."""

from typing import cast

from flask import Flask, abort, current_app, request
from flask import Response as Answer

from indexer.errors import YearbookError
from search_app.following.archive import Archive
from search_app.web.current import current_archive
from search_app.web.operating.counting import Counts, IndexNow

_PASSED_ON = ("Forwarded", "X-Forwarded-For", "Via")
"""Headers that proxies add to what they pass on; a reader can add them, too, but not take them away."""
_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus' text format."""


def add_metrics(app: Flask, counts: Counts) -> None:
    """Have an app answer `/metrics`, which is no page of an app whose requests are not counted."""
    app.config["COUNTS"] = counts
    app.add_url_rule("/metrics", "metrics", _metrics)


def _metrics() -> Answer:
    """Answer with all counts.

    They tell nothing of single readers, but how much the archive is used is its own affair.  Whoever reaches the
    server's port itself may read them; what a proxy passed on comes from outside.
    """
    if any(name in request.headers for name in _PASSED_ON):
        abort(404)
    counts = cast(Counts, current_app.config["COUNTS"])
    return Answer(counts.told(_index(current_archive())), content_type=_TYPE, headers={"Cache-Control": "no-store"})


def _index(archive: Archive) -> IndexNow | None:
    if archive.is_away():
        return None
    try:
        now = archive.answering()
        return IndexNow(
            now.searcher.generation,
            len(now.searcher),
            now.made_at,
            archive.is_degraded(),
            archive.follows_contributors(),
        )
    except YearbookError:  # `/readyz` says which
        return None
