"""Defines the records passed between the stages as plain frozen values.

None of them reads a file, uses the network or depends on a search engine.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

VALID_ID = re.compile(r"[\w.~@-]{1,200}")
"""Form of an entry's id, which occurs in URLs, file names and citations."""


@dataclass(frozen=True, slots=True)
class Volume:
    """One yearbook of one year, as the manifest describes it."""

    id: str
    title: str
    year: int
    """Year in the volume's name (2002 for the 2002 volume), by which readers filter."""
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
    """Other spellings of the host, with one scheme or for both; captures under them are of the same pages."""

    short: str = ""
    """The yearbook's short name for citations; like the fields below, empty if the manifest does not give it."""
    editor: str = ""
    place: str = ""
    printed: int = 0
    """Year of the printed volume, 0 if not given."""
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
    """Something that was brought in, or might have been, and is not stored."""

    name: str
    """Name of the file, member or URL, with the offset of a record or the time of a capture."""
    why: str
    lost: bool = False
    """Whether it should have been stored, but cannot be read or its URL is unknown."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the parser could not understand and did not guess."""

    url: str
    where: str
    """Place in the page: a part of the frame, the beginning of a line, or a byte offset."""
    code: str
    """Kind of problem, one of `indexer.parse.problems.Code`; a review ticks off all of one code on a page."""
    values: tuple[str, ...]
    """What was seen and what it may be instead; the code decides which values there are, and their wording."""

    @property
    def brief(self) -> str:
        """Code and values in one line, for a log."""
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
    """The encoding in which its bytes were read; empty if they were not."""
    entries: int
    problems: int
    links: tuple[tuple[str, str], ...]
    """Words and URL of its links into known volumes."""
    digest: str = ""
    """Digest of the bytes that were parsed; empty in files of an older version."""

    @property
    def has_plain_year(self) -> bool:
        """Whether a plain year, or nothing, stands for its volume: it is of none, unless one has a year for its id."""
        return not self.volume or self.volume.isdecimal()


@dataclass(frozen=True, slots=True)
class Entry:
    """One yearbook entry, the unit that is indexed, shown and cited."""

    id: str
    """`<volume>-<page number from the URL>-<position>`; permanent, because citations rest on it."""
    volume: str
    year: int
    """The volume's year, not the event's; 0 if no source gives it."""
    section: str
    """The section as printed in the breadcrumb, else as the volume's index pages name it; empty if unknown."""
    heading: str
    """The page's heading without title brackets: the context of generic titles such as 概况."""
    title: str
    authors: tuple[str, ...]
    signature: str
    """The closing signature as printed, brackets included; empty if there is none."""
    body: str
    """Paragraphs as printed, separated by newlines; cells of a table row by tabs."""
    captions: tuple[str, ...]
    """Text that stands apart from the body: photo captions, officers' lines, a speech's by-line."""
    url: str
    position: int
    """Position on the page, from 1."""
    order: int = 0
    """Place of the page in its volume, from 1, in the order of the volume's index pages; 0 if unknown."""
    yearbook: str = ""
    """Title of the yearbook that the volume is of; empty if unknown, as in files of an older version."""

    def to_record(self) -> dict[str, Any]:
        """Return the entry as the JSON object found in `entries.jsonl` and in the interfaces."""
        record = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}
        return {"id": record.pop("id"), "yearbook": record.pop("yearbook")} | record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Entry":
        """Build an entry from a JSON object whose keys and types were checked."""
        fields = dict(record)
        fields["authors"], fields["captions"] = tuple(record["authors"]), tuple(record["captions"])
        return cls(**fields)
