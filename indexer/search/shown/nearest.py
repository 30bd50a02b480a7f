"""Decides which entries are shown as near to a query that none or few entries match, and in which order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from indexer.search.query.notes import Note, NoteCode, note
from indexer.search.query.plan import unquoted
from indexer.search.query.tree import SearchRequest
from indexer.search.shown.results import Evidence, Hit, Nearest

FEW = 5
"""Entries that come near are listed if fewer than this match."""
MAX_NEAREST = 50
"""Entries that come near which are listed, over all pages."""


class Evident(Protocol):
    """What an engine must answer; `indexer.search.engine.Searcher` says more."""

    def evidence(self, request: SearchRequest, limit: int, *, near_enough: bool = False) -> tuple[Evidence, ...]:
        """Return the entries that come nearest."""

    def near_hits(self, request: SearchRequest, found: Sequence[Evidence]) -> tuple[Hit, ...]:
        """Return the hits of such entries."""


def nearest(engine: Evident, request: SearchRequest, total: int, page: int = 1) -> Nearest:
    """Return a page of the entries that come near, `request.size` at a time, given how many match.

    They are listed if fewer than `FEW` match.  If none matches, those that come near enough go first; others follow
    only if these are few.  At most `MAX_NEAREST` are listed, over all pages.
    """
    first, last = (page - 1) * request.size, page * request.size
    if not request.size or total >= FEW:
        return Nearest()
    # One more than is shown tells whether another page follows.
    limit = min(MAX_NEAREST, max(FEW, last + 1))
    near = _listed(engine, request, total, limit)
    notes: tuple[Note, ...] = ()
    words = request.query and unquoted(request.query)
    if not near and not total and words != request.query:
        request = replace(request, query=words)
        near = _listed(engine, request, total, limit)
        notes = (note(NoteCode.QUOTES_AS_WORDS),) if near else ()
    hits = engine.near_hits(request, near[first:last])
    if page > 1 and not hits:
        notes = (note(NoteCode.PAST_NEAREST, page=page),)
    return Nearest(hits, len(near) > last, notes)


def _listed(engine: Evident, request: SearchRequest, total: int, limit: int) -> tuple[Evidence, ...]:
    enough = () if total else engine.evidence(request, limit, near_enough=True)
    if len(enough) >= FEW:
        return enough
    known = {each.id for each in enough}
    others = (each for each in engine.evidence(request, limit) if each.id not in known)
    return (*enough, *others)[:limit]
