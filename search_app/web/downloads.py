"""Sends files that may be long: whole if they are short, else streamed, few at a time."""

from collections.abc import Iterable
from itertools import chain, islice
from threading import BoundedSemaphore

from flask import Response as Streamed
from flask import current_app
from werkzeug.sansio.response import Response

from search_app.web.errors import Problem
from search_app.words.language import gettext

_HELD = 5000
"""Lines of an answer that are held in memory: one or two megabytes."""


def table(lines: Iterable[str], name: str) -> Response:
    """Return a table's lines as a CSV file of that name."""
    return download(lines, "text/csv", name)


def download(text: Iterable[str], kind: str, name: str) -> Response:
    """Return an answer that may be long: whole if it is short, else streamed.

    Its beginning is made now, so that a fault is still told by a status code.  A stream holds a thread until its reader
    has read it, so there may be few of them: others are answered meanwhile.
    """
    pieces = iter(text)
    held = list(islice(pieces, _HELD))
    if len(held) < _HELD:
        response = Streamed("".join(held), mimetype=kind)
    else:
        free: BoundedSemaphore = current_app.config["STREAMS"]
        if not free.acquire(blocking=False):
            raise Problem(503, "too-many-downloads", gettext("同时下载的人太多，请过一会儿再试"))
        response = Streamed(chain(held, pieces), mimetype=kind)
        response.call_on_close(free.release)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
