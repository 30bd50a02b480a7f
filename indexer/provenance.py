"""Leads entries back to the bytes the site sent, and says whether they still give the same text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from indexer.acquire import page_store
from indexer.config import DataFolder
from indexer.entrystore import read_entries
from indexer.errors import DecodeError
from indexer.manifest import Manifest
from indexer.model import Entry, Page
from indexer.parse.decode import decode
from indexer.pipeline import parse_pages
from indexer.progress import Progress, silent
from indexer.search.factory import open_searcher
from indexer.search.query import SearchRequest
from indexer.store.ledger import Capture
from indexer.store.pagestore import PageStore


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

    Of the three only what the records give is held in memory, unless the index has more than `entries.jsonl`.

    Raises `StoreError` for a damaged record, `StaleIndex` for a damaged index.
    """
    parsed, _ = parse_pages(list(page_store(data).pages()), manifest.volumes, progress)
    from_records = {entry.id: entry for entry in parsed}
    searcher = open_searcher(data.root)
    kept: dict[str, bool] = {}
    """Id to whether the index has it."""
    found: list[str] = []
    for entry in read_entries(data.entries):
        found += _difference(entry.id, from_records.get(entry.id), entry, _AGAINST_RECORDS)
        indexed = searcher.get(entry.id)
        found += _difference(entry.id, entry, indexed, _AGAINST_ENTRIES)
        kept[entry.id] = indexed is not None
        progress("verify", len(kept), len(from_records))
    for name in from_records.keys() - kept.keys():
        found += _difference(name, from_records[name], None, _AGAINST_RECORDS)
    if len(searcher) > sum(kept.values()):
        for entry in searcher.entries(SearchRequest()):
            if entry.id not in kept:
                found += _difference(entry.id, None, entry, _AGAINST_ENTRIES)
    return sorted(found)


def differing_fields(one: Entry, other: Entry) -> Sequence[str]:
    """Name the fields in which two entries differ."""
    first, second = one.to_record(), other.to_record()
    return [name for name in first if first[name] != second[name]]


_AGAINST_RECORDS = "entries.jsonl", "the stored pages", "nianjian parse"
_AGAINST_ENTRIES = "the index", "entries.jsonl", "nianjian index"
"""What is compared, with what, and what mends it."""


def _difference(name: str, right: Entry | None, found: Entry | None, sides: tuple[str, str, str]) -> Iterator[str]:
    place, source, remedy = sides
    if right == found:
        return
    if found is None:
        yield f"{name} is not in {place}, but {source} give it; run `{remedy}`"
    elif right is None:
        yield f"{name} is in {place}, but {source} do not give it; run `{remedy}`"
    else:
        fields = ", ".join(differing_fields(right, found))
        yield f"{name}: {fields} in {place} not as {source} give it; run `{remedy}`"


def _pages_beside(store: PageStore, url: str) -> Iterator[Page]:
    folder = str(PurePosixPath(url).parent)
    with store.ledger() as ledger:
        for capture in ledger.latest():
            if str(PurePosixPath(capture.url).parent) == folder and (page := store.page(ledger, capture)):
                yield page
