"""Says in one line why a call is not answered, and what to do instead.  Knows no protocol."""

import logging

from indexer.errors import IndexFailure, IndexMissing, IndexUnavailable, StaleIndex, YearbookError
from search_app.following.absence import asks_too_much
from search_app.following.archive import Archive, remedy
from search_app.following.former import gone

_log = logging.getLogger(__name__)


class Refused(Exception):  # noqa: N818  (nothing failed: what was asked for cannot be given)
    """A call that is not answered; the message is for the assistant."""


def no_entry(archive: Archive, entry_id: str) -> Refused:
    """Return why there is no such entry: it never was one, has another id now, or is gone."""
    became = gone(archive, entry_id)
    if became is None:
        return Refused(f"no entry has the id {entry_id[:80]!r}; ids come from `search` and the other tools")
    if became.now is not None:
        return Refused(f"the text that had the id {entry_id!r} has the id {became.now!r} now; read that entry")
    was = f"; its title was {became.title!r}" if became.title else ""
    return Refused(f"the entry {entry_id!r} is no longer in the archive{was}")


def failed(archive: Archive, error: Exception) -> Refused:
    """Return what an assistant is told of an error; what names folders of the server goes to its log alone."""
    if not isinstance(error, YearbookError):
        _log.error("nianjian: unexpected error while an assistant was answered", exc_info=error)
        return Refused("an unexpected error; the server's log says more")
    _log.error("nianjian: %s", error)
    if isinstance(error, StaleIndex):
        archive.doubt()
    if not isinstance(error, IndexFailure):
        return Refused("a file of the archive cannot be read; the server's log says which")
    if isinstance(error, IndexUnavailable):
        if asks_too_much(error):
            return Refused("this asks for too much at once; add a word or a filter, or make the query shorter")
        archive.missed(error)
        return Refused(
            "the search cluster does not answer now, which says nothing of what the archive has; "
            "wait half a minute, then call again as before"
        )
    what = "there is no index yet" if isinstance(error, IndexMissing) else "the index cannot be used"
    return Refused(f"{what}; whoever runs this archive runs `{remedy(error)}`, then call again")
