"""Writes what a search has that is new as an Atom feed (RFC 4287), page by page (RFC 5005)."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from indexer.model import Entry
from search_app.shown.addresses import entry_url, feed_url, search_url
from search_app.shown.citing.reference import Reference
from search_app.shown.describing.newest import Newest
from search_app.shown.describing.xmltext import xml_text
from search_app.shown.links import SearchState
from search_app.words.language import gettext

KIND = "application/atom+xml"
LANGUAGE = "zh-CN"
"""Of the texts that a feed carries: the archive's, not the reader's."""
_SUMMARY = 300
"""Characters of an entry's text."""


def feed(
    found: Newest, state: SearchState, cite: Callable[[Entry], Reference], root: str, unknown: datetime, title: str
) -> bytes:
    """Return a page of the feed of a search.

    `root` is what the archive's addresses begin with, `unknown` the time that a feed has which holds nothing.
    """
    here = root + feed_url(state)
    made = FeedGenerator()
    made.id(_iri(here))
    made.title(xml_text(title))
    made.author({"name": gettext("年鉴检索")})  # of entries without a signature: the standard wants one
    made.language(LANGUAGE)
    made.updated(found.latest or unknown)
    made.generator("")
    made.link(href=root + feed_url(state, found.page), rel="self", type=KIND)
    made.link(href=root + search_url(SearchState(state.text, state.filters)), rel="alternate", type="text/html")
    for rel, page in (("first", 1), ("previous", found.page - 1), ("next", found.page + 1), ("last", found.last)):
        if found.last > 1 and 1 <= page <= found.last:
            made.link(href=root + feed_url(state, page), rel=rel, type=KIND)
    for entry, since in found.entries:
        made.add_entry(_entry(entry, cite(entry), root, since), order="append")
    written: bytes = made.atom_str()
    return written


def _entry(entry: Entry, cited: Reference, root: str, since: datetime) -> FeedEntry:
    made = FeedEntry()
    address = root + entry_url(entry.id)
    made.id(_iri(address))
    made.title(xml_text(cited.title))
    made.updated(since.astimezone(UTC))
    made.link(href=address, rel="alternate", type="text/html")
    for name in cited.authors:
        made.author({"name": xml_text(name)})
    if cited.section:
        made.category({"term": xml_text(cited.section)})
    text = entry.body.strip() or "\n".join(entry.captions).strip()
    if text:
        made.summary(xml_text(text if len(text) <= _SUMMARY else f"{text[:_SUMMARY]}…"), type="text")
    return made


def _iri(address: str) -> str:
    """Return the id of what is at an address: the address itself, or what is made of it where it is not a public one."""
    return address if "://" in address else uuid5(NAMESPACE_URL, address).urn
