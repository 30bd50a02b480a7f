"""The records that travel between the stages: plain frozen values that know no file, network or engine."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

VALID_ID = re.compile(r"[\w.~@-]{1,200}")
"""What an entry's id may be: it stands in addresses, file names and citations."""


@dataclass(frozen=True, slots=True)
class Volume:
    """One yearbook of one year, as the manifest describes it."""

    id: str
    title: str
    year: int
    """Year in the volume's name (the 2002 volume); what readers filter by."""
    covers_year: int
    """Year whose events the volume records (2001 for the 2002 volume)."""
    yearbook: str
    """Name of the yearbook that it is a volume of."""
    publisher: str
    licence: str
    layout: str
    """Name of a row in `indexer.parse.layouts.LAYOUTS`."""
    seeds: tuple[str, ...]
    """URLs from which the volume's pages can be reached."""
    scope: tuple[str, ...]
    """URL prefixes of the pages that belong to the volume."""
    hosts: tuple[str, ...] = ()
    """Other spellings of the host, with a scheme or for both: what was captured under them is the same page."""

    short: str = ""
    """The yearbook's name in a word, for citations; this and what follows is empty where the manifest says nothing."""
    editor: str = ""
    place: str = ""
    printed: int = 0
    """Year of the printed volume."""
    isbn: str = ""
    contact: str = ""
    """Who answers for a crawl of it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One response as the site sent it; `body` is never altered."""

    url: str
    fetched_at: datetime
    """Time of the capture, UTC, whole seconds."""
    status: int
    content_type: str
    body: bytes

    @property
    def digest(self) -> str:
        """`sha256:` and 64 hexadecimal digits of the body."""
        return f"sha256:{sha256(self.body).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that came in, or might have, and is not stored."""

    name: str
    """Of the file, member or URL; with the offset, where it is a record, or the time, where it is a capture."""
    why: str
    lost: bool = False
    """Whether it should have been stored: it cannot be read, or its URL cannot be told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the parser could not understand and did not guess."""

    url: str
    where: str
    """Place in the page: a frame part, a line's opening or a byte offset."""
    code: str
    """What kind of problem it is, one of `indexer.parse.problems.Code`: with its page, what a review ticks off."""
    values: tuple[str, ...]
    """What was seen and what it may be instead; which, and the sentence that they stand in, the code says."""

    @property
    def brief(self) -> str:
        """Code and values in a line, for a log."""
        return ": ".join((self.code, ", ".join(self.values))) if self.values else self.code


@dataclass(frozen=True, slots=True)
class PageReport:
    """What parsing made of one stored page."""

    url: str
    volume: str
    section: str
    heading: str
    kind: str
    """`entries`, `list`, `news` or `other`."""
    encoding: str
    """How its bytes were read; empty when they were not."""
    entries: int
    problems: int
    links: tuple[tuple[str, str], ...]
    """Words and URL of its links into known volumes."""
    digest: str = ""
    """Of the bytes that were parsed; empty in files of an older version."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One yearbook entry, the unit that is indexed, shown and cited."""

    id: str
    """`<volume>-<page number from the URL>-<position>`; permanent, citations rest on it."""
    volume: str
    year: int
    """The volume's year, not the event's; 0 when no source gives it."""
    section: str
    """The section as printed in the breadcrumb, else as the volume's index pages name it; empty when unknown."""
    heading: str
    """The page's heading without title brackets: the context of generic titles such as 概况."""
    title: str
    authors: tuple[str, ...]
    signature: str
    """The closing signature as printed, brackets included; empty when there is none."""
    body: str
    """Paragraphs as printed, separated by newlines; cells of a table row by tabs."""
    captions: tuple[str, ...]
    """Text that stands apart from the body: photo captions, officers' lines, a speech's by-line."""
    url: str
    position: int
    """1 for the first entry of the page."""
    order: int = 0
    """Place of the page in its volume, from 1, as the volume's index pages list its pages; 0 when unknown."""

    def to_record(self) -> dict[str, Any]:
        """Give the entry as the JSON object that `entries.jsonl` and the interfaces hold."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Entry":
        """Make the entry of a JSON object whose keys and types are right."""
        fields = dict(record)
        fields["authors"], fields["captions"] = tuple(record["authors"]), tuple(record["captions"])
        return cls(**fields)
