"""Leads entries back to the bytes the site sent, and says whether they still give the same text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from indexer.acquire import page_store
from indexer.config import DataFolder
from indexer.crawl.ledger import Capture
from indexer.crawl.warc import PageStore
from indexer.entrystore import read_entries
from indexer.errors import DecodeError
from indexer.manifest import Manifest
from indexer.model import Entry, Page
from indexer.parse.decode import decode
from indexer.pipeline import parse_pages
from indexer.progress import Progress, silent
from indexer.search.factory import open_searcher
from indexer.search.query import SearchRequest


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an entry's page lies, and how it was read."""

    capture: Capture
    encoding: str
    """How the page's bytes were read; empty when they cannot be."""


def provenance(data: DataFolder, url: str) -> Provenance | None:
    """Give the capture that a page's entries were made from; None when the page is not in the store.

    Raises `StoreError` when the store or its ledger is damaged.
    """
    store = page_store(data)
    with store.ledger() as ledger:
        captures = [capture for capture in ledger.captures(url) if capture.status in (200, 304)]
        holder = ledger.with_bytes(captures[-1]) if captures else None
    if holder is None:
        return None
    try:
        encoding = decode(store.read(holder).body).encoding
    except DecodeError:
        encoding = ""
    return Provenance(holder, encoding)


def rebuild_entry(data: DataFolder, manifest: Manifest, entry: Entry) -> Entry | None:
    """Make an entry again from the stored records; None when they give none at its place.

    The pages of the same folder are parsed with it, since an entry may run over two of them.
    """
    pages = list(_pages_beside(page_store(data), entry.url))
    entries, _ = parse_pages(pages, manifest.volumes)
    return next((each for each in entries if (each.url, each.position) == (entry.url, entry.position)), None)


def verify(data: DataFolder, manifest: Manifest, progress: Progress = silent) -> list[str]:
    """Read every record, parse it again and compare with `entries.jsonl` and the index; give what differs.

    Raises `StoreError` for a damaged record, `StaleIndex` for a damaged index.
    """
    store = page_store(data)
    parsed, _ = parse_pages(list(store.pages()), manifest.volumes, progress)
    from_records = {entry.id: entry for entry in parsed}
    kept = {entry.id: entry for entry in read_entries(data.entries)}
    indexed = {entry.id: entry for entry in open_searcher(data.root).entries(SearchRequest())}
    return [
        *_differences(from_records, kept, "entries.jsonl", "the stored pages", "nianjian parse"),
        *_differences(kept, indexed, "the index", "entries.jsonl", "nianjian index"),
    ]


def differing_fields(one: Entry, other: Entry) -> Sequence[str]:
    """Name the fields in which two entries differ."""
    first, second = one.to_record(), other.to_record()
    return [name for name in first if first[name] != second[name]]


def _differences(
    right: dict[str, Entry], found: dict[str, Entry], place: str, source: str, remedy: str
) -> Iterator[str]:
    for name in sorted(right.keys() | found.keys()):
        if name not in found:
            yield f"{name} is not in {place}, but {source} give it; run `{remedy}`"
        elif name not in right:
            yield f"{name} is in {place}, but {source} do not give it; run `{remedy}`"
        elif right[name] != found[name]:
            fields = ", ".join(differing_fields(right[name], found[name]))
            yield f"{name}: {fields} in {place} not as {source} give it; run `{remedy}`"


def _pages_beside(store: PageStore, url: str) -> Iterator[Page]:
    folder = str(PurePosixPath(url).parent)
    with store.ledger() as ledger:
        for capture in ledger.latest():
            if str(PurePosixPath(capture.url).parent) == folder and (page := store.page(ledger, capture)):
                yield page
