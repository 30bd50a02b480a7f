"""Sends files that may be long: whole if they are short, else streamed, few at a time."""

from collections.abc import Iterable, Iterator
from contextvars import copy_context
from itertools import chain
from threading import BoundedSemaphore
from time import monotonic
from typing import cast

from flask import Response as Streamed
from flask import current_app, request
from werkzeug.sansio.response import Response

from indexer.errors import IndexUnavailable, StaleIndex
from search_app.following.archive import Archive
from search_app.web.current import current_archive
from search_app.web.errors import Problem
from search_app.web.operating.facts import STREAM, STREAM_BEGUN, STREAM_REFUSED
from search_app.words.language import gettext

_HELD = 1 << 20
"""Characters of an answer that are held in memory."""
_WAITED = 0.05
"""Seconds after which what there is of an answer is sent."""
_BLOCK = 1 << 15
"""Characters that are sent at once."""


def table(lines: Iterable[str], name: str) -> Response:
    """Return a table's lines as a CSV file of that name."""
    return download(lines, "text/csv", name)


def download(text: Iterable[str], kind: str, name: str) -> Response:
    """Return an answer that may be long: whole if it is short, else streamed.

    Its beginning is made now, so that a fault is still told by a status code.  A stream holds a thread until its reader
    has read it, so there may be few of them: others are answered meanwhile.
    """
    pieces = _spoken_alike(text)
    held, is_whole = _beginning(pieces)
    if is_whole:
        response = Streamed(held, mimetype=kind)
    else:
        response = Streamed(chain([held], _blocks(_doubting(pieces, current_archive()))), mimetype=kind)
        response.call_on_close(_streams().release)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _spoken_alike(pieces: Iterable[str]) -> Iterator[str]:
    """Make pieces in the language of this request, whichever thread asks for them, and whatever it answered meanwhile."""
    here, following = copy_context(), iter(pieces)
    while (piece := here.run(next, following, None)) is not None:
        yield piece


def _streams() -> BoundedSemaphore:
    return cast(BoundedSemaphore, current_app.config["STREAMS"])


def _beginning(pieces: Iterator[str]) -> tuple[str, bool]:
    """Return the beginning of an answer, as much as is made in a moment, and whether it is all of it.

    If not, one of the streams is taken.  Where none is free, an answer is held that is short, and refused (503) if not.
    """
    until = monotonic() + _WAITED
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if (size > _HELD or monotonic() > until) and _streams().acquire(blocking=False):
            request.environ[STREAM] = STREAM_BEGUN
            return "".join(held), False
        if size > _HELD:
            request.environ[STREAM] = STREAM_REFUSED
            raise Problem(503, "too-many-downloads", gettext("同时下载的人太多，请过一会儿再试"))
    return "".join(held), True


def _doubting(pieces: Iterator[str], archive: Archive) -> Iterator[str]:
    """Give the pieces; where the index makes no sense in the midst of them, what answers next is checked before it does.

    Where a cluster does not answer, nothing is wrong with the index, but watchdogs are told.  Either way the answer
    breaks off, since its status has been sent; a reader sees that it has no end.
    """
    try:
        yield from pieces
    except StaleIndex:
        archive.doubt()
        raise
    except IndexUnavailable as error:
        archive.missed(error)
        raise


def _blocks(pieces: Iterator[str]) -> Iterator[str]:
    """Join short pieces, since each that is sent costs a server more than making it."""
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > _BLOCK:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)
