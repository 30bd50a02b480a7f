"""Finds which entry ids have changed their meaning between one index and the next."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Protocol

from indexer.files.ids import Change, Meaning, became, text_hash, text_of
from indexer.model import Entry
from indexer.urls import page_key


class Before(Protocol):
    """The entries of the previous index."""

    created: str

    def __iter__(self) -> Iterator[Entry]:
        """Iterate over all entries."""

    def get(self, entry_id: str) -> Entry | None:
        """Return the entry with an id, or None."""


def changed_meanings(
    known: Iterable[Meaning],
    before: Before | None,
    entries: "Entries",
    hidden: frozenset[str],
    now: datetime | None = None,
) -> Iterator[Meaning]:
    """Yield a line for each id that is new, means another text, or no longer means any.

    `known` holds the lines so far; if there are none, the meanings in the previous index come first.  An id whose page
    is `hidden` (forgotten, not gone) keeps its meaning.  What has become of an old text is looked for among the entries
    of its page, and by equal hashes among all.
    """
    at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    last = {each.id: each for each in known}
    if not last and before is not None:
        for entry in before:
            last[entry.id] = _meaning(entry, before.created)
            yield last[entry.id]
    hashes = {entry.id: text_hash(entry) for entry in entries()}
    gone = [each for each in last.values() if each.sha256 and hashes.get(each.id) != each.sha256]
    gone = [each for each in gone if page_key(each.page) not in hidden]
    pages, names = {page_key(each.page) for each in gone}, {each.id for each in gone}
    again: dict[str, Entry] = {}
    concerned: dict[str, list[Entry]] = {}
    for entry in entries():
        if (page := page_key(entry.url)) in pages:
            concerned.setdefault(page, []).append(entry)
        if entry.id in names:
            again[entry.id] = entry
        if entry.id not in last or last[entry.id].sha256 is None:
            yield _meaning(entry, at)
    by_hash = {digest: name for name, digest in reversed(hashes.items())}
    for old in gone:
        here, new = concerned.get(page_key(old.page), []), again.get(old.id)
        yield Change(
            id=old.id,
            at=at,
            page=old.page,
            title=new.title if new else "",
            sha256=hashes.get(old.id),
            was=old.title,
            was_sha256=old.sha256 or "",
            became=_became(old, before, here, by_hash),
        )


class Entries(Protocol):
    """Iterates over the entries of the new index, as often as it is called."""

    def __call__(self) -> Iterator[Entry]:
        """Return an iterator that starts at the first entry."""


def _became(old: Meaning, before: Before | None, here: Iterable[Entry], by_hash: dict[str, str]) -> str | None:
    """Return the id that a text has now, or None if it is gone."""
    assert old.sha256
    if same := by_hash.get(old.sha256):
        return same
    entry = before.get(old.id) if before is not None else None
    if entry is None or text_hash(entry) != old.sha256:
        return None  # only the hash of the text is known
    return became(text_of(entry), here, old.id)


def _meaning(entry: Entry, at: str) -> Meaning:
    return Meaning(entry.id, at, entry.url, entry.title, text_hash(entry))
