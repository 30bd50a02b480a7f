"""Finds the page that somebody wants to look at: by its URL, an entry's id, or a saved file."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from indexer.config import DataFolder
from indexer.errors import ConfigError, IndexFailure, StoreError, most_alike
from indexer.files.entrystore import read_entries, read_problems, read_reports
from indexer.files.forgotten import forgotten
from indexer.imports.findings import NO_URL
from indexer.imports.folders import read_file
from indexer.imports.savedfiles import PAGE_SUFFIXES, readable_name
from indexer.imports.settings import Reading
from indexer.manifest import Manifest
from indexer.model import Page, Skipped
from indexer.parse.listed import listed_titles, titles_of
from indexer.parse.problems import Code
from indexer.search.factory import open_stored
from indexer.stages.deciding import pages_of_text
from indexer.stages.importing import check_base_url, page_store
from indexer.stages.preview.shown import Preview, preview
from indexer.store.held import Held
from indexer.urls import page_key
from indexer.warc.records import Fetched

_COMPARED = frozenset({Code.LONG, Code.FEW, Code.NEAR_NAME, Code.SAME_ID})
"""Problems that only a comparison with other pages can find."""

_NOWHERE = "http://unknown.invalid/"
"""Stands for the folder of a saved file of unknown URL while the file is read."""


def preview_asked(data: DataFolder, manifest: Manifest, asked: str, base_url: str | None = None) -> Preview:
    """Parse the page asked for and show what becomes of its text.

    `asked` is the URL of a stored page, the path of a saved file, or the id of an entry on a stored page.  `base_url`
    is the URL of a saved file's folder, if its path does not show it.  For a stored page, what the last parse found by
    comparison with other pages is added.

    Raises `ConfigError`, naming the nearest match, if there is no such page, `StoreError` if it cannot be read.
    """
    check_base_url(base_url)
    if "://" not in asked and Path(asked).exists():
        return preview((_saved(Path(asked), manifest, base_url),), manifest.volumes)
    url = asked if "://" in asked else page_of_entry(data, asked)
    chain = tuple(_stored(data, manifest, url))
    titles = titles_of((page.url for page in chain), listed_titles(read_reports(data.pages)))
    shown = preview(chain, manifest.volumes, titles)
    return _compared(data, shown)


def _saved(path: Path, manifest: Manifest, base_url: str | None) -> Page:
    """Read a saved file; if its URL cannot be determined, its file URL is used instead."""
    shown = readable_name(str(path))
    if path.is_dir():
        raise ConfigError("preview-folder", path=shown)
    reading = Reading(readable_name(path.name), base_url, manifest.volumes)
    found = read_file(path, path.parent, reading)
    is_told = not (isinstance(found, Skipped) and found.why == NO_URL)
    if not is_told:
        found = read_file(path, path.parent, replace(reading, base_url=_NOWHERE))
    if isinstance(found, Fetched):
        return found.page if is_told else replace(found.page, url=path.absolute().as_uri())
    if isinstance(found, Skipped):
        raise ConfigError("preview-left-out", path=shown, reason=found.why)
    raise ConfigError("preview-no-page", path=shown)


def _stored(data: DataFolder, manifest: Manifest, url: str) -> Iterator[Page]:
    """Yield a page of the store and those that its text runs over, in order."""
    store = page_store(data, manifest)
    page = store.spellings.key(url)
    if page in forgotten(data.forgotten):
        raise ConfigError("page-forgotten", url=page)
    with store.ledger() as ledger:
        if not store.page_captures(ledger, page):
            other = most_alike(page, {store.spellings.key(each.page) for each in ledger.captures() if each.is_page})
            if other:
                raise ConfigError("page-not-held-nearest", url=page, nearest=other)
            raise ConfigError("page-not-held-nor-any", url=page)
    urls = pages_of_text(store, manifest, page)
    with store.ledger() as ledger:
        for each in urls:
            held = store.latest(ledger, each)
            if held is None:
                raise StoreError("page-never-answered", url=each)
            if not isinstance(held, Held):
                raise StoreError("page-lost", url=each, reason=held.why)
            yield held.page


def page_of_entry(data: DataFolder, name: str) -> str:
    """Return the URL of the page that an entry is on, according to the index or `entries.jsonl`."""
    if "/" in name or name.lower().endswith(tuple(PAGE_SUFFIXES)):
        raise ConfigError("preview-path-missing", path=name)
    with suppress(IndexFailure):
        if entry := open_stored(data.root).get(name):
            return entry.url
    if not data.entries.exists():
        raise ConfigError("preview-no-entries", name=name)
    for entry in read_entries(data.entries):
        if entry.id == name:
            return entry.url
    other = most_alike(name, (entry.id for entry in read_entries(data.entries)))
    raise ConfigError("preview-unknown", name=name, nearest=other)


def _compared(data: DataFolder, shown: Preview) -> Preview:
    """Add what the last parse found by comparison: the section from index pages, and what stands out in the volume."""
    section = shown.section
    if not section and shown.entries:
        with suppress(IndexFailure):
            entry = open_stored(data.root).get(shown.entries[0].id)
            section = entry.section if entry and page_key(entry.url) in shown.urls else ""
    more = read_problems(data.problems) if data.problems.exists() else iter(())
    doubts = tuple(each for each in more if each.url in shown.urls and each.code in _COMPARED)
    return replace(shown, section=section, problems=shown.problems + doubts)
