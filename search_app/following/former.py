"""Finds what an id meant before and what has become of it, for readers who come with an old citation."""

from collections.abc import Callable, Collection
from functools import cache

from indexer.config import DataFolder
from indexer.files.ids import Change, follow, pages_of, text_hash
from indexer.model import Entry
from indexer.urls import page_key
from search_app.following.archive import Archive
from search_app.shown.present import Former, Gone


def former_meanings(archive: Archive, entry: Entry) -> tuple[Former, ...]:
    """Return what else an entry's id has meant, oldest first."""
    found = []
    for change in archive.records.changes().get(entry.id, ()):
        now = _shown(archive, change)
        if change.was_sha256 and now != entry.id and change.was_sha256 != text_hash(entry):
            found.append(Former(change.at[:10], change.was, now))
    return tuple(found)


def gone(archive: Archive, entry_id: str) -> Gone | None:
    """Return what became of an id that no entry has; None if it never was an entry's."""
    return gone_among(archive, (entry_id,))(entry_id)


def gone_among(archive: Archive, ids: Collection[str]) -> Callable[[str], Gone | None]:
    """Return the function that says of each of some ids what `gone` does; records are read once for all of them."""
    pages = cache(lambda: pages_of(DataFolder(archive.data_dir).ids, ids))

    def find(entry_id: str) -> Gone | None:
        if archive.hides(entry_id):
            return Gone(None, "")
        changes = archive.records.changes().get(entry_id)
        if changes:
            last = changes[-1]
            if archive.is_forgotten(page_key(last.page)):
                return Gone(None, "")
            return Gone(_shown(archive, last), last.was)
        page = pages().get(entry_id)
        return Gone(None, "") if page is not None and archive.is_forgotten(page_key(page)) else None

    return find


def _shown(archive: Archive, change: Change) -> str | None:
    """Return the id that a replaced text has today; None if it is gone or its entry may not be shown."""
    now = follow(archive.records.changes(), change)
    return now if now is not None and archive.searcher().get(now) is not None else None
