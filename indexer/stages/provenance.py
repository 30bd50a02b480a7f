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
