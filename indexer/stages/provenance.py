"""Traces an entry back to the bytes that the site sent, and rebuilds it from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.config import DataFolder
from indexer.errors import DecodeError
from indexer.files.entrystore import read_reports
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.parse.listed import listed_titles
from indexer.parse.page.decoding.decode import decode
from indexer.stages.importing import page_store
from indexer.stages.parsing.stream import parse_pages
from indexer.store.held import Held
from indexer.store.ledger import Loss
from indexer.warc.records import Capture

_HELD = "SELECT page, fetched_at, digest, kind, status, is_page FROM captures ORDER BY fetched_at, file, offset"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an entry's page is stored, and how it was read."""

    capture: Capture
    encoding: str
    """The encoding in which the page's bytes were read; empty if they cannot be."""
    lost: tuple[Loss, ...] = ()
    """Later captures of the page that can no longer be read."""


def provenance(data: DataFolder, manifest: Manifest, url: str, *, as_it_is: bool = False) -> Provenance | Loss | None:
    """Return the capture that a page's entries are made from, a loss if none can be read, or None if none is stored.

    With `as_it_is` the ledger is used without bringing it up to date, so that a web page need not wait until new files
    have been read.

    Raises `StoreError` if the ledger is damaged.
    """
    store = page_store(data, manifest)
    with store.ledger(as_it_is=as_it_is) as ledger:
        held = store.latest(ledger, url)
    if not isinstance(held, Held):
        return held
    try:
        encoding = decode(held.page.body).encoding
    except DecodeError:
        encoding = ""
    return Provenance(held.capture, encoding, held.lost)


@dataclass(frozen=True, slots=True)
class PageCapture:
    """When the bytes of a page were captured, and what they are known by."""

    at: str
    """ISO 8601, UTC."""
    digest: str
    """`sha256:` and 64 hexadecimal digits."""


def captured_pages(data: DataFolder, manifest: Manifest | None) -> dict[str, PageCapture]:
    """Return the capture that holds the bytes of each page's latest version, by URL, for all pages in one query.

    The ledger is used as it is, and no record is read: of a page whose latest record turns out to be unreadable,
    `provenance` names the one before it.

    Raises `StoreError` if the ledger is damaged.
    """
    store = page_store(data, manifest)
    with store.ledger(as_it_is=True) as ledger:
        rows = ledger.rows(_HELD)
    # Of a version that came several times, the record that has its bytes.
    holders: dict[tuple[str, str], tuple[str, bool]] = {}
    latest: dict[str, tuple[str, str]] = {}
    for page, at, digest, kind, _, is_page in rows:
        if kind != "revisit":
            holders[store.spellings.under_main(page), digest] = at, bool(is_page)
    for page, _, digest, _, status, _ in rows:
        version = store.spellings.under_main(page), digest
        if status in (200, 304) and holders.get(version, ("", False))[1]:
            latest[version[0]] = version
    return {page: PageCapture(_utc(holders[version][0]), version[1]) for page, version in latest.items()}


def _utc(at: str) -> str:
    """Return a time of the ledger as times are written for others: to the second, with Z."""
    return f"{at[:19]}Z"


def rebuild_entry(data: DataFolder, manifest: Manifest, entry: Entry) -> Entry | None:
    """Rebuild an entry from the stored records; return None if they no longer produce one at its place.

    The pages of the same folder are parsed with it, since an entry may run over two of them.  Titles, order and missing
    sections, which index pages in other folders may supply, are taken from the last parse.
    """
    store = page_store(data, manifest)
    url = store.spellings.key(entry.url)
    listed = listed_titles(read_reports(data.pages))
    entries, _ = parse_pages(list(store.beside(url)), manifest.volumes, listed)
    again = next((each for each in entries if (each.url, each.position) == (url, entry.position)), None)
    return again and replace(again, order=entry.order, section=again.section or entry.section)


def differing_fields(one: Entry, other: Entry) -> Sequence[str]:
    """Return the names of the fields in which two entries differ."""
    first, second = one.to_record(), other.to_record()
    return [name for name in first if first[name] != second[name]]
