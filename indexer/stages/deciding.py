"""Carries out what people decide about pages: to take one out of the archive, or back in."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from indexer.config import DataFolder
from indexer.errors import ConfigError, IndexFailure
from indexer.files.forgotten import Decision, decide, forgotten
from indexer.manifest import Manifest
from indexer.parse.page.pages import chain_pages, frame_page
from indexer.search.factory import generation_time, open_answering
from indexer.stages.importing import page_store
from indexer.store.pagestore import PageStore
from indexer.urls import page_key


def forget_page(
    data: DataFolder, manifest: Manifest, url: str, reason: str, *, undo: bool, now: datetime | None = None
) -> Decision:
    """Note that a page is to be forgotten, or no longer.

    Raises `ConfigError` when there is nothing to forget or to undo.
    """
    store = page_store(data, manifest)
    page = store.spellings.key(url)
    known = forgotten(data.forgotten)
    if undo and page not in known:
        raise ConfigError(f"{page} is not forgotten; `nianjian forget` lists what is")
    if not undo:
        if page in known:
            raise ConfigError(f"{page} is forgotten already; --undo takes it in again")
        with store.ledger() as ledger:
            held = bool(store.page_captures(ledger, page))
        if not held and not _indexed(data, page):
            raise ConfigError(f"no page {page} is held; give its whole URL, as an entry's page shows it")
    at = (now or _later_than_the_index(data)).astimezone(UTC).isoformat(timespec="microseconds")
    also = () if undo else _going_on_in(store, manifest, page)
    return decide(data.forgotten, Decision(page, at, reason, undo, also))


def _later_than_the_index(data: DataFolder) -> datetime:
    """Give the time, or one later than that of the index, which a clock that ran ahead may have given."""
    now = datetime.now(UTC)
    with suppress(IndexFailure):
        made_at = datetime.fromtimestamp(generation_time(data.root), UTC)
        return max(now, made_at + timedelta(microseconds=1))
    return now


def _going_on_in(store: PageStore, manifest: Manifest, page: str) -> tuple[str, ...]:
    """Give the pages that go on in one another with a page: their entries have its text."""
    for chain in chain_pages(frame_page(each, manifest.volumes) for each in store.beside(page)):
        urls = tuple(framed.url for framed in chain)
        if page in urls:
            return tuple(url for url in urls if url != page)
    return ()


def _indexed(data: DataFolder, page: str) -> bool:
    try:
        return any(page_key(entry.url) == page for entry in open_answering(data.root))
    except IndexFailure:
        return False
